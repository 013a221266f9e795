/** "Woher kommt diese Zahl?": a button beside a figure, or the figure itself as a button, and the panel it opens. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words";
import { TracePanel } from "./panel";
import type { Figure } from "./types";
import "./trace.css";

/** A button of its own, for a figure that stands alone. */
export function WhereFrom(figure: Figure) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="link small tr-where" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("Woher kommt diese Zahl?")}
      </button>
      {open && <TracePanel figure={figure} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A figure in a table that can be asked where it comes from; what is not there cannot. */
export function TracedFigure({ children, ...figure }: Figure & { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  if (children === "–" || children === "") return <>{children}</>;
  return (
    <>
      <button
        type="button"
        class="tr-figure"
        aria-haspopup="dialog"
        title={t("Woher kommt diese Zahl?")}
        onClick={() => setOpen(true)}
      >
        {children}
        <span class="unseen">. {t("Woher kommt diese Zahl?")}</span>
      </button>
      {open && <TracePanel figure={figure} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Said once above a table whose figures can be asked. */
export function TracedHint() {
  return (
    <p class="small quiet tr-hint">
      {t("Wählen Sie eine unterstrichene Zahl, um zu sehen, woher sie kommt.")}
    </p>
  );
}
