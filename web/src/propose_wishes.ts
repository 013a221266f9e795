/** The wishes of the page "Gebiete vorschlagen": positions of sliders and what they mean. */

import { count } from "./numbers";
import { t } from "./words";

export const FAMILIES = ["social", "building", "housing"] as const;
export type Family = (typeof FAMILIES)[number];
export type AreaChoice = "free" | "exact" | "range";
export type Field = "families" | "low" | "usual" | "high" | "areas";

/** The wishes as the server keeps them. */
export interface Wishes {
  weights: Record<Family, number>;
  compactness: number;
  barriers: number;
  areas: number | [number, number] | null;
  size_low: number | null;
  size_high: number | null;
  target: number | null;
  change: number;
  balance: number;
  effort: string;
}

/** The same as they stand on the page: positions from 0 to 3, and what was typed. */
export interface Form {
  weights: Record<Family, number>;
  compactness: number;
  barriers: number;
  change: number;
  balance: number;
  choice: AreaChoice;
  exact: string;
  from: string;
  to: string;
  low: string;
  usual: string;
  high: string;
  thorough: boolean;
}

/** What is known of the municipality. */
export interface Town {
  ags: string;
  name: string;
  size_low: number;
  size_high: number;
  areas: number | null;
  target: number;
  population: number;
  blocks: number;
  largest_block: number;
}

const AMOUNTS = [0, 0.5, 1, 2];
const SHAPES = [0, 0.75, 1.5, 3];
const BALANCES = [0, 0.25, 0.5, 1];
const STAYING = [0, 0.03, 0.1, 1];

export function amountWord(position: number): string {
  const words = [t("nicht berücksichtigen"), t("wenig"), t("mittel"), t("stark")];
  return words[position] ?? "";
}

export function changeWord(position: number): string {
  const words = [t("beliebig weit"), t("ein gutes Stück"), t("nur wenig"), t("so wenig wie möglich")];
  return words[position] ?? "";
}

export function balanceWord(position: number): string {
  const words = [t("nur die Grenzen zählen"), t("grob"), t("mittel"), t("möglichst gleich")];
  return words[position] ?? "";
}

export function familyWord(family: Family): string {
  if (family === "social") return t("Bevölkerung");
  return family === "building" ? t("Bebauung") : t("Wohnungsmarkt");
}

function nearest(values: number[], value: number): number {
  const far = values.map((other) => Math.abs(other - value));
  return far.indexOf(Math.min(...far));
}

export function formOf(wishes: Wishes, town: Town): Form {
  const { areas } = wishes;
  const few = Math.max(1, Math.round(town.population / town.target));
  const usual = typeof areas === "number" ? areas : few;
  const [from, to] = Array.isArray(areas) ? areas : [Math.max(1, usual - 1), usual + 1];
  const { social, building, housing } = wishes.weights;
  return {
    weights: {
      social: nearest(AMOUNTS, social),
      building: nearest(AMOUNTS, building),
      housing: nearest(AMOUNTS, housing),
    },
    compactness: nearest(SHAPES, wishes.compactness),
    barriers: nearest(AMOUNTS, wishes.barriers),
    change: nearest(STAYING, wishes.change),
    balance: nearest(BALANCES, wishes.balance),
    choice: areas === null ? "free" : Array.isArray(areas) ? "range" : "exact",
    exact: String(usual),
    from: String(from),
    to: String(to),
    low: String(Math.round(wishes.size_low ?? town.size_low)),
    usual: String(Math.round(wishes.target ?? town.target)),
    high: String(Math.round(wishes.size_high ?? town.size_high)),
    thorough: wishes.effort === "thorough" || wishes.effort === "exact",
  };
}

export function wishesOf(form: Form): Wishes {
  const amount = (position: number) => AMOUNTS[position] ?? 0;
  const { social, building, housing } = form.weights;
  return {
    weights: { social: amount(social), building: amount(building), housing: amount(housing) },
    compactness: SHAPES[form.compactness] ?? 0,
    barriers: amount(form.barriers),
    areas: areasOf(form),
    size_low: Number(form.low),
    size_high: Number(form.high),
    target: Number(form.usual),
    change: STAYING[form.change] ?? 0,
    balance: BALANCES[form.balance] ?? 0,
    effort: form.thorough ? "thorough" : "standard",
  };
}

function areasOf(form: Form): number | [number, number] | null {
  if (form.choice === "free") return null;
  return form.choice === "exact" ? Number(form.exact) : [Number(form.from), Number(form.to)];
}

/** Whether the page asks for something else than what was computed. */
export function differs(form: Form, computed: Form): boolean {
  return JSON.stringify(wishesOf(form)) !== JSON.stringify(wishesOf(computed));
}

/** Fewest and most areas that the inhabitants can make within the limits; most is 0 when there are too few. */
export function possibleNumbers(town: Town, low: number, high: number): [number, number] {
  const fewest = high > 0 ? Math.max(1, Math.ceil(town.population / high - 1e-9)) : town.blocks;
  const most = low > 0 ? Math.floor(town.population / low + 1e-9) : town.blocks;
  return [fewest, Math.min(most, town.blocks)];
}

/** What cannot work, by the field it concerns; known before anything is computed. */
export function faultsOf(form: Form, town: Town): Partial<Record<Field, string>> {
  const [low, usual, high] = [Number(form.low), Number(form.usual), Number(form.high)];
  const faults: Partial<Record<Field, string>> = {};
  if (FAMILIES.every((family) => form.weights[family] === 0)) {
    faults.families = t("Mindestens ein Themenbereich muss zählen.");
  }
  if (low > high) {
    faults.low = t("Das kleinste Gebiet darf nicht größer sein als das größte.");
    return faults;
  }
  if (usual < low || usual > high) faults.usual = t("Die übliche Größe liegt außerhalb der Grenzen.");
  if (town.population < low) {
    faults.low = t("{name} hat zusammen nur {people} Einwohnerinnen und Einwohner.", {
      name: town.name,
      people: count(town.population),
    });
  }
  if (town.largest_block > high) {
    faults.high = t("Ein einzelner Baustein hat schon {people} Einwohnerinnen und Einwohner.", {
      people: count(town.largest_block),
    });
  }
  const areas = areaFault(form, possibleNumbers(town, low, high));
  if (areas) faults.areas = areas;
  return faults;
}

function areaFault(form: Form, [fewest, most]: [number, number]): string {
  if (form.choice === "free" || most < fewest) return "";
  const [from, to] = form.choice === "exact" ? [form.exact, form.exact] : [form.from, form.to];
  if (Number(from) > Number(to)) return t("Die Spanne beginnt höher, als sie endet.");
  if (Number(to) >= fewest && Number(from) <= most) return "";
  return t("Mit diesen Grenzen sind {fewest} bis {most} Gebiete möglich.", { fewest, most });
}

/** "Möglich sind 3 bis 34 Gebiete, bei üblicher Größe etwa 5." */
export function numberHint(form: Form, town: Town): string {
  const [fewest, most] = possibleNumbers(town, Number(form.low), Number(form.high));
  if (most < fewest) return t("Mit diesen Grenzen geht die Zahl der Einwohner nicht auf.");
  const about = Math.round(town.population / Math.max(1, Number(form.usual)));
  return t("Möglich sind {fewest} bis {most} Gebiete, bei üblicher Größe etwa {about}.", {
    fewest: count(fewest),
    most: count(most),
    about: count(Math.min(Math.max(about, fewest), most)),
  });
}
