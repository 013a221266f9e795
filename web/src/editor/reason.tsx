/** Why a step is taken, and the button that takes it. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../words";
import { useDesk } from "./context";
import type { Preview } from "./preview";
import { takeWords } from "./sentences";

/** Reason and button stay in sight, however much there is to say above. */
export function TakePart({ preview }: { preview: Preview }) {
  const { desk, state } = useDesk();
  const hard = state.effect?.hard ?? preview.hard;
  return (
    <>
      <Reason />
      <div class="takerow">
        <button
          type="button"
          class={hard ? "button strong large" : "button main large"}
          aria-keyshortcuts="Control+Enter"
          disabled={state.busy === "writing"}
          onClick={() => void desk.take()}
        >
          {state.busy === "writing" ? t("Wird gesichert …") : takeWords(preview.edit.kind, hard)}
        </button>
        <button type="button" class="button large extra" onClick={() => desk.discard()}>
          {t("Verwerfen")}
        </button>
      </div>
    </>
  );
}

function Reason() {
  const { desk, state } = useDesk();
  const place = useRef<HTMLSelectElement>(null);
  const missing = state.note !== "" && state.preview !== null && !state.why.usual && !state.why.own.trim();
  useLayoutEffect(() => {
    if (missing) place.current?.focus();
  }, [missing]);
  return (
    <div class="reason internal-text">
      <label for="reason">
        <b>{t("Warum?")}</b> <span class="quiet extra">{t("bleibt intern")}</span>
      </label>
      <span class="takekey small quiet extra">
        <span class="key">{t("Strg+Eingabe")}</span> {t("übernimmt")}
      </span>
      <select
        id="reason"
        ref={place}
        value={state.why.usual}
        aria-invalid={missing}
        onChange={(event) => desk.set({ why: { ...state.why, usual: event.currentTarget.value }, note: "" })}
      >
        <option value="">{t("Grund auswählen")}</option>
        {state.start.reasons.map((reason) => (
          <option key={reason} value={reason}>
            {reason}
          </option>
        ))}
      </select>
      <input
        class="extra"
        aria-label={t("In eigenen Worten")}
        placeholder={t("In eigenen Worten")}
        value={state.why.own}
        onInput={(event) => desk.set({ why: { ...state.why, own: event.currentTarget.value }, note: "" })}
      />
      {state.note && (
        <p class="small error" role="alert">
          {state.note}
        </p>
      )}
    </div>
  );
}
