/** The map of the package, drawn as SVG: areas, background, what is chosen and what is proposed. */

import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Ground } from "../editor/ground";
import { areaIdOf, type Plan } from "../editor/plan";
import { type Arrow, inLasso, inRectangle, type Point, type Selection, stepTo } from "../editor/selection";
import { t } from "../words";
import { linesBetween, type Segment } from "./borders";
import type { NamedPath, PackageData, Place } from "./data";
import { areaRooms, labelPlaces, longest, type Room, type StreetLabel, withoutCollisions } from "./labels";
import { around, reshaped, type Size, shifted, showing, type View, wholeMap, zoomed } from "./view";
import type { Comment } from "./work";
import "./map.css";

export type Tool = "click" | "rectangle" | "lasso" | "comment" | "pan";

interface Props {
  data: PackageData;
  plan: Plan;
  base: Plan;
  ground: Ground;
  segments: readonly Segment[];
  colours: Map<string, string>;
  tool: Tool;
  selection: Selection;
  chosenArea: string;
  comments: readonly Comment[];
  draftAt: Point | null;
  onToggle: (block: number) => void;
  onAdd: (blocks: number[]) => void;
  onArea: (areaId: string) => void;
  onPlace: (point: Point, block: number) => void;
  onCursor: (block: number) => void;
  /** Blocks to go to at the beginning and whenever they change; none = the whole municipality. */
  goTo?: readonly number[];
  /** Drawn over the areas; `unit` is metres per pixel of the screen. */
  overlay?: (unit: number) => ComponentChildren;
}

const STEP = 0.7;

export function PackageMap(props: Props) {
  const { data, plan, ground, tool } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [screen, setScreen] = useState<Size>({ width: 900, height: 700 });
  const [view, setView] = useState<View>(() => wholeMap(data.map, screen));
  const [drawn, setDrawn] = useState<Point[]>([]);
  const [cursor, setCursor] = useState(-1);
  const drag = useRef<{ from: Point; moved: boolean } | null>(null);
  useFit(svg, data.map, setScreen, setView);
  useEffect(() => {
    const points = (props.goTo ?? []).map(
      (block): Point => [data.blocks.x[block] ?? 0, data.blocks.y[block] ?? 0],
    );
    setView((now) => around(points, screen) ?? now);
  }, [props.goTo, screen, data]);
  const unit = view.width / Math.max(1, screen.width);
  const rooms = useMemo(() => areaRooms(data.blocks, plan, props.segments), [data, plan, props.segments]);

  const at = (event: PointerEvent | WheelEvent): Point => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    return [view.x + (event.clientX - box.left) * unit, view.y + (event.clientY - box.top) * unit];
  };
  const draws = tool === "rectangle" || tool === "lasso";

  const down = (event: PointerEvent) => {
    if (event.button > 1) return;
    drag.current = { from: at(event), moved: false };
    svg.current?.setPointerCapture(event.pointerId);
    if (draws && event.button === 0) setDrawn([at(event)]);
  };
  const move = (event: PointerEvent) => {
    const begun = drag.current;
    if (!begun) return;
    const point = at(event);
    if (Math.hypot(point[0] - begun.from[0], point[1] - begun.from[1]) > 5 * unit) begun.moved = true;
    if (!begun.moved) return;
    if (draws && event.buttons === 1)
      setDrawn((line) => (tool === "lasso" ? [...line, point] : [begun.from, point]));
    else setView((now) => shifted(now, begun.from[0] - point[0], begun.from[1] - point[1]));
  };
  const up = (event: PointerEvent) => {
    const begun = drag.current;
    drag.current = null;
    setDrawn([]);
    if (!begun || event.button !== 0) return;
    const point = at(event);
    if (begun.moved && draws) {
      const turned = (one: Point): Point => [one[0], -one[1]];
      if (tool === "lasso") props.onAdd(inLasso(ground, drawn.map(turned)));
      else props.onAdd(inRectangle(ground, turned(begun.from), turned(point)));
      return;
    }
    if (begun.moved) return;
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const block = Number(under.map((one) => one.getAttribute("data-block")).find(Boolean) ?? -1);
    act(block, point);
  };
  const act = (block: number, point: Point) => {
    if (tool === "comment") props.onPlace(point, block);
    else if (block < 0) return;
    else if (tool === "pan") props.onArea(areaIdOf(plan, block));
    else props.onToggle(block);
  };

  useEffect(() => {
    const box = svg.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const place = at(event);
      setView((now) => zoomed(now, event.deltaY > 0 ? 1 / STEP ** 0.5 : STEP ** 0.5, data.map, place));
    };
    box?.addEventListener("wheel", wheel, { passive: false });
    return () => box?.removeEventListener("wheel", wheel);
  });

  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = cursor < 0 ? middleBlock(ground, data.map) : stepTo(ground, cursor, event.key as Arrow);
      setCursor(next);
      const [x, y] = [data.blocks.x[next] ?? 0, data.blocks.y[next] ?? 0];
      setView((now) => showing(now, x, y));
      props.onCursor(next);
    } else if ((event.key === "Enter" || event.key === " ") && cursor >= 0) {
      event.preventDefault();
      act(cursor, [data.blocks.x[cursor] ?? 0, data.blocks.y[cursor] ?? 0]);
    } else if (event.key === "+") setView((now) => zoomed(now, STEP, data.map));
    else if (event.key === "-") setView((now) => zoomed(now, 1 / STEP, data.map));
  };

  return (
    <div class="package-map">
      <svg
        ref={svg}
        class={`map ${tool}`}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        preserveAspectRatio="xMidYMid meet"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move from block to block
        tabIndex={0}
        aria-label={t(
          "Karte der Gebiete. Pfeiltasten gehen von Baustein zu Baustein, Eingabe wählt. Die Listen daneben zeigen dasselbe.",
        )}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => {
          drag.current = null;
          setDrawn([]);
        }}
        onKeyDown={key}
        onBlur={() => setCursor(-1)}
      >
        <Blocks paths={data.blocks.path} open={data.blocks.open} plan={plan} colours={props.colours} />
        <Background data={data} />
        {props.overlay?.(unit)}
        <Marks {...props} />
        {cursor >= 0 && <path class="cursor" d={data.blocks.path[cursor]} />}
        <Streets streets={data.map.streets} unit={unit} view={view} rooms={rooms} />
        <Places data={data} unit={unit} rooms={rooms} />
        <Labels plan={plan} rooms={rooms} unit={unit} />
        <Pins comments={props.comments} draftAt={props.draftAt} unit={unit} />
        {drawn.length > 1 && <Drawn tool={tool} line={drawn} />}
      </svg>
      <fieldset class="zoom">
        <legend class="unseen">{t("Ausschnitt")}</legend>
        <button type="button" class="button" onClick={() => setView((now) => zoomed(now, STEP, data.map))}>
          <span>+</span>
          <span class="unseen">{t("Näher")}</span>
        </button>
        <button
          type="button"
          class="button"
          onClick={() => setView((now) => zoomed(now, 1 / STEP, data.map))}
        >
          <span>−</span>
          <span class="unseen">{t("Weiter weg")}</span>
        </button>
        <button type="button" class="button" onClick={() => setView(wholeMap(data.map, screen))}>
          {t("Ganze Gemeinde")}
        </button>
      </fieldset>
    </div>
  );
}

