/** The map in the page: keeps what is drawn in line with the desk, and hands on what is done on it. */

import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { t } from "../words";
import type { Background } from "./answers";
import { DeskContext } from "./context";
import type { Desk } from "./desk";
import type { DeskState } from "./desk_state";
import { bytesOf, fillsOf } from "./fills";
import type { Shapes } from "./geometry";
import { pressedOnMap } from "./keys";
import { type LabelBlocks, labelBlocks } from "./labels";
import type { Gesture, Pin, View } from "./map_adapter";
import { emptyMap, MapLibreMap } from "./maplibre_map";
import type { Plan } from "./plan";
import { inLasso, inRectangle, type Point, stroked } from "./selection";

interface Props {
  shapes: Shapes;
  worker: Worker;
  background: Background | null;
  onView: (view: View) => void;
}

export function MapView(props: Props) {
  const desk = useContext(DeskContext);
  const box = useRef<HTMLElement>(null);
  const drawn = useRef<MapLibreMap | null>(null);
  const [broken, setBroken] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const place = box.current;
    if (!place || !desk) return;
    let end = () => {};
    try {
      end = start(place, desk, latest, (map) => {
        drawn.current = map;
      });
    } catch {
      setBroken(true);
    }
    return () => {
      drawn.current = null;
      end();
    };
  }, [desk, props.shapes]);

  useEffect(() => {
    if (drawn.current && props.background) drawn.current.setBackground(props.background);
  }, [props.background]);

  if (broken) {
    return (
      <p class="card pad">
        {t("Dieser Browser kann die Karte nicht zeichnen. Die Tabelle der Bausteine zeigt dasselbe.")}
      </p>
    );
  }
  return (
    <section
      ref={box}
      class="map editormap"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from block to block
      tabIndex={0}
      role="application"
      aria-label={t(
        "Karte der Bausteine. Pfeiltasten gehen von Baustein zu Baustein, Eingabe wählt aus. Die Tabelle der Bausteine kann dasselbe.",
      )}
      data-map="drawing"
      onKeyDown={(event) => {
        if (desk && pressedOnMap(desk, event, (by) => drawn.current?.zoom(by))) event.preventDefault();
      }}
      onBlur={() => desk?.set({ focus: -1 })}
    />
  );
}

function start(
  box: HTMLElement,
  desk: Desk,
  latest: { current: Props },
  ready: (map: MapLibreMap) => void,
): () => void {
  const map = emptyMap(box);
  const watch = new ResizeObserver(() => map.resize());
  watch.observe(box);
  let ended = () => {};
  // An empty map: what the time until all blocks stand is compared with.
  map.once("idle", () => performance.mark("editor-empty"));
  map.once("load", () => {
    const { shapes, worker, background, onView } = latest.current;
    // "drawn" tells people's helpers and our own tests that the picture stands.
    let painted = false;
    const drawing = new MapLibreMap(map, shapes, worker, () => {
      if (painted) return;
      painted = true;
      map.once("idle", () => {
        box.dataset.map = "drawn";
        performance.mark("editor-drawn");
      });
      map.triggerRepaint();
    });
    ready(drawing);
    listen(drawing, desk);
    const follow = follower(drawing, desk, shapes);
    follow();
    const stop = desk.subscribe(follow);
    if (background) drawing.setBackground(background);
    drawing.onView(onView);
    ended = () => {
      stop();
      drawing.destroy();
    };
  });
  return () => {
    watch.disconnect();
    ended();
    map.remove();
  };
}

function listen(map: MapLibreMap, desk: Desk): void {
  map.onPointer({
    click: (at, block, keys) => {
      if (desk.state.mode === "pin") desk.pinAt(at, block);
      else desk.pick(block, keys);
    },
    brush: (from, to, first, keys) => {
      const blocks = stroked(map, from, to, 5 * map.unitsPerPixel());
      desk.addBlocks(blocks, { add: true, ...keys }, !first);
    },
    drawn: (gesture, line, keys) => {
      const { ground } = desk.state;
      if (gesture === "cut") desk.cut(line);
      else if (gesture === "lasso") desk.addBlocks(inLasso(ground, line), keys);
      else if (line[0] && line[1]) desk.addBlocks(inRectangle(ground, line[0], line[1]), keys);
    },
  });
}

