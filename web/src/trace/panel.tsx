/** The panel at the side: the chain from a figure to the places in the delivered files. */

import { useEffect, useId, useLayoutEffect, useState } from "preact/hooks";
import { get, type Problem, Refused } from "../api";
import { StateIcon } from "../icons";
import { useModal } from "../modal";
import { count } from "../numbers";
import { ProblemBox } from "../parts";
import { plural, t } from "../words";
import { type Figure, type Trace, type TraceStep, tracePath } from "./types";

interface Props {
  figure: Figure;
  onClose: () => void;
}

export function TracePanel({ figure, onClose }: Props) {
  const modal = useModal(onClose);
  const id = useId();
  const [internal, setInternal] = useState(false);
  const [every, setEvery] = useState(false);
  const { trace, problem } = useTrace(tracePath(figure, internal, every));
  useInternalView(internal);
  return (
    <dialog {...modal} class="tr-panel" aria-labelledby={id}>
      {internal && (
        <p class="internalname" role="note">
          {t("Interne Ansicht – nicht zeigen, nicht drucken")}
        </p>
      )}
      <header class="row">
        <h2 id={id}>{t("Woher kommt diese Zahl?")}</h2>
        <button type="button" class="link" onClick={onClose}>
          {t("Schließen")}
        </button>
      </header>
      {problem && <ProblemBox problem={problem} />}
      {!trace && !problem && (
        <p class="quiet" role="status">
          {t("Wird geladen …")}
        </p>
      )}
      {trace && trace.internal === internal && (
        <Chain trace={trace} every={every} onEvery={() => setEvery(true)} />
      )}
      <label class="ticked tr-switch">
        <input
          type="checkbox"
          checked={internal}
          onChange={(event) => setInternal(event.currentTarget.checked)}
        />
        <span>
          {t("Interne Ansicht")}
          <br />
          <span class="small quiet">
            {t("Für Befugte am eigenen Bildschirm: auch Zahlen der Teile und was verborgen ist.")}
          </span>
        </span>
      </label>
      <p class="printed">
        {t(
          "Die interne Ansicht lässt sich nicht drucken: Sie zeigt Werte, die nicht nach außen gehen. Schalten Sie sie aus.",
        )}
      </p>
    </dialog>
  );
}

/** The chain as it arrives; what was asked before is not shown for another question. */
function useTrace(path: string): { trace: Trace | null; problem: Problem | null } {
  const [found, setFound] = useState<{ path: string; trace: Trace | null; problem: Problem | null } | null>(
    null,
  );
  useEffect(() => {
    let wanted = true;
    get<Trace>(path)
      .then((trace) => wanted && setFound({ path, trace, problem: null }))
      .catch((error: unknown) => wanted && setFound({ path, trace: null, problem: problemOf(error) }));
    return () => {
      wanted = false;
    };
  }, [path]);
  return found?.path === path ? found : { trace: null, problem: null };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return { headline: String(error), findings: [], todo: "" };
}

/** The frame and the refusal to print, as the map editor has them; never a moment later than the numbers. */
function useInternalView(internal: boolean): void {
  useLayoutEffect(() => {
    if (!internal) return;
    document.documentElement.classList.add("internal");
    return () => document.documentElement.classList.remove("internal");
  }, [internal]);
}

function Chain({ trace, every, onEvery }: { trace: Trace; every: boolean; onEvery: () => void }) {
  return (
    <section class="tr-chain">
      <p class="tr-said">{trace.sentence}</p>
      {trace.warnings.map((warning) => (
        <p key={warning} class="tr-warning">
          <StateIcon shape="triangle" /> {warning}
        </p>
      ))}
      <Steps steps={trace.steps} />
      {trace.left_out > 0 && !every && (
        <button type="button" class="link" onClick={onEvery}>
          {plural("{count} weitere Stelle zeigen", "{count} weitere Stellen zeigen", trace.left_out, {
            count: count(trace.left_out),
          })}
        </button>
      )}
    </section>
  );
}

function Steps({ steps }: { steps: TraceStep[] }) {
  if (steps.length === 0) return null;
  return (
    <ul class="tr-steps">
      {steps.map((step, place) => (
        <li key={place} class={step.row === null ? undefined : "tr-place"}>
          {step.sentence} {step.value_text && <b>{step.value_text}</b>}
          <Steps steps={step.children} />
        </li>
      ))}
    </ul>
  );
}
