/** What the map itself draws: names of streets, water, rail, places and areas, and the line in the making. */

import type { Feature, FeatureCollection } from "geojson";
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Background, Line, Place } from "./answers";
import { type Placing, toLngLat } from "./places";

export const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const FONT = ["SozialraumMap"];
const INK = "#1B2126";
const QUIET = "#4B555D";
const SOURCES = [
  "waters",
  "buildings",
  "streets",
  "motorways",
  "rails",
  "places",
  "labels",
  "draft",
] as const;
export type SourceName = (typeof SOURCES)[number];

/** A map service goes below all of this. */
export const LOWEST = "draft-fill";

export function quietStyle(): StyleSpecification {
  const source = { type: "geojson" as const, data: NOTHING, tolerance: 0.2 };
  return {
    version: 8,
    sources: Object.fromEntries(SOURCES.map((name) => [name, source])),
    layers: [
      {
        id: "draft-fill",
        type: "fill",
        source: "draft",
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": "#0B5A6B", "fill-opacity": 0.12 },
      },
      {
        id: "draft-line",
        type: "line",
        source: "draft",
        layout: { "line-join": "round" },
        paint: { "line-color": "#0B5A6B", "line-width": 3, "line-dasharray": [2, 1.2] },
      },
      names("street-names", "streets", 14.2, 12, QUIET),
      names("water-names", "waters", 12, 12, "#35607C"),
      names("rail-names", "rails", 12, 12.5, QUIET),
      places("district-names", ["==", ["get", "kind"], "district"], 11, 13),
      places("place-names", ["!=", ["get", "kind"], "district"], 14, 12),
      ...areaNames(),
    ],
  };
}

function names(
  id: string,
  source: SourceName,
  minzoom: number,
  size: number,
  colour: string,
): LayerSpecification {
  return {
    id,
    type: "symbol",
    source,
    minzoom,
    layout: {
      "symbol-placement": "line",
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": size,
      "symbol-spacing": 320,
      "text-padding": 6,
    },
    paint: { "text-color": colour, "text-halo-color": "#FFFFFF", "text-halo-width": 1.6 },
  };
}

function places(
  id: string,
  filter: ExpressionSpecification,
  minzoom: number,
  size: number,
): LayerSpecification {
  return {
    id,
    type: "symbol",
    source: "places",
    minzoom,
    filter,
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": size,
      "text-max-width": 9,
      "text-padding": 6,
    },
    paint: { "text-color": QUIET, "text-halo-color": "#FFFFFF", "text-halo-width": 1.6 },
  };
}

/** Key above, name below: the key always, the name where there is room. */
function areaNames(): LayerSpecification[] {
  const paint = { "text-color": INK, "text-halo-color": "#FFFFFF", "text-halo-width": 2.6 };
  const common = {
    "text-font": FONT,
    "symbol-sort-key": ["-", 0, ["get", "people"]] as ExpressionSpecification,
  };
  return [
    {
      id: "area-names",
      type: "symbol",
      source: "labels",
      layout: {
        ...common,
        "text-field": ["get", "name"],
        "text-size": ["interpolate", ["linear"], ["zoom"], 10, 13, 14, 20],
        "text-anchor": "top",
        "text-offset": [0, 0.25],
        "text-max-width": 8,
        "text-line-height": 1.1,
        "text-padding": 0,
      },
      paint,
    },
    {
      id: "area-codes",
      type: "symbol",
      source: "labels",
      layout: {
        ...common,
        "text-field": ["get", "code"],
        "text-size": ["interpolate", ["linear"], ["zoom"], 10, 17, 14, 30],
        "text-anchor": "bottom",
        "text-allow-overlap": true,
        "text-ignore-placement": false,
        "text-offset": [0, 0.05],
        "text-padding": 0,
      },
      paint: { ...paint, "text-halo-width": 3 },
    },
  ];
}

/** What has a name, as collections, one per source. */
export function namedShapes(
  placing: Placing,
  found: Background,
): Partial<Record<SourceName, FeatureCollection>> {
  const path = (flat: readonly number[]) => {
    const points: [number, number][] = [];
    for (let at = 0; at + 1 < flat.length; at += 2)
      points.push(toLngLat(placing, flat[at] ?? 0, flat[at + 1] ?? 0));
    return points;
  };
  const lines = (rows: readonly Line[]) =>
    collection(
      rows
        .filter((row) => row.name && row.path.length >= 4)
        .map((row) => ({
          type: "Feature",
          geometry: { type: "LineString", coordinates: path(row.path) },
          properties: { name: row.name },
        })),
    );
  const points = (rows: readonly Place[]): Feature[] =>
    rows.map((row) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: toLngLat(placing, row.x, row.y) },
      properties: { name: row.name, kind: row.kind },
    }));
  return {
    waters: lines(found.waters),
    streets: lines(found.streets),
    rails: lines(found.rails),
    places: collection([
      ...points(found.places),
      ...points(found.districts.map((row) => ({ ...row, kind: "district" }))),
    ]),
  };
}

export function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
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
