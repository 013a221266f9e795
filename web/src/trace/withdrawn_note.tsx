/** Above a page: what it shows rests on a delivery that was withdrawn, until it is computed again. */

import { type Job, post } from "../api";
import { StateIcon } from "../icons";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import type { WithdrawnNote as Note } from "./types";
import "./trace.css";

// Only pages that show results ask; the others would wait for nothing.
const SHOWS_RESULTS = new Set(["indikatoren", "index", "bedarf", "freigabe", "bericht"]);

export function WithdrawnNote({ page }: { page: string }) {
  const { follow, job } = useStore();
  const notes = useAnswer<Note[]>(SHOWS_RESULTS.has(page) ? "trace/withdrawn" : null);
  const own = notes?.filter((note) => note.pages.includes(page)) ?? [];
  if (own.length === 0) return null;
  return (
    <section class="tr-withdrawn" role="note" aria-label={t("Zurückgezogene Lieferung")}>
      <div>
        {own.map((note) => (
          <p key={note.delivery_id}>
            <StateIcon shape="triangle" /> {note.sentence} {t("Grund: {reason}", { reason: note.why })}.
          </p>
        ))}
      </div>
      <button
        type="button"
        class="button"
        disabled={job?.state === "running"}
        onClick={() => void follow(post<Job>("compute"))}
      >
        {t("Neu berechnen")}
      </button>
    </section>
  );
}
