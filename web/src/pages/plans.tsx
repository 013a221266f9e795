import { useLayoutEffect, useState } from "preact/hooks";
import { Title, Waiting } from "../parts";
import { BlockSplit } from "../plans/block_split";
import { InForceNote } from "../plans/in_force";
import { PlanCompare } from "../plans/plan_compare";
import { PlanGroupings } from "../plans/plan_groupings";
import { PlanImport } from "../plans/plan_import";
import { PlanList } from "../plans/plan_list";
import { addressOf, placeOf } from "../plans/plan_words";
import type { PlansAnswer } from "../plans/plans_api";
import { useAnswer } from "../store";
import { t } from "../words";
import { NoAreasYet } from "./areas";
import "../plans/plans.css";

/** Plans and drafts, two of them compared, groupings, plans of others, and blocks divided. */
export function Plans() {
  const answer = useAnswer<PlansAnswer>("plans");
  const place = usePlace();
  const [role, setRole] = useState("");
  const part = place.get("teil") ?? "liste";
  return (
    <div class={part === "einlesen" ? "page narrow plans-wide" : "page narrow"}>
      <Title title={t("Pläne")}>
        {t(
          "Welche Gebiete wann gelten, wer sie beschlossen hat und was sich von einem Plan zum anderen ändert.",
        )}
      </Title>
      <InForceNote />
      <Parts part={part} />
      {!answer && <Waiting />}
      {answer && answer.plans.length === 0 && part !== "einlesen" && <NoAreasYet />}
      {answer && (answer.plans.length > 0 || part === "einlesen") && (
        <Part part={part} answer={answer} place={place} role={role} onRole={setRole} />
      )}
    </div>
  );
}

/** What stands in the address after the question mark; it changes without leaving the page. */
function usePlace(): URLSearchParams {
  const [hash, setHash] = useState(location.hash);
  useLayoutEffect(() => {
    const change = () => setHash(location.hash);
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  return placeOf(hash);
}

function Parts({ part }: { part: string }) {
  const parts: [string, string][] = [
    ["liste", t("Pläne und Fassungen")],
    ["vergleich", t("Vergleichen")],
    ["gliederungen", t("Gliederungen")],
    ["einlesen", t("Einlesen")],
    ["baustein", t("Baustein teilen")],
  ];
  return (
    <nav class="plan-tabs" aria-label={t("Teile dieser Seite")}>
      {parts.map(([key, title]) => (
        <a key={key} href={addressOf({ teil: key })} aria-current={key === part ? "page" : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}

interface PartProps {
  part: string;
  answer: PlansAnswer;
  place: URLSearchParams;
  role: string;
  onRole: (role: string) => void;
}

function Part({ part, answer, place, role, onRole }: PartProps) {
  if (part === "vergleich") return <PlanCompare answer={answer} place={place} />;
  if (part === "gliederungen") return <PlanGroupings answer={answer} role={role} onRole={onRole} />;
  if (part === "einlesen")
    return <PlanImport key={place.get("plan")} answer={answer} place={place} role={role} onRole={onRole} />;
  if (part === "baustein") return <BlockSplit answer={answer} role={role} onRole={onRole} />;
  return <PlanList answer={answer} />;
}
