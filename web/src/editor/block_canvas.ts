/** The canvas of the ground under the map: painted by the worker, moved along with the map until the next picture is there. */

import type { Map as MapLibre } from "maplibre-gl";
import type { Background } from "./answers";
import type { Ask, Told } from "./block_worker";
import type { Fills } from "./map_adapter";
import type { PaintView } from "./paint_blocks";
import type { Marks } from "./paint_lines";
import { fromLngLat, type Placing, pixelsPerUnit } from "./places";

const MARGIN = 1.4; // painted width and height as a multiple of what is seen
const SAME = 0.01; // zoom steps that do not ask for a new picture while moving

export class BlockCanvas {
  private readonly canvas = document.createElement("canvas");
  private readonly pen = this.canvas.getContext("bitmaprenderer");
  private painted: PaintView | null = null;
  private asked: PaintView | null = null;
  private again = false;
  /** Areas that the worker knows already. */
  private area: Uint16Array | null = null;

  constructor(
    private readonly map: MapLibre,
    private readonly placing: Placing,
    private readonly worker: Worker,
    private readonly onPicture: () => void,
  ) {
    this.canvas.className = "blockcanvas";
    map.getContainer().prepend(this.canvas);
    worker.addEventListener("message", this.take);
    map.on("move", this.follow);
    map.on("moveend", this.renew);
    map.on("resize", this.renew);
  }

  setFills(fills: Fills): void {
    this.post({ fills });
  }

  setMarks(marks: Marks): void {
    const same = marks.area === this.area;
    this.area = marks.area;
    this.post({ marks: same ? { ...marks, area: null } : marks });
  }

  setBackground(background: Background): void {
    this.post({ background });
  }

  destroy(): void {
    this.worker.removeEventListener("message", this.take);
    this.map.off("move", this.follow);
    this.map.off("moveend", this.renew);
    this.map.off("resize", this.renew);
    this.canvas.remove();
  }

  /** While moving: the picture goes along; a new one only where it no longer covers what is seen. */
  private readonly follow = () => {
    this.place();
    if (!this.covers()) this.renew();
  };

  /** Ask for a picture of the present view; one at a time. */
  readonly renew = () => {
    if (this.asked) {
      this.again = true;
      return;
    }
    this.asked = this.view();
    this.post({ view: this.asked });
  };

  private post(ask: Ask): void {
    this.worker.postMessage(ask);
  }

  private readonly take = (event: MessageEvent<Told>) => {
    if (!("picture" in event.data)) return;
    const { picture, view } = event.data;
    this.pen?.transferFromImageBitmap(picture);
    this.painted = view;
    this.place();
    this.asked = null;
    if (this.again) {
      this.again = false;
      this.renew();
    }
    this.onPicture();
  };

  private view(): PaintView {
    const { lng, lat } = this.map.getCenter();
    const [x, y] = fromLngLat(this.placing, lng, lat);
    const box = this.map.getContainer();
    const ratio = devicePixelRatio;
    const size = (length: number) => Math.max(16, 2 * Math.round((MARGIN * length * ratio) / 2));
    const zoom = this.map.getZoom();
    const pixels = pixelsPerUnit(this.placing, zoom) * ratio;
    return { x, y, pixels, ratio, width: size(box.clientWidth), height: size(box.clientHeight), zoom };
  }

  private covers(): boolean {
    const now = this.view();
    const had = this.painted;
    if (!had || Math.abs(had.zoom - now.zoom) > SAME || had.width !== now.width) return false;
    const spare = (1 - 1 / MARGIN) / 2;
    const [right, up] = [Math.abs(now.x - had.x) * now.pixels, Math.abs(now.y - had.y) * now.pixels];
    return right <= spare * had.width && up <= spare * had.height;
  }

  /** Where the last picture belongs now: it was painted for a view that has moved on since. */
  private place(): void {
    if (!this.painted) return;
    const { x, y, pixels, ratio, width, height } = this.painted;
    const now = this.view();
    const css = now.pixels / ratio;
    const [right, down] = [(x - now.x) * css, (now.y - y) * css];
    const style = this.canvas.style;
    style.width = `${width / ratio}px`;
    style.height = `${height / ratio}px`;
    style.transform = `translate(-50%, -50%) translate(${right}px, ${down}px) scale(${now.pixels / pixels})`;
  }
}
