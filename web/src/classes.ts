/** Which class, colour or hatch a value has on a map and in its legend. */

export const SHARE_COLOURS = ["#E8F0F4", "#BDD5E1", "#86B1C8", "#437FA3", "#17486B"];
export const NEED_COLOURS = ["#F0EAF3", "#C9B5D6", "#8E6BA6", "#4F2A6B"];

export type Hatch = "missing" | "hidden" | "few";
export type Mark = { class: number } | { hatch: Hatch };

/** The share of a row as one number, or null when it is not known well enough for a colour. */
export interface ShareRow {
  status: string;
  share_low: number | null;
  share_high: number | null;
}

/** missing: nobody delivered; few: too small to be delivered; hidden: protected. */
export function hatchOf(status: string): Hatch | null {
  if (status === "missing") return "missing";
  if (status === "blocked") return "few";
  return status === "suppressed" ? "hidden" : null;
}

export function shareOf(row: ShareRow): number | null {
  if (hatchOf(row.status) || row.share_low === null || row.share_high === null) return null;
  return (row.share_low + row.share_high) / 2;
}

export function markOf(row: ShareRow | undefined, limits: number[]): Mark {
  if (!row) return { hatch: "missing" };
  const share = shareOf(row);
  if (share === null) return { hatch: hatchOf(row.status) ?? "missing" };
  return { class: classOf(share, limits) };
}

/** The class of a value: limits are the lower ends of classes 1, 2, ...; a limit belongs to the class above. */
export function classOf(value: number, limits: number[]): number {
  return limits.filter((limit) => value >= limit).length;
}

const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

/**
 * Round limits of at most five classes with about equally many areas.
 *
 * The step is the coarsest that still separates the classes, so that a legend reads "12 bis unter 16 %".
 * Equal limits fall together, and a class is never empty.
 */
export function classLimits(shares: number[], classes = 5): number[] {
  const sorted = [...shares].sort((a, b) => a - b);
  const distinct = new Set(sorted).size;
  const wanted = Math.min(classes, distinct);
  if (wanted < 2) return [];
  const raw = Array.from({ length: wanted - 1 }, (_, place) => quantile(sorted, (place + 1) / wanted));
  for (const step of [...STEPS].reverse()) {
    const limits = raw.map((limit) => Math.round(limit / step) * step);
    if (areSeparate(limits) && noneIsEmpty(sorted, limits)) return limits.map(tidy);
  }
  return [...new Set(raw)].filter((limit) => limit > (sorted[0] ?? 0));
}

function quantile(sorted: number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

function areSeparate(limits: number[]): boolean {
  return limits.every((limit, place) => place === 0 || limit > (limits[place - 1] ?? 0) + 1e-9);
}

function noneIsEmpty(sorted: number[], limits: number[]): boolean {
  const used = new Set(sorted.map((share) => classOf(share, limits)));
  return used.size === limits.length + 1;
}

function tidy(limit: number): number {
  return Number(limit.toFixed(4));
}

/** Colours for so many classes: always the darkest for the highest, spread over the five. */
export function shareColours(classes: number): string[] {
  if (classes <= 1) return [SHARE_COLOURS[2] ?? ""];
  const last = SHARE_COLOURS.length - 1;
  return Array.from(
    { length: classes },
    (_, place) => SHARE_COLOURS[Math.round((place * last) / (classes - 1))] ?? "",
  );
}
