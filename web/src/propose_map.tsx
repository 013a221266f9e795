/** Small maps of alternatives: one sheet for all, so that place and scale are the same. */

import type { Alternative, DrawnArea, Ground } from "./api";
import { neighbourColours } from "./propose_colours";
import { t } from "./words";

interface Props {
  ground: Ground;
  areas: DrawnArea[];
  colours: Map<string, string>;
  /** Outlines of the areas that hold now, '' where there are none. */
  present: string;
  label: string;
  large?: boolean;
}

/** Areas with quiet fills and clear borders; what differs from the present plan shows its dashes. */
export function PlanMap({ ground, areas, colours, present, label, large = false }: Props) {
  const borders = areas.map((area) => area.path).join("");
  return (
    <svg
      class={large ? "planmap large" : "planmap"}
      viewBox={`0 0 ${ground.width} ${ground.height}`}
      role="img"
      aria-label={label}
    >
      <path class="ground" d={ground.outline} />
      {areas.map((area) => (
        <path key={area.code} class="areafill" d={area.path} fill={colours.get(area.code)} />
      ))}
      <path class="uninhabited" d={ground.empty} />
      <Lines ground={ground} />
      <path class="casing" d={borders} />
      {present && <path class="present-casing" d={present} />}
      {present && <path class="present" d={present} />}
      <path class="border" d={borders} />
      <path class="outline" d={ground.outline} />
      {areas.map((area) => (
        <AreaLabel key={area.code} area={area} large={large} />
      ))}
    </svg>
  );
}

function Lines({ ground }: { ground: Ground }) {
  return (
    <>
      {ground.lines.map(({ kind, path }) => (
        <g key={kind} class={kind}>
          {kind !== "river" && <path class="below" d={path} />}
          <path class="above" d={path} />
        </g>
      ))}
    </>
  );
}

const LETTER = 3.1; // units of a letter of a name on the large map

function AreaLabel({ area, large }: { area: DrawnArea; large: boolean }) {
  const words = large ? namedLines(area) : [];
  return (
    <text x={area.x} y={area.y - 3.2 * words.length} class="code">
      {area.code}
      {words.map((line) => (
        <tspan key={line} x={area.x} dy="1.15em" class="areaname-label">
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** The name in one or two lines where the area has room for it, otherwise nothing. */
function namedLines({ name, room }: DrawnArea): string[] {
  const fits = (line: string) => line.length * LETTER <= 1.5 * room;
  if (!name) return [];
  if (fits(name)) return [name];
  const cut = name.search(/[ \-/][^ \-/]*$/);
  const lines = cut > 0 ? [name.slice(0, cut + 1).trim(), name.slice(cut + 1)] : [];
  return lines.length > 0 && lines.every(fits) ? lines : [];
}

/** Colours by key of the alternative and code of the area; alike areas look alike. */
export function coloursOf(alternatives: Alternative[]): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  let first: Map<string, string> | null = null;
  for (const { key, areas } of alternatives) {
    const colours: Map<string, string> = neighbourColours(areas, first);
    first ??= colours;
    found.set(key, colours);
  }
  return found;
}

export function MapLegend({ ground, present }: { ground: Ground; present: boolean }) {
  const kinds = new Set(ground.lines.map((line) => line.kind));
  return (
    <ul class="maplegend small" aria-label={t("Zeichen der Karten")}>
      <Key show name={t("Grenze eines Gebiets")}>
        <path class="casing" d="M1 7h26" />
        <path class="border" d="M1 7h26" />
      </Key>
      <Key show={present} name={t("jetziger Zuschnitt, wo er abweicht")}>
        <path class="present-casing" d="M1 7h26" />
        <path class="present" d="M1 7h26" />
      </Key>
      <Key kind="river" show={kinds.has("river")} name={t("Fluss")}>
        <path class="above" d="M1 7h26" />
      </Key>
      <Key kind="railway" show={kinds.has("railway")} name={t("Bahnlinie")}>
        <path class="below" d="M1 7h26" />
        <path class="above" d="M1 7h26" />
      </Key>
      <Key kind="motorway" show={kinds.has("motorway")} name={t("Autobahn")}>
        <path class="below" d="M1 7h26" />
        <path class="above" d="M1 7h26" />
      </Key>
      <Key show={ground.empty !== ""} name={t("unbewohnt")}>
        <path class="areafill" d="M1 1h26v12h-26z" fill="#BFD7EA" />
        <path class="uninhabited" d="M1 1h26v12h-26z" />
      </Key>
    </ul>
  );
}

interface KeyProps {
  show: boolean;
  name: string;
  kind?: string;
  children: preact.ComponentChildren;
}

function Key({ show, name, kind = "", children }: KeyProps) {
  if (!show) return null;
  return (
    <li>
      <svg class="planmap sign" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">
        <g class={kind}>{children}</g>
      </svg>
      {name}
    </li>
  );
}
