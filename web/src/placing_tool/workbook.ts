/** Lists of a department read and written back: XLSX, ODS and CSV. See form_file.ts for counts. */

import { parseCsv, writeCsv } from "hucre/csv";
import { readOds } from "hucre/ods";
import { openXlsx, readXls, saveXlsx, writeXlsx } from "hucre/xlsx";
import { t } from "../words";
import { decode } from "./encodings";

export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  name: string;
  rows: Cell[][];
}

/** An opened list. `again` gives the whole file back with further columns behind those of one sheet. */
export interface Book {
  name: string;
  /** Of the file that comes back. */
  ending: "xlsx" | "xlsm" | "csv";
  sheets: Sheet[];
  again: (sheet: number, columns: Cell[][]) => Promise<Uint8Array>;
}

/** A sentence for people says why a file cannot be read. */
export class NotRead extends Error {}

const DELIMITERS = [";", ",", "\t", "|"];
const BOM = "\ufeff";

/** Raises NotRead. */
export async function openBook(name: string, bytes: Uint8Array): Promise<Book> {
  const begin = Array.from(bytes.subarray(0, 4));
  const isPacked = begin[0] === 0x50 && begin[1] === 0x4b;
  const isOld = begin.join() === "208,207,17,224"; // also a workbook with a password
  if (!isPacked && !isOld) return openText(name, bytes);
  try {
    if (isOld) return rewritten(name, (await readXls(bytes)).sheets);
    const isOds = new TextDecoder("latin1")
      .decode(bytes.subarray(0, 120))
      .includes("opendocument.spreadsheet");
    return isOds ? rewritten(name, (await readOds(bytes)).sheets) : await openExcel(name, bytes);
  } catch {
    throw new NotRead(
      t(
        "„{file}“ lässt sich nicht als Tabelle öffnen. Speichern Sie die Liste erneut als Excel-Arbeitsmappe (.xlsx), ohne Kennwort.",
        { file: name },
      ),
    );
  }
}

/** A list of another program: its values come back in a new Excel workbook. */
function rewritten(name: string, found: readonly { name: string; rows: unknown[][] }[]): Book {
  const sheets = found.map((sheet) => ({ name: sheet.name, rows: sheet.rows as Cell[][] }));
  return { name, ending: "xlsx", sheets, again: (sheet, columns) => writtenAnew(sheets, sheet, columns) };
}

async function openExcel(name: string, bytes: Uint8Array): Promise<Book> {
  const found = await openXlsx(bytes, { readStyles: true });
  const shown = found.sheets.filter((sheet) => !sheet.hidden && !sheet.veryHidden);
  const again = async (place: number, columns: Cell[][]) => {
    // opened anew: what is on the page stays as it was read
    const fresh = await openXlsx(bytes, { readStyles: true });
    const sheet = fresh.sheets.filter((one) => !one.hidden && !one.veryHidden)[place];
    if (sheet) sheet.rows = wider(sheet.rows as Cell[][], columns);
    return await saveXlsx(fresh);
  };
  return {
    name,
    ending: /\.xlsm$/i.test(name) ? "xlsm" : "xlsx", // with its macros it would not open under another ending
    sheets: shown.map(({ name: title, rows }) => ({ name: title, rows: rows as Cell[][] })),
    again,
  };
}

async function writtenAnew(sheets: Sheet[], place: number, columns: Cell[][]): Promise<Uint8Array> {
  return await writeXlsx({
    sheets: sheets.map((sheet, number) => ({
      name: sheet.name,
      rows: number === place ? wider(sheet.rows, columns) : sheet.rows,
    })),
  });
}

function openText(name: string, bytes: Uint8Array): Book {
  const text = decode(bytes);
  if (text === null) {
    throw new NotRead(
      t(
        "„{file}“ ist keine Tabelle. Möglich sind Excel-Arbeitsmappen (.xlsx) und Textdateien mit Trennzeichen.",
        {
          file: name,
        },
      ),
    );
  }
  const bare = text.startsWith(BOM) ? text.slice(1) : text;
  const delimiter = delimiterOf(bare);
  const rows = parseCsv(bare, { delimiter }) as Cell[][];
  return {
    name,
    ending: "csv",
    sheets: [{ name, rows }],
    again: async (_sheet, columns) =>
      new TextEncoder().encode(BOM + writeCsv(wider(rows, columns), { delimiter, lineSeparator: "\r\n" })),
  };
}

/** The delimiter that cuts most of the first lines into the same number of parts. */
export function delimiterOf(text: string): string {
  const beginning = text.slice(0, 20_000);
  let best = ";";
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const widths = parseCsv(beginning, { delimiter })
      .slice(0, 40)
      .map((row) => row.length);
    const width = widths.length > 2 ? usual(widths) : Math.max(0, ...widths);
    const alike = widths.filter((each) => each === width).length;
    const rated = width > 1 ? alike * 100 + width : 0;
    if (rated > most) {
      most = rated;
      best = delimiter;
    }
  }
  return best;
}

function usual(widths: number[]): number {
  const often = new Map<number, number>();
  for (const width of widths) often.set(width, (often.get(width) ?? 0) + 1);
  return [...often].sort((one, other) => other[1] - one[1] || other[0] - one[0])[0]?.[0] ?? 0;
}

/** Rows with further columns behind the widest row. */
function wider(rows: Cell[][], columns: Cell[][]): Cell[][] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return rows.map((row, place) => {
    const added = columns.map((column) => column[place] ?? null);
    return [...row, ...Array<Cell>(width - row.length).fill(null), ...added];
  });
}

/** The text of a cell as it stands in the list; whole numbers without a decimal point, days as in Germany. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return dayOf(cell);
  if (typeof cell === "boolean") return cell ? "ja" : "nein";
  return String(cell).trim();
}

function dayOf(when: Date): string {
  if (Number.isNaN(when.getTime())) return "";
  const [year, month, day] = when.toISOString().slice(0, 10).split("-");
  return `${day}.${month}.${year}`;
}
