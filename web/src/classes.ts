/** Which class, colour or hatch a value has on a map and in its legend. */

export const SHARE_COLOURS = ["#E8F0F4", "#BDD5E1", "#86B1C8", "#437FA3", "#17486B"];
export const NEED_COLOURS = ["#F0EAF3", "#C9B5D6", "#8E6BA6", "#4F2A6B"];

export type Hatch = "missing" | "hidden" | "few";
export type Mark = { class: number } | { hatch: Hatch };
export const HATCHES: Hatch[] = ["missing", "hidden", "few"];

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

/** The share of a row as one number (the middle of its bounds), or null when it has no colour. */
export function shareOf(row: ShareRow): number | null {
  if (hatchOf(row.status) || row.share_low === null || row.share_high === null) return null;
  return (row.share_low + row.share_high) / 2;
}

/** The class by the limits of the indicator's definition; the same for all years and places. */
export function markOf(row: ShareRow | undefined, limits: number[]): Mark {
  if (!row) return { hatch: "missing" };
  const share = shareOf(row);
  if (share === null) return { hatch: hatchOf(row.status) ?? "missing" };
  return { class: classOf(share, limits) };
}

/** A value that equals a limit belongs to the class above it. */
export function classOf(value: number, limits: number[]): number {
  return limits.filter((limit) => value >= limit).length;
}

/** How many areas have each class and each hatch, for the legend. */
export function tally(
  marks: Iterable<Mark>,
  classes: number,
): { classes: number[]; hatches: Record<Hatch, number> } {
  const result = {
    classes: Array.from({ length: classes }, () => 0),
    hatches: { missing: 0, hidden: 0, few: 0 } as Record<Hatch, number>,
  };
  for (const mark of marks) {
    if ("hatch" in mark) result.hatches[mark.hatch] += 1;
    else result.classes[mark.class] = (result.classes[mark.class] ?? 0) + 1;
  }
  return result;
}
