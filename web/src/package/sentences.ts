/** Proposals and checks in words. */

import type { AreaFigures, Limits, LocalCheck, SizeWord } from "../editor/checks";
import type { Edit } from "../editor/edit";
import { applyEdit, Impossible, type Plan, type PlanArea } from "../editor/plan";
import { count } from "../numbers";
import { compareCodes } from "../order";
import { plural, t } from "../words";

export function sizeWords(word: SizeWord): string {
  if (word === "within") return t("im Rahmen");
  return word === "close" ? t("knapp") : t("außerhalb");
}

export function rangeWords({ low, high }: Limits): string {
  return Number.isFinite(high)
    ? t("Rahmen: {low} bis {high} Einwohner", { low: count(low), high: count(high) })
    : t("Rahmen: mindestens {low} Einwohner", { low: count(low) });
}

/** Behind a number of inhabitants. */
export function withRange({ low, high }: Limits): string {
  return Number.isFinite(high)
    ? t("Einwohner · Rahmen {low} bis {high}", { low: count(low), high: count(high) })
    : t("Einwohner · Rahmen mindestens {low}", { low: count(low) });
}

export function blocksWords(number: number): string {
  return plural("{count} Baustein", "{count} Bausteine", number, { count: count(number) });
}

export function areaWords(area: PlanArea | undefined): string {
  return area ? `${area.code} ${area.name}`.trim() : "";
}

const areaOf = (plan: Plan, id: string) => plan.areas.find((area) => area.area_id === id);

/** One sentence for each proposal, told with the names that held when it was made. */
export function tell(base: Plan, edits: readonly Edit[]): string[] {
  let plan = base;
  return edits.map((edit) => {
    const sentence = sentenceOf(plan, edit);
    plan = applyEdit(plan, edit);
    return sentence;
  });
}

function sentenceOf(plan: Plan, edit: Edit): string {
  const area = areaOf(plan, edit.area);
  if (edit.kind === "rename") {
    return t("Gebiet {code} soll „{name}“ heißen.", { code: area?.code ?? "", name: edit.name });
  }
  if (edit.kind === "split") {
    return t("Gebiet {code} teilen: {blocks} werden ein eigenes Gebiet ({one} und {other}).", {
      code: area?.code ?? "",
      blocks: blocksWords(edit.blocks.length),
      one: edit.rest_code || (area?.code ?? ""),
      other: `${edit.code} ${edit.name}`.trim(),
    });
  }
  const chosen = new Set(edit.blocks);
  const homes = new Set(
    plan.ids.flatMap((id, place) => (chosen.has(id) ? [plan.areas[plan.area[place] ?? 0]?.code ?? ""] : [])),
  );
  return t("{blocks} von {homes} nach {target} verschieben.", {
    blocks: blocksWords(edit.blocks.length),
    homes: [...homes]
      .filter((code) => code !== area?.code)
      .sort(compareCodes)
      .join(", "),
    target: areaWords(area),
  });
}

/** What stands in the way of a proposal. */
export function obstacle(error: unknown, plan: Plan): string {
  if (!(error instanceof Impossible)) return String(error);
  const [first = ""] = error.subjects;
  if (error.code === "locked")
    return t("Der Baustein {block} ist festgelegt und bleibt, wo er ist.", { block: first });
  if (error.code === "key_in_use") return t("Die Nummer {code} gibt es schon.", { code: first });
  if (error.code === "nothing_left") {
    return t("Im Gebiet {code} bliebe kein Baustein.", { code: areaOf(plan, first)?.code ?? first });
  }
  if (error.code === "not_inside") return t("Für ein eigenes Gebiet wählen Sie Bausteine aus einem Gebiet.");
  return t("Das geht mit dieser Auswahl nicht.");
}

export function checkWords(check: LocalCheck, figures: readonly AreaFigures[]): string {
  const codes = check.areas.join(", ");
  const number = typeof check.value === "number" ? count(check.value) : check.value;
  if (check.code === "apart") return t("Gebiet {code} hängt nicht zusammen.", { code: codes });
  if (check.code === "connected") {
    return figures.length === 1
      ? t("Das Gebiet hängt zusammen.")
      : t("Die berührten Gebiete hängen zusammen.");
  }
  if (check.code === "outside") {
    return t("Gebiet {code} hätte rund {count} Einwohner und läge außerhalb des Rahmens.", {
      code: codes,
      count: number,
    });
  }
  if (check.code === "below_1000") {
    return t(
      "Gebiet {code} hätte rund {count} Einwohner; unter 1.000 wird es von der Arbeitsagentur nicht einzeln beliefert.",
      { code: codes, count: number },
    );
  }
  if (check.code === "rule_1000") return t("Gebiet {code} erreicht 1.000 Einwohner.", { code: codes });
  return t("Gebiet {code} fällt weg.", { code: codes });
}
