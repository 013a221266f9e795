/** Dialogs about steps: one step with its reason, submitting, deciding, a conflict with somebody else. */

import { useState } from "preact/hooks";
import { dayAndTime } from "../numbers";
import { ProblemBox } from "../parts";
import { useStore } from "../store";
import { t } from "../words";
import type { Step } from "./answers";
import { useDesk } from "./context";
import { adopt, begin, dropMine, keepMine, submit } from "./desk_acts";
import { leastTold } from "./desk_state";
import { Dialog } from "./dialog";
import { CheckMark } from "./effect_panel";
import { headingOf } from "./sentences";

export function StepDialog({ step, onClose }: { step: Step; onClose: () => void }) {
  const { desk, state } = useDesk();
  const [title, setTitle] = useState("");
  const change = (open: boolean) =>
    desk.step((id, seen) => desk.server.changeStep(id, seen, step.number, { public: open }));
  return (
    <Dialog title={t("Schritt {number}", { number: step.number })} onClose={onClose}>
      <p>{step.sentence}</p>
      <p class="small quiet">
        {dayAndTime(step.when)}, {step.role}
        {step.person && `, ${step.person}`}
        {step.case && `, ${step.case}`}
      </p>
      <p class={step.public ? undefined : "internal-text"}>
        <b>{t("Grund:")}</b> {step.why || t("keiner genannt")}
      </p>
      {step.why && (
        <label class="ticked">
          <input
            type="checkbox"
            checked={step.public}
            onChange={(event) => void change(event.currentTarget.checked)}
          />
          <span>
            {t("zur Veröffentlichung freigeben")}
            <span class="small quiet"> {t("Sonst wird der Grund weder gedruckt noch ausgegeben.")}</span>
          </span>
        </label>
      )}
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          void begin(desk, step.number, title);
          onClose();
        }}
      >
        <label for="branch-title">{t("Von hier aus eine Variante anlegen; diese Fassung bleibt.")}</label>
        <input
          id="branch-title"
          placeholder={t("Titel der Variante")}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={step.undone || state.busy !== ""}>
          {t("Variante anlegen")}
        </button>
      </form>
    </Dialog>
  );
}

export function SubmitDialog({ onClose }: { onClose: () => void }) {
  const { desk, state } = useDesk();
  const { refresh } = useStore();
  const go = async () => {
    if (!(await submit(desk))) return;
    onClose();
    await refresh();
  };
  return (
    <Dialog title={t("Fassung einreichen")} onClose={onClose}>
      <p>
        {t(
          "Eingereicht ändert sich nichts mehr, bis darüber beschlossen ist. Für Änderungen gibt es dann Varianten.",
        )}
      </p>
      <Hindrances then={t("Einreichen geht; beschlossen werden kann erst, wenn das behoben ist.")} />
      {state.problem && <ProblemBox problem={state.problem} />}
      <div class="together">
        <button
          type="button"
          class="button main large"
          disabled={!state.draft.allowed.submit}
          onClick={() => void go()}
        >
          {t("Fassung einreichen")}
        </button>
        <button type="button" class="button large" onClick={onClose}>
          {t("Noch nicht")}
        </button>
      </div>
    </Dialog>
  );
}

export function AdoptDialog({ onClose }: { onClose: () => void }) {
  const { desk, state } = useDesk();
  const { refresh } = useStore();
  const [body, setBody] = useState("");
  const [decidedOn, setDecidedOn] = useState("");
  const go = async (event: Event) => {
    event.preventDefault();
    if (!(await adopt(desk, body, decidedOn))) return;
    onClose();
    await refresh();
  };
  return (
    <Dialog title={t("Beschluss eintragen")} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void go(event)}>
        <p>
          {t(
            "Danach steht der Plan fest. Gebiete mit denselben Bausteinen behalten ihren Schlüssel, alle anderen bekommen einen neuen.",
          )}
        </p>
        <Hindrances />
        <div>
          <label for="body">{t("Wer hat beschlossen?")}</label>
          <input
            id="body"
            required
            value={body}
            placeholder={t("Rat der Stadt {name}", { name: state.start.municipality.name })}
            onInput={(event) => setBody(event.currentTarget.value)}
          />
        </div>
        <div>
          <label for="decided">{t("Wann?")}</label>
          <input
            id="decided"
            type="date"
            required
            value={decidedOn}
            onInput={(event) => setDecidedOn(event.currentTarget.value)}
          />
        </div>
        {state.problem && <ProblemBox problem={state.problem} />}
        <div class="together">
          <button type="submit" class="button main large" disabled={!state.draft.allowed.adopt}>
            {t("Beschluss eintragen")}
          </button>
          <button type="button" class="button large" onClick={onClose}>
            {t("Noch nicht")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Rules that stand in the way of a decision; `then`: what is possible all the same. */
function Hindrances({ then = "" }: { then?: string }) {
  const { state } = useDesk();
  if (state.draft.allowed.why.length === 0) return null;
  return (
    <>
      <ul class="findings small">
        {state.draft.allowed.why.map((sentence) => (
          <li key={sentence}>
            <CheckMark severity="error" />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
      {then && <p>{then}</p>}
    </>
  );
}

/** Somebody else was quicker: both changes, and nothing is lost. */
export function ConflictDialog() {
  const { desk, state } = useDesk();
  const { conflict } = state;
  if (!conflict) return null;
  return (
    <Dialog title={t("Inzwischen hat jemand anders diese Fassung geändert")} wide>
      <div class="sides">
        <section>
          <h3>{t("Dort geschah")}</h3>
          <ul class="list">
            {conflict.theirs.map((step) => (
              <li key={step.number}>
                {step.sentence}
                <br />
                <span class="small quiet">
                  {dayAndTime(step.when)}, {step.role}
                  {step.why && <span class={step.public ? undefined : "internal-text"}>: {step.why}</span>}
                </span>
              </li>
            ))}
            {conflict.taken_back.map((step) => (
              <li key={step.number}>{t("Zurückgenommen: {step}", { step: step.sentence })}</li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t("Ihre Änderung")}</h3>
          <p>
            {conflict.mine
              ? headingOf(conflict.mine, state.plan, state.ground, leastTold(state))
              : t("Zurück oder Wieder")}
          </p>
          {conflict.mine?.why && <p class="small quiet internal-text">{conflict.mine.why}</p>}
          <p class="small">
            {t("Sie ist noch nicht gesichert. Entscheiden Sie, was mit ihr geschehen soll.")}
          </p>
        </section>
      </div>
      <div class="together wrap">
        {conflict.mine && (
          <button type="button" class="button main large" onClick={() => void keepMine(desk)}>
            {t("Meine Änderung auf den neuen Stand anwenden")}
          </button>
        )}
        <button type="button" class="button large" onClick={() => dropMine(desk)}>
          {t("Meine Änderung verwerfen")}
        </button>
      </div>
    </Dialog>
  );
}
