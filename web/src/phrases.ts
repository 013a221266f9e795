/** The fixed words of values, the same as in the printed report. */

import type { Definition, ValueRow } from "./api";
import { shareOf } from "./classes";
import { count, decimal, percent, range } from "./numbers";
import { statusWord } from "./parts";
import { t } from "./words";

export function needForAction(statusClass: number): string {
  const words = [t("keine Aussage"), t("gering"), t("mittel"), t("hoch"), t("sehr hoch")];
  return words[statusClass] ?? t("keine Aussage");
}

export function socialStatus(statusClass: number): string {
  const words = [
    t("keine Aussage"),
    t("sozialer Status hoch (geringe Belastung)"),
    t("sozialer Status mittel (mittlere Belastung)"),
    t("sozialer Status niedrig (hohe Belastung)"),
    t("sozialer Status sehr niedrig (sehr hohe Belastung)"),
  ];
  return words[statusClass] ?? t("keine Aussage");
}

export function dynamicsWord(sign: string): string {
  if (sign === "+") return t("positiv (Belastung nimmt ab)");
  if (sign === "=") return t("stabil");
  return sign === "-" ? t("negativ (Belastung nimmt zu)") : t("keine Aussage");
}

export function versusWord(versus: string): string {
  if (versus === "higher") return t("erkennbar höher als im Kreis");
  if (versus === "lower") return t("erkennbar niedriger als im Kreis");
  return versus === "same" ? t("vom Kreis nicht unterscheidbar") : t("keine Aussage");
}

export function fieldWord(field: string): string {
  const words: Record<string, string> = {
    build_up: t("Ausbau prüfen"),
    improve: t("verbessern"),
    keep: t("erhalten, Qualität prüfen"),
    watch: t("beobachten"),
    review: t("Angebotsstruktur überprüfen"),
  };
  return words[field] ?? t("keine Aussage");
}

/** What an indicator measures, in the names that were valid at the date of its values. */
export function measuredOn(
  definition: Pick<Definition, "measured" | "measured_on">,
  period: string | undefined,
): string {
  return definition.measured_on?.[period ?? ""] ?? definition.measured;
}

/** A share as the indicator is printed: per cent, or cases per 100. */
export function shareText(definition: Pick<Definition, "kind">, share: number, places = 1): string {
  return definition.kind === "rate" ? decimal(100 * share, places) : percent(share, places);
}

export function shareUnit(definition: Pick<Definition, "kind">): string {
  return definition.kind === "rate" ? t("je 100") : t("Anteil");
}

/** Share of a row with its word when there is no number. */
export function shareCell(definition: Pick<Definition, "kind">, row: ValueRow | undefined): string {
  if (!row) return t("nicht geliefert");
  const share = shareOf(row);
  return share === null ? statusWord(row.status) : shareText(definition, share);
}

export function countCell(row: ValueRow | undefined): string {
  if (!row || row.status === "missing" || row.status === "blocked") return "–";
  return row.status === "suppressed" ? t("verborgen") : range(row.count_low, row.count_high, count);
}

export function baseCell(row: ValueRow | undefined): string {
  if (!row || row.base_low === null) return "–";
  return range(row.base_low, row.base_high, count);
}

export function intervalCell(definition: Pick<Definition, "kind">, row: ValueRow | undefined): string {
  if (!row || row.ci_low === null || row.ci_high === null) return "–";
  return t("{low} bis {high}", {
    low: decimal(100 * row.ci_low),
    high: shareText(definition, row.ci_high),
  });
}

/** The five classes of an indicator in words, lowest first: "unter 12 %", "12 bis unter 16 %", "26 % und mehr". */
export function classWords(definition: Pick<Definition, "kind">, limits: number[]): string[] {
  const places = limits.some((limit) => Math.abs(1000 * limit - 10 * Math.round(100 * limit)) > 1e-6) ? 1 : 0;
  const show = (share: number) => shareText(definition, share, places);
  const bare = (share: number) => decimal(100 * share, places);
  const [first = 0, last = 0] = [limits[0], limits[limits.length - 1]];
  const between = limits
    .slice(1)
    .map((limit, place) => t("{low} bis unter {high}", { low: bare(limits[place] ?? 0), high: show(limit) }));
  return [t("unter {high}", { high: show(first) }), ...between, t("{low} und mehr", { low: show(last) })];
}
