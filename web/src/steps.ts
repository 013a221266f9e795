/** The seven steps of the work and what their states look like. */

import { t } from "./words";

export type StepKey = "areas" | "data" | "indicators" | "index" | "need" | "release" | "report";
export type StepStateName = "not_started" | "working" | "done" | "look";
export type Shape = "ring" | "half" | "tick" | "triangle";

export interface Step {
  key: StepKey;
  title: string;
  state: StepStateName;
  bar: number;
  bar_text: string;
  points: string[];
  action: string;
  action_text: string;
}

const SHAPES: Record<StepStateName, Shape> = {
  not_started: "ring",
  working: "half",
  done: "tick",
  look: "triangle",
};

/** The shape alone tells the states apart. */
export function shapeOf(state: StepStateName): Shape {
  return SHAPES[state];
}

/** The step to do next: the first that is not finished and has something to do. */
export function nextStep(steps: Step[]): Step | undefined {
  return steps.find((step) => step.state !== "done" && step.action !== "");
}

/** The page of each step, as it stands in the address. */
export const STEP_PAGES: Record<StepKey, string> = {
  areas: "gebiete",
  data: "daten",
  indicators: "indikatoren",
  index: "index",
  need: "bedarf",
  release: "freigabe",
  report: "bericht",
};

/** The step a page belongs to, when it is not the step's own page: what the bar above marks. */
export const PARTS_OF_STEPS: Record<string, string> = {
  bausteine: "gebiete",
  vorschlagen: "gebiete",
  zuschnitt: "gebiete",
  abstimmung: "gebiete",
  plaene: "gebiete",
  strassenraster: "gebiete",
  einwohnerzahlen: "daten",
  lieferung: "daten",
  einleseregeln: "daten",
  luecken: "daten",
  katalog: "daten",
  leistungen: "daten",
  rueckfragen: "daten",
  adressen: "daten",
  uebertragung: "daten",
};

export function stateWord(state: StepStateName): string {
  if (state === "not_started") return t("noch nicht begonnen");
  if (state === "working") return t("in Arbeit");
  return state === "done" ? t("fertig") : t("prüfen");
}
