/** A list of addresses: placed by the register, likely spellings confirmed in bulk, given back with areas. */

import { useEffect, useState } from "preact/hooks";
import { useAttempt } from "../deliveries/attempt";
import { StateIcon } from "../icons";
import { count } from "../numbers";
import { DropZone, ProblemBox } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import { saveFile, sendFile } from "./sending";
import { Spellings } from "./spellings";
import { type ListAnswer, resultOf } from "./types";
import { addressesWord } from "./words";

interface Wishes {
  interpolate: boolean;
  confirmed: string[];
  refused: string[];
}

const NOTHING: Wishes = { interpolate: false, confirmed: [], refused: [] };

export function ListCard({ busy, hasPlan }: { busy: boolean; hasPlan: boolean }) {
  const { job, follow } = useStore();
  // the file stays in this window only; it is sent again for every question
  const [file, setFile] = useState<File | null>(null);
  const [wishes, setWishes] = useState<Wishes>(NOTHING);
  const [mine, setMine] = useState("");
  const [answer, setAnswer] = useState<ListAnswer | null>(null);
  const found = job?.id === mine ? resultOf(job).address_list : undefined;
  useEffect(() => {
    if (found) setAnswer(found);
  }, [found]);
  const place = (chosen: File, next: Wishes, learn = false) => {
    setFile(chosen);
    setWishes(next);
    const fields = { wishes: JSON.stringify(next), learn: learn ? "true" : "false" };
    const known = async () => {
      const begun = await sendFile("addresses/list", chosen, fields);
      setMine(begun.id);
      return begun;
    };
    void follow(known());
  };
  const close = () => {
    setFile(null);
    setAnswer(null);
    setWishes(NOTHING);
  };
  return (
    <section class="ad-read" aria-label={t("Adressliste zuordnen")}>
      {!(file && answer) && (
        <div class="ad-quiet">
          <DropZone
            title={t("Adressliste zuordnen")}
            hint={t(
              "Eine Tabelle mit Straße und Hausnummer. Sie bekommen dieselbe Tabelle mit Gebietsschlüssel und Gebiet zurück. Die Liste wird nur gelesen und nirgends gespeichert.",
            )}
            disabled={busy}
            onFiles={(files) => files[0] && place(files[0], NOTHING)}
          />
        </div>
      )}
      {file && answer && (
        <div class="card pad stack" aria-live="polite">
          <Result answer={answer} />
          <Between
            on={wishes.interpolate}
            busy={busy}
            answer={answer}
            onChange={(interpolate) => place(file, { ...wishes, interpolate })}
          />
          {answer.spellings.length > 0 && (
            <Spellings
              key={answer.spellings.map((one) => one.key).join()}
              answer={answer}
              busy={busy}
              onConfirm={(keys) =>
                place(file, { ...wishes, confirmed: [...wishes.confirmed, ...keys] }, true)
              }
              onRefuse={(keys) => place(file, { ...wishes, refused: [...wishes.refused, ...keys] })}
            />
          )}
          <Reasons answer={answer} />
          <End file={file} wishes={wishes} busy={busy} hasPlan={hasPlan} onClose={close} />
        </div>
      )}
    </section>
  );
}

function Result({ answer }: { answer: ListAnswer }) {
  const { exact, likely, none } = answer.counts;
  const read = answer.columns.map((one) => `${one.part}: „${one.head}“`).join(", ");
  const parts = [
    { shape: "tick" as const, words: t("sicher zugeordnet"), rows: exact },
    { shape: "triangle" as const, words: t("wahrscheinlich"), rows: likely },
    { shape: "ring" as const, words: t("nicht zugeordnet"), rows: none },
  ];
  return (
    <>
      <h2>{t("{file}: {count}", { file: answer.file, count: addressesWord(answer.rows) })}</h2>
      <p class="small quiet">{t("Gelesen: {columns}", { columns: read })}</p>
      <ul class="ad-counts">
        {parts.map((part) => (
          <li key={part.words}>
            <StateIcon shape={part.shape} size={18} />
            <b class="big">{count(part.rows)}</b>
            <span>{part.words}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface BetweenProps {
  on: boolean;
  busy: boolean;
  answer: ListAnswer;
  onChange: (on: boolean) => void;
}

function Between({ on, busy, answer, onChange }: BetweenProps) {
  return (
    <div>
      <label class="ad-check">
        <input
          type="checkbox"
          checked={on}
          disabled={busy}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {t("Unbekannte Hausnummern zwischen ihre Nachbarn legen")}
      </label>
      {on && (
        <p class="small quiet">
          {plural(
            "{count} Adresse liegt zwischen ihren Nachbarn; sie ist in der Tabelle gekennzeichnet.",
            "{count} Adressen liegen zwischen ihren Nachbarn; sie sind in der Tabelle gekennzeichnet.",
            answer.interpolated,
            { count: count(answer.interpolated) },
          )}
        </p>
      )}
    </div>
  );
}

function Reasons({ answer }: { answer: ListAnswer }) {
  if (answer.reasons.length === 0) return null;
  return (
    <table class="figures ad-reasons">
      <caption>{t("Warum nicht zugeordnet")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("Grund")}</th>
          <th scope="col" class="number">
            {t("Adressen")}
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.reasons.map((one) => (
          <tr key={one.why}>
            <td>{one.why}</td>
            <td class="number">{count(one.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface EndProps {
  file: File;
  wishes: Wishes;
  busy: boolean;
  hasPlan: boolean;
  onClose: () => void;
}

function End({ file, wishes, busy, hasPlan, onClose }: EndProps) {
  const { problem, working, attempt } = useAttempt();
  const [saved, setSaved] = useState("");
  const save = () =>
    void attempt(async () =>
      setSaved(await saveFile("addresses/list/workbook", file, { wishes: JSON.stringify(wishes) })),
    );
  return (
    <>
      {problem && <ProblemBox problem={problem} />}
      <div class="ad-end">
        <button type="button" class="button main large" disabled={busy || working || !hasPlan} onClick={save}>
          {working ? t("Wird geschrieben …") : t("Liste mit Gebieten speichern")}
        </button>
        <button type="button" class="link" onClick={onClose}>
          {t("Liste schließen")}
        </button>
        <span class="small" role="status">
          {saved && !working && t("Gespeichert: {file}", { file: saved })}
        </span>
        {!hasPlan && <p class="small">{t("Es gibt noch keine Gebiete.")}</p>}
      </div>
    </>
  );
}
