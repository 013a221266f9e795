/** Why an address was placed exactly, likely or not at all; the sentences of `sozialraum.addresses.reasons`. */

import { t } from "../words";

const REASONS: Record<string, () => string> = {
  same: () => t("Straße und Hausnummer stehen im Adressregister."),
  confirmed: () => t("Die Schreibweise der Straße wurde bestätigt."),
  spelling: () => t("Die Straße ist anders geschrieben als im Adressregister."),
  abbreviated: () => t("Die Straße ist abgekürzt."),
  other_postcode: () => t("Die Postleitzahl ist eine andere als im Adressregister."),
  other_town: () => t("Der Ort ist ein anderer als im Adressregister."),
  town_unknown: () => t("Der Ort ist keine Gemeinde des Adressregisters."),
  only_there: () => t("Die Straße gibt es mehrfach; die Hausnummer gibt es nur in einer davon."),
  inside_range: () => t("Im Adressregister gehört die Hausnummer zu einem Bereich."),
  range: () => t("Von dem Bereich zählt die erste Hausnummer."),
  rest_unread: () => t("Die Angabe hinter der Hausnummer wurde nicht verstanden."),
  range_two_blocks: () =>
    t("Anfang und Ende des Bereichs liegen in verschiedenen Bausteinen; der Anfang zählt."),
  range_last: () => t("Nur die letzte Hausnummer des Bereichs steht im Adressregister."),
  range_last_unknown: () => t("Das Ende des Bereichs steht nicht im Adressregister; der Anfang zählt."),
  range_wide: () => t("Der Bereich ist ungewöhnlich weit; der Anfang zählt."),
  suffix_unknown: () => t("Der Zusatz steht nicht im Adressregister; die Hausnummer ohne Zusatz zählt."),
  suffix_other: () => t("Die Hausnummer steht nur mit anderem Zusatz im Adressregister."),
  no_street: () => t("Es steht keine Straße in der Zeile."),
  no_number: () => t("Es steht keine Hausnummer in der Zeile."),
  unread_number: () => t("Die Hausnummer ist nicht zu lesen."),
  outside: () => t("Die Postleitzahl liegt außerhalb des Adressregisters."),
  unknown_street: () => t("Die Straße steht nicht im Adressregister."),
  several_streets: () => t("Die Anschrift gibt es mehrfach; Postleitzahl oder Ort fehlen oder passen nicht."),
  several_suffixes: () => t("Die Hausnummer gibt es mit mehreren Zusätzen in verschiedenen Bausteinen."),
  several_addresses: () =>
    t("Diese Anschrift steht mehrfach im Adressregister, in verschiedenen Bausteinen."),
  unknown_number: () => t("Die Hausnummer steht nicht im Adressregister."),
};

/** The sentences of codes joined by ";". */
export function reasonText(codes: string): string {
  return codes
    .split(";")
    .map((code) => REASONS[code]?.() ?? "")
    .filter(Boolean)
    .join(" ");
}
