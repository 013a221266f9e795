/** What can be done with a finding or a cell, and what still hinders taking over: no page, no server. */

import { day } from "../numbers";
import { plural, t } from "../words";
import type { Corrections, Preview, Review, ReviewFinding, Role, RowMeans, Severity } from "./types";

export type Act = "offer" | "place" | "sign" | "same" | "accept" | "ask" | "total" | "skip" | "residual";

export const NO_CORRECTIONS: Corrections = {
  heads: {},
  keys: {},
  rows: {},
  signs: [],
  period: "",
  sheet: "",
};

/**
 * The acts a finding offers, the most likely first; none once it is decided or asked about.
 * earlier: the delivery of the year before, '' where there is none and nothing can be as it was then.
 */
export function actsOf(finding: ReviewFinding, earlier: string): Act[] {
  if (answeredTotal(finding)) return ["accept"];
  if (finding.severity === "note" || finding.decision || finding.asked) return [];
  const acts: Act[] = [];
  const key = finding.code === "unknown_key" || finding.code === "lost_zeros";
  if (key && finding.found && finding.offer) acts.push("offer");
  if (key && finding.found) acts.push("place");
  if (finding.code === "unexplained_sign" && finding.found && earlier) acts.push("sign");
  if (finding.code === "missing_column" && finding.found && finding.offer) acts.push("same");
  if (finding.code === "unexpected_row" && finding.row !== null) acts.push("total", "skip", "residual");
  // taking the proposed key is accepting it; everything else can be left as it is, with a reason
  if (finding.severity === "warning" && acts[0] !== "offer") acts.push("accept");
  acts.push("ask");
  return acts;
}

/** A total that the office was asked about: with its answer the parts can be taken over without the total. */
function answeredTotal(finding: ReviewFinding): boolean {
  return finding.code === "sum" && finding.severity === "error" && finding.decision === "answered";
}

/**
 * Proposals that may be taken all at once: of the municipality the key itself names, and never two keys, or a key
 * and a row that is there already, to one area.
 */
export function surelyMeant(findings: readonly ReviewFinding[], preview: Preview | null): ReviewFinding[] {
  const read = (preview?.rows ?? []).flatMap((row) =>
    row.texts.filter((_, place) => row.roles[place] === "key"),
  );
  const there = new Set(read);
  const times = new Map<string, Set<string>>();
  for (const one of findings) {
    times.set(one.offer, (times.get(one.offer) ?? new Set<string>()).add(one.found));
  }
  return findings.filter(
    (one) =>
      one.found !== "" &&
      one.offer !== "" &&
      municipalityIn(one.found) === municipalityIn(one.offer) &&
      times.get(one.offer)?.size === 1 &&
      !there.has(one.offer),
  );
}

/** The part of a key that names the municipality; a leading zero may be lost. */
function municipalityIn(key: string): string {
  const bare = key.replace(/^0+/, "");
  return bare.includes("-") ? (bare.split("-")[0] ?? "") : bare.slice(0, 7);
}

/** The correction that an act makes at once; null where it needs more from the person. */
export function correctionBy(act: Act, finding: ReviewFinding): Partial<Corrections> | null {
  if (act === "offer") return { keys: { [finding.found]: finding.offer } };
  if (act === "same") return { heads: { [finding.found]: finding.offer } };
  if (act === "sign") return { signs: [finding.found] };
  if ((act === "total" || act === "skip" || act === "residual") && finding.row !== null) {
    return { rows: { [String(finding.row)]: act } };
  }
  return null;
}

/** Corrections without one of them, for taking it back alone. */
export function without(all: Corrections, part: keyof Corrections, name: string): Corrections {
  if (part === "signs") return { ...all, signs: all.signs.filter((sign) => sign !== name) };
  if (part === "period" || part === "sheet") return { ...all, [part]: "" };
  const { [name]: _gone, ...rest } = all[part] as Record<string, string>;
  return { ...all, [part]: rest };
}

export interface Correction {
  part: keyof Corrections;
  name: string;
  sentence: string;
}

/** The corrections made so far as sentences, sheet and date first, then in the order of the file. */
export function correctionsMade(all: Corrections, titles: Record<string, string>): Correction[] {
  const named = (value: string) => titles[value] || value;
  const whole: Correction[] = [];
  if (all.sheet) {
    const sentence = t("Gelesen wird das Blatt „{sheet}“", { sheet: all.sheet });
    whole.push({ part: "sheet", name: all.sheet, sentence });
  }
  if (all.period) {
    const sentence = t("Stichtag von Hand angegeben: {day}", {
      day: day(all.period),
    });
    whole.push({ part: "period", name: all.period, sentence });
  }
  return [
    ...whole,
    ...Object.entries(all.heads).map(([name, column]) => ({
      part: "heads" as const,
      name,
      sentence: t("Spalte „{head}“ ist „{column}“", {
        head: shownHead(name),
        column: shownHead(named(column)),
      }),
    })),
    ...Object.entries(all.keys).map(([name, unit]) => ({
      part: "keys" as const,
      name,
      sentence: t("Schlüssel {key} ist {unit}", { key: name, unit: named(unit) }),
    })),
    ...Object.entries(all.rows).map(([name, means]) => ({
      part: "rows" as const,
      name,
      sentence: rowSentence(name, means),
    })),
    ...all.signs.map((name) => ({
      part: "signs" as const,
      name,
      sentence: t("Zeichen „{sign}“ gilt wie im Vorjahr", { sign: name }),
    })),
  ];
}

