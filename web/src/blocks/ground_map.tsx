/** Blocks on a map with numbered places; what is said there stands in the list beside it as well. */

import type { FeatureCollection } from "geojson";
import {
  type FilterSpecification,
  type GeoJSONSource,
  type LayerSpecification,
  Map as MapLibre,
  NavigationControl,
  type StyleSpecification,
} from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api";
import { boundsOf, controlWords, lineLayer } from "../map";
import { count } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import type { GroundShapes, NumberedPlace } from "./types";

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const INK = "#1B2126";
const CHOSEN = "#B4530A";
const ERROR = "#8F1730";
const FEW = 40; // so many numbers stand on a map of the whole without covering each other
const ABOVE: [number, number] = [0, -24];
const NEAR = 12.6; // from here on there is room for all numbers

interface Props {
  shapes: GroundShapes;
  places: NumberedPlace[];
  chosen: number | null;
  onChoose: (number: number) => void;
  label: string;
}

/** Shapes of one state of the blocks; asked once for each address, for that names the state. */
export function useGround(path: string): GroundShapes | null {
  const { refused } = useStore();
  const [found, setFound] = useState<{ path: string; shapes: GroundShapes } | null>(null);
  useEffect(() => {
    let wanted = true;
    get<GroundShapes>(path)
      .then((shapes) => wanted && setFound({ path, shapes }))
      .catch((error: unknown) => wanted && refused(error));
    return () => {
      wanted = false;
    };
  }, [path, refused]);
  return found?.path === path ? found.shapes : null;
}

export function GroundMap(props: Props) {
  const box = useRef<HTMLElement>(null);
  const map = useRef<MapLibre | null>(null);
  const latest = useRef(props);
  const [broken, setBroken] = useState(false);
  const [said, setSaid] = useState("");
  latest.current = props;

  useEffect(() => {
    if (!box.current) return;
    try {
      map.current = makeMap(box.current, latest, setSaid);
    } catch {
      setBroken(true);
    }
    return () => {
      map.current?.remove();
      map.current = null;
    };
  }, []);

  useEffect(() => whenReady(map.current, (drawn) => drawShapes(drawn, latest.current)), [props.shapes]);
  useEffect(
    () => whenReady(map.current, (drawn) => drawPlaces(drawn, latest.current)),
    [props.places, props.chosen],
  );

  if (broken) {
    return (
      <p class="card pad">{t("Dieser Browser kann die Karte nicht zeichnen. Die Tabelle zeigt dasselbe.")}</p>
    );
  }
  return (
    <div class="blk-map">
      <section ref={box} class="map" aria-label={props.label} data-map="drawing" />
      <p class="small quiet blk-said" aria-live="polite">
        {said || t("Ein Klick auf einen Baustein nennt ihn.")}
      </p>
      <Key faults={props.shapes.faults.features.length > 0} />
    </div>
  );
}

function Key({ faults }: { faults: boolean }) {
  return (
    <ul class="blk-key small" aria-label={t("Zeichen der Karte")}>
      <li>
        <i class="blk-sign blk-lived" /> {t("bewohnt")}
      </li>
      <li>
        <i class="blk-sign blk-unlived" /> {t("unbewohnt")}
      </li>
      {faults && (
        <li>
          <i class="blk-sign blk-fault" /> {t("fehlerhafte Stelle")}
        </li>
      )}
      <li>
        <i class="blk-sign blk-mark">1</i> {t("Nummer in der Liste")}
      </li>
    </ul>
  );
}

function whenReady(map: MapLibre | null, draw: (map: MapLibre) => void): void {
  if (!map) return;
  if (map.getSource("blocks")) draw(map);
  else map.once("load", () => draw(map));
}

