/** The map of the editor on MapLibre: background as its layers, blocks and borders as layers of our own. */

import { type GeoJSONSource, Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { t } from "../words";
import type { Background, Wms } from "./answers";
import { BlockFinder } from "./finder";
import { extentOf, type Shapes } from "./geometry";
import { BlockGraphics, type Drawing, type Ink, type Stroke } from "./gl_blocks";
import type { AreaLabel, Fills, Gesture, MapAdapter, Pin, PointerHandler, View } from "./map_adapter";
import { MapPointer } from "./map_pointer";
import {
  BELOW_BLOCKS,
  BELOW_BORDERS,
  backgroundShapes,
  collection,
  NOTHING,
  quietStyle,
  type SourceName,
} from "./map_style";
import { arcsBetween, segmentsOf, strungSegmentsOf } from "./outlines";
import { fromLngLat, pixelsPerUnit, toLngLat, unitMatrix } from "./places";
import type { Plan } from "./plan";
import type { Scene } from "./scene";
import type { Point, Selection } from "./selection";

setWorkerUrl(workerUrl);

const WHITE: Ink = [1, 1, 1, 1];
const INK: Ink = [0.106, 0.129, 0.149, 1];
const PETROL: Ink = [0.043, 0.353, 0.42, 1];
const BROWN: Ink = [0.706, 0.325, 0.039, 1];
const NEAR = 15.2; // the zoom at which streets can be told apart

/** A map with nothing on it but the ground colour: it stands while the blocks are on their way. */
export function emptyMap(box: HTMLElement): MapLibre {
  const map = new MapLibre({
    container: box,
    style: quietStyle(),
    attributionControl: false,
    center: [7, 51],
    zoom: 11,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    boxZoom: false,
    keyboard: false,
    doubleClickZoom: false,
    maxZoom: 18,
    minZoom: 8,
    locale: {
      "NavigationControl.ZoomIn": t("Karte vergrößern"),
      "NavigationControl.ZoomOut": t("Karte verkleinern"),
      "Map.Title": t("Karte"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  return map;
}

export class MapLibreMap implements MapAdapter {
  private readonly finder: BlockFinder;
  private readonly graphics: BlockGraphics;
  private readonly pointer: MapPointer;
  private markers: Marker[] = [];
  private opacity = 1;

  constructor(
    private readonly map: MapLibre,
    private readonly shapes: Shapes,
    scene: Scene,
  ) {
    this.finder = new BlockFinder(shapes);
    this.graphics = new BlockGraphics(scene);
    this.pointer = new MapPointer({
      map,
      place: (event) => fromLngLat(shapes, event.lngLat.lng, event.lngLat.lat),
      blockAt: ([x, y]) => this.blockAt(x, y),
      sketch: (line, closed) => this.sketch(line, closed),
    });
    this.addLayers();
    this.fit(this.extent);
  }

  get extent(): View {
    const [west, south, east, north] = extentOf(this.shapes);
    return { west, south, east, north };
  }

  private addLayers(): void {
    const layer = (id: string, draw: (drawing: Drawing) => void) => ({
      id,
      type: "custom" as const,
      renderingMode: "2d" as const,
      onAdd: (_map: MapLibre, gl: WebGL2RenderingContext) => this.graphics.prepare(gl),
      render: (
        gl: WebGL2RenderingContext,
        args: { defaultProjectionData: { mainMatrix: ArrayLike<number> } },
      ) => draw(this.drawing(gl, args.defaultProjectionData.mainMatrix)),
    });
    this.map.addLayer(
      layer("blocks", (drawing) => this.drawBlocks(drawing)),
      BELOW_BLOCKS,
    );
    this.map.addLayer(
      layer("borders", (drawing) => this.drawBorders(drawing)),
      BELOW_BORDERS,
    );
  }

  private drawing(gl: WebGL2RenderingContext, matrix: ArrayLike<number>): Drawing {
    const ratio = gl.drawingBufferWidth / Math.max(1, this.map.getContainer().clientWidth);
    return {
      matrix: unitMatrix(this.shapes, matrix),
      pixels: pixelsPerUnit(this.shapes, this.map.getZoom()) * ratio,
      screen: [gl.drawingBufferWidth, gl.drawingBufferHeight],
      ratio,
    };
  }

  private drawBlocks(drawing: Drawing): void {
    this.graphics.drawFills(drawing, this.opacity);
    const grain = (this.graphics.grain * drawing.pixels) / drawing.ratio;
    if (grain < 5) return;
    const width = Math.min(1.3, grain / 18);
    this.graphics.drawLines("borders", drawing, {
      width: Math.max(0.7, width),
      ink: [1, 1, 1, Math.min(1, grain / 14)],
    });
  }

  private drawBorders(drawing: Drawing): void {
    const draw = (name: string, stroke: Stroke) => this.graphics.drawLines(name, drawing, stroke);
    draw("areas", { width: 5, ink: WHITE });
    draw("areas", { width: 2.2, ink: INK });
    draw("chosen", { width: 7, ink: WHITE });
    draw("chosen", { width: 3.5, ink: BROWN });
    draw("selection", { width: 6.5, ink: WHITE });
    draw("selection", { width: 4, ink: PETROL, dash: [9, 4] });
    draw("focus", { width: 6, ink: WHITE });
    draw("focus", { width: 3, ink: INK });
  }

  setFills(fills: Fills): void {
    this.graphics.setFills(fills);
    this.map.triggerRepaint();
  }

  setBorders(plan: Plan, chosen: readonly number[]): void {
    const arcs = arcsBetween(this.shapes, (block) => plan.area[block] ?? 0);
    const wanted = new Set(chosen);
    const around = arcsBetween(this.shapes, (block) =>
      wanted.has(plan.area[block] ?? -1) ? (plan.area[block] ?? 0) : -1,
    );
    this.graphics.setLines("areas", segmentsOf(this.shapes, arcs));
    this.graphics.setLines("chosen", segmentsOf(this.shapes, chosen.length > 0 ? around : []));
    this.map.triggerRepaint();
  }

  setSelection(selection: Selection): void {
    const arcs = selection.size ? arcsBetween(this.shapes, (block) => (selection.has(block) ? 1 : -1)) : [];
    this.graphics.setLines("selection", strungSegmentsOf(this.shapes, arcs));
    this.map.triggerRepaint();
  }

  setFocus(block: number): void {
    const arcs = block < 0 ? [] : arcsBetween(this.shapes, (other) => (other === block ? 1 : -1));
    this.graphics.setLines("focus", segmentsOf(this.shapes, arcs));
    this.map.triggerRepaint();
  }

  setLabels(labels: readonly AreaLabel[]): void {
    const features = labels.map(({ x, y, ...properties }) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: toLngLat(this.shapes, x, y) },
      properties,
    }));
    this.source("labels").setData(collection(features));
  }

  setPins(pins: readonly Pin[], onOpen: (id: string) => void): void {
    for (const marker of this.markers) marker.remove();
    this.markers = pins.map((pin) => {
      const element = document.createElement(pin.kind === "found" ? "div" : "button");
      element.className = `pin pin-${pin.kind}`;
      element.title = pin.title;
      element.setAttribute("aria-label", pin.title);
      if (pin.kind === "found") element.setAttribute("role", "img");
      else element.addEventListener("click", () => onOpen(pin.id));
      return new Marker({ element, anchor: "bottom" })
        .setLngLat(toLngLat(this.shapes, pin.x, pin.y))
        .addTo(this.map);
    });
  }

  setGesture(gesture: Gesture): void {
    this.pointer.setGesture(gesture);
  }

  onPointer(handler: PointerHandler): void {
    this.pointer.handler = handler;
  }

  onView(handler: (view: View) => void): void {
    const tell = () => handler(this.view());
    this.map.on("moveend", tell);
    tell();
  }

  private view(): View {
    const bounds = this.map.getBounds();
    const [west, south] = fromLngLat(this.shapes, bounds.getWest(), bounds.getSouth());
    const [east, north] = fromLngLat(this.shapes, bounds.getEast(), bounds.getNorth());
    return { west, south, east, north };
  }

  /** The background, source after source, so that no single one holds up the page. */
  setBackground(found: Background): void {
    const shapes = Object.entries(backgroundShapes(this.shapes, found));
    const next = () => {
      const entry = shapes.shift();
      if (!entry) return;
      const [name, data] = entry;
      if (data.features.length > 0) this.source(name as SourceName).setData(data);
      setTimeout(next);
    };
    next();
  }

  /** A map service below the blocks, or none; blocks then let it shine through. */
  setWms(wms: Wms | null): void {
    if (this.map.getLayer("wms")) this.map.removeLayer("wms");
    if (this.map.getSource("wms")) this.map.removeSource("wms");
    this.opacity = wms ? 0.6 : 1;
    if (wms) {
      this.map.addSource("wms", { type: "raster", tiles: [wmsTiles(wms.address)], tileSize: 512 });
      this.map.addLayer(
        { id: "wms", type: "raster", source: "wms", paint: { "raster-saturation": -0.8 } },
        "blocks",
      );
    }
    this.map.triggerRepaint();
  }

  private sketch(line: Point[], closed: boolean): void {
    const points = line.map(([x, y]) => toLngLat(this.shapes, x, y));
    if (points.length < 2) {
      this.source("draft").setData(NOTHING);
      return;
    }
    const ring = closed && points[0] ? [...points, points[0]] : points;
    this.source("draft").setData({
      type: "Feature",
      geometry: closed ? { type: "Polygon", coordinates: [ring] } : { type: "LineString", coordinates: ring },
      properties: {},
    });
  }

  private source(name: SourceName): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }

  blockAt(x: number, y: number): number {
    return this.finder.blockAt(x, y);
  }

  flyTo([x, y]: Point): void {
    this.map.jumpTo({ center: toLngLat(this.shapes, x, y), zoom: Math.max(NEAR, this.map.getZoom()) });
  }

  bringIntoView([x, y]: Point): void {
    const place = toLngLat(this.shapes, x, y);
    if (!this.map.getBounds().contains(place)) this.map.jumpTo({ center: place });
  }

  fit({ west, south, east, north }: View): void {
    const bounds = [toLngLat(this.shapes, west, south), toLngLat(this.shapes, east, north)] as [
      [number, number],
      [number, number],
    ];
    this.map.fitBounds(bounds, { padding: 24, animate: false, maxZoom: 16 });
  }

  unitsPerPixel(): number {
    return 1 / pixelsPerUnit(this.shapes, this.map.getZoom());
  }

  zoom(by: number): void {
    this.map.jumpTo({ zoom: this.map.getZoom() + by });
  }

  destroy(): void {
    this.pointer.destroy();
    for (const marker of this.markers) marker.remove();
  }
}

/** The address of a picture of a map service: GetMap of WMS 1.3.0 in the projection of the map. */
export function wmsTiles(address: string): string {
  const [path = "", query = ""] = address.split("?");
  const given = new URLSearchParams(query);
  const has = new Set([...given.keys()].map((key) => key.toLowerCase()));
  const wanted = { SERVICE: "WMS", VERSION: "1.3.0", REQUEST: "GetMap", STYLES: "", FORMAT: "image/png" };
  for (const [key, value] of Object.entries(wanted)) if (!has.has(key.toLowerCase())) given.set(key, value);
  given.set("CRS", "EPSG:3857");
  given.set("WIDTH", "512");
  given.set("HEIGHT", "512");
  return `${path}?${given.toString()}&BBOX={bbox-epsg-3857}`;
}
