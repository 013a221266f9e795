/** How a delivery ended: taken over with what is to be computed again, the same file, a file that cannot be read. */

import { useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { day } from "../numbers";
import { JobCard } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import { shownHead } from "./reading";
import type { Affected, Review, Taken } from "./types";

export function TakenCard({ taken }: { taken: Taken }) {
  const again = taken.affected.indicators.length > 0;
  return (
    <section class="card dl-taken" aria-live="polite">
      <h2>
        <StateIcon shape="tick" size={18} /> {takenSentence(taken)}
      </h2>
      <ul class="small list">
        {taken.sentences.map((sentence) => (
          <li key={sentence}>{shownHead(sentence)}</li>
        ))}
      </ul>
      {again ? (
        <Again affected={taken.affected} />
      ) : (
        <a class="button" href="#/daten">
          {t("Zu den Daten")}
        </a>
      )}
    </section>
  );
}

/** What is to be computed again, how far that is, and where the new numbers stand. */
function Again({ affected }: { affected: Affected }) {
  const { follow, job, cancel } = useStore();
  // the job that took the delivery over ended as well; only a later one has computed
  const [before, setBefore] = useState<string | null>(null);
  const running = job?.state === "running";
  if (before !== null && job?.state === "done" && job.id !== before) {
    return (
      <>
        <p>
          <StateIcon shape="tick" size={18} /> {t("Neu gerechnet. Alle Seiten zeigen die neuen Werte.")}
        </p>
        <a class="button main" href="#/indikatoren">
          {t("Indikatoren ansehen")} <Arrow />
        </a>
      </>
    );
  }
  return (
    <>
      <h3>{t("Neu zu rechnen")}</h3>
      <ul class="list">
        {[...affected.indicators.map((one) => one.title), ...alsoAffected(affected)].map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      {running ? (
        <JobCard job={job} onCancel={cancel} />
      ) : (
        <button
          type="button"
          class="button main large"
          onClick={() => {
            setBefore(job?.id ?? "");
            void follow(post<Job>("compute"));
          }}
        >
          {t("Neu berechnen")} <Arrow />
        </button>
      )}
    </>
  );
}

export function takenSentence(taken: Taken): string {
  const count = taken.affected.indicators.length;
  const when = day(taken.when);
  if (count === 0) return t("Übernommen am {day}.", { day: when });
  return plural(
    "Übernommen am {day}; {count} Indikator ist neu zu rechnen.",
    "Übernommen am {day}; {count} Indikatoren sind neu zu rechnen.",
    count,
    { day: when, count },
  );
}

function alsoAffected(affected: Affected): string[] {
  const parts: string[] = [];
  if (affected.index) parts.push(t("Index"));
  if (affected.need) parts.push(t("Bedarf"));
  return parts;
}

function closedTitle(review: Review): string {
  if (review.state === "refused") return t("Diese Datei lässt sich nicht lesen");
  return review.state === "unchanged" ? t("Nichts geändert") : t("Erledigt");
}

/** A file that changes nothing, or that cannot be read at all: one sentence and what comes next. */
export function ClosedCard({ review, onPutBack }: { review: Review; onPutBack: () => void }) {
  const refused = review.state === "refused";
  // the headline often is the first finding already
  const more = review.findings.filter((one) => !review.headline.includes(one.what));
  return (
    <section class="card dl-closed" aria-live="polite">
      <h2>
        {refused ? <ErrorIcon /> : <StateIcon shape="tick" size={18} />} {closedTitle(review)}
      </h2>
      <p>{review.headline}</p>
      {more.length > 0 && (
        <ul class="list">
          {more.map((one) => (
            <li key={one.id}>
              {one.place && `${one.place}: `}
              {shownHead(one.what)} {shownHead(one.todo)}
            </li>
          ))}
        </ul>
      )}
      {refused && review.kept && (
        <p class="quiet">{t("Die Datei bleibt unverändert im Projekt, bis Sie sie zurücklegen.")}</p>
      )}
      <div class="row">
        <a class="button" href="#/daten">
          {t("Zu den Daten")}
        </a>
        {refused && (
          <button type="button" class="link" onClick={onPutBack}>
            {t("Lieferung zurücklegen")}
          </button>
        )}
      </div>
    </section>
  );
}
