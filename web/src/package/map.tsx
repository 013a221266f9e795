/** The map of the package, drawn as SVG: areas, background, what is chosen and what is proposed. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Ground } from "../editor/ground";
import { areaIdOf, type Plan } from "../editor/plan";
import { type Arrow, inLasso, inRectangle, type Point, type Selection, stepTo } from "../editor/selection";
import { t } from "../words";
import type { Segment } from "./borders";
import type { PackageData } from "./data";
import { areaRooms } from "./labels";
import { Background, Blocks, Drawn, Labels, Marks, Pins, Places, Streets } from "./map_layers";
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
  useLayoutEffect(() => {
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

  useLayoutEffect(() => {
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
