/** Files that were read and wait: what is open in each, the way to it, and several put back at once. */

import { useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { count, moment } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import { openPoints, reviewsWithWords, SEARCHED_FROM } from "./list";
import { PutBackDialog } from "./put_back_dialog";
import type { ReviewRow } from "./types";

export function ReviewList({ reviews, busy }: { reviews: ReviewRow[]; busy: boolean }) {
  const { follow } = useStore();
  const [words, setWords] = useState("");
  const [all, setAll] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const ready = reviews.filter((one) => one.state === "ready");
  if (reviews.length === 0) return null;
  const many = reviews.length > SEARCHED_FROM;
  const found = many ? reviewsWithWords(reviews, words) : reviews;
  const shown = choosing || all || words.trim() !== "" ? found : found.slice(0, SEARCHED_FROM);
  return (
    <section class="card dl-reviews" aria-label={t("Zu prüfen")}>
      <h2>
        {plural("{count} Lieferung zu prüfen", "{count} Lieferungen zu prüfen", reviews.length, {
          count: count(reviews.length),
        })}
      </h2>
      {many && (
        <div class="dl-words">
          <label for="dl-review-search">{t("Zu Prüfendes suchen: Quelle, Datei oder was offen ist")}</label>
          <input
            id="dl-review-search"
            type="search"
            autocomplete="off"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
          <p class="small quiet" role="status">
            {words.trim() !== "" &&
              plural("{count} Treffer", "{count} Treffer", found.length, { count: count(found.length) })}
          </p>
        </div>
      )}
      {choosing ? (
        <Choosing reviews={shown} all={reviews} busy={busy} onDone={() => setChoosing(false)} />
      ) : (
        <>
          <ul>
            {shown.map((review, place) => (
              <Row key={review.review_id} review={review} first={place === 0} />
            ))}
          </ul>
          {found.length > shown.length && (
            <button type="button" class="link" onClick={() => setAll(true)}>
              {t("Alle {count} zeigen", { count: count(found.length) })}
            </button>
          )}
          {reviews.length > 1 && (
            <div class="row dl-end">
              <button type="button" class="link" disabled={busy} onClick={() => setChoosing(true)}>
                {t("Mehrere zurücklegen …")}
              </button>
              {ready.length > 1 && (
                <>
                  <span class="small quiet">
                    {plural(
                      "{count} Datei ist ohne offene Befunde.",
                      "{count} Dateien sind ohne offene Befunde.",
                      ready.length,
                      { count: count(ready.length) },
                    )}
                  </span>
                  <button
                    type="button"
                    class="button strong"
                    disabled={busy}
                    onClick={() => void follow(post<Job>("reviews/take-over", {}))}
                  >
                    {t("Alle ohne offene Befunde übernehmen")}
                  </button>
                </>
              )}
            </div>
          )}
        </>
      )}
    </section>
  );
}

interface ChoosingProps {
  /** Those that are shown: all, or what was searched for. */
  reviews: ReviewRow[];
  all: ReviewRow[];
  busy: boolean;
  onDone: () => void;
}

/** The list with a box for each file; nothing is removed before it is confirmed. */
function Choosing({ reviews, all, busy, onDone }: ChoosingProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const wanted = all.filter((one) => chosen.has(one.review_id));
  const every = reviews.length > 0 && reviews.every((one) => chosen.has(one.review_id));
  const change = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const ids = reviews.map((one) => one.review_id);
  return (
    <fieldset class="dl-choosing">
      <legend>{t("Welche Lieferungen sollen zurückgelegt werden?")}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={every}
          onChange={(event) => change(ids, event.currentTarget.checked)}
        />
        {plural("{count} gezeigte auswählen", "alle {count} gezeigten auswählen", reviews.length, {
          count: count(reviews.length),
        })}
      </label>
      <ul>
        {reviews.map((review) => (
          <li key={review.review_id}>
            <label class="check">
              <input
                type="checkbox"
                checked={chosen.has(review.review_id)}
                onChange={(event) => change([review.review_id], event.currentTarget.checked)}
              />
              <RowText review={review} />
            </label>
          </li>
        ))}
      </ul>
      <div class="row dl-end">
        <button type="button" class="button" onClick={onDone}>
          {t("Abbrechen")}
        </button>
        <button
          type="button"
          class="button main"
          disabled={busy || wanted.length === 0}
          onClick={() => setAsked(true)}
        >
          {plural("{count} Lieferung zurücklegen", "{count} Lieferungen zurücklegen", wanted.length, {
            count: count(wanted.length),
          })}
        </button>
      </div>
      {asked && <PutBackDialog reviews={wanted} onDone={onDone} onClose={() => setAsked(false)} />}
    </fieldset>
  );
}

function Row({ review, first }: { review: ReviewRow; first: boolean }) {
  return (
    <li>
      <RowIcon review={review} />
      <RowText review={review} />
      <a
        class={first ? "button main" : "button"}
        href={`#/lieferung?id=${encodeURIComponent(review.review_id)}`}
        aria-label={t("Lieferung prüfen: {title}", { title: review.title || review.file_name })}
      >
        {t("Lieferung prüfen")} {first && <Arrow />}
      </a>
    </li>
  );
}

function RowText({ review }: { review: ReviewRow }) {
  return (
    <span class="dl-rowtext">
      <b>{review.title || review.file_name}</b>
      <span class="small quiet">
        {review.title && `${review.file_name} · `}
        {t("gelesen: {when}", { when: moment(review.received_at) })}
      </span>
      <span class="small">{openPoints(review)}</span>
    </span>
  );
}

function RowIcon({ review }: { review: ReviewRow }) {
  if (review.state === "refused" || review.errors > 0) return <ErrorIcon />;
  return <StateIcon shape={review.state === "ready" ? "tick" : "triangle"} size={18} />;
}
