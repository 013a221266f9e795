/** Every change is shown as a list before it is kept; the same way for the form and for a workbook. */

import { useState } from "preact/hooks";
import { type Problem, post, Refused, upload } from "../api";
import { StateIcon } from "../icons";
import { DropZone, ProblemBox } from "../parts";
import { useStore } from "../store";
import { t } from "../words";
import type { Change, Fault, Tables } from "./types";

interface Shown {
  change: Change;
  /** The entries as they were looked at; what is typed later is not part of what is saved. */
  tables: Tables;
  save: () => Promise<Change>;
}

interface Props {
  /** 'recipes/youth_office' or 'signs/neu'. */
  path: string;
  tables: Tables;
  changed: boolean;
  onSaved: (change: Change, sent: Tables) => void;
  onFaults: (faults: Fault[]) => void;
}

export function Changing({ path, tables, changed, onSaved, onFaults }: Props) {
  const { refused } = useStore();
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saved, setSaved] = useState<Change | null>(null);
  const [busy, setBusy] = useState(false);

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    onFaults([]);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) {
        refused(error);
        return;
      }
      setProblem(error.problem);
      onFaults((error.problem as Problem & { entries?: Fault[] }).entries ?? []);
    } finally {
      setBusy(false);
    }
  };
  const look = (ask: (confirm: string) => Promise<Change>) =>
    void run(async () => {
      setSaved(null);
      setShown({ change: await ask(""), tables, save: () => ask("?confirm=true") });
    });
  const lookAtForm = () => look((confirm) => post<Change>(`${path}${confirm}`, { tables }));
  const lookAtFile = (files: File[]) =>
    look((confirm) => upload(`${path}/table${confirm}`, "file", files) as unknown as Promise<Change>);
  const save = () =>
    void run(async () => {
      if (!shown) return;
      const change = await shown.save();
      setShown(null);
      setSaved(change);
      onSaved(change, shown.tables);
    });
  return (
    <>
      <section class="card pad stack" aria-label={t("Änderungen")} aria-live="polite">
        <h2>{t("Änderungen")}</h2>
        {problem && <ProblemBox problem={problem} onDismiss={() => setProblem(null)} />}
        {shown && <Differences shown={shown} busy={busy} onSave={save} onBack={() => setShown(null)} />}
        {saved && !shown && (
          <p>
            <StateIcon shape="tick" size={18} /> {t("Gespeichert. Neue Lieferungen werden so gelesen.")}
          </p>
        )}
        {!shown && !changed && !saved && (
          <p class="small quiet">{t("Ändern Sie links etwas, oder lesen Sie eine Excel-Datei ein.")}</p>
        )}
        {!shown && (
          <button type="button" class="button main" disabled={busy || !changed} onClick={lookAtForm}>
            {t("Änderungen ansehen")}
          </button>
        )}
      </section>
      <section class="card pad stack" aria-label={t("Als Excel-Datei")}>
        <h2>{t("Als Excel-Datei")}</h2>
        {!path.endsWith("/neu") && (
          <a class="button" href={`/api/${path}/table`} download>
            {t("Excel-Datei speichern")}
          </a>
        )}
        <div class="rc-quiet">
          <DropZone
            title={t("Geänderte Datei")}
            hint={t("Vor dem Speichern sehen Sie, was sich ändert.")}
            accept=".xlsx"
            disabled={busy}
            onFiles={lookAtFile}
          />
        </div>
      </section>
    </>
  );
}

interface DifferencesProps {
  shown: Shown;
  busy: boolean;
  onSave: () => void;
  onBack: () => void;
}

function Differences({ shown, busy, onSave, onBack }: DifferencesProps) {
  const { sentences } = shown.change;
  if (sentences.length === 0)
    return (
      <>
        <p>{t("Nichts geändert.")}</p>
        <button type="button" class="button" onClick={onBack}>
          {t("Weiter bearbeiten")}
        </button>
      </>
    );
  return (
    <>
      <p>{t("Das ändert sich:")}</p>
      <ul class="rc-changes">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="small quiet">
        {t("Gespeichert wird eine eigene Fassung; die früheren Fassungen bleiben erhalten.")}
      </p>
      <button type="button" class="button main" disabled={busy} onClick={onSave}>
        {t("Speichern")}
      </button>
      <button type="button" class="button" disabled={busy} onClick={onBack}>
        {t("Weiter bearbeiten")}
      </button>
    </>
  );
}
