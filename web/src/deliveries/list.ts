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
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return deliveries.filter((one) => {
    const text = [one.title, one.file_name, ...one.periods, ...one.periods.map(day), ...one.towns].join(" ");
    return wanted.every((word) => text.toLocaleLowerCase().includes(word));
  });
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
