/** The matrix as the table needs it: data sets by theme, cells by place. */

import type { DataSet, GapCell, GapsAnswer } from "./types";

export interface ThemeGroup {
  theme: string;
  sets: DataSet[];
}

/** Data sets under their themes, in the order the server gives them. */
export function byTheme(sets: DataSet[]): ThemeGroup[] {
  const groups: ThemeGroup[] = [];
  for (const set of sets) {
    const last = groups[groups.length - 1];
    if (last && last.theme === set.theme) last.sets.push(set);
    else groups.push({ theme: set.theme, sets: [set] });
  }
  return groups;
}

export function cellKey(set: string, ags: string, year: string): string {
  return `${set} ${ags} ${year}`;
}

export function cellsByPlace(answer: GapsAnswer): Map<string, GapCell> {
  return new Map(answer.cells.map((cell) => [cellKey(cell.data_set, cell.ags, cell.year), cell]));
}

/** The year to begin with: the newest that has something late, else the newest with anything expected or there. */
export function firstYear(answer: GapsAnswer): string {
  const late = answer.years.find((year) => has(answer, year, (cell) => cell.state === "late"));
  const used = answer.years.find((year) =>
    has(answer, year, (cell) => cell.state !== "missing" && cell.state !== "coming"),
  );
  return late ?? used ?? answer.years[0] ?? "";
}

function has(answer: GapsAnswer, year: string, wanted: (cell: GapCell) => boolean): boolean {
  return answer.cells.some((cell) => cell.year === year && wanted(cell));
}
