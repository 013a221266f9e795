/** How blocks, faulty places and numbers look on the map; told apart in greyscale as well. */

import type { FeatureCollection } from "geojson";
import type { FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { lineLayer } from "../map";

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const INK = "#1B2126";
const CHOSEN = "#B4530A";
const ERROR = "#8F1730";
const ABOVE: [number, number] = [0, -24];

export function groundStyle(): StyleSpecification {
  const data = { type: "geojson" as const, data: NOTHING, tolerance: 0.2 };
  return {
    version: 8,
    sources: { blocks: data, municipalities: data, lines: data, faults: data, places: data },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#F5F4F1" } },
      {
        id: "blocks-fill",
        type: "fill",
        source: "blocks",
        paint: {
          "fill-color": ["case", ["==", ["get", "population"], 0], "#F1F2F1", "#A9CBD5"],
          "fill-antialias": false,
        },
      },
      lineLayer("rivers", "river", "#7FA6BD", 2),
      lineLayer("motorways", "motorway", "#6B6A64", 3),
      lineLayer("railways", "railway", "#2F363B", 2),
      {
        id: "blocks-border",
        type: "line",
        source: "blocks",
        paint: {
          "line-color": "#444E56",
          "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.4, 12, 0.7, 15, 1.4],
          "line-opacity": ["interpolate", ["linear"], ["zoom"], 9, 0.35, 12, 0.8, 13, 1],
        },
      },
      { ...lineLayer("streets", "street", "#7A4B00", 1.6), minzoom: 13 },
      {
        id: "street-names",
        type: "symbol",
        source: "lines",
        minzoom: 14.5,
        filter: ["==", ["get", "kind"], "street"],
        layout: {
          "symbol-placement": "line",
          "text-field": ["get", "name"],
          "text-font": ["SozialraumMap"],
          "text-size": 12,
        },
        paint: { "text-color": INK, "text-halo-color": "#FFFFFF", "text-halo-width": 1.6 },
      },
      border("municipalities-casing", "municipalities", "#FFFFFF", 4),
      border("municipalities-border", "municipalities", INK, 2),
      {
        id: "faults-fill",
        type: "fill",
        source: "faults",
        paint: { "fill-color": CHOSEN, "fill-opacity": 0.5 },
      },
      border("faults-casing", "faults", "#FFFFFF", 5),
      border("faults-border", "faults", CHOSEN, 2.5),
      ...marks(),
    ],
  };
}

function border(id: string, from: string, colour: string, width: number): LayerSpecification {
  return {
    id,
    type: "line",
    source: from,
    layout: { "line-join": "round" },
    paint: { "line-color": colour, "line-width": width },
  };
}

/** The discs that numbers stand on: errors dark, what is to be looked at white. */
const WHITE = { fill: "#FFFFFF", edge: INK };
const DARK = { fill: ERROR, edge: "#FFFFFF" };
export const DISCS = {
  mark: { ...WHITE, width: 50 },
  "mark-wide": { ...WHITE, width: 72 },
  error: { ...DARK, width: 50 },
  "error-wide": { ...DARK, width: 72 },
};

/** A disc, longer for numbers of four digits; drawn twice as large as it is shown. */
export function disc({ fill, edge, width }: { fill: string; edge: string; width: number }): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = 50;
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.roundRect(3, 3, width - 6, 44, 22);
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 3;
  pen.strokeStyle = edge;
  pen.stroke();
  return pen.getImageData(0, 0, width, 50);
}

/** Every place a point, and a numbered disc where there is room: dark for errors; above all the chosen one. */
function marks(): LayerSpecification[] {
  const error = ["boolean", ["get", "error"], false];
  const none: FilterSpecification = ["==", ["get", "number"], -1];
  const text = {
    "text-field": ["to-string", ["get", "number"]],
    "text-font": ["SozialraumMap"],
    "text-size": 12,
  };
  return [
    {
      id: "marks",
      type: "circle",
      source: "places",
      paint: {
        "circle-radius": 3.4,
        "circle-color": ["case", error, ERROR, "#FFFFFF"],
        "circle-stroke-color": ["case", error, "#FFFFFF", INK],
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "numbers",
      type: "symbol",
      source: "places",
      layout: {
        ...text,
        "icon-image": [
          "concat",
          ["case", error, "error", "mark"],
          ["case", [">=", ["get", "number"], 1000], "-wide", ""],
        ],
        "icon-padding": 0,
        "text-padding": 0,
        // of two in one place an error is shown, else the first; the other one when the map is nearer
        "symbol-sort-key": ["+", ["get", "number"], ["case", error, 0, 1000000]],
      },
      paint: { "text-color": ["case", error, "#FFFFFF", INK] },
    },
    // the number stands above the place and not on it
    {
      id: "chosen-point",
      type: "circle",
      source: "places",
      filter: none,
      paint: {
        "circle-radius": 3.5,
        "circle-color": CHOSEN,
        "circle-stroke-color": "#FFFFFF",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "chosen-mark",
      type: "circle",
      source: "places",
      filter: none,
      paint: {
        "circle-radius": 15,
        "circle-translate": ABOVE,
        "circle-color": CHOSEN,
        "circle-stroke-color": "#FFFFFF",
        "circle-stroke-width": 3,
      },
    },
    {
      id: "chosen-number",
      type: "symbol",
      source: "places",
      filter: none,
      layout: { ...text, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": "#FFFFFF", "text-translate": ABOVE },
    },
  ] as LayerSpecification[];
}
