/** All plans and drafts: status, decision, from when to when, and what can be done with each. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { count, day } from "../numbers";
import { TableCard } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import { addressOf, foldedPlans, followsText, planStatusText, statusText, validText } from "./plan_words";
import type { DraftRow, PlanLabel, PlanRow, PlansAnswer } from "./plans_api";

const FORMATS = [
  ["gpkg", "GeoPackage"],
  ["geojson", "GeoJSON"],
  ["shp", "Shapefile"],
  ["csv", "CSV"],
] as const;

export function PlanList({ answer }: { answer: PlansAnswer }) {
  const { shown, former } = foldedPlans(answer.plans);
  return (
    <>
      {shown.map((plan) => (
        <PlanCard key={plan.plan_id} plan={plan} former={former(plan)} answer={answer} />
      ))}
      <Drafts answer={answer} />
    </>
  );
}

function PlanCard({ plan, former, answer }: { plan: PlanRow; former: PlanRow[]; answer: PlansAnswer }) {
  const parent = answer.plans.find((other) => other.plan_id === plan.parent);
  const holds = answer.in_force?.plan_id === plan.plan_id;
  return (
    <article class="card pad plan-card" aria-label={plan.title}>
      <div class="plan-head">
        <h2>{plan.title}</h2>
        <span class={holds ? "tag done" : "tag"}>{planStatusText(plan, answer.in_force)}</span>
        {plan.current && <span class="tag look">{t("damit wird gerechnet")}</span>}
      </div>
      <dl class="plan-facts">
        <div>
          <dt>{t("Gebiete")}</dt>
          <dd>{count(plan.areas)}</dd>
        </div>
        <div>
          <dt>{t("gültig")}</dt>
          <dd>{validText(plan)}</dd>
        </div>
        <div>
          <dt>{t("erstellt")}</dt>
          <dd>{day(plan.created)}</dd>
        </div>
        {parent && (
          <div>
            <dt>{t("entstanden aus")}</dt>
            <dd>
              {parent.title}
              {plan.steps > 0 &&
                `, ${plural("{count} Schritt", "{count} Schritte", plan.steps, { count: plan.steps })}`}
            </dd>
          </div>
        )}
        {answer.blocks_version > 1 && (
          <div>
            <dt>{t("Bausteine")}</dt>
            <dd>
              {plan.carried_from
                ? t("auf Stand {version} der Bausteine übertragen", { version: plan.blocks_version })
                : t("Stand {version}", { version: plan.blocks_version })}
            </dd>
          </div>
        )}
      </dl>
      {plan.decisions.length > 0 && (
        <details>
          <summary>
            {plural(
              "{count} Gemeinde hat beschlossen",
              "{count} Gemeinden haben beschlossen",
              plan.decisions.length,
              {
                count: plan.decisions.length,
              },
            )}
          </summary>
          <table class="figures small">
            <thead>
              <tr>
                <th scope="col">{t("Gemeinde")}</th>
                <th scope="col">{t("beschlossen von")}</th>
                <th scope="col">{t("am")}</th>
              </tr>
            </thead>
            <tbody>
              {plan.decisions.map((made) => (
                <tr key={made.ags}>
                  <th scope="row">{made.name}</th>
                  <td>{made.body}</td>
                  <td>{day(made.date)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <div class="plan-acts">
        {parent && (
          <a
            class="button strong"
            href={addressOf({ teil: "vergleich", alt: parent.plan_id, neu: plan.plan_id })}
          >
            {t("Mit dem vorigen vergleichen")}
          </a>
        )}
        {!plan.current && <MakeCurrent plan={plan} inForce={holds ? null : answer.in_force} />}
        <Exports id={plan.plan_id} title={plan.title} />
      </div>
      {former.length > 0 && <Former plan={plan} rows={former} answer={answer} />}
    </article>
  );
}

/** The same plan on former blocks: out of the way, but there for whoever needs the former blocks. */
function Former({ plan, rows, answer }: { plan: PlanRow; rows: PlanRow[]; answer: PlansAnswer }) {
  return (
    <details class="plan-former" open={rows.some((row) => row.current)}>
      <summary>{t("Derselbe Plan auf früheren Bausteinen")}</summary>
      <p class="small quiet">
        {t("Dieselben Gebiete, bevor Bausteine geteilt wurden; Beschlüsse und Gültigkeit stehen oben.")}
      </p>
      {rows.map((row) => (
        <div key={row.plan_id} class="plan-acts">
          <b>{t("Bausteine Stand {version}", { version: row.blocks_version })}</b>
          {row.current && <span class="tag look">{t("damit wird gerechnet")}</span>}
          <a class="link" href={addressOf({ teil: "vergleich", alt: row.plan_id, neu: plan.plan_id })}>
            {t("Mit dem übertragenen vergleichen")}
          </a>
          {!row.current && <MakeCurrent plan={row} inForce={answer.in_force} />}
          <Exports
            id={row.plan_id}
            title={t("{plan} (Bausteine Stand {version})", { plan: row.title, version: row.blocks_version })}
          />
        </div>
      ))}
    </details>
  );
}

