/** Files that were read and wait: what is open in each, and the way to it. */

import { type Job, post } from "../api";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { count, moment } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import { openPoints } from "./list";
import type { ReviewRow } from "./types";

export function ReviewList({ reviews, busy }: { reviews: ReviewRow[]; busy: boolean }) {
  const { follow } = useStore();
  const ready = reviews.filter((one) => one.state === "ready");
  if (reviews.length === 0) return null;
  return (
    <section class="card dl-reviews" aria-label={t("Zu prüfen")}>
      <h2>
        {plural("{count} Lieferung zu prüfen", "{count} Lieferungen zu prüfen", reviews.length, {
          count: count(reviews.length),
        })}
      </h2>
      <ul>
        {reviews.map((review, place) => (
          <Row key={review.review_id} review={review} first={place === 0} />
        ))}
      </ul>
      {ready.length > 1 && (
        <div class="row dl-end">
          <span class="small quiet">
            {plural(
              "{count} Datei ist ohne offene Befunde.",
              "{count} Dateien sind ohne offene Befunde.",
              ready.length,
              {
                count: count(ready.length),
              },
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
        </div>
      )}
    </section>
  );
}

function Row({ review, first }: { review: ReviewRow; first: boolean }) {
  return (
    <li>
      <RowIcon review={review} />
      <div class="dl-rowtext">
        <b>{review.title || review.file_name}</b>
        <span class="small quiet">
          {review.title && `${review.file_name} · `}
          {t("gelesen: {when}", { when: moment(review.received_at) })}
        </span>
        <span class="small">{openPoints(review)}</span>
      </div>
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

function RowIcon({ review }: { review: ReviewRow }) {
  if (review.state === "refused" || review.errors > 0) return <ErrorIcon />;
  return <StateIcon shape={review.state === "ready" ? "tick" : "triangle"} size={18} />;
}
