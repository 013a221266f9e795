/** "Lücken": what is there, late, missing or not to be had, and asking for it. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Arrow } from "../icons";
import { day } from "../numbers";
import { Empty, Title, Waiting } from "../parts";
import { useAnswer } from "../store";
import type { Kept } from "../typed";
import { plural, t } from "../words";
import { Downloads } from "./downloads";
import { cellKey, cellsByPlace, firstYear } from "./gap_list";
import { type GapEntries, GapPanel } from "./gap_panel";
import { GapKey, GapTable, type Place } from "./gap_table";
import { RhythmCard } from "./rhythm_card";
import type { GapsAnswer, RequestAnswer } from "./types";
import "./requests.css";

export function GapsPage() {
  const answer = useAnswer<GapsAnswer>("gaps");
  const requests = useAnswer<RequestAnswer[]>("requests");
  const [picked, setYear] = useState("");
  const [place, setPlace] = useState<Place | null>(null);
  const panel = useRef<HTMLElement>(null);
  // what was typed for a gap stays while others are looked at
  const typed = useRef(new Map<string, Kept<GapEntries>>());
  const keptOf = (key: string) => {
    const kept = typed.current.get(key) ?? { typed: {} };
    typed.current.set(key, kept);
    return kept;
  };
  useLayoutEffect(() => {
    if (place && !matchMedia("(min-width: 1101px)").matches) showPanel(panel.current);
  }, [place]);
  if (!answer) return <Waiting />;
  const year = answer.years.includes(picked) ? picked : firstYear(answer);
  // the year stays the one somebody works in, also when another becomes the first with something late
  const choose = (one: Place) => {
    setPlace(one);
    setYear(one.year);
  };
  const chosen = place?.year === year ? place : null;
  const set = answer.data_sets.find((one) => one.data_set_id === chosen?.data_set);
  return (
    <div class="page rq-page">
      <div class="rq-head">
        <Title title={t("Lücken")}>{lead(answer)}</Title>
        {answer.data_sets.length > 0 && <Years years={answer.years} year={year} onYear={setYear} />}
      </div>
      {answer.data_sets.length === 0 || answer.municipalities.length === 0 ? (
        <Nothing answer={answer} />
      ) : (
        <div class="rq-desk">
          <div class="column">
            <GapKey answer={answer} year={year} />
            <GapTable answer={answer} year={year} chosen={chosen} onChoose={choose} />
            {requests && requests.length > 0 && <Written requests={requests} />}
          </div>
          <aside class="column" ref={panel}>
            {chosen && set ? (
              <GapPanel
                key={cellKey(chosen.data_set, chosen.ags, chosen.year)}
                answer={answer}
                place={chosen}
                set={set}
                cell={cellsByPlace(answer).get(cellKey(chosen.data_set, chosen.ags, chosen.year))}
                kept={keptOf(cellKey(chosen.data_set, chosen.ags, chosen.year))}
              />
            ) : (
              <section class="card pad">
                <p>
                  {t("Wählen Sie ein Feld der Tabelle: Dann stehen hier Zuständige, Frist und Anforderung.")}
                </p>
              </section>
            )}
            <RhythmCard answer={answer} />
            <nav class="card pad rq-ways" aria-label={t("Weiteres zu den Lücken")}>
              <a href="#/katalog">{t("Katalog")}</a>
              <a href="#/rueckfragen">{t("Rückfragen")}</a>
              <a href="#/daten">{t("Lieferungen")}</a>
            </nav>
          </aside>
        </div>
      )}
    </div>
  );
}

/** Where the panel stands below the table it comes into view and is the next thing read. */
function showPanel(panel: HTMLElement | null): void {
  const heading = panel?.querySelector<HTMLElement>("h2");
  heading?.focus({ preventScroll: true });
  panel?.scrollIntoView({ block: "start" });
}

function lead(answer: GapsAnswer): string {
  const { late } = answer.counts;
  if (late > 0)
    return plural("{count} Lieferung ist überfällig.", "{count} Lieferungen sind überfällig.", late, {
      count: late,
    });
  return t("Nichts ist überfällig. Stand {day}.", { day: day(answer.today) });
}

function Years({ years, year, onYear }: { years: string[]; year: string; onYear: (year: string) => void }) {
  return (
    <fieldset class="rq-years">
      <legend class="unseen">{t("Jahr")}</legend>
      {years.map((one) => (
        <button
          key={one}
          type="button"
          class={one === year ? "button strong" : "button"}
          aria-pressed={one === year}
          onClick={() => onYear(one)}
        >
          {one}
        </button>
      ))}
    </fieldset>
  );
}

function Nothing({ answer }: { answer: GapsAnswer }) {
  if (answer.municipalities.length === 0)
    return (
      <Empty text={t("Noch keine Gemeinden. Lesen Sie zuerst die Bausteine ein.")}>
        <a class="button main" href="#/gebiete">
          {t("Zu den Gebieten")} <Arrow />
        </a>
      </Empty>
    );
  return (
    <Empty
      text={t("Noch keine Datensätze. Tragen Sie ein, wer was liefert, oder übernehmen Sie eine Lieferung.")}
    >
      <a class="button main" href="#/katalog">
        {t("Zum Katalog")} <Arrow />
      </a>
    </Empty>
  );
}

function Written({ requests }: { requests: RequestAnswer[] }) {
  return (
    <section class="card pad stack">
      <h2>{t("Geschriebene Anforderungen")}</h2>
      <ul class="rq-written">
        {requests.map((one) => (
          <li key={one.request_id}>
            <div>
              <b>
                {one.request_id}: {one.title}
              </b>
              <span class="small quiet">
                {t("Stichtag {day}", { day: day(one.period) })}, {one.towns.join(", ")}
              </span>
              <span class="small quiet">
                {one.to[0]}, {t("Daten bis {day}", { day: day(one.due) })}
              </span>
            </div>
            <Downloads
              base={`requests/${one.request_id}`}
              kinds={Object.keys(one.files ?? {})}
              of={one.request_id}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
