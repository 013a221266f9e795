/** The map: only shapes from our own server, no tiles, no style from elsewhere. */

import type { FeatureCollection, Position } from "geojson";
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { useEffect, useRef, useState } from "preact/hooks";
import "maplibre-gl/dist/maplibre-gl.css";
import { shapes } from "./api";
import { HATCHES, type Hatch } from "./classes";
import { carriedTile, hatchTile } from "./hatches";
import { useStore } from "./store";
import { t } from "./words";

setWorkerUrl(workerUrl);

/** carried : the value was brought from other boundaries; lines over the colour say so. */
export type Fill = { colour: string; carried?: boolean } | { hatch: Hatch };

export interface MapShapes {
  areas: FeatureCollection;
  municipalities: FeatureCollection;
  lines: FeatureCollection;
}

interface Props {
  shapes: MapShapes;
  fills: Map<string, Fill>;
  chosen: string | null;
  onChoose: (areaId: string | null) => void;
  label: string;
  strongBorders?: boolean;
}

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const FONT = ["SozialraumMap"];
const INK = "#1B2126";
const CHOSEN = "#B4530A";
const CITY_ZOOM = 10.2;

/** The shapes of the open project; asked again when the project changed. */
export function useShapes(): MapShapes | null {
  const { revision } = useStore();
  const [found, setFound] = useState<MapShapes | null>(null);
  useEffect(() => {
    let wanted = true;
    Promise.all([shapes("areas"), shapes("municipalities"), shapes("lines")])
      .then(([areas, municipalities, lines]) => wanted && setFound({ areas, municipalities, lines }))
      .catch(() => wanted && setFound({ areas: NOTHING, municipalities: NOTHING, lines: NOTHING }));
    return () => {
      wanted = false;
    };
  }, [revision]);
  return found;
}

export function AreaMap(props: Props) {
  const box = useRef<HTMLElement>(null);
  const map = useRef<MapLibre | null>(null);
  const latest = useRef(props);
  const [broken, setBroken] = useState(false);
  latest.current = props;

  useEffect(() => {
    if (!box.current) return;
    try {
      map.current = makeMap(box.current, latest);
    } catch {
      setBroken(true);
    }
    return () => {
      map.current?.remove();
      map.current = null;
    };
  }, []);

  useEffect(() => {
    const drawn = map.current;
    if (!drawn) return;
    const draw = () => update(drawn, latest.current);
    if (drawn.isStyleLoaded()) draw();
    else drawn.once("load", draw);
  }, [props.shapes, props.fills, props.chosen, props.strongBorders]);

  if (broken) {
    return (
      <p class="card pad">{t("Dieser Browser kann die Karte nicht zeichnen. Die Tabelle zeigt dasselbe.")}</p>
    );
  }
  return <section ref={box} class="map" aria-label={props.label} data-map="drawing" />;
}

