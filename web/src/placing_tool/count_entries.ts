/** What is typed in the form of counts, what it lacks, and what is counted by it. */

import { count } from "../numbers";
import { plural, t } from "../words";
import { ageGroups, ageKind, startsIn } from "./ages";
import { partOf } from "./columns";
import {
  type Case,
  type Counted,
  countCases,
  MOST_GROUPS,
  tellsPersons,
  tellsRows,
  uniqueHeads,
} from "./counting";
import type { DataSet } from "./data";
import type { Desk } from "./desk";
import { textOf } from "./workbook";

export interface Entries {
  set: string;
  title: string;
  source: string;
  period: string;
  groups: [number, number];
  /** First ages of the age groups, as typed. */
  starts: string;
  towns: ReadonlySet<string> | null;
  below: number;
  hide: boolean;
  /** The groups of a single case that may leave, as they were named when that was said. */
  singles: string;
  /** Feature of the data set -> the head it is counted as. */
  filled: Readonly<Record<string, string>>;
}

/** The counts as the data set wants them: its columns, each with the groups that were named for it. */
export function asWanted(
  counted: Counted,
  set: DataSet,
  filled: Entries["filled"],
): Counted & { features: string[] } {
  const wanted = set.columns.flatMap(({ head, feature }) => {
    const column = counted.heads.indexOf(filled[feature] ?? "");
    return column < 0 ? [] : [{ head, feature, column }];
  });
  return {
    heads: uniqueHeads(wanted.map(({ head }) => head)),
    features: wanted.map(({ feature }) => feature),
    rows: counted.rows.map((row) => ({
      ...row,
      counts: wanted.map(({ column }) => row.counts[column] ?? 0),
    })),
    elsewhere: counted.elsewhere,
  };
}

export function elsewhereText(number: number): string {
  return plural(
    "{count} Fall liegt in einer Gemeinde, die Sie nicht gewählt haben, und wird nicht gezählt.",
    "{count} Fälle liegen in Gemeinden, die Sie nicht gewählt haben, und werden nicht gezählt.",
    number,
    { count: count(number) },
  );
}

/** What stands in the workbook is German, whatever the page speaks: the office that reads it is, and its features too. */
export const IN_THE_FILE = {
  without: "ohne Angabe",
  all: "insgesamt",
  residual: "ohne Angabe des Gebiets",
};

/** Lines above the table. */
export function linesOf(plan: string, source: string): string[] {
  return [`Gebiete: ${plan}`, `Ausgezählt von: ${source.trim()}`];
}

/** Lines below the table. */
export function notesOf(entries: Entries, elsewhere: number): string[] {
  const most = entries.below - 1;
  const notes: string[] = [];
  if (most > 0)
    notes.push(`${entries.hide ? "Ein Stern steht für" : "Farbig unterlegt:"} 1 bis ${most} Fälle.`);
  if (elsewhere > 0) notes.push("Fälle in anderen Gemeinden sind nicht gezählt.");
  return notes;
}

export function lackingOf(
  entries: Entries,
  title: string,
  towns: ReadonlySet<string>,
  columns: number | undefined,
  singles: readonly string[],
) {
  return {
    singles:
      singles.length && entries.singles !== singles.join("\n")
        ? t("Bestätigen Sie die Gruppen mit nur einem Fall, oder wählen Sie andere Gruppen.")
        : "",
    starts: startsIn(entries.starts)
      ? ""
      : t("Geben Sie die Altersgrenzen aufsteigend an, zum Beispiel „0, 3, 6, 18“."),
    columns: columns === 0 ? t("Sagen Sie, welche Anzahl gemeint ist.") : "",
    title: title ? "" : t("Geben Sie an, was gezählt wird."),
    period: /^\d{4}-\d{2}-\d{2}$/.test(entries.period) ? "" : t("Geben Sie den Stichtag der Liste an."),
    source: entries.source.trim() ? "" : t("Geben Sie an, wer zählt, zum Beispiel „Jugendamt“."),
    towns: towns.size ? "" : t("Wählen Sie mindestens eine Gemeinde."),
  };
}

