/** What blocks can be built from. */

import { t } from "../words";
import type { GroundAnswer } from "./types";

const BOUNDING = ["lines", "rails", "water", "motorways", "units", "nesting", "cells"];

/** Why blocks cannot be built yet; '' when they can. */
export function hindrance(answer: GroundAnswer): string {
  const roles = new Set(answer.files.map((file) => file.role));
  if (answer.files.some((file) => file.wrong && file.role)) {
    return t("Zuerst ist zu klären, wie die Koordinaten gelesen werden.");
  }
  if (!roles.has("municipalities") && answer.municipalities === 0) return t("Es fehlen die Gemeindegrenzen.");
  const bounded = BOUNDING.some((role) => roles.has(role));
  if (answer.files.some((file) => file.columns.length > 0 && file.key === "")) {
    return t("Es ist noch zu wählen, welche Spalte den Schlüssel der Einheiten nennt.");
  }
  if (!bounded && !answer.blocks) return t("Es fehlen Linien oder Einheiten.");
  return "";
}