/** Compute for this plan; beside an adopted plan that holds only after reading what follows. */
function MakeCurrent({ plan, inForce }: { plan: PlanRow; inForce: PlanLabel | null }) {
  const { act, refresh } = useStore();
  const [asked, setAsked] = useState(false);
  const make = async () => {
    const confirmed = inForce !== null;
    if (await act(() => post(`plans/${plan.plan_id}/current`, { confirmed }))) await refresh();
    setAsked(false);
  };
  if (!asked || !inForce)
    return (
      <button type="button" class="button" onClick={() => (inForce ? setAsked(true) : void make())}>
        {t("Mit diesem Plan rechnen")}
      </button>
    );
  return (
    <div class="plan-ask" role="alert">
      <p>{followsText(plan, inForce)}</p>
      <button type="button" class="button strong" onClick={() => void make()}>
        {t("Trotzdem mit diesem Plan rechnen")}
      </button>
      <button type="button" class="link" onClick={() => setAsked(false)}>
        {t("Abbrechen")}
      </button>
    </div>
  );
}

function Exports({ id, title }: { id: string; title: string }) {
  return (
    <span class="plan-exports">
      <span class="small quiet">{t("Speichern als")}</span>
      {FORMATS.map(([format, name]) => (
        <a key={format} class="link" href={`/api/plans/${id}/export?format=${format}`} download>
          {name}
          <span class="unseen">: {title}</span>
        </a>
      ))}
    </span>
  );
}

function Drafts({ answer }: { answer: PlansAnswer }) {
  if (answer.drafts.length === 0) {
    return <p class="quiet">{t("Noch keine Fassung in Überarbeitung.")}</p>;
  }
  return (
    <TableCard label={t("Fassungen")}>
      <table>
        <caption>{t("Fassungen der Gemeinden")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gemeinde")}</th>
            <th scope="col">{t("Fassung")}</th>
            <th scope="col">{t("Stand")}</th>
            <th scope="col" class="number">
              {t("Schritte")}
            </th>
            <th scope="col">{t("begonnen")}</th>
            <th scope="col">
              <span class="unseen">{t("Vergleichen und speichern")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.drafts.map((draft) => (
            <DraftLine key={draft.draft_id} draft={draft} />
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function DraftLine({ draft }: { draft: DraftRow }) {
  return (
    <tr>
      <th scope="row">{draft.town}</th>
      <td class="nowrap">{draft.title}</td>
      <td>{statusText(draft.status)}</td>
      <td class="number">{count(draft.steps)}</td>
      <td>
        {day(draft.created)}, {draft.role}
      </td>
      <td>
        <a href={addressOf({ teil: "vergleich", alt: draft.base, neu: draft.draft_id })}>
          {t("Mit dem Ausgangsplan vergleichen")}
          <span class="unseen">: {`${draft.town}, ${draft.title}`}</span>
        </a>
        {draft.status === "in_revision" && (
          <a class="open-draft" href={`#/zuschnitt?gemeinde=${draft.ags}`}>
            {t("Fassung öffnen")}
            <span class="unseen">: {`${draft.town}, ${draft.title}`}</span>
          </a>
        )}
      </td>
    </tr>
  );
}
