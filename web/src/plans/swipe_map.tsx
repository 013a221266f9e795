/** Two plans of a municipality on one sheet, before and after, with a line that is drawn across. */

import { useMemo, useRef, useState } from "preact/hooks";
import { neighbourColours } from "../propose_colours";
import { PlanMap } from "../propose_map";
import { t } from "../words";
import type { TwoMaps } from "./plans_api";

interface Props {
  maps: TwoMaps;
  town: string;
  before: string;
  after: string;
}

export function SwipeMap({ maps, town, before, after }: Props) {
  const [place, setPlace] = useState(50);
  const box = useRef<HTMLDivElement>(null);
  const colours = useMemo(() => {
    const first = neighbourColours(maps.before, null);
    return { before: first, after: neighbourColours(maps.after, first) };
  }, [maps]);
  const drag = (event: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect || (event.type === "pointermove" && event.buttons === 0)) return;
    setPlace(Math.round(Math.min(100, Math.max(0, (100 * (event.clientX - rect.left)) / rect.width))));
  };
  const { width, height } = maps.ground;
  return (
    <figure class="swipe">
      <div
        ref={box}
        class="swipe-box"
        style={{ aspectRatio: `${width} / ${height}` }}
        onPointerDown={drag}
        onPointerMove={drag}
      >
        <div class="swipe-layer">
          <PlanMap
            ground={maps.ground}
            areas={maps.after}
            colours={colours.after}
            present=""
            label={t("{town} nachher; die Tabellen sagen dasselbe", { town })}
            large
          />
          <Moved maps={maps} />
        </div>
        <div class="swipe-layer" style={{ clipPath: `inset(0 ${100 - place}% 0 0)` }}>
          <PlanMap
            ground={maps.ground}
            areas={maps.before}
            colours={colours.before}
            present=""
            label={t("{town} vorher; die Tabellen sagen dasselbe", { town })}
            large
          />
          <Moved maps={maps} />
        </div>
        <div class="swipe-heads">
          <span>
            <b>{t("Vorher")}</b> {before}
          </span>
          <span>
            <b>{t("Nachher")}</b> {after}
          </span>
        </div>
        <div class="swipe-line" style={{ left: `${place}%` }} />
      </div>
      <label class="swipe-slider">
        <span class="unseen">{t("Trennlinie zwischen vorher und nachher")}</span>
        <input
          type="range"
          min="0"
          max="100"
          value={place}
          aria-valuetext={t("links {left} Prozent vorher, rechts nachher", { left: place })}
          onInput={(event) => setPlace(Number(event.currentTarget.value))}
        />
      </label>
      {maps.moved && (
        <p class="small quiet swipe-key">
          <svg class="planmap sign" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">
            <path class="moved-casing" d="M1 7h26" />
            <path class="moved" d="M1 7h26" />
          </svg>
          {t("Bausteine, die ihr Gebiet wechseln. Die Linie ziehen oder mit den Pfeiltasten bewegen.")}
        </p>
      )}
    </figure>
  );
}

function Moved({ maps }: { maps: TwoMaps }) {
  return (
    <svg
      class="planmap large swipe-moved"
      viewBox={`0 0 ${maps.ground.width} ${maps.ground.height}`}
      aria-hidden="true"
    >
      <path class="moved-casing" d={maps.moved} />
      <path class="moved" d={maps.moved} />
    </svg>
  );
}
