/** The map of the editor on MapLibre: moving, names and pins are its; the ground below is painted by the worker. */

import { type GeoJSONSource, Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { t } from "../words";
import type { Background, Wms } from "./answers";
import { BlockCanvas } from "./block_canvas";
import { BlockFinder } from "./finder";
import { extentOf, type Shapes } from "./geometry";
import type { AreaLabel, Fills, Gesture, MapAdapter, Pin, PointerHandler, View } from "./map_adapter";
import { MapPointer } from "./map_pointer";
import { collection, LOWEST, NOTHING, namedShapes, quietStyle, type SourceName, wmsTiles } from "./map_style";
import { fromLngLat, pixelsPerUnit, toLngLat } from "./places";
import type { Plan } from "./plan";
import type { Point, Selection } from "./selection";

setWorkerUrl(workerUrl);

const AROUND = 24; // pixels around the municipality
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
  private readonly canvas: BlockCanvas;
  private readonly pointer: MapPointer;
  private markers: Marker[] = [];

  constructor(
    private readonly map: MapLibre,
    private readonly shapes: Shapes,
    worker: Worker,
    onPicture: () => void,
  ) {
    this.finder = new BlockFinder(shapes);
    this.canvas = new BlockCanvas(map, shapes, worker, onPicture);
    this.pointer = new MapPointer({
      map,
      place: (event) => fromLngLat(shapes, event.lngLat.lng, event.lngLat.lat),
      blockAt: ([x, y]) => this.blockAt(x, y),
      sketch: (line, closed) => this.sketch(line, closed),
    });
    this.fit(this.extent);
    this.canvas.renew();
  }

  get extent(): View {
    const [west, south, east, north] = extentOf(this.shapes);
    return { west, south, east, north };
  }

  setFills(fills: Fills): void {
    this.canvas.setFills(fills);
  }

  setMarks(plan: Plan, chosen: readonly number[], selection: Selection, focus: number): void {
    this.canvas.setMarks({ area: plan.area, chosen, selection: [...selection], focus });
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

  /** Lines and houses are painted with the blocks; names are the map's, source after source. */
  setBackground(found: Background): void {
    this.canvas.setBackground(found);
    const shapes = Object.entries(namedShapes(this.shapes, found));
    const next = () => {
      const entry = shapes.shift();
      if (!entry) return;
      const [name, data] = entry;
      if (data.features.length > 0) this.source(name as SourceName).setData(data);
      setTimeout(next);
    };
    next();
  }

  /** A map service over the blocks, half transparent, or none. */
  setWms(wms: Wms | null): void {
    if (this.map.getLayer("wms")) this.map.removeLayer("wms");
    if (this.map.getSource("wms")) this.map.removeSource("wms");
    if (wms) {
      this.map.addSource("wms", { type: "raster", tiles: [wmsTiles(wms.address)], tileSize: 512 });
      const paint = { "raster-saturation": -0.8, "raster-opacity": 0.5 };
      this.map.addLayer({ id: "wms", type: "raster", source: "wms", paint }, LOWEST);
    }
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

  showAll(): void {
    this.fit(this.extent);
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
    const padding = { top: AROUND, right: AROUND, left: AROUND, bottom: AROUND + this.covered() };
    this.map.fitBounds(bounds, { padding, animate: false, maxZoom: 16 });
  }

  /** Pixels at the lower edge that lie under the legend; at most a third of the picture. */
  private covered(): number {
    const box = this.map.getContainer();
    const legend = box.parentElement?.querySelector<HTMLElement>(".editorlegend");
    return Math.min(legend?.offsetHeight ?? 0, box.clientHeight / 3);
  }

  unitsPerPixel(): number {
    return 1 / pixelsPerUnit(this.shapes, this.map.getZoom());
  }

  zoom(by: number): void {
    this.map.jumpTo({ zoom: this.map.getZoom() + by });
  }

  destroy(): void {
    this.pointer.destroy();
    this.canvas.destroy();
    for (const marker of this.markers) marker.remove();
  }
}
