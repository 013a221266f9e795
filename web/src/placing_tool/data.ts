/** What the file holds: areas, addresses, the rules of spelling. Written by sozialraum.workflow.placing_tool. */

import type { Area } from "./counting";
import type { AddressRow, Alias, Content } from "./register";
import type { SpellingRules } from "./spelling";

/** The numbers of one street in one municipality and postcode, in the order of the register. */
export interface StreetEntry {
  street: string;
  /** Position in `municipalities`, -1 = none. */
  town: number;
  postcode: string;
  /** "1 1a 3 5.1/2": numbers and suffixes; a dot before a suffix that begins with a digit, "_" for a space in one. */
  numbers: string;
  /** Runs: how many numbers, in which block; 2, 7, 1, 8 = two in block 7, one in block 8. */
  blocks: number[];
}

/** A data set that the project asks for. `columns` : what its recipe reads; none = every group is a feature of its own. */
export interface DataSet {
  id: string;
  title: string;
  columns: { head: string; feature: string }[];
}

export interface ToolData {
  format: "sozialraum-placing";
  version: number;
  project: string;
  /** By this mark the project knows a file that comes back. */
  mark: string;
  notice: string;
  plan: string;
  /** ISO date-time. */
  written: string;
  /** Smaller counts are marked, unless the department says another number. */
  below: number;
  municipalities: { ags: string; name: string }[];
  areas: Pick<Area, "key" | "name" | "ags">[];
  /** Position of the area of each block that has addresses, -1 = none. */
  blockAreas: number[];
  streets: StreetEntry[];
  spelling: SpellingRules;
  aliases: Alias[];
  salt: string;
  marks: number[];
  sets: DataSet[];
}

const HOUSE = /^(\d+)\.?(.*)$/;

/** The register as rows. */
export function registerContent(data: ToolData): Content {
  const rows: AddressRow[] = [];
  for (const { street, town, postcode, numbers, blocks } of data.streets) {
    const municipality = data.municipalities[town]?.ags ?? "";
    let run = 0;
    let left = blocks[0] ?? 0;
    for (const text of numbers.split(" ")) {
      while (left === 0 && run + 2 < blocks.length) {
        run += 2;
        left = blocks[run] ?? 0;
      }
      left--;
      const found = HOUSE.exec(text);
      const suffix = (found?.[2] ?? "").replaceAll("_", " ");
      rows.push({
        street,
        number: Number(found?.[1] ?? 0),
        suffix,
        postcode,
        municipality,
        block: blocks[run + 1] ?? -1,
      });
    }
  }
  const towns = Object.fromEntries(data.municipalities.map(({ ags, name }) => [ags, name]));
  return { rows, towns, aliases: data.aliases, salt: data.salt, marks: data.marks };
}
