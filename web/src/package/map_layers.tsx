/** The layers of the map, from the ground up: blocks, background, marks, names, pins, what is being drawn. */

import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";
import { areaIdOf, type Plan } from "../editor/plan";
import type { Point, Selection } from "../editor/selection";
import { linesBetween, type Segment } from "./borders";
import type { NamedPath, PackageData, Place } from "./data";
import { labelPlaces, longest, type Room, type StreetLabel, withoutCollisions } from "./labels";
import type { Tool } from "./map";
import type { View } from "./view";
import type { Comment } from "./work";

export const Blocks = memo(function Blocks(props: {
  paths: string[];
  open: number[];
  plan: Plan;
  colours: Map<string, string>;
}) {
  const { paths, open, plan, colours } = props;
  return (
    <g class="blocks">
      {paths.map((path, block) => (
        <path
          key={block}
          d={path}
          data-block={block}
          class={open[block] ? "open" : ""}
          fill={colours.get(areaIdOf(plan, block)) ?? "#FFFFFF"}
        />
      ))}
    </g>
  );
});

export const Background = memo(function Background({ data }: { data: PackageData }) {
  const all = (paths: NamedPath[]) => paths.map((one) => one.path).join("");
  const { waters, streets, motorways, rails } = data.map;
  return (
    <g class="background">
      <path class="water" d={all(waters)} />
      <path class="street" d={all(streets)} />
      <path class="motorway below" d={all(motorways)} />
      <path class="motorway above" d={all(motorways)} />
      <path class="rail below" d={all(rails)} />
      <path class="rail above" d={all(rails)} />
    </g>
  );
});

interface MarksProps {
  data: PackageData;
  plan: Plan;
  base: Plan;
  segments: readonly Segment[];
  selection: Selection;
  chosenArea: string;
}

/** Borders of areas, what is chosen, and what differs from the proposal that was sent. */
export function Marks({ data, plan, base, segments, selection, chosenArea }: MarksProps) {
  const borders = useMemo(
    () => linesBetween(segments, (block) => (block < 0 ? -1 : plan.area[block])),
    [segments, plan],
  );
  const before = useMemo(() => {
    const moved = (block: number) => block >= 0 && areaIdOf(base, block) !== areaIdOf(plan, block);
    return linesBetween(segments, moved);
  }, [segments, plan, base]);
  const chosen = useMemo(
    () => linesBetween(segments, (block) => selection.has(block)),
    [segments, selection],
  );
  const place = plan.areas.findIndex((area) => area.area_id === chosenArea);
  const area = useMemo(
    () => (place < 0 ? "" : linesBetween(segments, (block) => block >= 0 && plan.area[block] === place)),
    [segments, plan, place],
  );
  return (
    <g class="marks">
      <path class="border casing" d={borders} />
      <path class="border" d={borders} />
      {area && <path class="chosen-area" d={area} />}
      {before && <path class="proposed casing" d={before} />}
      {before && <path class="proposed" d={before} />}
      {[...selection].map((block) => (
        <path key={block} class="selected" d={data.blocks.path[block]} />
      ))}
      {chosen && <path class="selection casing" d={chosen} />}
      {chosen && <path class="selection" d={chosen} />}
    </g>
  );
}

interface StreetProps {
  streets: NamedPath[];
  unit: number;
  view: View;
  rooms: readonly Room[];
}

/** Names of streets once the map is close enough to hold them. */
export function Streets({ streets, unit, view, rooms }: StreetProps) {
  const places = useMemo(() => labelPlaces(streets), [streets]);
  if (unit > 3.6) return null;
  const size = 12 * unit;
  const inside = ({ x, y }: StreetLabel) =>
    x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;
  const shown = withoutCollisions(longest(places.filter(inside)), size, rooms);
  return (
    <g class="streetnames">
      {shown.map(({ name, x, y, angle }) => (
        <text
          key={name}
          font-size={size}
          transform={`translate(${x} ${y}) rotate(${angle})`}
          dy={size * 0.35}
        >
          {name}
        </text>
      ))}
    </g>
  );
}

/** Schools, churches, town halls, and names of districts where no area's name stands. */
export function Places({ data, unit, rooms }: { data: PackageData; unit: number; rooms: Room[] }) {
  if (unit > 6) return null;
  const size = 12 * unit;
  const isFree = ({ kind, x, y }: Place) => {
    const [wide, high] = kind === "district" ? [90, 40] : [48, 30];
    return rooms.every((room) => Math.abs(room.x - x) > wide * unit || Math.abs(room.y - y) > high * unit);
  };
  return (
    <g class="places">
      {data.map.places.filter(isFree).map(({ kind, name, x, y }) => (
        <g key={`${kind} ${name} ${x} ${y}`} class={kind}>
          {kind !== "district" && (
            <rect x={x - 3 * unit} y={y - 3 * unit} width={6 * unit} height={6 * unit} />
          )}
          {(kind === "district" || unit < 3) && (
            <text font-size={size} x={x} y={y + (kind === "district" ? 0 : 15 * unit)}>
              {name}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Code and name of each area where it has most room; names that would run into others stay away when far off. */
export function Labels({ plan, rooms, unit }: { plan: Plan; rooms: Room[]; unit: number }) {
  const size = 22 * unit;
  return (
    <g class="labels">
      {plan.areas.map((area, place) => {
        const { x, y, room } = rooms[place] ?? { x: 0, y: 0, room: 0 };
        const fits = area.name.length * 7.5 * unit < 2.6 * room;
        return (
          <g key={area.area_id} stroke-width={4 * unit}>
            <text class="code" font-size={size} x={x} y={y + (fits ? 0 : size / 3)}>
              {area.code}
            </text>
            {fits && (
              <text font-size={16 * unit} x={x} y={y + 18 * unit}>
                {area.name}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

export function Pins({
  comments,
  draftAt,
  unit,
}: {
  comments: readonly Comment[];
  draftAt: Point | null;
  unit: number;
}) {
  const pins = comments.flatMap(({ number, x, y }) => (x === null || y === null ? [] : [{ number, x, y }]));
  const size = 11 * unit;
  return (
    <g class="pins">
      {pins.map(({ number, x, y }) => (
        <g key={number}>
          <circle cx={x} cy={y} r={size} stroke-width={2 * unit} />
          <text font-size={13 * unit} x={x} y={y + 4.5 * unit}>
            {number}
          </text>
        </g>
      ))}
      {draftAt && <circle class="draft" cx={draftAt[0]} cy={draftAt[1]} r={size} stroke-width={3 * unit} />}
    </g>
  );
}

export function Drawn({ tool, line }: { tool: Tool; line: Point[] }) {
  const [from = [0, 0], to = [0, 0]] = [line[0], line[line.length - 1]];
  const corners: Point[] = tool === "lasso" ? line : [from, [to[0], from[1]], to, [from[0], to[1]]];
  return <path class="drawn" d={`M${corners.map((point) => point.join(" ")).join("L")}Z`} />;
}
