/** "Rückfrage erstellen": a letter, a table of just these rows and a reminder; nothing is sent by itself. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { Arrow, StateIcon } from "../icons";
import { day } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import { dueDay } from "./reading";
import type { Review, ReviewFinding } from "./types";

interface Query {
  query_id: string;
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
  const [made, setMade] = useState<{ query: Query; due: string } | null>(null);
  const make = () =>
    void act(async () => {
      const asked = { review_id: review.review_id, findings: findings.map((one) => one.id), due };
      setMade({ query: await post<Query>("requests/queries", asked), due });
      onAsked();
    });
  if (findings.length === 0 && !made) return null;
  return (
    <section class="card dl-query" aria-label={heading(review)} aria-live="polite">
      <h2>{heading(review)}</h2>
      {findings.length > 0 && (
        <>
          <LetterPreview review={review} findings={findings} />
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
            <button type="button" class="button main large" disabled={busy || !due} onClick={make}>
              {t("Rückfrage erstellen")} <Arrow />
            </button>
          </div>
        </>
      )}
      {made && <Files query={made.query} due={made.due} />}
      <p class="small quiet">
        {t("Es entstehen ein Brief, eine Tabelle und ein Termin. Nichts wird von selbst verschickt.")}
      </p>
    </section>
  );
}

function heading(review: Review): string {
  return review.holder ? t("Rückfrage an: {holder}", { holder: review.holder }) : t("Rückfrage");
}

function LetterPreview({ review, findings }: Pick<Props, "review" | "findings">) {
  return (
    <div class="dl-letter small">
      <p>{t("Guten Tag,")}</p>
      <p>
        {plural(
          "zu Ihrer Lieferung „{title}“ haben wir eine Frage:",
          "zu Ihrer Lieferung „{title}“ haben wir {count} Fragen:",
          findings.length,
          { title: review.title || review.file_name, count: findings.length },
        )}
      </p>
      <ul class="list">
        {findings.map((one) => (
          <li key={one.id}>
            {one.place && `${one.place}: `}
            {one.what}
          </li>
        ))}
      </ul>
      <p>
        {plural(
          "Bitte tragen Sie die Antwort in die beigefügte Tabelle ein ({count} Zeile).",
          "Bitte tragen Sie die Antworten in die beigefügte Tabelle ein ({count} Zeilen).",
          findings.length,
          { count: findings.length },
        )}
      </p>
    </div>
  );
}

function Files({ query, due }: { query: Query; due: string }) {
  const files = [
    { name: "letter", title: t("Brief speichern") },
    { name: "table", title: t("Tabelle speichern") },
    { name: "reminder", title: t("Termin speichern") },
  ];
  return (
    <div class="stack">
      <p class="dl-fine">
        <StateIcon shape="tick" size={18} />{" "}
        {t("Die Rückfrage ist erstellt. Antwort erbeten bis {day}.", { day: day(due) })}
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
        {t(
          "Kommt die ausgefüllte Tabelle oder eine berichtigte Datei zurück, legen Sie sie unter „Daten“ ab.",
        )}
      </p>
    </div>
  );
}
