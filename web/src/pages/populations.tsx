import { useState } from "preact/hooks";
import { type Job, post } from "../api";
import { count, day } from "../numbers";
import { TableCard, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import "../trace/trace.css";

interface NumberOf {
  source: string;
  number: number | null;
  period: string;
  difference: number | null;
  reasons: string[];
}

interface Choice {
  base: string;
  title: string;
  effect: string;
  why_not: string;
}

interface Edition {
  period: string;
  base: string;
  chosen: boolean;
  choices: Choice[];
  rows: [string, string, NumberOf[]][];
  dates: string[];
}

interface Answer {
  titles: Record<string, string>;
  editions: Edition[];
  dates_differ: string[];
}

/** Inhabitants by register, official number, census and blocks, and the base an edition counts by. */
export function Populations() {
  const answer = useAnswer<Answer>("base-population");
  const [wanted, setWanted] = useState("");
  if (!answer) return <Waiting />;
  const edition = answer.editions.find((one) => one.period === wanted) ?? answer.editions[0];
  return (
    <div class="page two">
      <Title title={t("Einwohnerzahlen im Abgleich")}>
        {t("Jede Quelle zählt etwas anders. Eine Ausgabe rechnet mit einer davon.")}
      </Title>
      {edition ? (
        <>
          <div class="column">
            {answer.editions.length > 1 && (
              <div>
                <label for="edition">{t("Stichtag")}</label>
                <select
                  id="edition"
                  value={edition.period}
                  onChange={(event) => setWanted(event.currentTarget.value)}
                >
                  {answer.editions.map((one) => (
                    <option key={one.period} value={one.period}>
                      {day(one.period)}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <Compared titles={answer.titles} edition={edition} />
          </div>
          <aside>
            <ChooseBase key={edition.period} edition={edition} />
            <Dates sentences={answer.dates_differ} />
          </aside>
        </>
      ) : (
        <p class="column">
          {t("Hier stehen die Einwohnerzahlen, sobald Stichtage festgelegt oder gerechnet sind.")}
        </p>
      )}
    </div>
  );
}

function Compared({ titles, edition }: { titles: Record<string, string>; edition: Edition }) {
  const sources = edition.rows[0]?.[2].map((one) => one.source) ?? [];
  return (
    <TableCard label={t("Einwohnerzahlen im Abgleich")}>
      <table class="figures tr-populations">
        <caption>{t("Einwohnerzahlen je Gemeinde, {day}", { day: day(edition.period) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gemeinde")}</th>
            {sources.map((source) => (
              <th scope="col" key={source} class="number">
                {titles[source]}
                {source === edition.base && <span class="small quiet"> ({t("gilt")})</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {edition.rows.map(([ags, name, numbers]) => (
            <tr key={ags}>
              <th scope="row">{name}</th>
              {numbers.map((one) => (
                <td key={one.source} class="number">
                  <Cell one={one} edition={edition} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function Cell({ one, edition }: { one: NumberOf; edition: Edition }) {
  if (one.number === null) return <span class="quiet">{t("nicht geliefert")}</span>;
  const sign = one.difference !== null && one.difference > 0 ? "+" : "";
  return (
    <>
      {one.source === edition.base ? <b>{count(one.number)}</b> : count(one.number)}
      {one.difference !== null && one.difference !== 0 && ` (${sign}${count(one.difference)})`}
      {one.reasons.length > 0 && <span class="small quiet tr-why">{one.reasons.join("; ")}</span>}
    </>
  );
}

function ChooseBase({ edition }: { edition: Edition }) {
  const { act, follow, refresh, state } = useStore();
  const [base, setBase] = useState(edition.base);
  const old = state.steps.find((step) => step.key === "indicators")?.action === "compute";
  const save = async (event: Event) => {
    event.preventDefault();
    if (await act(() => post("base-population", { edition: edition.period, base }))) await refresh();
  };
  return (
    <form class="card pad stack" onSubmit={(event) => void save(event)}>
      <h2>{t("Womit diese Ausgabe rechnet")}</h2>
      <fieldset class="tr-choices">
        <legend class="unseen">{t("Womit diese Ausgabe rechnet")}</legend>
        {edition.choices.map((choice) => (
          <label key={choice.base}>
            <input
              type="radio"
              name="base"
              value={choice.base}
              checked={base === choice.base}
              disabled={choice.why_not !== ""}
              onChange={() => setBase(choice.base)}
            />
            <span>
              <b>{choice.title}</b>
              <br />
              <span class="small quiet">{choice.why_not || choice.effect}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button" disabled={base === edition.base}>
        {t("Einwohnerbasis festlegen")}
      </button>
      {base === edition.base && <p class="small quiet">{t("Diese Basis gilt bereits.")}</p>}
      {old && (
        <button type="button" class="button main" onClick={() => void follow(post<Job>("compute"))}>
          {t("Neu berechnen")}
        </button>
      )}
    </form>
  );
}

function Dates({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section class="card pad stack">
      <h2>{t("Verschiedene Stichtage")}</h2>
      <ul class="small list">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
