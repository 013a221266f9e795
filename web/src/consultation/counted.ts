/** Numbers with their nouns. */

import { plural } from "../words";

export function proposalsWords(number: number): string {
  return plural("{count} Vorschlag", "{count} Vorschläge", number, { count: number });
}

export function remarksWords(number: number): string {
  return plural("{count} Anmerkung", "{count} Anmerkungen", number, { count: number });
}

export function answersWords(number: number): string {
  return plural("{count} Antwort", "{count} Antworten", number, { count: number });
}

export function blocksWords(number: number): string {
  return plural("{count} Baustein", "{count} Bausteine", number, { count: number });
}
