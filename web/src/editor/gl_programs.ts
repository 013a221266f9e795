/** The small programs of the graphics card: filled blocks with patterns, and lines with round corners and dashes. */

export const FILL_VERTEX = `#version 300 es
in vec3 corner;
uniform mat4 matrix;
uniform float pixels;
flat out int block;
out vec2 place;
void main() {
  block = int(corner.z);
  place = corner.xy * pixels;
  gl_Position = matrix * vec4(corner.xy, 0.0, 1.0);
}`;

// The codes of patterns are those of map_adapter.PATTERNS.
export const FILL_FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D colours;
uniform float ratio;
uniform float opacity;
flat in int block;
in vec2 place;
out vec4 colour;
const vec3 GREY = vec3(0.373, 0.412, 0.447);
const vec3 INK = vec3(0.106, 0.129, 0.149);
float stripe(float at, float period, float width) {
  float off = abs(mod(at, period) - period * 0.5);
  return 1.0 - smoothstep(width * 0.5 - 0.5, width * 0.5 + 0.5, off);
}
void main() {
  vec4 found = texelFetch(colours, ivec2(block & 255, block >> 8), 0);
  int code = int(found.a * 255.0 + 0.5);
  vec3 shown = found.rgb;
  vec2 at = place / ratio;
  if (code == 254) {
    float off = length(mod(at, 8.0) - 4.0);
    shown = mix(GREY, shown, smoothstep(1.3, 2.1, off));
  } else if (code == 253) {
    shown = mix(shown, GREY, stripe((at.x + at.y) * 0.7071, 7.0, 2.0));
  } else if (code == 252) {
    float lines = max(stripe((at.x + at.y) * 0.7071, 7.0, 1.2), stripe((at.x - at.y) * 0.7071, 7.0, 1.2));
    shown = mix(shown, GREY, lines);
  } else if (code == 251) {
    shown = mix(shown, INK, 0.5 * stripe((at.x - at.y) * 0.7071, 9.0, 1.4));
  }
  colour = vec4(shown, 1.0) * opacity;
}`;

export const LINE_VERTEX = `#version 300 es
in vec4 stretch;
in vec2 before; // length of the line before, and which of the four corners
uniform mat4 matrix;
uniform vec2 screen;
uniform float pixels;
uniform float width;
out vec2 at;
flat out float size;
flat out float begun;
void main() {
  vec4 a = matrix * vec4(stretch.xy, 0.0, 1.0);
  vec4 b = matrix * vec4(stretch.zw, 0.0, 1.0);
  vec2 from = a.xy / a.w * screen * 0.5;
  vec2 to = b.xy / b.w * screen * 0.5;
  vec2 along = to - from;
  size = length(along);
  vec2 unit = size > 0.0 ? along / size : vec2(1.0, 0.0);
  float reach = width * 0.5 + 1.0;
  float far = before.y > 1.5 ? 1.0 : 0.0;
  float side = mod(before.y, 2.0) * 2.0 - 1.0;
  float ahead = far * 2.0 - 1.0;
  vec2 point = mix(from, to, far) + unit * ahead * reach + vec2(-unit.y, unit.x) * side * reach;
  at = vec2(far * size + ahead * reach, side * reach);
  begun = before.x * pixels;
  gl_Position = vec4(point / screen * 2.0, 0.0, 1.0);
}`;

export const LINE_FRAGMENT = `#version 300 es
precision highp float;
uniform float width;
uniform vec4 ink;
uniform vec2 dash;
in vec2 at;
flat in float size;
flat in float begun;
out vec4 colour;
void main() {
  float off = length(at - vec2(clamp(at.x, 0.0, size), 0.0));
  float cover = clamp(width * 0.5 - off + 0.5, 0.0, 1.0);
  if (dash.y > 0.0) {
    float phase = mod(begun + at.x, dash.x + dash.y);
    cover *= clamp(min(phase, dash.x - phase) + 0.5, 0.0, 1.0);
  }
  if (cover <= 0.0) discard;
  colour = vec4(ink.rgb, 1.0) * ink.a * cover;
}`;

export function makeProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("no shader");
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "");
  return program;
}
