/** The date of the numbers by hand: for a file that names none, or a wrong one. The file keeps its name. */

import { useState } from "preact/hooks";
import { t } from "../words";
import type { Review } from "./types";

interface Props {
  review: Review;
  busy: boolean;
  onDate: (period: string) => void;
}

/** Asked for above the findings where one says that the date is missing; else offered below them. */
export function DateCard({ review, busy, asked, onDate }: Props & { asked: boolean }) {
  if (!review.date_form || review.corrections.period || isMissing(review) !== asked) return null;
  // the form of another file starts empty
  const form = <DateForm key={review.review_id} review={review} busy={busy} onDate={onDate} />;
  if (asked) {
    return (
      <section class="card pad stack" aria-label={t("Stichtag angeben")}>
        <h2>{t("Stichtag angeben")}</h2>
        {form}
      </section>
    );
  }
  return (
    <details class="card dl-source">
      <summary>{t("Stichtag von Hand angeben")}</summary>
      {form}
    </details>
  );
}

/** Whether a finding says that there is no date, or none of the calendar, outside of single cells. */
function isMissing(review: Review): boolean {
  return review.findings.some(
    (one) =>
      one.code === "date" &&
      !one.decision &&
      (one.severity === "error" ? one.found === "" || one.cell === "" : one.found === ""),
  );
}

function DateForm({ review, busy, onDate }: Props) {
  const [typed, setTyped] = useState("");
  const day = review.date_form === "day" || review.date_form === "month_end";
  const field = {
    id: "dl-date",
    "aria-describedby": "dl-date-hint",
    value: typed,
    onInput: (event: { currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value),
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) onDate(typed.trim());
      }}
    >
      <div>
        <label for="dl-date">{label(review.date_form)}</label>
        {day ? (
          <input {...field} type="date" />
        ) : (
          <input {...field} type="text" inputMode="numeric" maxLength={10} />
        )}
        <p id="dl-date-hint" class="small quiet dl-datehint">
          {hint(review.date_form)}
        </p>
      </div>
      <div class="row dl-end">
        <button type="submit" class="button main" disabled={busy || !typed.trim()}>
          {t("Stichtag übernehmen")}
        </button>
      </div>
    </form>
  );
}

function label(form: Review["date_form"]): string {
  if (form === "day") return t("Für welchen Tag gelten die Zahlen?");
  if (form === "month_end") return t("Für welchen Monat gelten die Zahlen? Ein Tag des Monats genügt.");
  return t("Für welches Jahr oder Schuljahr gelten die Zahlen?");
}

function hint(form: Review["date_form"]): string {
  const reach = t("Die Angabe gilt nur für diese Datei.");
  return form === "day" || form === "month_end" ? reach : `${t("Beispiel: 2025 oder 2025/26.")} ${reach}`;
}
