/** From presses and moves on the map to clicks, strokes and drawn lines. */

import type { Map as MapLibre, MapMouseEvent, MapTouchEvent } from "maplibre-gl";
import type { Gesture, PointerHandler } from "./map_adapter";
import type { Point } from "./selection";

interface Needs {
  map: MapLibre;
  place(event: MapMouseEvent | MapTouchEvent): Point;
  blockAt(at: Point): number;
  /** The line in the making, [] to take it away. */
  sketch(line: Point[], closed: boolean): void;
}

const DRAWS = new Set<Gesture>(["brush", "lasso", "rectangle", "cut"]);

/** Listens until the map goes; `gesture` and `handler` may change at any time. */
export class MapPointer {
  gesture: Gesture = "pan";
  handler: PointerHandler | null = null;
  private line: Point[] = [];
  private down = false;

  constructor(private readonly needs: Needs) {
    const { map } = needs;
    map.on("click", (event) => this.click(event));
    map.on("mousedown", (event) => this.begin(event));
    map.on("mousemove", (event) => this.go(event));
    map.on("touchstart", (event) => this.begin(event));
    map.on("touchmove", (event) => this.go(event));
    map.on("touchend", (event) => this.end(event));
    // A stroke that ends beside the map ends all the same.
    map.getContainer().ownerDocument.addEventListener("mouseup", this.up);
  }

  setGesture(gesture: Gesture): void {
    this.gesture = gesture;
    this.forget();
    const { map } = this.needs;
    if (DRAWS.has(gesture)) map.dragPan.disable();
    else map.dragPan.enable();
    map.getCanvas().style.cursor = gesture === "pan" ? "pointer" : "crosshair";
  }

  /** A line begun is forgotten: Escape. */
  forget(): void {
    this.down = false;
    this.line = [];
    this.needs.sketch([], false);
  }

  destroy(): void {
    this.needs.map.getContainer().ownerDocument.removeEventListener("mouseup", this.up);
  }

  private readonly up = (event: MouseEvent) => {
    if (this.down) this.finish(keysOf(event));
  };

  private click(event: MapMouseEvent): void {
    if ((this.gesture !== "pan" && this.gesture !== "pin") || onPin(event)) return;
    const at = this.needs.place(event);
    this.handler?.click(at, this.needs.blockAt(at), keysOf(event.originalEvent));
  }

  private begin(event: MapMouseEvent | MapTouchEvent): void {
    const other = "button" in event.originalEvent && event.originalEvent.button !== 0;
    const fingers = "touches" in event.originalEvent ? event.originalEvent.touches.length : 1;
    if (!DRAWS.has(this.gesture) || other || fingers > 1 || onPin(event)) return;
    event.preventDefault();
    this.down = true;
    const at = this.needs.place(event);
    this.line = [at];
    if (this.gesture === "brush") this.handler?.brush(at, at, true, keysOf(event.originalEvent));
  }

  private go(event: MapMouseEvent | MapTouchEvent): void {
    if (!this.down) return;
    const at = this.needs.place(event);
    const last = this.line[this.line.length - 1] ?? at;
    if (this.gesture === "brush") {
      this.handler?.brush(last, at, false, keysOf(event.originalEvent));
      this.line = [at];
    } else if (this.gesture === "rectangle") {
      this.line = [this.line[0] ?? at, at];
      this.needs.sketch(cornersOf(this.line), true);
    } else {
      this.line.push(at);
      this.needs.sketch(this.line, this.gesture === "lasso");
    }
  }

  private end(event: MapTouchEvent): void {
    if (this.down) this.finish(keysOf(event.originalEvent));
  }

  private finish(keys: { add: boolean; remove: boolean }): void {
    const { gesture, line } = this;
    this.forget();
    if (gesture === "brush" || line.length < 2) return;
    if (gesture === "lasso" || gesture === "rectangle" || gesture === "cut")
      this.handler?.drawn(gesture, line, keys);
  }
}

/** A remark is opened by its pin; the block below is not meant. */
function onPin(event: MapMouseEvent | MapTouchEvent): boolean {
  return (
    event.originalEvent.target instanceof Element && event.originalEvent.target.closest("button.pin") !== null
  );
}

function keysOf(event: MouseEvent | TouchEvent) {
  return { add: event.shiftKey || event.ctrlKey || event.metaKey, remove: event.altKey };
}

function cornersOf([one = [0, 0], other = [0, 0]]: Point[]): Point[] {
  return [one, [other[0], one[1]], other, [one[0], other[1]]];
}
