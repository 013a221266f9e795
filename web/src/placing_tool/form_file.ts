/** The counts as a workbook that sozialraum reads without further help: a hidden sheet says how. */

import type { CellStyle, CellValue, Cell as StyledCell } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import type { Counted } from "./counting";
import { isSmall } from "./counting";

const SHEET = "sozialraum";
const SIGN = "*";

/** What the workbook says of itself. `below` : smaller counts are marked. `hide` : and replaced by a sign. */
export interface CountFile {
  /** Key of the data set, or one made of the title. */
  code: string;
  title: string;
  source: string;
  /** ISO date. */
  period: string;
  project: string;
  below: number;
  hide: boolean;
  counted: Counted;
  /** The feature of each column; one made of title and head where none is given. */
  features?: string[];
  /** Lines above the table, and below it. */
  lines: string[];
  notes: string[];
}

/** A key made of a title, as `catalogue_search.key_of` makes one: small letters, digits, underscores. */
export function keyOf(text: string, longest = 40): string {
  const spelled = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return (
    spelled
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, longest) || "x"
  );
}

/** A feature for each column: the title and its head. */
export function featuresOf(title: string, heads: readonly string[]): string[] {
  const taken = new Set<string>();
  return heads.map((head) => {
    const name = `own_${keyOf(title)}_${keyOf(head)}`;
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
    taken.add(free);
    return free;
  });
}

/** How the table is read, in the words of `deliveries.declare`. */
export function recipeText(file: CountFile): string {
  const entry = (name: string, value: string) => `${name} = ${JSON.stringify(value)}`;
  const { heads } = file.counted;
  const lines = [
    entry("code", `form_${file.code}`),
    "version = 1",
    entry("title", file.title),
    entry("source", file.source),
    'formats = ["xlsx"]',
    "",
    "[columns]",
    entry("key", "Schlüssel"),
    entry("name", "Name"),
    entry("town", "Gemeinde"),
    ...heads.map((head, place) => entry(`v${place + 1}`, head)),
    "",
    "[key]",
    entry("column", "key"),
    entry("kind", "area"),
    entry("residual", "keine Angabe"),
    // nobody knows in which municipality the cases without a place are
    "regional = true",
    'unique = ["key"]',
    "",
    "[period]",
    entry("title", "Stichtag: *(\\S+)"),
    entry("form", "day"),
  ];
  (file.features ?? featuresOf(file.title, heads)).forEach((feature, place) => {
    lines.push(
      "",
      "[[value]]",
      entry("column", `v${place + 1}`),
      entry("signs", "youth"),
      entry("feature", feature),
    );
    if (file.hide && file.below > 1)
      lines.push(`own_signs = [${JSON.stringify(`${SIGN} = 1-${file.below - 1}`)}]`);
  });
  return `${lines.join("\n")}\n`;
}

/** The lines of the hidden sheet, as `deliveries.forms.mark_lines`. */
export function markLines(file: CountFile): [string, string][] {
  return [
    ["sozialraum-form", "1"],
    ["kind", "table"],
    ["code", file.code],
    ["project", file.project],
    ["request", ""],
    ...recipeText(file)
      .split("\n")
      .slice(0, -1)
      .map((line): [string, string] => ["recipe", line]),
  ];
}

const EDGE = { style: "thin" as const, color: { rgb: "D8DBDD" } };
const BORDER = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE };
const HEAD: CellStyle = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "E2EEF0" } },
  border: BORDER,
  alignment: { wrapText: true, vertical: "top" },
};
const PLAIN: CellStyle = { border: BORDER };
const TEXT: CellStyle = { border: BORDER, numFmt: "@" };
const SMALL: CellStyle = {
  border: BORDER,
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FBF1DD" } },
  font: { bold: true },
};

/** The workbook. The same counts give the same table. */
export async function countWorkbook(file: CountFile): Promise<Uint8Array> {
  const { heads, rows } = file.counted;
  const [year, month, day] = file.period.split("-");
  const table: CellValue[][] = [
    [file.title],
    [`Stichtag: ${day}.${month}.${year}`],
    ...file.lines.map((line) => [line]),
    [],
  ];
  const cells = new Map<string, Partial<StyledCell>>();
  cells.set("0,0", { style: { font: { bold: true, size: 13 } } });
  const head = table.length;
  table.push(["Schlüssel", "Name", "Gemeinde", ...heads]);
  for (let column = 0; column < heads.length + 3; column++) cells.set(`${head},${column}`, { style: HEAD });
  for (const row of rows) {
    const at = table.length;
    table.push([row.key, row.name, row.town, ...row.counts.map((count) => shown(count, file))]);
    for (const column of [0, 1, 2]) cells.set(`${at},${column}`, { style: TEXT });
    row.counts.forEach((count, place) => {
      cells.set(`${at},${place + 3}`, { style: isSmall(count, file.below) ? SMALL : PLAIN });
    });
  }
  table.push([], ...file.notes.map((note) => [note]));
  const widths = [14, 30, 22, ...heads.map((text) => Math.max(10, Math.min(24, text.length + 2)))];
  return await writeXlsx({
    sheets: [
      {
        name: "Tabelle",
        rows: table,
        cells,
        columns: widths.map((width) => ({ width })),
        freezePane: { rows: head + 1, columns: 2 },
      },
      { name: SHEET, rows: markLines(file), veryHidden: true },
    ],
  });
}

/** A count as it stands in the table: the number, or the sign for a small one that is to be hidden. */
export function shown(count: number, file: Pick<CountFile, "below" | "hide">): number | string {
  return file.hide && isSmall(count, file.below) ? SIGN : count;
}
