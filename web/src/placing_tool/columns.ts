/** Where the head of a list stands and which column holds which part of the address. */

import { type Cell, type Sheet, textOf } from "./workbook";

export type Part = "street" | "number" | "suffix" | "postcode" | "town";
export const PARTS: readonly Part[] = ["street", "number", "suffix", "postcode", "town"];

/** Positions of columns; a part that has none is -1. A street column may hold the whole address. */
export type Roles = Record<Part, number>;

const LOOKED_AT = 25;
const WORDS: Record<Part, RegExp> = {
  street:
    /^(strasse|str\.?|strassenname|adresse|anschrift|wohnanschrift|wohnadresse|strasse,? ?(u\.|und|\/)? ?(hausnummer|haus-?nr\.?|nr\.?))$/,
  number: /^(hausnummer|haus-?nr\.?|hnr\.?|nr\.?|nummer)$/,
  suffix: /^(zusatz|hausnummernzusatz|hausnummerzusatz|hnr-?zusatz|adresszusatz|buchstabe)$/,
  postcode: /^(plz|postleitzahl)$/,
  town: /^(ort|wohnort|stadt|gemeinde|ortsname)$/,
};

function plain(text: string): string {
  return text.toLowerCase().replaceAll("ß", "ss").replace(/\s+/g, " ").trim();
}

/** The part a head names; "" for every other head. */
export function partOf(head: string): Part | "" {
  const text = plain(head);
  return PARTS.find((part) => WORDS[part].test(text)) ?? "";
}

/** Position of the row that most likely is the head: the one that names most parts, else the first with two texts. */
export function headRowOf(sheet: Sheet): number {
  let best = -1;
  let most = 0;
  sheet.rows.slice(0, LOOKED_AT).forEach((row, place) => {
    const parts = new Set(row.map((cell) => partOf(textOf(cell))).filter(Boolean));
    if (parts.size > most) {
      most = parts.size;
      best = place;
    }
  });
  if (best >= 0) return best;
  const first = sheet.rows.findIndex((row) => row.filter((cell) => textOf(cell)).length > 1);
  return Math.max(0, first);
}

/** Names of all columns; one without a head gets its letter. */
export function headsOf(sheet: Sheet, headRow: number): string[] {
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0);
  const row = sheet.rows[headRow] ?? [];
  return Array.from({ length: width }, (_none, place) => textOf(row[place]) || `(${letters(place)})`);
}

/** The parts by the words of the heads, each at most once. */
export function rolesOf(heads: readonly string[]): Roles {
  const roles: Roles = { street: -1, number: -1, suffix: -1, postcode: -1, town: -1 };
  heads.forEach((head, place) => {
    const part = partOf(head);
    if (part && roles[part] < 0) roles[part] = place;
  });
  return roles;
}

/** Positions of the rows below the head that hold anything. */
export function bodyOf(sheet: Sheet, headRow: number): number[] {
  const found: number[] = [];
  for (let place = headRow + 1; place < sheet.rows.length; place++) {
    if (sheet.rows[place]?.some((cell) => textOf(cell) !== "")) found.push(place);
  }
  return found;
}

/** The texts of an address in one row. */
export function partsOf(row: readonly Cell[] | undefined, roles: Roles): Record<Part, string> {
  const text = (part: Part) => (roles[part] < 0 ? "" : textOf(row?.[roles[part]]));
  return {
    street: text("street"),
    number: text("number"),
    suffix: text("suffix"),
    postcode: text("postcode"),
    town: text("town"),
  };
}

/** "A" for 0, "AA" for 26. */
export function letters(place: number): string {
  return place < 26
    ? String.fromCharCode(65 + place)
    : letters(Math.floor(place / 26) - 1) + letters(place % 26);
}