function makeMap(box: HTMLElement, latest: { current: Props }): MapLibre {
  const bounds = boundsOf(latest.current.shapes.municipalities, latest.current.shapes.areas);
  const map = new MapLibre({
    container: box,
    style: emptyStyle(),
    attributionControl: false,
    bounds,
    fitBoundsOptions: { padding: 16 },
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    maxZoom: 16,
    minZoom: 5,
    locale: controlWords(),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  for (const hatch of HATCHES) map.addImage(hatch, hatchTile(hatch), { pixelRatio: 2 });
  map.addImage("carried", carriedTile(), { pixelRatio: 2 });
  map.on("click", (event) => {
    const hit = map.queryRenderedFeatures(event.point, { layers: ["areas-colour", "areas-hatch"] })[0];
    const id = hit?.properties?.area_id as string | undefined;
    latest.current.onChoose(id ?? null);
  });
  map.on("mousemove", "areas-colour", () => {
    map.getCanvas().style.cursor = "pointer";
  });
  map.on("mouseleave", "areas-colour", () => {
    map.getCanvas().style.cursor = "";
  });
  // "drawn" tells people's helpers and our own tests that the picture stands.
  map.on("idle", () => {
    const shown = map.isSourceLoaded("areas") && map.querySourceFeatures("areas").length > 0;
    if (box.dataset.map === "filled" && shown) box.dataset.map = "drawn";
  });
  return map;
}

export function controlWords(): Record<string, string> {
  return {
    "NavigationControl.ZoomIn": t("Karte vergrößern"),
    "NavigationControl.ZoomOut": t("Karte verkleinern"),
    "Map.Title": t("Karte"),
  };
}

function emptyStyle(): StyleSpecification {
  const source = { type: "geojson" as const, data: NOTHING, tolerance: 0.2 };
  return {
    version: 8,
    sources: {
      areas: { ...source, promoteId: "area_id" },
      municipalities: source,
      lines: source,
      labels: source,
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#F5F4F1" } },
      {
        id: "areas-colour",
        type: "fill",
        source: "areas",
        paint: { "fill-color": ["coalesce", ["get", "colour"], "#FFFFFF"], "fill-antialias": false },
      },
      {
        id: "areas-hatch",
        type: "fill",
        source: "areas",
        filter: ["has", "hatch"],
        paint: { "fill-pattern": ["get", "hatch"] },
      },
      {
        id: "areas-carried",
        type: "fill",
        source: "areas",
        filter: ["==", ["get", "carried"], true],
        paint: { "fill-pattern": "carried" },
      },
      lineLayer("rivers", "river", "#7FA6BD", 2),
      lineLayer("motorways-casing", "motorway", "#6B6A64", 4),
      lineLayer("motorways", "motorway", "#FFFFFF", 2),
      lineLayer("railways-casing", "railway", "#2F363B", 2.4),
      {
        ...lineLayer("railways", "railway", "#FFFFFF", 1.4),
        paint: { "line-color": "#FFFFFF", "line-width": 1.4, "line-dasharray": [4, 4] },
      },
      {
        id: "areas-casing",
        type: "line",
        source: "areas",
        layout: { "line-join": "round" },
        paint: { "line-color": "#FFFFFF", "line-width": 1.2 },
      },
      {
        id: "areas-border",
        type: "line",
        source: "areas",
        layout: { "line-join": "round", visibility: "none" },
        paint: { "line-color": INK, "line-width": 1.6 },
      },
      {
        id: "municipalities-casing",
        type: "line",
        source: "municipalities",
        layout: { "line-join": "round" },
        paint: { "line-color": "#FFFFFF", "line-width": 4 },
      },
      {
        id: "municipalities-border",
        type: "line",
        source: "municipalities",
        layout: { "line-join": "round" },
        paint: { "line-color": INK, "line-width": 2 },
      },
      {
        id: "chosen-casing",
        type: "line",
        source: "areas",
        filter: ["==", ["get", "area_id"], ""],
        layout: { "line-join": "round" },
        paint: { "line-color": "#FFFFFF", "line-width": 6 },
      },
      {
        id: "chosen-border",
        type: "line",
        source: "areas",
        filter: ["==", ["get", "area_id"], ""],
        layout: { "line-join": "round" },
        paint: { "line-color": CHOSEN, "line-width": 3.5 },
      },
      labelLayer("area-names", "area", CITY_ZOOM, 24, [
        "format",
        ["get", "code"],
        { "font-scale": 1.35 },
        "\n",
        {},
        ["get", "name"],
        { "font-scale": 0.95 },
      ]),
      labelLayer("municipality-names", "municipality", 0, CITY_ZOOM, ["get", "name"]),
    ],
  };
}

export function lineLayer(id: string, kind: string, colour: string, width: number) {
  return {
    id,
    type: "line" as const,
    source: "lines",
    filter: ["==", ["get", "kind"], kind] as ExpressionSpecification,
    layout: { "line-join": "round" as const, "line-cap": "butt" as const },
    paint: { "line-color": colour, "line-width": width },
  };
}

function labelLayer(
  id: string,
  kind: string,
  minzoom: number,
  maxzoom: number,
  text: ExpressionSpecification,
) {
  return {
    id,
    type: "symbol" as const,
    source: "labels",
    minzoom,
    maxzoom,
    filter: ["==", ["get", "kind"], kind] as ExpressionSpecification,
    layout: {
      "text-field": text,
      "text-font": FONT,
      "text-size": 14,
      "text-line-height": 1.15,
      "text-max-width": 9,
      "text-padding": 3,
      "symbol-sort-key": ["get", "rank"] as ExpressionSpecification,
    },
    paint: { "text-color": INK, "text-halo-color": "#FFFFFF", "text-halo-width": 2 },
  };
}

/** Bring what is drawn in line with what the page says. */
function update(map: MapLibre, props: Props): void {
  map.getContainer().dataset.map = "filled";
  source(map, "areas").setData(painted(props));
  source(map, "municipalities").setData(props.shapes.municipalities);
  source(map, "lines").setData(props.shapes.lines);
  source(map, "labels").setData(labels(props.shapes));
  for (const layer of ["chosen-casing", "chosen-border"]) {
    map.setFilter(layer, ["==", ["get", "area_id"], props.chosen ?? ""]);
  }
  bringIntoView(map, props);
  map.setLayoutProperty("areas-border", "visibility", props.strongBorders ? "visible" : "none");
  map.setPaintProperty("municipalities-border", "line-width", props.strongBorders ? 3 : 2);
  map.setPaintProperty("municipalities-casing", "line-width", props.strongBorders ? 6 : 4);
  map.setPaintProperty("areas-casing", "line-width", props.strongBorders ? 3.4 : 1.2);
}

/** Move to the chosen area when it was chosen elsewhere and lies outside the picture. */
function bringIntoView(map: MapLibre, { chosen, shapes: { areas } }: Props): void {
  const area = areas.features.find((feature) => feature.properties?.area_id === chosen);
  if (!area) return;
  const place: [number, number] = [Number(area.properties?.label_x), Number(area.properties?.label_y)];
  if (map.getBounds().contains(place)) return;
  map.fitBounds(boundsOf({ ...areas, features: [area] }), { padding: 80, maxZoom: 12.5, animate: false });
}

function source(map: MapLibre, name: string): GeoJSONSource {
  return map.getSource(name) as GeoJSONSource;
}

function painted({ shapes: { areas }, fills }: Props): FeatureCollection {
  return {
    ...areas,
    features: areas.features.map((feature) => ({
      ...feature,
      properties: { ...feature.properties, ...fills.get(String(feature.properties?.area_id)) },
    })),
  };
}

/** One point with a name for each area and municipality; the larger ones win where there is little room. */
function labels({ areas, municipalities }: MapShapes): FeatureCollection {
  const point = (kind: string) => (feature: FeatureCollection["features"][number]) => ({
    type: "Feature" as const,
    geometry: {
      type: "Point" as const,
      coordinates: [Number(feature.properties?.label_x), Number(feature.properties?.label_y)],
    },
    properties: { ...feature.properties, kind, rank: -Number(feature.properties?.population ?? 0) },
  });
  return {
    type: "FeatureCollection",
    features: [...areas.features.map(point("area")), ...municipalities.features.map(point("municipality"))],
  };
}

/** West, south, east and north of all shapes. */
export function boundsOf(...collections: FeatureCollection[]): [number, number, number, number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (const feature of collections.flatMap((collection) => collection.features)) {
    if (feature.geometry && "coordinates" in feature.geometry) widen(bounds, feature.geometry.coordinates);
  }
  return bounds[0] > bounds[2] ? [5.9, 47.3, 15, 55] : bounds;
}

type Nested = Position | Position[] | Position[][] | Position[][][];

function widen(bounds: [number, number, number, number], part: Nested): void {
  const [x, y] = part;
  if (typeof x === "number" && typeof y === "number") {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  } else {
    for (const inner of part as Position[]) widen(bounds, inner);
  }
}
