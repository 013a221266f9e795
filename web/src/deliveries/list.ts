/** Words and order of the list of deliveries: no page, no server. */

import { day } from "../numbers";
import { plural, t } from "../words";
import type { Affected, Delivery, ReviewRow } from "./types";

/** What is open in a review, as one sentence. */
export function openPoints(review: ReviewRow): string {
  if (review.state === "refused") return review.headline;
  const parts: string[] = [];
  if (review.questions > 0) {
    parts.push(plural("{count} Frage", "{count} Fragen", review.questions, { count: review.questions }));
  }
  if (review.errors > 0) {
    parts.push(
      plural(
        "{count} Befund verhindert die Übernahme",
        "{count} Befunde verhindern die Übernahme",
        review.errors,
        { count: review.errors },
      ),
    );
  }
  if (review.warnings > 0) {
    parts.push(
      plural(
        "{count} Befund wartet auf Ihre Entscheidung",
        "{count} Befunde warten auf Ihre Entscheidung",
        review.warnings,
        { count: review.warnings },
      ),
    );
  }
  return parts.length > 0 ? `${parts.join(", ")}.` : t("Ohne offene Befunde, kann übernommen werden.");
}

/** Those whose values count first, then replaced and withdrawn ones; within that the latest first, as they come. */
export function inForceFirst(deliveries: readonly Delivery[]): Delivery[] {
  return [...deliveries].sort((a, b) => Number(a.state !== "in_force") - Number(b.state !== "in_force"));
}

/** Beyond so many deliveries the list has a search field. */
export const SEARCHED_FROM = 10;

/** Those in whose title, file, date or municipality every word stands. */
export function withWords(deliveries: readonly Delivery[], words: string): Delivery[] {
  return deliveries.filter((one) =>
    hasWords(
      [one.title, one.file_name, ...one.periods, ...one.periods.map(day), ...one.towns].join(" "),
      words,
    ),
  );
}

function hasWords(text: string, words: string): boolean {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => text.toLocaleLowerCase().includes(word));
}

/** Beyond so many deliveries the list is grouped at first sight. */
export const GROUPED_FROM = 25;

export type GroupBy = "source" | "town" | "year" | "";

export interface Group {
  title: string;
  deliveries: Delivery[];
}

/**
 * Deliveries in groups, each in exactly one: sources and municipalities by name, years the latest first, what has none
 * last. A year is that of the latest date in the file.
 */
export function grouped(deliveries: readonly Delivery[], by: GroupBy): Group[] {
  const groups = new Map<string, Delivery[]>();
  for (const one of deliveries) {
    const title = groupOf(one, by);
    groups.set(title, [...(groups.get(title) ?? []), one]);
  }
  const sorted = [...groups].map(([title, members]) => ({ title, deliveries: members }));
  const collator = new Intl.Collator("de", { numeric: true });
  return sorted.sort(
    (a, b) =>
      Number(isRest(a.title)) - Number(isRest(b.title)) ||
      (by === "year" ? collator.compare(b.title, a.title) : collator.compare(a.title, b.title)),
  );
}

function groupOf(one: Delivery, by: GroupBy): string {
  if (by === "source") return one.title || t("ohne bekannte Quelle");
  if (by === "town") {
    if (one.towns.length > 1) return t("mehrere Gemeinden");
    return one.towns[0] ?? t("ohne Gemeinde");
  }
  return [...one.periods].sort().at(-1)?.slice(0, 4) ?? t("ohne Stichtag");
}

/** Groups of what has no source, municipality or date of its own. */
function isRest(title: string): boolean {
  return [t("ohne bekannte Quelle"), t("mehrere Gemeinden"), t("ohne Gemeinde"), t("ohne Stichtag")].includes(
    title,
  );
}

/** Reviews in whose source, file or open points every word stands. */
export function reviewsWithWords(reviews: readonly ReviewRow[], words: string): ReviewRow[] {
  return reviews.filter((one) => hasWords([one.title, one.file_name, openPoints(one)].join(" "), words));
}

/** The municipality of a delivery, or how many there are; '' where it names none. */
export function townsSentence(towns: readonly string[]): string {
  if (towns.length <= 2) return towns.join(", ");
  return plural("{count} Gemeinde", "{count} Gemeinden", towns.length, { count: towns.length });
}

/** What a withdrawal does to what was computed, as one sentence. */
export function withdrawalSentence(affected: Affected): string {
  if (affected.pages === 0)
    return t("Noch keine Seite beruht auf dieser Lieferung. Ihre Werte zählen danach nicht mehr.");
  return plural(
    "{count} Seite zeigt dann „zurückgezogen“, bis neu gerechnet ist.",
    "{count} Seiten zeigen dann „zurückgezogen“, bis neu gerechnet ist.",
    affected.pages,
    { count: affected.pages },
  );
}
