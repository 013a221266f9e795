/** All rows of a list placed, a piece at a time so that the page stays usable; and what is to be confirmed. */

import { bodyOf, partsOf, type Roles } from "./columns";
import { type Placing, placeAddress } from "./placing";
import type { Register } from "./register";
import type { Sheet } from "./workbook";

/** A row of the list (position in its sheet) and where its address lies. */
export interface PlacedRow {
  row: number;
  written: string;
  placing: Placing;
}

/** Rows whose address is written alike and offered alike: they are confirmed together. */
export interface Alike {
  key: string;
  written: string;
  offer: string;
  reason: string;
  rows: number[];
}

const PIECE_MS = 40;

/** Place every row; calls `said` with the share done. Stops, with null, as soon as `wanted` is false. */
export async function placeRows(
  register: Register,
  sheet: Sheet,
  headRow: number,
  roles: Roles,
  said: (done: number) => void,
  wanted: () => boolean,
): Promise<PlacedRow[] | null> {
  const body = bodyOf(sheet, headRow);
  const known = new Map<string, Placing>();
  const placed: PlacedRow[] = [];
  let until = performance.now() + PIECE_MS;
  for (const row of body) {
    const parts = partsOf(sheet.rows[row], roles);
    // without a column of numbers the whole address may stand in the one of the street
    const address = roles.number < 0 ? { ...parts, text: parts.street, street: "" } : { ...parts, text: "" };
    const key = `${parts.street}\n${parts.number}\n${parts.suffix}\n${parts.postcode}\n${parts.town}`;
    let placing = known.get(key);
    if (!placing) {
      placing = placeAddress(register, address);
      known.set(key, placing);
    }
    const number = `${parts.number} ${parts.suffix}`.trim();
    const place = `${parts.postcode} ${parts.town}`.trim();
    const written = [`${parts.street} ${number}`.trim(), place].filter(Boolean).join(", ");
    placed.push({ row, written, placing });
    if (performance.now() > until) {
      said(placed.length / body.length);
      await new Promise((resume) => setTimeout(resume));
      if (!wanted()) return null;
      until = performance.now() + PIECE_MS;
    }
  }
  return wanted() ? placed : null;
}

/** Likely addresses, most rows first; or those without a place. */
export function alike(placed: readonly PlacedRow[], state: "likely" | "none"): Alike[] {
  const found = new Map<string, Alike>();
  for (const each of placed) {
    const { row, written, placing } = each;
    if (placing.state !== state) continue;
    const key = keyOf(each);
    const one = found.get(key);
    if (one) one.rows.push(row);
    else found.set(key, { key, written, offer: placing.offer, reason: placing.reason, rows: [row] });
  }
  return [...found.values()].sort((one, other) => other.rows.length - one.rows.length);
}

/** The area of each row: of what is exact or confirmed, else -1. `blockAreas` : position of the area of each block. */
export function areasOf(
  placed: readonly PlacedRow[],
  confirmed: ReadonlySet<string>,
  blockAreas: readonly number[],
): number[] {
  return placed.map((row) => {
    const { state, block } = row.placing;
    const counts = state === "exact" || (state === "likely" && confirmed.has(keyOf(row)));
    return counts ? (blockAreas[block] ?? -1) : -1;
  });
}

/** Rows with the same key are confirmed together. */
function keyOf({ written, placing }: PlacedRow): string {
  return `${written}\n${placing.offer}\n${placing.reason}`;
}
