/** Age groups from days of birth, or from ages: full years on the reference date, as deliveries are read. */

const BIRTH = /geb|born|birth/i;
const AGE = /alter|\bage\b/i;
const LOOKED_AT = 200;
const MOSTLY = 0.8;
const OLDEST = 130;

export type AgeKind = "born" | "age" | "";

/** Year, month, day of "2.1.2015" or "2015-01-02"; null for anything else, also for a day that is none. */
export function dayIn(text: string): [number, number, number] | null {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  const [year, month, day] = german
    ? [Number(german[3]), Number(german[2]), Number(german[1])]
    : iso
      ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
      : [0, 0, 0];
  const made = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
    ? [year, month, day]
    : null;
}

/** What a column holds, told by its head and the beginning of its texts. */
export function ageKind(head: string, texts: readonly string[]): AgeKind {
  const some = texts.filter(Boolean).slice(0, LOOKED_AT);
  const most = (fits: (text: string) => boolean) =>
    some.length > 0 && some.filter(fits).length >= MOSTLY * some.length;
  if (BIRTH.test(head) && most((text) => dayIn(text) !== null)) return "born";
  if (AGE.test(head) && most((text) => ageIn(text) !== null)) return "age";
  return "";
}

function ageIn(text: string): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= OLDEST ? Number(text) : null;
}

/** Full years on a day (ISO); null when the day of birth is none or lies after it. */
export function ageOn(text: string, period: string): number | null {
  const born = dayIn(text);
  const on = dayIn(period);
  if (!born || !on) return null;
  const before = on[1] < born[1] || (on[1] === born[1] && on[2] < born[2]);
  const years = on[0] - born[0] - Number(before);
  return years >= 0 && years <= OLDEST ? years : null;
}

/** The first ages of the groups: "0, 3, 6" gives [0, 3, 6]; null when they do not grow. */
export function startsIn(text: string): number[] | null {
  const parts = text
    .split(/[^\d]+/)
    .filter(Boolean)
    .map(Number);
  const grows = parts.every(
    (start, place) => start <= OLDEST && (place === 0 || start > (parts[place - 1] ?? 0)),
  );
  return grows && /^[\d\s,;/]*$/.test(text) ? parts : null;
}

/** The group of an age: "6 bis unter 10", the last one open; below the first one a group of its own. */
export function groupOf(age: number, starts: readonly number[]): string {
  const last = starts.filter((start) => start <= age).at(-1);
  const next = starts.find((start) => start > age);
  if (last === undefined) return next === undefined ? String(age) : `0 bis unter ${next}`;
  return next === undefined ? `${last} und älter` : `${last} bis unter ${next}`;
}

/** Texts of a column as age groups, "" where there is no age. Without groups an age stands as it is. */
export function ageGroups(
  texts: readonly string[],
  kind: AgeKind,
  period: string,
  starts: readonly number[],
): string[] {
  return texts.map((text) => {
    const age = kind === "born" ? ageOn(text, period) : ageIn(text);
    return age === null ? "" : groupOf(age, starts);
  });
}
