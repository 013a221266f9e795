/** What is open in the tool: the list, its columns, where its rows lie, what was confirmed. Gone with the window. */

import { useMemo, useRef, useState } from "preact/hooks";
import { t } from "../words";
import { headRowOf, headsOf, type Roles, rolesOf } from "./columns";
import type { Area } from "./counting";
import { registerContent, type ToolData } from "./data";
import { makeRegister, type Register } from "./register";
import { type Alike, alike, areasOf, type PlacedRow, placeRows } from "./rows";
import { type Book, NotRead, openBook, type Sheet } from "./workbook";

export interface Layout {
  sheet: number;
  headRow: number;
  roles: Roles;
}

export interface Desk {
  data: ToolData;
  book: Book | null;
  /** Counts opened lists; forms begin anew with each. */
  opened: number;
  layout: Layout;
  sheet: Sheet | null;
  heads: string[];
  problem: string;
  /** Share done while rows are placed, null otherwise. */
  busy: number | null;
  placed: PlacedRow[] | null;
  likely: Alike[];
  unplaced: Alike[];
  confirmed: ReadonlySet<string>;
  /** Position of the area of each placed row, -1 = without a place. */
  areas: number[];
  /** The areas of the plan, with the names of their municipalities. */
  plan: Area[];
  open: (file: File) => Promise<void>;
  arrange: (layout: Layout) => void;
  confirm: (keys: readonly string[], yes: boolean) => void;
}

const NO_ROLES: Roles = { street: -1, number: -1, suffix: -1, postcode: -1, town: -1 };

function layoutOf(sheets: readonly Sheet[], sheet: number): Layout {
  const chosen = sheets[sheet] ?? { name: "", rows: [] };
  const headRow = headRowOf(chosen);
  return { sheet, headRow, roles: rolesOf(headsOf(chosen, headRow)) };
}

export function useDesk(data: ToolData): Desk {
  // made ready with the first list: the page itself stands at once
  const register = useRef<Register | null>(null);
  const [book, setBook] = useState<Book | null>(null);
  const [opened, setOpened] = useState(0);
  const [layout, setLayout] = useState<Layout>({ sheet: 0, headRow: 0, roles: NO_ROLES });
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState<number | null>(null);
  const [placed, setPlaced] = useState<PlacedRow[] | null>(null);
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const run = useRef(0);

  const place = async (sheet: Sheet | undefined, next: Layout) => {
    const mine = ++run.current;
    setLayout(next);
    setPlaced(null);
    setConfirmed(new Set());
    setBusy(null);
    if (!sheet || next.roles.street < 0) return;
    setBusy(0);
    register.current ??= makeRegister(data.spelling, registerContent(data));
    const found = await placeRows(
      register.current,
      sheet,
      next.headRow,
      next.roles,
      setBusy,
      () => run.current === mine,
    );
    if (!found) return;
    setPlaced(found);
    setBusy(null);
  };
  const open = async (file: File) => {
    const mine = ++run.current;
    setProblem("");
    setBusy(0);
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      await new Promise((resume) => setTimeout(resume)); // the page says first that it reads
      const found = await openBook(file.name, bytes);
      if (run.current !== mine) return;
      const full = Math.max(
        0,
        found.sheets.findIndex((sheet) => sheet.rows.length > 1),
      );
      setBook(found);
      setOpened((before) => before + 1);
      await place(found.sheets[full], layoutOf(found.sheets, full));
    } catch (error) {
      if (run.current !== mine) return;
      setBusy(null);
      setProblem(
        error instanceof NotRead
          ? error.message
          : t("„{file}“ konnte nicht gelesen werden.", { file: file.name }),
      );
    }
  };
  const arrange = (next: Layout) => {
    const changed = next.sheet !== layout.sheet;
    const other = changed ? layoutOf(book?.sheets ?? [], next.sheet) : next;
    const sheet = book?.sheets[other.sheet];
    if (!changed && sheet && next.headRow !== layout.headRow)
      other.roles = rolesOf(headsOf(sheet, next.headRow));
    void place(sheet, other);
  };
  const confirm = (keys: readonly string[], yes: boolean) => {
    setConfirmed((before) => {
      const after = new Set(before);
      for (const key of keys) {
        if (yes) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  };
  const plan = useMemo(() => {
    const known = new Set(data.blockAreas);
    const towns = new Map(data.municipalities.map(({ ags, name }) => [ags, name]));
    return data.areas.map((area, place) => ({
      ...area,
      town: towns.get(area.ags) ?? "",
      known: known.has(place),
    }));
  }, [data]);
  const sheet = book?.sheets[layout.sheet] ?? null;
  const heads = useMemo(() => (sheet ? headsOf(sheet, layout.headRow) : []), [sheet, layout.headRow]);
  const likely = useMemo(() => alike(placed ?? [], "likely"), [placed]);
  const unplaced = useMemo(() => alike(placed ?? [], "none"), [placed]);
  const areas = useMemo(() => areasOf(placed ?? [], confirmed, data.blockAreas), [placed, confirmed, data]);
  return {
    data,
    book,
    opened,
    layout,
    sheet,
    heads,
    problem,
    busy,
    placed,
    likely,
    unplaced,
    confirmed,
    areas,
    plan,
    open,
    arrange,
    confirm,
  };
}
