/** What accepting a proposal would do to the draft as it is now, before anybody accepts it. */

import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { count } from "../numbers";
import { areaWords, sizeWords, withRange } from "../package/sentences";
import { t } from "../words";
import type { Outlook, TouchedArea } from "./types";

export function OutlookView({ outlook }: { outlook: Outlook }) {
  const range = withRange({ low: outlook.low, high: outlook.high ?? Number.POSITIVE_INFINITY });
  return (
    <div class="outlook small">
      <p class="quiet">{t("Wenn Sie annehmen:")}</p>
      <ul class="outlook-areas">
        {outlook.areas.map((area) => (
          <li key={area.area_id}>
            <b>{areaWords(area)}</b>
            <People area={area} range={range} />
          </li>
        ))}
      </ul>
      {outlook.checks.length > 0 && (
        <ul class="outlook-checks">
          {outlook.checks.map((check) => (
            <li key={check.sentence} class={check.severity}>
              {check.severity === "error" ? <ErrorIcon /> : <StateIcon shape="triangle" />}
              <span>{check.sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function People({ area, range }: { area: TouchedArea; range: string }) {
  const { people_before: was, people_after: now, word_before, word_after } = area;
  if (now === null || word_after === null) return <span>{t("fällt weg")}</span>;
  const word = sizeWords(word_after);
  const change = word_before === null || word_before === word_after ? "" : sizeWords(word_before);
  return (
    <span>
      {was !== null && was !== now && (
        <>
          {count(was)} <Arrow />
          <span class="unseen">{t("danach")}</span>{" "}
        </>
      )}
      {count(now)} {range},{" "}
      <span class={`range-word ${word_after}`}>
        {change ? t("{after} (bisher {before})", { after: word, before: change }) : word}
      </span>
    </span>
  );
}

interface AskProps {
  outlook: Outlook;
  onYes: () => void;
  onNo: () => void;
}

/** Asked before a proposal is accepted that breaks a hard rule. */
export function AskBroken({ outlook, onYes, onNo }: AskProps) {
  const broken = outlook.checks.filter((check) => check.severity === "error");
  return (
    <div class="ask-broken" role="alert">
      {broken.map((check) => (
        <p key={check.sentence}>
          <ErrorIcon /> {check.sentence}
        </p>
      ))}
      <p>{t("Der Schritt bleibt als Entwurf; so kann der Zuschnitt nicht beschlossen werden.")}</p>
      <div class="buttons">
        <button type="button" class="button strong" onClick={onYes}>
          {t("Trotzdem annehmen")}
        </button>
        <button type="button" class="button" onClick={onNo}>
          {t("Noch nicht annehmen")}
        </button>
      </div>
    </div>
  );
}