/** Draws only what changed since the last time. */
function follower(map: MapLibreMap, desk: Desk, shapes: Shapes): () => void {
  let before: DeskState | null = null;
  let labels: LabelBlocks = new Map();
  return () => {
    const now = desk.state;
    const differ = (...keys: (keyof DeskState)[]) => keys.some((key) => before?.[key] !== now[key]);
    if (differ("plan", "colours", "colouring")) map.setFills(fillsOf(pictureOf(now)));
    if (differ("plan", "area", "preview", "selection", "focus")) {
      map.setMarks(now.plan, chosenPlaces(now), now.selection, now.focus);
    }
    if (differ("plan")) {
      labels = labelBlocks(now.plan, now.ground, shapes, labels);
      map.setLabels(labelsOf(now.plan, now, labels));
    }
    if (differ("comments", "found", "plan")) {
      map.setPins(pinsOf(now, labels), (id) => desk.set({ note: "", ...openComment(desk, id) }));
    }
    if (differ("tool", "mode")) map.setGesture(gestureOf(now));
    if (differ("found") && now.found) map.flyTo([now.found.x, now.found.y]);
    if (differ("shownAll")) map.showAll();
    else if (differ("focus") && now.focus >= 0) map.bringIntoView(insideOf(now, now.focus));
    if (before && differ("area") && now.area) map.bringIntoView(insideOf(now, labels.get(now.area) ?? 0));
    if (differ("start") || before === null) map.setWms(now.start.wms);
    before = now;
  };
}

function pictureOf({ plan, ground, colours, colouring }: DeskState) {
  const classes = colouring && {
    blocks: bytesOf(colouring.blocks),
    colours: colouring.classes.map((one) => one.colour),
  };
  return { plan, ground, colours, classes };
}

function chosenPlaces({ plan, area, preview }: DeskState): number[] {
  const wanted = preview?.edit.kind === "merge" ? [preview.edit.area, preview.edit.into] : [area];
  return plan.areas.flatMap((one, place) => (wanted.includes(one.area_id) ? [place] : []));
}

function insideOf({ ground }: DeskState, block: number): Point {
  return [ground.inside[2 * block] ?? 0, ground.inside[2 * block + 1] ?? 0];
}

function labelsOf(plan: Plan, state: DeskState, labels: LabelBlocks) {
  return plan.areas.map(({ area_id, code, name }) => {
    const [x, y] = insideOf(state, labels.get(area_id) ?? 0);
    const people = state.draft.rows.find((row) => row.area_id === area_id)?.people ?? 0;
    return { code, name, x, y, people, strong: false };
  });
}

function pinsOf(state: DeskState, labels: LabelBlocks): Pin[] {
  const pins: Pin[] = state.comments.flatMap((comment) => {
    const block = comment.block_id ? state.plan.ids.indexOf(comment.block_id) : labels.get(comment.area_id);
    const at: Point | null =
      comment.x !== null && comment.y !== null
        ? [comment.x, comment.y]
        : block !== undefined && block >= 0
          ? insideOf(state, block)
          : null;
    if (!at) return [];
    const kind = comment.state === "resolved" ? ("resolved" as const) : ("comment" as const);
    const title = t("Anmerkung: {text}", { text: comment.text });
    return [{ id: comment.comment_id, x: at[0], y: at[1], title, kind }];
  });
  return state.found ? [...pins, state.found] : pins;
}

function openComment(desk: Desk, id: string): Partial<DeskState> {
  const comment = desk.state.comments.find((one) => one.comment_id === id);
  return { openComment: id, said: comment?.text ?? "" };
}

function gestureOf({ mode, tool }: DeskState): Gesture {
  if (mode === "cut") return "cut";
  if (mode === "pin") return "pin";
  if (mode === "target" || tool === "click") return "pan";
  return tool;
}
