/** Draws blocks and borders inside the map: shapes go to the graphics card once, a new colour is four bytes a block. */

import { FILL_FRAGMENT, FILL_VERTEX, LINE_FRAGMENT, LINE_VERTEX, makeProgram } from "./gl_programs";
import type { Fills } from "./map_adapter";
import { CORNERS, SEGMENT, stretchTriangles } from "./outlines";
import { CORNER, type Scene } from "./scene";

const WIDE = 256; // blocks in a row of the table of colours
const NUMBER = 4; // bytes

export type Ink = readonly [number, number, number, number];
export interface Stroke {
  width: number;
  ink: Ink;
  dash?: readonly [number, number];
}

export interface Drawing {
  /** From units of the ground to the screen. */
  matrix: Float32Array;
  /** Device pixels of one unit, device pixels of the screen, device pixels of one CSS pixel. */
  pixels: number;
  screen: readonly [number, number];
  ratio: number;
}

interface Lines {
  array: WebGLVertexArrayObject;
  buffer: WebGLBuffer;
  count: number;
}

/** All that lives on the graphics card. Call `prepare` with a context before anything is drawn. */
export class BlockGraphics {
  private gl: WebGL2RenderingContext | null = null;
  private fill: WebGLProgram | null = null;
  private line: WebGLProgram | null = null;
  /** Two triangles per stretch, shared by all lines; as many as the longest needed so far. */
  private corners: WebGLBuffer | null = null;
  private room = 0;
  private triangles: WebGLVertexArrayObject | null = null;
  private colours: WebGLTexture | null = null;
  private readonly lines = new Map<string, Lines>();
  private readonly waiting = new Map<string, Float32Array>();
  private places = new Map<string, WebGLUniformLocation | null>();
  private fills: Fills | null = null;
  private stale = true;

  constructor(private readonly scene: Scene) {
    this.waiting.set("borders", scene.borders);
  }

  prepare(gl: WebGL2RenderingContext): void {
    if (this.gl === gl) return;
    this.gl = gl;
    this.fill = makeProgram(gl, FILL_VERTEX, FILL_FRAGMENT);
    this.line = makeProgram(gl, LINE_VERTEX, LINE_FRAGMENT);
    this.corners = gl.createBuffer();
    this.makeTriangles(gl);
    this.colours = gl.createTexture();
  }

  setFills(fills: Fills): void {
    this.fills = fills;
    this.stale = true;
  }

  /** Stretches of lines under a name, as outlines.ts makes them; drawn from the next picture on. */
  setLines(name: string, stretches: Float32Array): void {
    this.waiting.set(name, stretches);
  }

  get grain(): number {
    return this.scene.grain;
  }

  private makeTriangles(gl: WebGL2RenderingContext): void {
    this.triangles = gl.createVertexArray();
    gl.bindVertexArray(this.triangles);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, this.scene.corners, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.scene.triangles, gl.STATIC_DRAW);
    const place = gl.getAttribLocation(this.fill as WebGLProgram, "corner");
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, CORNER, gl.FLOAT, false, CORNER * NUMBER, 0);
    gl.bindVertexArray(null);
  }

  private place(program: WebGLProgram, name: string): WebGLUniformLocation | null {
    const key = `${program === this.fill} ${name}`;
    if (!this.places.has(key)) this.places.set(key, this.gl?.getUniformLocation(program, name) ?? null);
    return this.places.get(key) ?? null;
  }

  drawFills(drawing: Drawing, opacity = 1): void {
    const { gl, fill } = this;
    if (!gl || !fill || !this.fills) return;
    this.bringColours(gl);
    gl.useProgram(fill);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.colours);
    gl.uniform1i(this.place(fill, "colours"), 0);
    gl.uniformMatrix4fv(this.place(fill, "matrix"), false, drawing.matrix);
    gl.uniform1f(this.place(fill, "pixels"), drawing.pixels);
    gl.uniform1f(this.place(fill, "ratio"), drawing.ratio);
    gl.uniform1f(this.place(fill, "opacity"), opacity);
    this.plain(gl);
    gl.bindVertexArray(this.triangles);
    gl.drawElements(gl.TRIANGLES, this.scene.triangles.length, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }

  private bringColours(gl: WebGL2RenderingContext): void {
    if (!this.stale || !this.fills) return;
    const rows = Math.max(1, Math.ceil(this.fills.length / 4 / WIDE));
    const table = new Uint8Array(4 * WIDE * rows);
    table.set(this.fills);
    gl.bindTexture(gl.TEXTURE_2D, this.colours);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, WIDE, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, table);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    this.stale = false;
  }

  private plain(gl: WebGL2RenderingContext): void {
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  drawLines(name: string, drawing: Drawing, { width, ink, dash = [0, 0] }: Stroke): void {
    const { gl, line } = this;
    if (!gl || !line) return;
    this.bringLines(gl, name);
    const lines = this.lines.get(name);
    if (!lines || lines.count === 0) return;
    gl.useProgram(line);
    gl.uniformMatrix4fv(this.place(line, "matrix"), false, drawing.matrix);
    gl.uniform2f(this.place(line, "screen"), drawing.screen[0], drawing.screen[1]);
    gl.uniform1f(this.place(line, "pixels"), drawing.pixels);
    gl.uniform1f(this.place(line, "width"), width * drawing.ratio);
    gl.uniform4f(this.place(line, "ink"), ...ink);
    gl.uniform2f(this.place(line, "dash"), dash[0] * drawing.ratio, dash[1] * drawing.ratio);
    this.plain(gl);
    gl.bindVertexArray(lines.array);
    gl.drawElements(gl.TRIANGLES, 6 * lines.count, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }

  private bringLines(gl: WebGL2RenderingContext, name: string): void {
    const stretches = this.waiting.get(name);
    if (!stretches) return;
    this.waiting.delete(name);
    const lines = this.lines.get(name) ?? this.makeLines(gl, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, lines.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, stretches, gl.DYNAMIC_DRAW);
    lines.count = stretches.length / SEGMENT / CORNERS;
    if (lines.count <= this.room) return;
    this.room = Math.max(2 * this.room, lines.count);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.corners);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, stretchTriangles(this.room), gl.STATIC_DRAW);
  }

  private makeLines(gl: WebGL2RenderingContext, name: string): Lines {
    const program = this.line as WebGLProgram;
    const lines = { array: gl.createVertexArray(), buffer: gl.createBuffer(), count: 0 };
    gl.bindVertexArray(lines.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, lines.buffer);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.corners);
    const attribute = (key: string, size: number, from: number) => {
      const place = gl.getAttribLocation(program, key);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, SEGMENT * NUMBER, from * NUMBER);
    };
    attribute("stretch", 4, 0);
    attribute("before", 2, 4);
    gl.bindVertexArray(null);
    this.lines.set(name, lines);
    return lines;
  }
}
