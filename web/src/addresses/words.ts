/** Sentences about changes of addresses. */

import { count } from "../numbers";
import { plural, t } from "../words";
import type { ChangeGroup, Kind } from "./types";

const TITLES: Record<Kind, () => string> = {
  new: () => t("Neue Adressen"),
  gone: () => t("Weggefallene Adressen"),
  renamed: () => t("Neue Straßennamen"),
  renumbered: () => t("Neue Hausnummern"),
  moved: () => t("Andere Lage"),
  postcode: () => t("Neue Postleitzahlen"),
};

export function kindTitle(kind: Kind): string {
  return TITLES[kind]();
}

/** What a group is called: its street, before and now where the name changed. */
export function streetOf(group: ChangeGroup): string {
  if (group.kind === "renamed")
    return t("{old} heißt jetzt {new}", { old: group.old_street, new: group.street });
  return group.street || group.old_street;
}

export function addressesWord(number: number): string {
  return plural("{count} Adresse", "{count} Adressen", number, { count: count(number) });
}

/** Where the addresses of a group would belong, and why; '' where all stay as they were. */
export function areaSentence(group: ChangeGroup): string {
  if (group.rejected === group.addresses) return "";
  if (group.kind === "gone") return t("fallen aus dem Verzeichnis");
  const named = group.areas.filter((area) => area);
  const areas = named.length > 3 ? t("{count} Gebiete", { count: count(named.length) }) : named.join(", ");
  if (!areas) return t("kein Gebiet vorgeschlagen");
  return `${areas} (${group.bases.join(", ")})`;
}

/** What is decided in a group. */
export function stateSentence(group: ChangeGroup): string {
  if (group.open === group.addresses) return group.unclear ? t("prüfen") : t("offen");
  if (group.open > 0) return t("{count} offen", { count: count(group.open) });
  if (group.rejected === 0) return t("übernommen");
  if (group.accepted === 0) return t("bleibt wie bisher");
  return t("{yes} übernommen, {no} wie bisher", {
    yes: count(group.accepted),
    no: count(group.rejected),
  });
}
