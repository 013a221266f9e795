/** Pieces that several pages are made of. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Job, Problem } from "./api";
import { ErrorIcon, StateIcon } from "./icons";
import { count } from "./numbers";
import { useStore } from "./store";
import { plural, t } from "./words";

export function Title({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="title">
      <h1 tabIndex={-1}>{title}</h1>
      {children && <p class="lead">{children}</p>}
    </div>
  );
}

export function Bar({ part, label }: { part: number; label: string }) {
  const width = Math.round(100 * Math.min(1, Math.max(0, part)));
  return (
    <div class="bar" role="img" aria-label={label}>
      <i style={{ width: `${width}%` }} />
    </div>
  );
}

export function Empty({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="card empty">
      <p>{text}</p>
      {children}
    </div>
  );
}

/** A long table that scrolls inside its card; the arrow keys scroll it when it has the focus. */
export function TableCard({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="card pad scroll table-card" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

export function Waiting() {
  const { problem } = useStore();
  if (problem) return null; // what was refused does not come any more; the reason stands on the page
  return (
    <p class="quiet" role="status">
      {t("Wird geladen …")}
    </p>
  );
}

/** What went wrong: what, where, what to do. The input stays. */
export function ProblemBox({ problem, onDismiss }: { problem: Problem; onDismiss?: () => void }) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [problem]);
  return (
    <section class="card problem" role="alert" ref={box}>
      <h2>
        <ErrorIcon /> {problem.headline}
      </h2>
      <Findings findings={problem.findings} />
      {problem.todo && <p>{problem.todo}</p>}
      {onDismiss && (
        <button type="button" class="button" onClick={onDismiss}>
          {t("Meldung schließen")}
        </button>
      )}
    </section>
  );
}

const SHOWN = 8;

export function Findings({ findings }: { findings: { sentence: string; severity: string }[] }) {
  const [all, setAll] = useState(false);
  if (findings.length === 0) return null;
  const shown = all ? findings : findings.slice(0, SHOWN);
  const more = findings.length - shown.length;
  return (
    <>
      <ul class="findings">
        {shown.map((finding) => (
          <li key={finding.sentence}>
            {finding.severity === "error" ? (
              <ErrorIcon />
            ) : (
              <StateIcon shape={finding.severity === "warning" ? "triangle" : "ring"} />
            )}
            <span>{finding.sentence}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {plural("{count} weiteren Befund zeigen", "{count} weitere Befunde zeigen", more, {
            count: count(more),
          })}
        </button>
      )}
    </>
  );
}

export function JobCard({ job, onCancel }: { job: Job; onCancel: () => void }) {
  const known = job.total > 0;
  const part = known ? job.done / job.total : 0;
  return (
    <section class="card job" aria-live="polite">
      <h2>{t("Wird gerade gerechnet")}</h2>
      <p>{job.stage || job.title}</p>
      <div
        class={known ? "bar" : "bar unknown"}
        role="progressbar"
        aria-label={job.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round(100 * part) : undefined}
      >
        <i style={{ width: known ? `${Math.round(100 * part)}%` : "100%" }} />
      </div>
      <div class="row">
        <span class="small quiet">
          {known && `${count(job.done)} ${t("von")} ${count(job.total)} · `}
          {job.seconds >= 2 && t("seit {seconds} Sekunden", { seconds: count(job.seconds) })}
        </span>
        <button type="button" class="link" onClick={onCancel} disabled={job.stopping}>
          {job.stopping ? t("Wird abgebrochen …") : t("Abbrechen")}
        </button>
      </div>
      <p class="small quiet">{t("Sie können weiterarbeiten. Bis zum Ende gelten die alten Werte.")}</p>
      {job.lines.length > 0 && (
        <ul class="small lines">
          {job.lines.slice(-3).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface DropProps {
  title: string;
  hint: string;
  multiple?: boolean;
  accept?: string;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
}

/** A field for files: drop them or choose them, by mouse or keyboard. */
export function DropZone({ title, hint, multiple = false, accept, disabled = false, onFiles }: DropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0 && !disabled) onFiles(multiple ? files : files.slice(0, 1));
    if (input.current) input.current.value = "";
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition, the button does the same
    <div
      class={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <h2>{title}</h2>
      <p class="small quiet" id={id}>
        {hint}
      </p>
      <input
        ref={input}
        class="hidden"
        type="file"
        multiple={multiple}
        accept={accept}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => take(event.currentTarget.files)}
      />
      <button
        type="button"
        class="button main"
        disabled={disabled}
        aria-describedby={id}
        onClick={() => input.current?.click()}
      >
        {multiple ? t("Dateien auswählen") : t("Datei auswählen")}
      </button>
      {disabled && <p class="small">{t("Es wird noch gerechnet. Danach geht es hier weiter.")}</p>}
    </div>
  );
}

/** The words of a number that is not there. */
export function statusWord(status: string): string {
  if (status === "missing") return t("nicht geliefert");
  if (status === "blocked") return t("zu wenige");
  if (status === "suppressed") return t("verborgen");
  if (status === "estimated") return t("geschätzt");
  if (status === "uncertain") return t("unsicher");
  return status === "rounded" ? t("gerundet") : "";
}
