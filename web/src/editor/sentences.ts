/** What the page says of steps, checks and refusals, in words people use. */

import { count } from "../numbers";
import { plural, t } from "../words";
import { DELIVERED_FROM, type Limits, type LocalCheck, type SizeWord } from "./checks";
import type { Edit } from "./edit";
import { type Ground, peopleOf } from "./ground";
import { blockPlace, type ImpossibleCode, type Plan } from "./plan";

export function sizeWords(word: SizeWord): string {
  if (word === "outside") return t("außerhalb");
  return word === "close" ? t("knapp") : t("im Rahmen");
}

/** "jetzt im Rahmen" when it was not before. */
export function changedWords(before: SizeWord | null, now: SizeWord): string {
  if (before === null || before === now) return sizeWords(now);
  if (now === "within") return t("jetzt im Rahmen");
  return now === "close" ? t("jetzt knapp") : t("jetzt außerhalb");
}

/** "27 Personen"; "unter 5 Personen" where a smaller number is not told. */
export function peopleWords(people: number, least: number): string {
  if (people > 0 && people < least) return t("unter {least} Personen", { least: count(least) });
  return plural("{count} Person", "{count} Personen", people, { count: count(people) });
}

export function blocksAndPeople(blocks: number, people: number, least: number): string {
  const first = plural("{count} Baustein", "{count} Bausteine", blocks, { count: count(blocks) });
  return `${first}, ${peopleWords(people, least)}`;
}

const codeOf = (plan: Plan, id: string) => plan.areas.find((area) => area.area_id === id)?.code ?? id;

/** "3 Bahnhof": number and name of an area. */
function areaWords(plan: Plan, id: string): string {
  const area = plan.areas.find((one) => one.area_id === id);
  return area ? `${area.code} ${area.name}`.trim() : id;
}

/** The step as a heading: "7 Bausteine, 471 Personen: von 3a nach 3b verschieben". least : as in `peopleWords`. */
export function headingOf(edit: Edit, plan: Plan, ground: Ground, least: number): string {
  const blocks = edit.blocks.map((id) => blockPlace(plan.ids, id));
  const amount = blocksAndPeople(blocks.length, peopleOf(ground, blocks), least);
  if (edit.kind === "move") {
    const from = [...new Set(blocks.map((block) => plan.areas[plan.area[block] ?? 0]?.code ?? ""))];
    const source = from.filter((code) => code !== codeOf(plan, edit.area)).join(", ");
    return t("{amount}: von {from} nach {to} verschieben", {
      amount,
      from: source,
      to: codeOf(plan, edit.area),
    });
  }
  if (edit.kind === "split") {
    const values = {
      from: codeOf(plan, edit.area),
      rest: edit.rest_code || codeOf(plan, edit.area),
      part: edit.code,
    };
    return t("Gebiet {from} teilen in {rest} und {part}", values);
  }
  if (edit.kind === "merge") {
    return t("Gebiet {from} mit {to} zusammenlegen", {
      from: codeOf(plan, edit.area),
      to: codeOf(plan, edit.into),
    });
  }
  const subject = edit.area ? areaWords(plan, edit.area) : amount;
  if (edit.kind === "rename") return t("{area} umbenennen", { area: subject });
  if (edit.kind === "rekey") return t("{area} neu nummerieren", { area: subject });
  return edit.kind === "unlock"
    ? t("Sperre aufheben: {what}", { what: subject })
    : t("{what} sperren", { what: subject });
}

/** What the button that takes the step says; a broken hard rule can only be kept as a draft. */
export function takeWords(kind: Edit["kind"], hard: boolean): string {
  if (hard) return t("Als Entwurf behalten");
  if (kind === "split") return t("Teilung übernehmen");
  if (kind === "merge") return t("Zusammenlegung übernehmen");
  if (kind === "move") return t("Verschiebung übernehmen");
  return t("Änderung übernehmen");
}

/** The same sentences as the server's, so that nothing changes when its answer comes. */
export function checkSentence(check: LocalCheck, limits: Limits): string {
  const [code = "", other = ""] = check.areas;
  const number = typeof check.value === "number" ? count(check.value) : check.value;
  if (check.code === "apart") {
    const values = { code, parts: number };
    return t("Gebiet {code} besteht aus {parts} getrennten Teilen; ein Gebiet hängt zusammen.", values);
  }
  if (check.code === "outside") {
    const values = { code, people: number, low: count(limits.low), high: count(limits.high) };
    return t("Gebiet {code} hätte {people} Einwohner; erlaubt sind {low} bis {high}.", values);
  }
  if (check.code === "connected") {
    if (check.areas.length === 1) return t("Gebiet {code} hängt zusammen.", { code });
    if (check.areas.length === 2)
      return t("Die Gebiete {one} und {other} hängen zusammen.", { one: code, other });
    return t("Alle {number} berührten Gebiete hängen zusammen.", { number });
  }
  const rule = count(DELIVERED_FROM);
  if (check.code === "rule_1000") {
    return t("{code} erreicht {rule} Einwohner: eigene Liefergruppe möglich.", { code, rule });
  }
  if (check.code === "below_1000") {
    const values = { code, people: number, rule };
    return t("Gebiet {code} hätte {people} Einwohner; unter {rule} wird es nicht einzeln beliefert.", values);
  }
  return check.code === "gone"
    ? t("Gebiet {code} geht in anderen Gebieten auf.", { code })
    : String(check.value);
}

/** Why a step cannot be taken, and what to do. */
export function impossibleSentence(code: ImpossibleCode, subjects: readonly string[], plan: Plan): string {
  const subject = subjects[0] ?? "";
  const area = plan.areas.find((one) => one.area_id === subject);
  switch (code) {
    case "locked":
      return area
        ? t("Gebiet {code} ist gesperrt. Heben Sie die Sperre auf, wenn es sich ändern soll.", {
            code: area.code,
          })
        : plural(
            "Baustein {block} ist gesperrt. Heben Sie die Sperre auf oder wählen Sie ihn ab.",
            "{count} der gewählten Bausteine sind gesperrt. Heben Sie die Sperre auf oder wählen Sie sie ab.",
            subjects.length,
            { block: subject, count: count(subjects.length) },
          );
    case "nothing_left":
      return t("Beim Teilen bleibt in jedem Teil mindestens ein Baustein. Wählen Sie weniger Bausteine.");
    case "nothing_to_do":
      return t("Die gewählten Bausteine gehören schon zu diesem Gebiet.");
    case "not_inside":
      return t(
        "Die gewählten Bausteine liegen in mehreren Gebieten. Wählen Sie für ein neues Gebiet nur solche aus einem.",
      );
    case "key_in_use":
      return t("Die Nummer „{code}“ ist schon vergeben.", { code: subject });
    case "empty_key":
      return t("Geben Sie dem Gebiet eine Nummer.");
    case "empty_name":
      return t("Geben Sie dem Gebiet einen Namen.");
    case "same_area":
      return t("Wählen Sie zwei verschiedene Gebiete.");
    case "no_blocks":
      return t("Wählen Sie zuerst Bausteine aus.");
    default:
      return t("Das gibt es in dieser Fassung nicht mehr. Laden Sie die Seite neu.");
  }
}
