/** Put several waiting files back, after one confirmation; what the server refuses is said here. */

import { post } from "../api";
import { Dialog } from "../editor/dialog";
import { count } from "../numbers";
import { ProblemBox } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import { useAttempt } from "./attempt";
import type { ReviewRow } from "./types";

interface Props {
  reviews: ReviewRow[];
  onDone: () => void;
  onClose: () => void;
}

export function PutBackDialog({ reviews, onDone, onClose }: Props) {
  const { refresh } = useStore();
  const { problem, working, attempt } = useAttempt();
  const putBack = () =>
    void attempt(async () => {
      await post("reviews/put-back", { reviews: reviews.map((one) => one.review_id) });
      onDone();
      await refresh();
    });
  const close = () => {
    onClose();
    // one of them may have been taken over in another window
    if (problem) void refresh();
  };
  return (
    <Dialog
      title={plural("{count} Lieferung zurücklegen?", "{count} Lieferungen zurücklegen?", reviews.length, {
        count: count(reviews.length),
      })}
      onClose={close}
    >
      <p>
        {t(
          "Diese Dateien werden nicht übernommen und aus dem Projekt entfernt. Korrekturen und Entscheidungen dazu gehen verloren. An den bisherigen Werten ändert sich nichts.",
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul class="small list dl-names" tabIndex={0} aria-label={t("Dateien")}>
        {reviews.map((one) => (
          <li key={one.review_id}>{one.file_name}</li>
        ))}
      </ul>
      {problem && <ProblemBox problem={problem} />}
      <div class="row dl-end">
        <button type="button" class="button" onClick={close}>
          {t("Behalten")}
        </button>
        <button type="button" class="button main" disabled={working} onClick={putBack}>
          {t("Zurücklegen")}
        </button>
      </div>
    </Dialog>
  );
}
