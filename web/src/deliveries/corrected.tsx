/** Which waiting file this one corrects: as it was found, another one, or none. */

import { useState } from "preact/hooks";
import { ProblemBox } from "../parts";
import { t } from "../words";
import { useAttempt } from "./attempt";
import type { Review } from "./types";

interface Props {
  review: Review;
  busy: boolean;
  /** Rejects with the reason where it cannot be. */
  onSay: (to: string) => Promise<void>;
}

export function Corrected({ review, busy, onSay }: Props) {
  if (!review.answers_to && review.correctable.length === 0) return null;
  return (
    <div class={review.answers_to ? "dl-note dl-which small" : "card dl-source dl-which"}>
      {review.answers_to && (
        <p role="status">
          {t("Diese Datei berichtigt „{file}“. Mit der Übernahme ist auch jene Lieferung erledigt.", {
            file: review.answers_file,
          })}
        </p>
      )}
      {/* begun anew when another file is the one that is corrected */}
      <Choice key={review.answers_to} review={review} busy={busy} onSay={onSay} />
    </div>
  );
}

function Choice({ review, busy, onSay }: Props) {
  const [to, setTo] = useState(review.answers_to);
  const { problem, working, attempt } = useAttempt();
  return (
    <details>
      <summary>
        {review.answers_to
          ? t("Stimmt das nicht?")
          : t("Berichtigt diese Datei eine andere, die noch wartet?")}
      </summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(() => onSay(to));
        }}
      >
        <div>
          <label for="dl-which">{t("Diese Datei berichtigt")}</label>
          <select id="dl-which" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
            {review.correctable.map((one) => (
              <option key={one.value} value={one.value}>
                {one.title}
              </option>
            ))}
            <option value="">{t("keine, sie ist eine eigene Lieferung")}</option>
          </select>
        </div>
        {problem && <ProblemBox problem={problem} />}
        <div>
          <button type="submit" class="button" disabled={busy || working || to === review.answers_to}>
            {t("Speichern")}
          </button>
        </div>
      </form>
    </details>
  );
}
