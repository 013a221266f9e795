/** What is on the desk: the work, what is chosen, and the acts that change them. */

import { useCallback, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { AreaFigures, Limits } from "../editor/checks";
import type { Edit } from "../editor/edit";
import type { Ground } from "../editor/ground";
import type { Plan } from "../editor/plan";
import { NOTHING, type Point, type Selection, toggle, withAll } from "../editor/selection";
import { t } from "../words";
import { type Segment, segmentsOf } from "./borders";
import { firstColours, withNew } from "./colours";
import { baseOf, groundOf, type PackageData } from "./data";
import type { Tool } from "./map";
import { obstacle } from "./sentences";
import { keep, kept } from "./storage";
import {
  again,
  back,
  figures,
  planOf,
  propose,
  surplus,
  type Work,
  withComment,
  withoutComment,
} from "./work";

export interface Notice {
  kind: "done" | "look" | "error";
  /** Asked for whenever it is shown, so that it speaks the language of the page. */
  text: () => string;
  action?: { title: () => string; act: () => void };
}

/** Where a remark is being pinned: a point of the map, or an area (then `point` is null). */
export interface Pinned {
  point: Point | null;
  block: number;
  area: string;
}

export interface Desk {
  data: PackageData;
  base: Plan;
  ground: Ground;
  segments: readonly Segment[];
  limits: Limits;
  extra: ReadonlyMap<string, number>;
  work: Work;
  plan: Plan;
  colours: Map<string, string>;
  figures: AreaFigures[];
  tool: Tool;
  selection: Selection;
  area: string;
  place: Pinned | null;
  notice: Notice | null;
  said: string;
  isSaved: boolean;
  setTool: (tool: Tool) => void;
  setSaid: (text: string) => void;
  setRole: (role: string) => void;
  setSaved: () => void;
  toggle: (block: number) => void;
  choose: (blocks: number[]) => void;
  showArea: (areaId: string) => void;
  pin: (point: Point | null, block: number, area?: string) => void;
  comment: (text: string) => void;
  uncomment: (number: number) => void;
  propose: (edit: Edit) => boolean;
  back: () => void;
  again: () => void;
  leave: () => void;
  replace: (work: Work, said: () => string) => void;
  tell: (notice: Notice | null) => void;
}

export function useDesk(data: PackageData): Desk {
  const still = useMemo(() => stillOf(data), [data]);
  const begun = useMemo(() => kept(data, still.base), [data, still]);
  const [work, setWork] = useState(begun.work);
  const [saved, setSavedWork] = useState<Work | null>(null);
  const [tool, setTool] = useState<Tool>("click");
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [area, setArea] = useState("");
  const [place, setPlace] = useState<Pinned | null>(null);
  const [said, setSaid] = useState("");
  const [notice, tell] = useState<Notice | null>(() =>
    begun.found ? { kind: "look", text: () => t("Ihr letzter Stand wurde wiederhergestellt.") } : null,
  );
  const plan = useMemo(() => planOf(work), [work.history]);
  const colours = useColours(still, plan);
  const shown = useMemo(() => figures(plan, still.ground, still.limits, still.extra), [plan, still]);

  useLayoutEffect(() => {
    if (work !== begun.work) keep(work, data);
  }, [work, data, begun]);

  const clear = useCallback(() => {
    setSelection(NOTHING);
    setPlace(null);
  }, []);
  const step = (change: (work: Work) => Work) => {
    setWork(change);
    clear();
  };
  return {
    ...{ ...still, data, work, plan, colours, figures: shown, tool, selection, area, place, notice, said },
    isSaved: saved === work,
    setTool: (next) => {
      setTool(next);
      setPlace(null);
    },
    setSaid,
    tell,
    setRole: (role) => setWork((now) => ({ ...now, role })),
    setSaved: () => setSavedWork(work),
    toggle: (block) => {
      setPlace(null);
      setSelection((now) => toggle(now, block));
    },
    choose: (blocks) => {
      setPlace(null);
      setSelection((now) => withAll(now, blocks));
    },
    showArea: (areaId) => {
      clear();
      setArea((now) => (now === areaId ? "" : areaId));
    },
    pin: (point, block, areaId = "") => {
      setSelection(NOTHING);
      setPlace({ point, block, area: areaId });
    },
    comment: (text) => {
      if (!place) return;
      const [x, y] = place.point ?? [null, null];
      const block_id = data.blocks.id[place.block] ?? "";
      step((now) => withComment(now, { text, area_id: place.area, block_id, x, y }));
    },
    uncomment: (number) => setWork((now) => withoutComment(now, number)),
    propose: (edit) => {
      try {
        const next = propose(work, edit);
        step(() => next);
        tell(null);
        return true;
      } catch (error) {
        tell({ kind: "error", text: () => obstacle(error, plan) });
        return false;
      }
    },
    back: () => step(back),
    again: () => step(again),
    leave: () => {
      clear();
      setArea("");
    },
    replace: (next, text) => {
      step(() => next);
      setArea("");
      tell({ kind: "done", text });
    },
  };
}

/** What never changes while the page is open. */
function stillOf(data: PackageData) {
  const base = baseOf(data);
  const ground = groundOf(data);
  const limits = { low: data.size_low, high: data.size_high ?? Number.POSITIVE_INFINITY };
  return { base, ground, limits, segments: segmentsOf(data.blocks.path), extra: surplus(data) };
}

function useColours({ base, ground }: { base: Plan; ground: Ground }, plan: Plan): Map<string, string> {
  const first = useMemo(() => firstColours(base, ground), [base, ground]);
  const [known, setKnown] = useState(first);
  const next = useMemo(() => withNew(known, plan, ground), [known, plan, ground]);
  useLayoutEffect(() => setKnown(next), [next]);
  return next;
}