/** Keep the shape of the window; the first time show the whole municipality. */
function useFit(
  svg: { current: SVGSVGElement | null },
  map: Size,
  setScreen: (size: Size) => void,
  setView: (change: (view: View) => View) => void,
) {
  useLayoutEffect(() => {
    const box = svg.current;
    if (!box) return;
    let first = true;
    const measure = () => {
      const { width, height } = box.getBoundingClientRect();
      if (width < 2 || height < 2) return;
      const whole = first;
      first = false;
      setScreen({ width, height });
      setView((view) => (whole ? wholeMap(map, { width, height }) : reshaped(view, { width, height })));
    };
    const watching = new ResizeObserver(measure);
    watching.observe(box);
    measure();
    return () => watching.disconnect();
  }, [svg, map, setScreen, setView]);
}

function middleBlock(ground: Ground, map: Size): number {
  let [found, least] = [0, Number.POSITIVE_INFINITY];
  for (let block = 0; block < ground.ids.length; block += 1) {
    const [x, y] = [ground.inside[2 * block] ?? 0, -(ground.inside[2 * block + 1] ?? 0)];
    const away = Math.hypot(x - map.width / 2, y - map.height / 2);
    if (away < least) [found, least] = [block, away];
  }
  return found;
}

const Blocks = memo(function Blocks(props: {
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

const Background = memo(function Background({ data }: { data: PackageData }) {
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

/** Borders of areas, what is chosen, and what differs from the proposal that was sent. */
function Marks({ data, plan, base, segments, selection, chosenArea }: Props) {
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
function Streets({ streets, unit, view, rooms }: StreetProps) {
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
function Places({ data, unit, rooms }: { data: PackageData; unit: number; rooms: Room[] }) {
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
function Labels({ plan, rooms, unit }: { plan: Plan; rooms: Room[]; unit: number }) {
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

function Pins({
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

function Drawn({ tool, line }: { tool: Tool; line: Point[] }) {
  const [from = [0, 0], to = [0, 0]] = [line[0], line[line.length - 1]];
  const corners: Point[] = tool === "lasso" ? line : [from, [to[0], from[1]], to, [from[0], to[1]]];
  return <path class="drawn" d={`M${corners.map((point) => point.join(" ")).join("L")}Z`} />;
}
