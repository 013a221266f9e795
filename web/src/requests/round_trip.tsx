/** All records of a page as a workbook; what comes back is shown before it holds. */

import { useState } from "preact/hooks";
import { DropZone } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import { send } from "./send";
import type { Change } from "./types";

interface Props {
  /** Where the workbook is, and where what comes back is compared and applied. */
  path: string;
  hint: string;
}

export function RoundTrip({ path, hint }: Props) {
  const { act, refresh } = useStore();
  const [file, setFile] = useState<File | null>(null);
  const [changes, setChanges] = useState<Change[] | null>(null);
  const [done, setDone] = useState(false);
  const look = (files: File[]) =>
    void act(async () => {
      setFile(null);
      setDone(false);
      setChanges(null);
      setChanges((await send<{ changes: Change[] }>(`${path}/compare`, "file", files)).changes);
      setFile(files[0] ?? null);
    });
  const apply = () =>
    void act(async () => {
      if (file) await send(`${path}/apply`, "file", [file]);
      setChanges(null);
      setFile(null);
      setDone(true);
      await refresh();
    });
  return (
    <>
      <section class="card pad stack">
        <h2>{t("Als Tabelle bearbeiten")}</h2>
        <p class="small quiet">{hint}</p>
        <a class="button" download href={`/api/${path}/workbook`}>
          {t("Arbeitsmappe speichern")}
        </a>
      </section>
      <div class="rq-quiet">
        <DropZone
          title={t("Geänderte Arbeitsmappe einlesen")}
          hint={t("Zuerst sehen Sie, was sich ändert.")}
          accept=".xlsx"
          onFiles={look}
        />
      </div>
      {changes && (
        <section class="card pad stack" aria-live="polite">
          <h2>
            {changes.length === 0
              ? t("Die Arbeitsmappe ändert nichts.")
              : plural("{count} Änderung", "{count} Änderungen", changes.length, { count: changes.length })}
          </h2>
          <ul class="rq-changes">
            {changes.map((one) => (
              <li key={`${one.kind} ${one.title} ${one.what}`}>
                <span class="tag">{kindWord(one.kind)}</span>
                <span>
                  <b>{one.title}</b>
                  {one.what && <span class="small quiet rq-line">{one.what}</span>}
                </span>
              </li>
            ))}
          </ul>
          {changes.length > 0 && (
            <button type="button" class="button main" onClick={apply}>
              {t("Änderungen übernehmen")}
            </button>
          )}
          <button type="button" class="link" onClick={() => setChanges(null)}>
            {changes.length > 0 ? t("Verwerfen") : t("Schließen")}
          </button>
        </section>
      )}
      {done && <p role="status">{t("Die Änderungen sind übernommen.")}</p>}
    </>
  );
}

function kindWord(kind: Change["kind"]): string {
  if (kind === "new") return t("neu");
  return kind === "gone" ? t("entfällt") : t("geändert");
}