function makeMap(box: HTMLElement, latest: { current: Props }, say: (words: string) => void): MapLibre {
  const map = new MapLibre({
    container: box,
    style: style(),
    attributionControl: false,
    bounds: boundsOf(latest.current.shapes.municipalities, latest.current.shapes.blocks),
    fitBoundsOptions: { padding: 16 },
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    maxZoom: 18,
    minZoom: 5,
    locale: controlWords(),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.on("click", (event) => {
    const near = 12;
    const { x, y } = event.point;
    const marks = map.queryRenderedFeatures(
      [
        [x - near, y - near],
        [x + near, y + near],
      ],
      { layers: ["marks"] },
    );
    const number = marks[0]?.properties?.number as number | undefined;
    if (number !== undefined) {
      latest.current.onChoose(number);
      return;
    }
    say(blockWords(map.queryRenderedFeatures(event.point, { layers: ["blocks-fill"] })[0]?.properties));
  });
  map.on("idle", () => {
    if (box.dataset.map === "filled" && map.isSourceLoaded("blocks")) box.dataset.map = "drawn";
  });
  return map;
}

function blockWords(block: Record<string, unknown> | null | undefined): string {
  if (!block) return "";
  const people = block.population;
  const id = String(block.block_id);
  if (typeof people !== "number") return t("Baustein {block}: Einwohnerzahl unbekannt", { block: id });
  return plural(
    "Baustein {block}: {count} Einwohner/-in",
    "Baustein {block}: {count} Einwohner/-innen",
    people,
    {
      block: id,
      count: count(people),
    },
  );
}

function drawShapes(map: MapLibre, { shapes }: Props): void {
  map.getContainer().dataset.map = "filled";
  source(map, "blocks").setData(shapes.blocks);
  source(map, "municipalities").setData(shapes.municipalities);
  source(map, "lines").setData(shapes.lines);
  source(map, "faults").setData(shapes.faults);
}

function drawPlaces(map: MapLibre, { places, chosen }: Props): void {
  source(map, "places").setData({
    type: "FeatureCollection",
    features: places.flatMap((place) =>
      place.box
        ? {
            type: "Feature" as const,
            geometry: {
              type: "Point" as const,
              coordinates: [(place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2],
            },
            properties: { number: place.number, error: place.severity === "error" },
          }
        : [],
    ),
  });
  map.setLayerZoomRange("numbers", places.length <= FEW ? 0 : NEAR, 24);
  map.setPaintProperty(
    "marks",
    "circle-radius",
    places.length <= FEW ? 11 : ["step", ["zoom"], 3.4, NEAR, 11],
  );
  for (const layer of ["marks", "numbers"]) {
    map.setFilter(layer, ["!=", ["get", "number"], chosen ?? -1] as FilterSpecification);
  }
  for (const layer of ["chosen-point", "chosen-mark", "chosen-number"]) {
    map.setFilter(layer, ["==", ["get", "number"], chosen ?? -1] as FilterSpecification);
  }
  const box = places.find((place) => place.number === chosen)?.box;
  if (box) map.fitBounds(box, { padding: 80, maxZoom: 16, animate: false });
  map.getContainer().dataset.chosen = chosen === null ? "" : String(chosen);
  map.getContainer().dataset.zoom = map.getZoom().toFixed(1);
}

function source(map: MapLibre, name: string): GeoJSONSource {
  return map.getSource(name) as GeoJSONSource;
}

function style(): StyleSpecification {
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

/** Numbered discs: dark for errors, white for what is to be looked at; the chosen one larger and above all. */
function marks(): LayerSpecification[] {
  const error = ["boolean", ["get", "error"], false];
  const none: FilterSpecification = ["==", ["get", "number"], -1];
  const numbers = {
    type: "symbol" as const,
    source: "places",
    layout: {
      "text-field": ["to-string", ["get", "number"]],
      "text-font": ["SozialraumMap"],
      "text-size": 12,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
  };
  return [
    {
      id: "marks",
      type: "circle",
      source: "places",
      paint: {
        "circle-radius": 11,
        "circle-color": ["case", error, ERROR, "#FFFFFF"],
        "circle-stroke-color": ["case", error, "#FFFFFF", INK],
        "circle-stroke-width": 1.5,
      },
    },
    { id: "numbers", ...numbers, paint: { "text-color": ["case", error, "#FFFFFF", INK] } },
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
      ...numbers,
      filter: none,
      paint: { "text-color": "#FFFFFF", "text-translate": ABOVE },
    },
  ] as LayerSpecification[];
}
