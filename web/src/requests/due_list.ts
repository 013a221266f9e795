/** What is due: open queries and gaps that are late, the most urgent first. */

import type { DataSet, GapsAnswer, Query } from "./types";

export interface DueQuery {
  query: Query;
  late: boolean;
}

export interface LateGap {
  set: DataSet;
  year: string;
  towns: number;
  days: number;
}

/** At most so many of both together; queries come first, they wait for a person who was asked. */
export const DUE_SHOWN = 5;

export interface Due {
  queries: DueQuery[];
  gaps: LateGap[];
  more: number;
}

/** Open queries by their due date, then data sets that are late, the longest wait first. */
export function dueList(answer: GapsAnswer | null, queries: Query[] | null, today: string): Due {
  const open = (queries ?? [])
    .filter((one) => one.state === "open")
    .sort((a, b) => a.due.localeCompare(b.due))
    .map((query) => ({ query, late: query.due < today }));
  const gaps = answer ? lateGaps(answer) : [];
  const shown = open.slice(0, DUE_SHOWN);
  const room = DUE_SHOWN - shown.length;
  return { queries: shown, gaps: gaps.slice(0, room), more: open.length + gaps.length - DUE_SHOWN };
}

function lateGaps(answer: GapsAnswer): LateGap[] {
  const found = new Map<string, LateGap>();
  for (const cell of answer.cells) {
    if (cell.state !== "late") continue;
    const set = answer.data_sets.find((one) => one.data_set_id === cell.data_set);
    if (!set) continue;
    const key = `${cell.data_set} ${cell.year}`;
    const gap = found.get(key) ?? { set, year: cell.year, towns: 0, days: 0 };
    found.set(key, { ...gap, towns: gap.towns + 1, days: Math.max(gap.days, cell.days_late) });
  }
  return [...found.values()].sort((a, b) => b.days - a.days);
}
