/** "Warum hat sich der Wert verändert?": a button that opens a sentence, a bar and its parts below a figure. */

import { useId, useState } from "preact/hooks";
import { useAnswer } from "../store";
import { t } from "../words";
import "./change.css";
import { type ChangeAnswer, lookOf, piecesOf } from "./types";

interface Props {
  indicator: string;
  unit: string;
  /** The later of the two editions. */
  period: string;
}

export function WhyChanged(props: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <p>
        <button
          type="button"
          class="link small ch-why"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t("Warum hat sich der Wert verändert?")}
        </button>
      </p>
      <div id={id} class="ch-room">
        {open && <Answer {...props} />}
      </div>
    </>
  );
}

function Answer({ indicator, unit, period }: Props) {
  const answer = useAnswer<ChangeAnswer>(`change?${new URLSearchParams({ indicator, unit, period })}`);
  if (!answer) {
    return (
      <p class="quiet" role="status">
        {t("Wird geladen …")}
      </p>
    );
  }
  return (
    <>
      <p class="ch-sentence" role="status">
        {answer.sentence}
      </p>
      {answer.parts.some((part) => part.low || part.high) && <Parts answer={answer} />}
      {answer.notes.map((note) => (
        <p class="small quiet" key={note}>
          {note}
        </p>
      ))}
    </>
  );
}

/** The bar for the eye, and the list that says the same in words. */
function Parts({ answer }: { answer: ChangeAnswer }) {
  const { pieces, at } = piecesOf(answer.parts, answer.total);
  const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
  return (
    <>
      <div class="ch-bar" aria-hidden="true">
        {pieces.map((piece) => (
          <span
            key={piece.number}
            class={`ch-piece ch-${piece.look}`}
            style={{ left: percent(piece.start), width: percent(piece.width) }}
          >
            {piece.width > 0.05 && <b>{piece.number}</b>}
          </span>
        ))}
        <span class="ch-zero" />
        {at !== null && <span class="ch-total" style={{ left: percent(at) }} />}
      </div>
      <ol class="ch-list small">
        {answer.parts.map((part, index) => (
          <li key={part.label}>
            <span class={`ch-key ch-${lookOf(part)}`} aria-hidden="true">
              <b>{index + 1}</b>
            </span>
            <span>{part.label}</span>
            <b class="ch-points">{part.text}</b>
          </li>
        ))}
        {answer.total_text && (
          <li class="ch-sum">
            <span class="ch-mark" aria-hidden="true" />
            <span>{t("zusammen")}</span>
            <b class="ch-points">{answer.total_text}</b>
          </li>
        )}
      </ol>
    </>
  );
}
