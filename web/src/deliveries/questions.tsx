/** A file nobody has described yet: which known source it is, or what can be read in two ways. */

import { useState } from "preact/hooks";
import { plural, t } from "../words";
import { shownHead } from "./reading";
import type { Question, Review } from "./types";

type Given = Record<string, string>;

interface Props {
  review: Review;
  busy: boolean;
  onAnswer: (answers: Given) => void;
  onCell: (cell: string) => void;
}

export function QuestionsCard({ review, busy, onAnswer, onCell }: Props) {
  const [answers, setAnswers] = useState<Given>({});
  const open = review.questions_open.filter((one) => !one.usual);
  const optional = review.questions_open.filter((one) => one.usual);
  const given = open.filter((one) => answers[one.id]).length;
  const changed = Object.keys(answers).some((id) => review.questions_open.some((one) => one.id === id));
  if (review.questions_open.length === 0 && (review.recipe || review.state === "refused")) return null;
  const shown = { answers, onAnswers: setAnswers, onCell };
  return (
    <section class="card pad stack" aria-label={t("Fragen")}>
      <h2>
        {open.length === 0
          ? t("Neue Form von Datei")
          : plural("{count} Frage", "{count} Fragen", open.length, { count: open.length })}
      </h2>
      {open.length > 0 && (
        <p class="small quiet">
          {t("Was sich in dieser Datei auf zwei Arten lesen lässt, entscheiden Sie.")}
        </p>
      )}
      {open.map((question) => (
        <OneQuestion key={question.id} question={question} {...shown} />
      ))}
      {review.said.length > 0 && (
        <details>
          <summary>{t("Was aus der Datei hervorgeht")}</summary>
          <ul class="small list">
            {review.said.map((sentence) => (
              <li key={sentence}>{shownHead(sentence)}</li>
            ))}
          </ul>
        </details>
      )}
      {optional.length > 0 && (
        <details>
          <summary>
            {plural("{count} Angabe, die schon passt", "{count} Angaben, die schon passen", optional.length, {
              count: optional.length,
            })}
          </summary>
          {optional.map((question) => (
            <OneQuestion key={question.id} question={question} {...shown} />
          ))}
        </details>
      )}
      {review.questions_open.length > 0 && (
        <div class="row dl-end">
          {open.length > 0 && (
            <span class="small quiet">{t("{given} von {all} beantwortet", { given, all: open.length })}</span>
          )}
          <button
            type="button"
            class="button main"
            disabled={busy || !changed}
            onClick={() => onAnswer(answers)}
          >
            {t("Antworten übernehmen")}
          </button>
        </div>
      )}
    </section>
  );
}

interface OneProps {
  question: Question;
  answers: Given;
  onAnswers: (answers: Given) => void;
  onCell: (cell: string) => void;
}

/** Beyond this many options a list to open is shorter than buttons below each other. */
const AS_BUTTONS = 6;

function OneQuestion({ question, answers, onAnswers, onCell }: OneProps) {
  const chosen = answers[question.id] ?? question.usual;
  const choose = (value: string) => onAnswers({ ...answers, [question.id]: value });
  const id = `dl-question-${question.id}`;
  return (
    <fieldset class="dl-options dl-question">
      <legend>{shownHead(question.sentence)}</legend>
      {question.cell && (
        <button type="button" class="link" onClick={() => onCell(question.cell)}>
          {t("Zelle {cell} zeigen", { cell: question.cell })}
        </button>
      )}
      {question.options.length <= AS_BUTTONS ? (
        question.options.map((option) => (
          <label key={option.value} class="dl-option">
            <input
              type="radio"
              name={id}
              checked={chosen === option.value}
              onChange={() => choose(option.value)}
            />
            <span>{shownHead(option.title)}</span>
          </label>
        ))
      ) : (
        <select
          aria-label={shownHead(question.sentence)}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{t("bitte wählen")}</option>
          {question.options.map((option) => (
            <option key={option.value} value={option.value}>
              {shownHead(option.title)}
            </option>
          ))}
        </select>
      )}
      {question.typed === "day" && (
        <label class="dl-typed">
          {t("oder ein Datum")}
          <input
            type="date"
            value={isoDay(chosen)}
            onInput={(event) => choose(germanDay(event.currentTarget.value))}
          />
        </label>
      )}
    </fieldset>
  );
}

/** A date field gives "2027-03-01"; files and people write "01.03.2027". */
function germanDay(iso: string): string {
  const [year, month, day] = iso.split("-");
  return day ? `${day}.${month}.${year}` : "";
}

function isoDay(text: string): string {
  const [day, month, year] = text.split(".");
  return year ? `${year}-${month}-${day}` : /^\d{4}-\d\d-\d\d$/.test(text) ? text : "";
}

interface SourceProps {
  review: Review;
  busy: boolean;
  onRecipe: (code: string) => void;
}

/** Which source the file is read as, on every review: what was chosen by hand can be chosen otherwise again. */
export function KnownSources({ review, busy, onRecipe }: SourceProps) {
  const [code, setCode] = useState("");
  const others = review.known_recipes.filter((one) => one.value !== review.recipe);
  if (others.length === 0 && !review.chosen) return null;
  return (
    <details class="card dl-source">
      <summary>{review.recipe ? t("Das ist eine andere Quelle") : t("Doch eine bekannte Quelle?")}</summary>
      <div class="stack">
        {others.length > 0 && (
          <>
            <label for="dl-known">{t("Quelle")}</label>
            <select id="dl-known" value={code} onChange={(event) => setCode(event.currentTarget.value)}>
              <option value="">{t("bitte wählen")}</option>
              {others.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.title}
                </option>
              ))}
            </select>
            <button type="button" class="button" disabled={busy || !code} onClick={() => onRecipe(code)}>
              {t("Als diese Quelle lesen")}
            </button>
          </>
        )}
        {review.chosen && (
          <button type="button" class="link" disabled={busy} onClick={() => onRecipe("")}>
            {t("Auswahl zurücknehmen")}
          </button>
        )}
      </div>
    </details>
  );
}
