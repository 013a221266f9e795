/** Blocks on a map with numbered places; what is said there stands in the list beside it as well. */

import {
  type FilterSpecification,
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
} from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api";
import { boundsOf, controlWords } from "../map";
import { count } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import { DISCS, disc, groundStyle } from "./ground_style";
import type { GroundShapes, NumberedPlace } from "./types";

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
      <Key shapes={props.shapes} />
    </div>
  );
}

function Key({ shapes }: { shapes: GroundShapes }) {
  const faults = shapes.faults.features.length > 0;
  const streets = shapes.lines.features.some((line) => line.properties?.kind === "street");
  return (
    <ul class="blk-key small" aria-label={t("Zeichen der Karte")}>
      <li>
        <i class="blk-sign blk-lived" /> {t("bewohnt")}
      </li>
      <li>
        <i class="blk-sign blk-unlived" /> {t("unbewohnt")}
      </li>
      {streets && (
        <li>
          <i class="blk-sign blk-street" /> {t("Straße bei einer Stelle, von Nahem")}
        </li>
      )}
      {faults && (
        <li>
          <i class="blk-sign blk-fault" /> {t("fehlerhafte Stelle")}
        </li>
      )}
      <li>
        <i class="blk-sign blk-mark">1</i> {t("Nummer in der Liste, wo dafür Platz ist")}
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
    style: groundStyle(),
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
  for (const [name, look] of Object.entries(DISCS)) map.addImage(name, disc(look), { pixelRatio: 2 });
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
      { layers: ["marks", "numbers"] },
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
