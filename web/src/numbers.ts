/** Numbers and dates as the printed report writes them. */

import { currentLanguage, t } from "./words";

const MINUS = "\u2212";
const NARROW_SPACE = "\u202f";
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "1.234,5" in German, "1,234.5" in English; a real minus, never "−0". */
export function decimal(value: number, places = 1): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(places).split(".");
  const german = currentLanguage() === "de";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, german ? "." : ",");
  const text = fraction === undefined ? grouped : grouped + (german ? "," : ".") + fraction;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

export function count(value: number): string {
  return decimal(value, 0);
}

/** A share between 0 and 1 as "11,5 %" with a narrow no-break space. */
export function percent(share: number, places = 1): string {
  return `${decimal(100 * share, places)}${NARROW_SPACE}%`;
}

/** Exact as one number, otherwise "10 bis 14"; nothing when there is no number. */
export function range(low: number | null, high: number | null, show: (value: number) => string): string {
  if (low === null) return high === null ? "–" : t("höchstens {number}", { number: show(high) });
  if (high === null) return t("mindestens {number}", { number: show(low) });
  const [first, second] = [show(low), show(high)];
  return first === second ? first : t("{low} bis {high}", { low: first, high: second });
}

/** "31.12.2025" or "31 December 2025"; a bare year stays a year. */
export function day(iso: string): string {
  const [year = "", month, date] = iso.slice(0, 10).split("-");
  if (!month || !date) return year;
  return currentLanguage() === "de"
    ? `${date}.${month}.${year}`
    : `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** "9:42" of today, otherwise the day. */
export function moment(iso: string, now: Date = new Date()): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  if (when.toDateString() === now.toDateString()) return clock(when);
  const two = (part: number) => String(part).padStart(2, "0");
  return day(`${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`);
}

/** Day and time on this computer's clock: "22.11.2026, 19:17". */
export function dayAndTime(iso: string): string {
  const when = new Date(iso);
  return Number.isNaN(when.getTime()) ? iso : `${day(iso)}, ${clock(when)}`;
}

function clock(when: Date): string {
  return `${when.getHours()}:${String(when.getMinutes()).padStart(2, "0")}`;
}