/** The municipalities that have addresses; on others the tool can say nothing. */
export function coveredTowns(desk: Pick<Desk, "data" | "plan">): { ags: string; name: string }[] {
  const known = new Set(desk.plan.filter((area) => area.known).map(({ ags }) => ags));
  return desk.data.municipalities.filter(({ ags }) => known.has(ags));
}

/** The municipalities that are proposed: those with cases, or the only one there is. */
export function usualTowns(desk: Desk, perTown: ReadonlyMap<string, number>): ReadonlySet<string> {
  const covered = coveredTowns(desk);
  return new Set(covered.length === 1 ? covered.map(({ ags }) => ags) : perTown.keys());
}

/** How many areas of the chosen municipalities have no address. */
export function withoutAddresses(desk: Desk, towns: ReadonlySet<string>): number {
  return desk.plan.filter(({ ags, known }) => towns.has(ags) && !known).length;
}

export function casesPerTown(desk: Desk): Map<string, number> {
  const found = new Map<string, number>();
  for (const area of desk.areas) {
    const ags = desk.data.areas[area]?.ags;
    if (ags) found.set(ags, (found.get(ags) ?? 0) + 1);
  }
  return found;
}

function textsOf(desk: Desk, column: number): string[] {
  return (desk.placed ?? []).map(({ row }) => textOf(desk.sheet?.rows[row]?.[column]));
}

export interface Grouped {
  /** The groups of each row, column by column. */
  texts: string[][];
  hasAges: boolean;
  /** Why the chosen columns make no groups, "" when they do. */
  refused: string;
}

/** The groups by the chosen columns; days of birth and ages as age groups. */
export function groupsOf(desk: Desk, entries: Entries): Grouped {
  const chosen = entries.groups.filter((column) => column >= 0 && column < desk.heads.length);
  const columns = [...new Set(chosen)];
  let hasAges = false;
  let refused = "";
  const texts = columns.map((column) => {
    const own = textsOf(desk, column);
    const kind = ageKind(desk.heads[column] ?? "", own);
    hasAges ||= kind !== "";
    const groups = kind ? ageGroups(own, kind, entries.period, startsIn(entries.starts) ?? []) : own;
    refused ||= noGroups(desk, column, groups, kind !== "");
    return groups;
  });
  return { texts, hasAges, refused };
}

/** Why a column cannot make groups: it would tell single persons; "" when it can. */
function noGroups(
  desk: Pick<Desk, "heads" | "layout">,
  column: number,
  texts: readonly string[],
  ages: boolean,
): string {
  const head = desk.heads[column] ?? "";
  const values = new Set(texts).size;
  if (Object.values(desk.layout.roles).includes(column) || partOf(head))
    return t("Die Spalte „{head}“ gehört zur Anschrift; sie darf nicht in die Auszählung.", { head });
  if (!ages && tellsPersons(head))
    return t("Die Spalte „{head}“ nennt einzelne Personen oder Fälle; sie darf nicht in die Auszählung.", {
      head,
    });
  if (values > MOST_GROUPS)
    return t(
      "In der Spalte „{head}“ stehen {count} verschiedene Angaben. Als Gruppen gehen höchstens {most}; wählen Sie eine andere Spalte.",
      { head, count: count(values), most: MOST_GROUPS },
    );
  if (!ages && tellsRows(texts))
    return t(
      "In der Spalte „{head}“ hat fast jede Zeile eine eigene Angabe; sie würde einzelne Fälle zeigen. Wählen Sie eine andere Spalte.",
      { head },
    );
  return "";
}

export function countOf(desk: Desk, texts: string[][], towns: ReadonlySet<string>, hide: boolean): Counted {
  const cases: Case[] = desk.areas.map((area, place) => ({
    area,
    groups: texts.map((column) => column[place] ?? ""),
  }));
  return countCases(cases, desk.plan, towns, {
    ...IN_THE_FILE,
    all: hide && texts.length > 0 ? "" : IN_THE_FILE.all,
  });
}
