/** How often an edition is made and by when its data are wanted; who stands as sender in letters. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { day } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import type { GapsAnswer, Rhythm } from "./types";

export function RhythmCard({ answer }: { answer: GapsAnswer }) {
  return (
    <section class="card pad stack">
      <h2>{t("Ausgaben")}</h2>
      <p>{answer.rhythm.sentence}</p>
      <ul class="rq-coming small">
        {answer.rhythm.coming.map((one) => (
          <li key={one.year}>
            <span>{t("Stichtag {day}", { day: day(one.reference) })}</span>
            <span class="quiet">{t("Daten bis {day}", { day: day(one.due) })}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t("Rhythmus ändern")}</summary>
        <RhythmForm rhythm={answer.rhythm} />
      </details>
      <details>
        <summary>{t("Absender der Briefe")}</summary>
        <SenderForm sender={answer.sender} />
      </details>
    </section>
  );
}

function RhythmForm({ rhythm }: { rhythm: Rhythm }) {
  const { act, refresh } = useStore();
  const [years, setYears] = useState(rhythm.years);
  const [first, setFirst] = useState(String(rhythm.first));
  const [reference, setReference] = useState(`2025-${rhythm.reference}`);
  const [due, setDue] = useState(`2025-${rhythm.due}`);
  const save = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      const wanted = { years, first: Number(first), reference: reference.slice(5), due: due.slice(5) };
      await post("gaps/rhythm", wanted);
      await refresh();
    });
  };
  return (
    <form class="rq-fields" onSubmit={save}>
      <div>
        <label for="rq-years">{t("Eine Ausgabe")}</label>
        <select
          id="rq-years"
          value={String(years)}
          onChange={(event) => setYears(Number(event.currentTarget.value))}
        >
          {[1, 2, 3, 4].map((number) => (
            <option key={number} value={String(number)}>
              {plural("jedes Jahr", "alle {count} Jahre", number, { count: number })}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="rq-first">{t("Jahr einer Ausgabe")}</label>
        <input
          id="rq-first"
          inputMode="numeric"
          value={first}
          onInput={(event) => setFirst(event.currentTarget.value)}
        />
      </div>
      <div>
        <label for="rq-reference">{t("Stichtag (Tag und Monat)")}</label>
        <DayAndMonth id="rq-reference" value={reference} onValue={setReference} />
      </div>
      <div>
        <label for="rq-wanted">{t("Daten bis, im Jahr danach")}</label>
        <DayAndMonth id="rq-wanted" value={due} onValue={setDue} />
      </div>
      <button type="submit" class="button">
        {t("Rhythmus speichern")}
      </button>
    </form>
  );
}

/** A day of any year, typed as 31.12. */
function DayAndMonth({ id, value, onValue }: { id: string; value: string; onValue: (iso: string) => void }) {
  const [text, setText] = useState(`${value.slice(8, 10)}.${value.slice(5, 7)}.`);
  const type = (typed: string) => {
    setText(typed);
    const found = /^\s*(\d{1,2})\.\s*(\d{1,2})\.?\s*$/.exec(typed);
    const two = (part: string | undefined) => (part ?? "").padStart(2, "0");
    onValue(found ? `2025-${two(found[2])}-${two(found[1])}` : `2025-${typed}`);
  };
  return <input id={id} value={text} onInput={(event) => type(event.currentTarget.value)} />;
}

function SenderForm({ sender }: { sender: string[] }) {
  const { act, refresh } = useStore();
  const [text, setText] = useState(sender.join("\n"));
  const save = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await post("gaps/sender", { lines: text.split("\n") });
      await refresh();
    });
  };
  return (
    <form class="stack" onSubmit={save}>
      <div>
        <label for="rq-sender">{t("Zeilen des Absenders")}</label>
        <textarea
          id="rq-sender"
          rows={3}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button">
        {t("Absender speichern")}
      </button>
    </form>
  );
}
