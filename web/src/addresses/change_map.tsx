/** Where changed addresses lie: areas around them, numbers of the same street that stay, places before and now. */

import { t } from "../words";
import type { Change, Mark, SmallMap } from "./types";

interface Props {
  map: SmallMap;
  rows: Change[];
  chosen: number | null;
  label: string;
  onChoose: (row: number) => void;
}

const NUMBERED_UP_TO = 60;
// numbers need this much room between two places, in units of the sheet
const ROOM = 14;
const LETTER = 2.8; // half the width of one
const NAMED_NEIGHBOURS = 40;

export function ChangeMap({ map, rows, chosen, label, onChoose }: Props) {
  const numbered = rows.length <= NUMBERED_UP_TO && !isCrowded(map.marks);
  return (
    <figure class="ad-map">
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="img" aria-label={label}>
        {map.areas.map((area) => (
          <path key={area.path} class="ad-area" d={area.path} />
        ))}
        <path class="ad-border" d={map.borders} />
        {map.lines.map((line) => (
          <path key={line.kind} class={`ad-line ad-${line.kind}`} d={line.path} />
        ))}
        {map.areas.map((area) => (
          <text key={area.path} class="ad-name" x={within(area, map.width)} y={area.y}>
            {area.label}
          </text>
        ))}
        {map.neighbours.map((one) => (
          <g key={`${one.label} ${one.x} ${one.y}`} class="ad-neighbour">
            <circle cx={one.x} cy={one.y} r={2} />
            {map.neighbours.length <= NAMED_NEIGHBOURS && (
              <text x={one.x} y={one.y - 4}>
                {one.label}
              </text>
            )}
          </g>
        ))}
        {lastOf(map.marks, chosen).map(([mark, place]) => (
          <OneMark
            key={rows[place]?.change_id}
            mark={mark}
            number={numbered || chosen === place ? place + 1 : 0}
            state={rows[place]?.decision ?? ""}
            chosen={chosen === place}
            onChoose={() => onChoose(place)}
          />
        ))}
      </svg>
      <figcaption class="small quiet">
        <Key map={map} />
      </figcaption>
    </figure>
  );
}

/** Where a name stands in the middle of, as near to its place as the sheet lets it be read. */
function within(area: { x: number; label: string }, width: number): number {
  const half = LETTER * area.label.length + 8;
  return Math.min(Math.max(area.x, half), Math.max(half, width - half));
}

function isCrowded(marks: Mark[]): boolean {
  const known = marks.flatMap((mark) =>
    mark.x === null || mark.y === null ? [] : [[mark.x, mark.y] as const],
  );
  return known.some(([x, y], place) =>
    known.slice(0, place).some(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) < ROOM),
  );
}

/** The marks with their row; the chosen one is drawn last, above the others. */
function lastOf(marks: Mark[], chosen: number | null): [Mark, number][] {
  const all = marks.map((mark, place): [Mark, number] => [mark, place]);
  return [...all.filter(([, place]) => place !== chosen), ...all.filter(([, place]) => place === chosen)];
}

interface MarkProps {
  mark: Mark;
  number: number;
  state: string;
  chosen: boolean;
  onChoose: () => void;
}

function OneMark({ mark, number, state, chosen, onChoose }: MarkProps) {
  if (mark.x === null || mark.y === null) return null;
  const kind = `ad-mark${state ? ` ad-${state}` : ""}${chosen ? " ad-chosen" : ""}`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list beside the map does the same
    <g class={kind} onClick={onChoose}>
      {mark.old_x !== null && mark.old_y !== null && (
        <>
          <path d={`M${mark.old_x} ${mark.old_y}L${mark.x} ${mark.y}`} />
          <rect x={mark.old_x - 3.5} y={mark.old_y - 3.5} width={7} height={7} />
        </>
      )}
      <circle cx={mark.x} cy={mark.y} r={number ? 8 : 4} />
      {number > 0 && (
        <text x={mark.x} y={mark.y + 3}>
          {number}
        </text>
      )}
    </g>
  );
}

function Key({ map }: { map: SmallMap }) {
  const before = map.marks.some((mark) => mark.old_x !== null);
  return (
    <ul class="ad-key">
      <li>
        <svg width="16" height="16" aria-hidden="true" class="ad-mark">
          <circle cx="8" cy="8" r="6" />
        </svg>
        {t("geänderte Adresse")}
      </li>
      {before && (
        <li>
          <svg width="16" height="16" aria-hidden="true" class="ad-mark">
            <rect x="4" y="4" width="8" height="8" />
          </svg>
          {t("bisherige Lage")}
        </li>
      )}
      {map.neighbours.length > 0 && (
        <li>
          <svg width="16" height="16" aria-hidden="true" class="ad-neighbour">
            <circle cx="8" cy="8" r="3" />
          </svg>
          {t("Hausnummern, die bleiben")}
        </li>
      )}
    </ul>
  );
}
