/** The findings of files that were checked: file, line, what, what to do. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ErrorIcon, StateIcon } from "../icons";
import { count } from "../numbers";
import { plural, t } from "../words";
import type { CheckAnswer, CheckFinding } from "./types";

const SHOWN = 100;

export function CheckCard({ answer, onClose }: { answer: CheckAnswer; onClose: () => void }) {
  const box = useRef<HTMLElement>(null);
  const [all, setAll] = useState(false);
  useLayoutEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.focus({ preventScroll: true });
  }, [answer]);
  const names = answer.files.join(", ");
  // notes say what was not looked at; they are no findings
  const found = answer.findings.filter((finding) => finding.severity !== "note");
  const notes = answer.findings.filter((finding) => finding.severity === "note");
  const shown = all ? found : found.slice(0, SHOWN);
  return (
    <section
      class="card pad stack"
      ref={box}
      tabIndex={-1}
      aria-live="polite"
      aria-label={t("Ergebnis der Prüfung")}
    >
      <h2>
        {found.length === 0 ? <StateIcon shape="tick" size={18} /> : <ErrorIcon />}{" "}
        {found.length === 0
          ? t("{files}: ohne Befund", { files: names })
          : plural("{files}: {count} Befund", "{files}: {count} Befunde", found.length, {
              files: names,
              count: count(found.length),
            })}
      </h2>
      {found.length === 0 && <p>{t("Alle Regeln der Agentur sind eingehalten, soweit sie bekannt sind.")}</p>}
      {notes.map((note) => (
        <p key={`${note.file} ${note.what}`}>
          <StateIcon shape="ring" /> {note.file}: {note.what} {note.todo}
        </p>
      ))}
      {found.length > 0 && <Table findings={shown} />}
      {found.length > shown.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t("Alle {count} Befunde zeigen", { count: count(found.length) })}
        </button>
      )}
      <div>
        <button type="button" class="button" onClick={onClose}>
          {t("Ergebnis schließen")}
        </button>
      </div>
    </section>
  );
}

function Table({ findings }: { findings: CheckFinding[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll grid-findings" tabIndex={0} aria-label={t("Befunde")}>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t("Datei")}</th>
            <th scope="col" class="number">
              {t("Zeile")}
            </th>
            <th scope="col">{t("Befund")}</th>
            <th scope="col">{t("Was zu tun ist")}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <tr key={`${finding.file} ${finding.row} ${finding.column} ${finding.what}`}>
              <td>{finding.file}</td>
              <td class="number">{finding.row ?? ""}</td>
              <td>
                {finding.severity === "error" ? (
                  <ErrorIcon />
                ) : (
                  <StateIcon shape={finding.severity === "warning" ? "triangle" : "ring"} />
                )}{" "}
                {finding.what}
                {finding.column && <span class="small quiet grid-column">{finding.column}</span>}
              </td>
              <td>{finding.todo}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
