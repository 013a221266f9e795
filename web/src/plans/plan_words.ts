/** Words for what the tables and the server know as codes. */

import { day } from "../numbers";
import { t } from "../words";
import type {
  AcrossRow,
  GroupingRow,
  ImportAnswer,
  InForceAnswer,
  LineageRow,
  PlanLabel,
  PlanRow,
} from "./plans_api";

export function statusText(status: string): string {
  const words: Record<string, string> = {
    proposal: t("Vorschlag"),
    in_revision: t("in Überarbeitung"),
    submitted: t("eingereicht"),
    adopted: t("beschlossen"),
    superseded: t("abgelöst"),
    closed: t("abgelegt"),
  };
  return words[status] ?? status;
}

/** The same for a plan in the list: of adopted plans one holds. */
export function planStatusText(plan: { plan_id: string; status: string }, inForce: PlanLabel | null): string {
  return plan.plan_id === inForce?.plan_id ? t("beschlossen, gilt") : statusText(plan.status);
}

/** Where not the plan that holds is computed for: what is, and what holds; '' where they are the same. */
export function besideText({ in_force, current }: InForceAnswer): string {
  if (!in_force || !current || in_force.plan_id === current.plan_id) return "";
  return t("Gerechnet wird mit „{current}“ ({status}). Beschlossen gilt: {holds}.", {
    current: current.title,
    status: statusText(current.status),
    holds: holdsText(in_force),
  });
}

/** What follows from computing for a plan that does not hold. */
export function followsText(plan: { title: string; status: string }, inForce: PlanLabel): string {
  return t(
    "Beschlossen gilt: {holds}. Indikatoren, Index und Bericht werden dann mit „{plan}“ ({status}) gerechnet. Der beschlossene Plan gilt weiter; Sie können jederzeit wieder mit ihm rechnen.",
    { holds: holdsText(inForce), plan: plan.title, status: statusText(plan.status) },
  );
}

/** The plan that holds, and since when where that is known. */
function holdsText(plan: PlanLabel): string {
  if (!plan.valid_from) return `„${plan.title}“`;
  return t("„{plan}“ seit {day}", { plan: plan.title, day: day(plan.valid_from) });
}

/** A plan among others to choose from; on which blocks it rests is said as soon as there are several versions. */
export function planLabel(
  plan: Pick<PlanRow, "title" | "status" | "blocks_version">,
  blocksVersion: number,
): string {
  const what = { plan: plan.title, status: statusText(plan.status), version: plan.blocks_version };
  return blocksVersion > 1
    ? t("{plan} ({status}, Bausteine Stand {version})", what)
    : `${plan.title} (${what.status})`;
}

/** What compares two plans is headed by: the title, and the blocks where both have the same title. */
export function comparedLabel(
  one: { plan_id: string; title: string },
  other: { title: string },
  plans: Pick<PlanRow, "plan_id" | "blocks_version">[],
): string {
  const version = plans.find((plan) => plan.plan_id === one.plan_id)?.blocks_version;
  if (one.title !== other.title || !version) return one.title;
  return t("{plan} (Bausteine Stand {version})", { plan: one.title, version });
}

/** Plans of their own, and those on former blocks that one of them carries on, each with where it went. */
export function foldedPlans<Row extends Pick<PlanRow, "plan_id" | "carried_from">>(
  plans: Row[],
): { shown: Row[]; former: (plan: Row) => Row[] } {
  const carried = new Set(plans.map((plan) => plan.carried_from).filter((id) => id !== ""));
  const byId = new Map(plans.map((plan) => [plan.plan_id, plan]));
  const former = (plan: Row): Row[] => {
    const before = byId.get(plan.carried_from);
    return before ? [before, ...former(before)] : [];
  };
  return { shown: plans.filter((plan) => !carried.has(plan.plan_id)), former };
}

/** Names as people say them: "A, B und C". */
export function listed(names: string[]): string {
  if (names.length < 2) return names.join("");
  return t("{names} und {last}", {
    names: names.slice(0, -1).join(", "),
    last: names[names.length - 1] ?? "",
  });
}

export function lineageText(kind: LineageRow["kind"]): string {
  if (kind === "U") return t("unverändert");
  if (kind === "S") return t("geteilt");
  return kind === "M" ? t("zusammengelegt") : t("anders geschnitten");
}

export function relationText(relation: GroupingRow["relation"]): string {
  if (relation === "above") return t("Diese Gliederung fasst ganze Gebiete zusammen.");
  return relation === "below"
    ? t("Diese Gliederung teilt Gebiete in ganze Einheiten.")
    : t("Diese Gliederung ist von den Gebieten unabhängig.");
}

/** From when to when a plan holds; a proposal does not hold, and of an old plan the day may not be known. */
export function validText(plan: Pick<PlanRow, "valid_from" | "valid_to"> & { status?: string }): string {
  if (!plan.valid_from && !plan.valid_to) return plan.status === "adopted" ? t("gilt") : t("gilt nicht");
  if (!plan.valid_to) return t("seit {day}", { day: day(plan.valid_from) });
  if (!plan.valid_from) return t("bis {day}", { day: day(plan.valid_to) });
  return t("{from} bis {to}", { from: day(plan.valid_from), to: day(plan.valid_to) });
}

/** What a block across a border may go to, of its municipality: where it lies first, then the others by code. */
export function candidates(
  row: Pick<AcrossRow, "ags" | "proposal" | "chosen"> & { shares: { area: string }[] },
  areas: Pick<ImportAnswer["areas"][number], "area" | "towns">[],
): string[] {
  const own = areas.filter(({ towns }) => towns.includes(row.ags)).map(({ area }) => area);
  const near = row.shares.map((share) => share.area).filter((area) => own.includes(area));
  return [...new Set([row.proposal, row.chosen, ...near, ...own])].filter((area) => area !== "");
}

/** On what the proposal for a block rests. */
export function basisText(basis: AcrossRow["basis"]): string {
  if (basis === "addresses") return t("nach Adressen: hier leben die meisten");
  if (basis === "ground") return t("nach Fläche: der größere Teil");
  return basis === "nearest" ? t("in keinem Gebiet; das nächste") : t("kein Vorschlag");
}

/** The part of the page and what it shows, as it stands in the address after the question mark. */
export function placeOf(hash: string): URLSearchParams {
  return new URLSearchParams(hash.split("?")[1] ?? "");
}

export function addressOf(place: Record<string, string>): string {
  return `#/plaene?${new URLSearchParams(place)}`;
}