export function rowSentence(row: number | string, means: RowMeans): string {
  if (means === "total") return t("Zeile {row} ist eine Summe", { row });
  if (means === "skip") return t("Zeile {row} gehört nicht zur Tabelle", { row });
  return t("Zeile {row} zählt Personen ohne Gebiet", { row });
}

/** A head over several rows as people read it: from the group to the column. */
export function shownHead(head: string): string {
  return head.replaceAll(" | ", ", ");
}

/** What a cell was read as, in the words of the legend. */
export function roleWord(role: Role): string {
  if (role === "key") return t("Gebietsschlüssel");
  if (role === "name") return t("Bezeichnung");
  if (role === "head") return t("Kopfzeile");
  if (role === "value") return t("Wert");
  if (role === "hidden") return t("fehlt oder verborgen");
  return role === "total" ? t("Summe, nur zur Prüfung") : t("Text, übergangen");
}

/** "E12" as row and place of its column; null where the sheet has no such column. */
export function placeOf(cell: string, letters: readonly string[]): { row: number; column: number } | null {
  const [, letter = "", digits = ""] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
  const column = letters.indexOf(letter);
  return column < 0 ? null : { row: Number(digits), column };
}

/** The worst severity of the findings at each cell, by its name ("E12"); decided ones do not frame it any more. */
export function framesOf(findings: readonly ReviewFinding[], sheet: string): Map<string, Severity> {
  const order: Severity[] = ["note", "warning", "error"];
  const frames = new Map<string, Severity>();
  for (const finding of findings) {
    if (!finding.cell || finding.decision || finding.severity === "note") continue;
    if (finding.sheet && sheet && finding.sheet !== sheet) continue;
    const before = frames.get(finding.cell) ?? "note";
    if (order.indexOf(finding.severity) >= order.indexOf(before)) frames.set(finding.cell, finding.severity);
  }
  return frames;
}

export function cellName(preview: Preview, row: number, column: number): string {
  return `${preview.letters[column] ?? ""}${row}`;
}

/** Findings in the order a person works on them: errors, open warnings, what is decided, notes. */
export function inOrder(findings: readonly ReviewFinding[]): ReviewFinding[] {
  const rank = (one: ReviewFinding) => {
    if (one.severity === "error") return 0;
    if (one.severity === "note") return 3;
    return one.decision ? 2 : 1;
  };
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

export function openFindings(findings: readonly ReviewFinding[]): ReviewFinding[] {
  return findings.filter((one) => one.severity === "error" || (one.severity === "warning" && !one.decision));
}

export interface Hindrance {
  free: boolean;
  severity: Severity;
  sentence: string;
}

/** What hinders taking over, as one sentence; free when nothing does. */
export function hindrance(review: Review): Hindrance {
  const meanwhile = review.earlier ? ` ${t("Bis dahin gelten die Werte des Vorjahrs.")}` : "";
  if (review.state === "refused") {
    return { free: false, severity: "error", sentence: t("So kann die Datei nicht übernommen werden.") };
  }
  const questions = review.questions_open.filter((one) => !one.usual).length;
  if (questions > 0) {
    const sentence = plural(
      "Übernehmen geht erst, wenn {count} Frage beantwortet ist.",
      "Übernehmen geht erst, wenn {count} Fragen beantwortet sind.",
      questions,
      { count: questions },
    );
    return { free: false, severity: "warning", sentence };
  }
  const open = openFindings(review.findings);
  const errors = open.filter((one) => one.severity === "error");
  if (open.length === 1 && open[0]) {
    const what = t("Übernehmen geht erst, wenn der Befund „{title}“ geklärt ist.", { title: open[0].title });
    return { free: false, severity: open[0].severity, sentence: what + meanwhile };
  }
  if (open.length > 0) {
    const what = t("Übernehmen geht erst, wenn {count} Befunde geklärt sind.", { count: open.length });
    return { free: false, severity: errors.length > 0 ? "error" : "warning", sentence: what + meanwhile };
  }
  return { free: true, severity: "note", sentence: readySentence(review) };
}

function readySentence(review: Review): string {
  if (review.replaces) return t("Alles geklärt. Die Lieferung ersetzt die bisherige mit demselben Stichtag.");
  return t("Alles geklärt. Die Lieferung kann übernommen werden.");
}

/** The step of the way the review stands at: 0 file read, 1 clear findings, 2 take over, 3 done. */
export function stepOf(review: Review): number {
  if (review.state === "taken" || review.state === "unchanged") return 3;
  return hindrance(review).free ? 2 : 1;
}

/** A day some weeks from now (ISO), never on a weekend: when an answer is asked for. */
export function dueDay(today: Date, days = 14): string {
  const due = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  while (due.getDay() === 0 || due.getDay() === 6) due.setDate(due.getDate() + 1);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${due.getFullYear()}-${two(due.getMonth() + 1)}-${two(due.getDate())}`;
}
