/** The proposals made so far; the last one can be taken back. */

import { useMemo } from "preact/hooks";
import { t } from "../words";
import type { Desk } from "./desk";
import { reasonWords } from "./reason";
import { tell } from "./sentences";
import { proposals } from "./work";

export function ProposalList({ desk }: { desk: Desk }) {
  const edits = proposals(desk.work);
  const sentences = useMemo(() => tell(desk.base, edits), [desk.work.history, t("Ihre Vorschläge")]);
  return (
    <section class="part" aria-labelledby="proposals-title">
      <h2 id="proposals-title">{t("Ihre Vorschläge")}</h2>
      {edits.length === 0 && <p class="small quiet">{t("Noch keine.")}</p>}
      <ol class="made">
        {sentences.map((sentence, place) => (
          <li key={place}>
            {sentence}
            {edits[place]?.why && (
              <span class="small quiet">{reasonWords(edits[place]?.why ?? "", desk.data.reasons)}</span>
            )}
          </li>
        ))}
      </ol>
      {edits.length > 0 && (
        <button type="button" class="link" onClick={desk.back}>
          {t("Letzten Vorschlag zurücknehmen")}
        </button>
      )}
    </section>
  );
}
