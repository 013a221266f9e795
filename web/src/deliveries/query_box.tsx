/** "Rückfrage erstellen": a letter, a table of just these rows and a reminder; nothing is sent by itself. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "../api";
import { Arrow, StateIcon } from "../icons";
import { day } from "../numbers";
import { useStore } from "../store";
import { t } from "../words";
import { dueDay } from "./reading";
import type { Review, ReviewFinding } from "./types";

interface Query {
  query_id: string;
  due: string;
  to: string[];
  letter_text: string;
  questions: { number: number; row: number | null; question: string }[];
}

interface Props {
  review: Review;
  findings: ReviewFinding[];
  busy: boolean;
  /** The letter is there; the findings are asked about now. */
  onAsked: () => void;
}

export function QueryBox({ review, findings, busy, onAsked }: Props) {
  const { act } = useStore();
  const [due, setDue] = useState(dueDay(new Date()));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Query | null>(null);
  const chosen = findings.map((one) => one.id);
  const draft = useDraft(review.review_id, chosen, due);
  const make = async () => {
    setMaking(true);
    await act(async () => {
      setMade(await post<Query>("requests/queries", { review_id: review.review_id, findings: chosen, due }));
      onAsked();
    });
    setMaking(false);
  };
  if (findings.length === 0 && !made) return null;
  const holder = draft?.to[0] ?? made?.to[0] ?? review.holder;
  const heading = holder ? t("Rückfrage an: {holder}", { holder }) : t("Rückfrage");
  return (
    <section class="card dl-query" aria-label={heading} aria-live="polite">
      <h2>{heading}</h2>
      {findings.length > 0 && (
        <>
          {draft && <Letter query={draft} />}
          <div class="dl-due">
            <div>
              <label for="dl-due">{t("Antwort bis")}</label>
              <input
                id="dl-due"
                type="date"
                value={due}
                onInput={(event) => setDue(event.currentTarget.value)}
              />
            </div>
            <button
              type="button"
              class="button main large"
              disabled={busy || making || !due}
              onClick={() => void make()}
            >
              {t("Rückfrage erstellen")} <Arrow />
            </button>
          </div>
        </>
      )}
      {made && <Files query={made} />}
      <p class="small quiet">
        {t("Es entstehen ein Brief, eine Tabelle und ein Termin. Nichts wird von selbst verschickt.")}
      </p>
    </section>
  );
}

/** The letter as it would be written now; null while it is on its way or cannot be written. */
function useDraft(review: string, findings: string[], due: string): Query | null {
  const { refused } = useStore();
  const [draft, setDraft] = useState<Query | null>(null);
  const wanted = findings.join(",");
  useEffect(() => {
    if (!wanted || !due) return;
    let still = true;
    const asked = new URLSearchParams({ review_id: review, findings: wanted, due });
    get<Query>(`requests/queries/draft?${asked}`)
      .then((answer) => still && setDraft(answer))
      .catch((error: unknown) => still && refused(error));
    return () => {
      still = false;
    };
  }, [review, wanted, due, refused]);
  return wanted ? draft : null;
}

/** The letter part by part; its table as a list of the questions, which is how it reads best here. */
function Letter({ query }: { query: Query }) {
  const parts = query.letter_text.split(/\n{2,}/);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="dl-letter small" tabIndex={0} aria-label={t("Text des Briefs")}>
      {parts.map((part) =>
        part.includes(" | ") ? (
          <ul key={part} class="list">
            {query.questions.map((one) => (
              <li key={one.number}>
                {one.row !== null && `${t("Zeile {row}", { row: one.row })}: `}
                {one.question}
              </li>
            ))}
          </ul>
        ) : (
          <p key={part}>{part}</p>
        ),
      )}
    </section>
  );
}

function Files({ query }: { query: Query }) {
  const files = [
    { name: "letter", title: t("Brief speichern") },
    { name: "table", title: t("Tabelle speichern") },
    { name: "reminder", title: t("Termin speichern") },
  ];
  return (
    <div class="stack">
      <p class="dl-fine">
        <StateIcon shape="tick" size={18} />{" "}
        {t("Die Rückfrage ist erstellt. Antwort erbeten bis {day}.", { day: day(query.due) })}
      </p>
      <ul class="dl-downloads">
        {files.map((file) => (
          <li key={file.name}>
            <a class="button" download href={`/api/requests/queries/${query.query_id}/${file.name}`}>
              {file.title}
            </a>
          </li>
        ))}
      </ul>
      <p class="small quiet">
        {t("Die ausgefüllte Tabelle oder eine berichtigte Datei legen Sie unter „Daten“ ab.")}
      </p>
    </div>
  );
}
