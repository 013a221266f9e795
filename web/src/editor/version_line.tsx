/** The steps of the draft at the lower edge, with branching, comparing, printing, submitting and deciding. */

import { useState } from "preact/hooks";
import { Arrow } from "../icons";
import { count } from "../numbers";
import { plural, t } from "../words";
import type { Step } from "./answers";
import { useDesk } from "./context";
import { openDraft } from "./desk_acts";
import type { DialogName } from "./desk_state";
import { Dialog } from "./dialog";
import { Key } from "./key";
import { keyOf } from "./keys";
import { AdoptDialog, StepDialog, SubmitDialog } from "./step_dialogs";

const SHOWN = 4;

export function VersionLine() {
  const { desk, state } = useDesk();
  const [step, setStep] = useState<Step | null>(null);
  const { dialog, draft, start } = state;
  const setOpen = (wanted: DialogName) => desk.set({ dialog: wanted });
  const close = (closing: DialogName) => () => desk.closeDialog(closing);
  const { info, steps } = draft;
  const shown = steps.slice(Math.max(0, steps.length - SHOWN));
  const hidden = steps.length - shown.length;
  const others = start.drafts.filter((one) => one.draft_id !== info.draft_id);
  const from = start.drafts.find((one) => one.draft_id === info.branch_of);
  const base = info.base_title || t("Vorschlag");
  const origin = info.branch_of ? t("Variante von {title}", { title: from?.title || base }) : base;
  return (
    <footer class="versions">
      <h2>{t("Fassungen")}</h2>
      <ol class="small">
        <li>
          <span class="stage base" title={origin}>
            {origin}
          </span>
          {info.base_superseded && info.status !== "adopted" && (
            <span class="tag look" title={t("Der Plan, auf dem diese Fassung beruht, gilt nicht mehr.")}>
              {t("inzwischen abgelöst")}
            </span>
          )}
        </li>
        {hidden > 0 && (
          <li>
            <Arrow />
            <button type="button" class="stage" onClick={() => setOpen("steps")}>
              {plural("{count} Schritt davor", "{count} Schritte davor", hidden, { count: count(hidden) })}
            </button>
          </li>
        )}
        {shown.map((one) => (
          <li key={one.number} aria-current={one.number === info.position ? "step" : undefined}>
            <Arrow />
            <button
              type="button"
              class={one.undone ? "stage undone" : "stage"}
              title={one.sentence}
              onClick={() => setStep(one)}
            >
              {one.number}: {one.sentence}
            </button>
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <>
          <label class="unseen" for="other-draft">
            {t("Andere Fassung öffnen")}
          </label>
          <select
            id="other-draft"
            class="otherdraft"
            value=""
            onChange={(event) => void openDraft(desk, event.currentTarget.value)}
          >
            <option value="">{t("Andere Fassung …")}</option>
            {others.map((one) => (
              <option key={one.draft_id} value={one.draft_id}>
                {one.title}
              </option>
            ))}
          </select>
        </>
      )}
      <button
        type="button"
        class="link small"
        aria-keyshortcuts={keyOf("role")}
        onClick={() => setOpen("role")}
      >
        {t("Rolle: {role}", { role: state.role })} <Key of="role" />
      </button>
      <button
        type="button"
        class="link small"
        aria-keyshortcuts={keyOf("keys")}
        onClick={() => setOpen("keys")}
      >
        {t("Tasten")} <Key of="keys" />
      </button>
      <span class="small quiet saved" role="status">
        {state.busy === "writing" ? t("Wird gesichert …") : t("Alles gesichert")}
      </span>
      {state.view === "workshop" && (
        <button
          type="button"
          class="button noprint"
          aria-keyshortcuts={keyOf("print")}
          onClick={() => setOpen("print")}
        >
          {t("Drucken …")} <Key of="print" />
        </button>
      )}
      {info.status === "in_revision" && (
        <button
          type="button"
          class="button"
          aria-keyshortcuts={keyOf("submit")}
          onClick={() => setOpen("submit")}
        >
          {t("Einreichen …")} <Key of="submit" />
        </button>
      )}
      {info.status === "submitted" && (
        <button
          type="button"
          class="button main"
          aria-keyshortcuts={keyOf("submit")}
          onClick={() => setOpen("adopt")}
        >
          {t("Beschließen …")} <Key of="submit" />
        </button>
      )}
      {step && (
        <StepDialog
          step={steps.find((one) => one.number === step.number) ?? step}
          onClose={() => setStep(null)}
        />
      )}
      {dialog === "submit" && <SubmitDialog onClose={close("submit")} />}
      {dialog === "adopt" && <AdoptDialog onClose={close("adopt")} />}
      {dialog === "print" && <PrintDialog onClose={close("print")} />}
      {dialog === "steps" && (
        <StepsDialog
          steps={steps}
          onClose={close("steps")}
          onStep={(one) => {
            setOpen("");
            setStep(one);
          }}
        />
      )}
    </footer>
  );
}

interface StepsProps {
  steps: Step[];
  onClose: () => void;
  onStep: (step: Step) => void;
}

function StepsDialog({ steps, onClose, onStep }: StepsProps) {
  return (
    <Dialog title={t("Alle Schritte dieser Fassung")} onClose={onClose}>
      <ol class="stepslist">
        {steps.map((step) => (
          <li key={step.number}>
            <button type="button" class="link plain" onClick={() => onStep(step)}>
              {step.number}: {step.sentence}
            </button>
            <span class="small quiet">
              <span class={step.public ? undefined : "internal-text"}>{step.why}</span>{" "}
              {step.undone && t("(zurückgenommen)")}
            </span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

/** Addresses of the printed sheets; they open as documents of their own. */
function PrintDialog({ onClose }: { onClose: () => void }) {
  const { state } = useDesk();
  const { info } = state.draft;
  const sheet = (paper: string) => `/api/print/${info.ags}/work-map.pdf?paper=${paper}&plan=${info.draft_id}`;
  const compare = `/api/print/compare.pdf?old=${info.base}&new=${info.draft_id}&ags=${info.ags}&paper=A3`;
  return (
    <Dialog title={t("Drucken")} onClose={onClose}>
      <ul class="stack">
        <li>
          <a href={sheet("A3")} target="_blank" rel="noreferrer">
            {t("Arbeitskarte, A3")}
          </a>
        </li>
        <li>
          <a href={sheet("A1")} target="_blank" rel="noreferrer">
            {t("Arbeitskarte, A1")}
          </a>
        </li>
        <li>
          <a href={compare} target="_blank" rel="noreferrer">
            {t("Vorher und nachher nebeneinander, A3")}
          </a>
        </li>
      </ul>
      <p class="small quiet">{t("Gedruckt werden nur Gründe, die zur Veröffentlichung freigegeben sind.")}</p>
    </Dialog>
  );
}
