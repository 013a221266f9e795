/** The bar at the foot: what hinders taking over, and the two ways out. */

import { useState } from "preact/hooks";
import { Dialog } from "../editor/dialog";
import { ErrorIcon, StateIcon } from "../icons";
import { t } from "../words";
import { hindrance } from "./reading";
import type { Review } from "./types";

interface Props {
  review: Review;
  /** The file is read again after a click. */
  working: boolean;
  busy: boolean;
  onPutBack: () => void;
  onTakeOver: () => void;
}

export function Foot({ review, working, busy, onPutBack, onTakeOver }: Props) {
  const [asked, setAsked] = useState(false);
  const state = hindrance(review);
  return (
    <div class="dl-foot">
      <p id="dl-hindrance" role="status">
        {state.severity === "error" ? (
          <ErrorIcon />
        ) : (
          <StateIcon shape={state.severity === "warning" ? "triangle" : "tick"} size={18} />
        )}
        <span>{working ? t("Die Datei wird neu gelesen …") : state.sentence}</span>
      </p>
      <button type="button" class="button" disabled={busy} onClick={() => setAsked(true)}>
        {t("Lieferung zurücklegen")}
      </button>
      <button
        type="button"
        class={state.free ? "button main large" : "button"}
        disabled={busy || !state.free}
        aria-describedby="dl-hindrance"
        onClick={onTakeOver}
      >
        {t("Übernehmen")}
      </button>
      {asked && (
        <Dialog title={t("Lieferung zurücklegen?")} onClose={() => setAsked(false)}>
          <p>
            {t(
              "„{file}“ wird nicht übernommen und aus dem Projekt entfernt. Korrekturen und Entscheidungen zu dieser Datei gehen verloren. An den bisherigen Werten ändert sich nichts.",
              { file: review.file_name },
            )}
          </p>
          <div class="row dl-end">
            <button type="button" class="button" onClick={() => setAsked(false)}>
              {t("Behalten")}
            </button>
            <button
              type="button"
              class="button main"
              onClick={() => {
                setAsked(false);
                onPutBack();
              }}
            >
              {t("Zurücklegen")}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
