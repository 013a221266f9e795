/** How a delivery ended: taken over with what is to be computed again, the same file, a file that cannot be read. */

import { type Job, post } from "../api";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { moment } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import type { Affected, Review, Taken } from "./types";

export function TakenCard({ taken }: { taken: Taken }) {
  const { follow, job } = useStore();
  const count = taken.affected.indicators.length;
  const busy = job?.state === "running";
  return (
    <section class="card dl-taken" aria-live="polite">
      <h2>
        <StateIcon shape="tick" size={18} /> {takenSentence(taken)}
      </h2>
      <ul class="small list">
        {taken.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {count > 0 && (
        <>
          <h3>{t("Neu zu rechnen")}</h3>
          <ul class="list">
            {taken.affected.indicators.map((one) => (
              <li key={one.id}>{one.title}</li>
            ))}
            {alsoAffected(taken.affected).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <button
            type="button"
            class="button main large"
            disabled={busy}
            onClick={() => void follow(post<Job>("compute"))}
          >
            {t("Neu berechnen")} <Arrow />
          </button>
        </>
      )}
    </section>
  );
}

export function takenSentence(taken: Taken): string {
  const count = taken.affected.indicators.length;
  const when = moment(taken.when);
  if (count === 0) return t("Übernommen: {when}.", { when });
  return plural(
    "Übernommen: {when}. {count} Indikator ist neu zu rechnen.",
    "Übernommen: {when}. {count} Indikatoren sind neu zu rechnen.",
    count,
    { when, count },
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
              {one.what} {one.todo}
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
