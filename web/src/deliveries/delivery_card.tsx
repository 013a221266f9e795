/** One delivery of the list: what was read, decided and corrected; and how it is withdrawn. */

import { useState } from "preact/hooks";
import { ErrorIcon, StateIcon } from "../icons";
import { count, day, moment } from "../numbers";
import { Findings } from "../parts";
import { plural, t } from "../words";
import { protectionWord } from "./about";
import { townsSentence } from "./list";
import { correctionsMade, shownHead } from "./reading";
import type { Delivery } from "./types";
import { WithdrawDialog } from "./withdraw";

export function DeliveryCard({ delivery }: { delivery: Delivery }) {
  const [asked, setAsked] = useState(false);
  const away = delivery.state !== "in_force";
  return (
    <details class={away ? "card delivery dl-away" : "card delivery"}>
      <summary>
        <CardIcon delivery={delivery} />
        <span class="filename">
          <b>{delivery.title || delivery.file_name}</b>
          <span class="small quiet">
            {[delivery.file_name, townsSentence(delivery.towns)].filter(Boolean).join(" · ")}
          </span>
        </span>
        <span class="small quiet">{delivery.periods.map(day).join(", ")}</span>
        <span class="small quiet">
          {plural("{count} Zeile gelesen", "{count} Zeilen gelesen", delivery.rows_read, {
            count: count(delivery.rows_read),
          })}
        </span>
        <StateTag delivery={delivery} />
      </summary>
      <div class="body">
        <p class="small quiet">{t("Eingegangen am {day}", { day: day(delivery.received_at) })}</p>
        <Away delivery={delivery} />
        <Sentences sentences={delivery.sentences} />
        <Findings
          findings={delivery.findings.map((one) => ({ ...one, sentence: shownHead(one.sentence) }))}
        />
        <Decided delivery={delivery} />
        <Kept delivery={delivery} />
        {delivery.state !== "withdrawn" && (
          <div>
            <button type="button" class="link" onClick={() => setAsked(true)}>
              {t("Lieferung zurückziehen …")}
            </button>
          </div>
        )}
      </div>
      {asked && <WithdrawDialog delivery={delivery} onClose={() => setAsked(false)} />}
    </details>
  );
}

function warningsOf(delivery: Delivery): number {
  return delivery.findings.filter((finding) => finding.severity !== "note").length;
}

function CardIcon({ delivery }: { delivery: Delivery }) {
  if (delivery.state === "withdrawn") return <ErrorIcon />;
  if (delivery.state === "replaced") return <StateIcon shape="ring" size={18} />;
  return <StateIcon shape={warningsOf(delivery) ? "triangle" : "tick"} size={18} />;
}

function StateTag({ delivery }: { delivery: Delivery }) {
  if (delivery.state === "withdrawn") return <span class="tag dl-withdrawn">{t("zurückgezogen")}</span>;
  if (delivery.state === "replaced") return <span class="tag">{t("ersetzt")}</span>;
  const warnings = warningsOf(delivery);
  return (
    <span class={warnings ? "tag look" : "tag done"}>
      {warnings
        ? plural("{count} Befund", "{count} Befunde", warnings, { count: warnings })
        : t("ohne Befund")}
    </span>
  );
}

function Away({ delivery }: { delivery: Delivery }) {
  if (delivery.state === "withdrawn") {
    const place = { when: moment(delivery.withdrawn_on), role: delivery.withdrawn_by };
    return (
      <p>
        {t("Zurückgezogen: {when}, {role}.", place)}{" "}
        {t("Grund: {reason}", { reason: delivery.withdrawn_why })}
      </p>
    );
  }
  if (delivery.state === "replaced") {
    return (
      <p>{t("Ersetzt durch eine spätere Lieferung mit demselben Stichtag. Ihre Werte zählen nicht mehr.")}</p>
    );
  }
  return null;
}

function Sentences({ sentences }: { sentences: string[] }) {
  return (
    <ul class="small list">
      {sentences.map((sentence) => (
        <li key={sentence}>{shownHead(sentence)}</li>
      ))}
    </ul>
  );
}

function Decided({ delivery }: { delivery: Delivery }) {
  const made = correctionsMade(delivery.corrections, delivery.titles).map((one) => one.sentence);
  const decided = delivery.decisions.map((one) =>
    [one.sentence, one.reason && t("Grund: {reason}", { reason: one.reason }), one.role && `(${one.role})`]
      .filter(Boolean)
      .join(" "),
  );
  if (made.length + decided.length === 0) return null;
  return (
    <div>
      <h3>{t("Korrigiert und entschieden")}</h3>
      <Sentences sentences={[...made, ...decided]} />
    </div>
  );
}

/** Protection, purpose, legal basis, and whether the file itself is still there. */
function Kept({ delivery }: { delivery: Delivery }) {
  const { about } = delivery;
  const parts = [t("Schutzklasse: {word}", { word: protectionWord(about.protection) })];
  if (about.purpose) parts.push(t("Zweck: {purpose}", { purpose: about.purpose }));
  if (about.legal_basis) parts.push(t("Rechtsgrundlage: {basis}", { basis: about.legal_basis }));
  if (about.protection === "personal") parts.push(t("Die Datei selbst wurde nicht aufbewahrt."));
  else if (delivery.deleted_on) parts.push(t("Datei gelöscht: {day}", { day: day(delivery.deleted_on) }));
  else if (about.delete_on) parts.push(t("Datei löschen am {day}", { day: day(about.delete_on) }));
  return <p class="small quiet">{parts.join(" · ")}</p>;
}
