/** Hand out a package, read answers. */

import { useId, useState } from "preact/hooks";
import { Refused } from "../api";
import { ErrorIcon, StateIcon } from "../icons";
import { dayAndTime } from "../numbers";
import { DropZone } from "../parts";
import { useStore } from "../store";
import { currentLanguage, plural, t } from "../words";
import type { ReadFiles, TownAnswer } from "./types";

export function Send({ answer }: { answer: TownAnswer }) {
  const { act, refresh } = useStore();
  const [draft, setDraft] = useState(answer.drafts[answer.drafts.length - 1]?.draft_id ?? "");
  const [made, setMade] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  const { municipality, newest } = answer;
  const make = async () => {
    setBusy(true);
    await act(async () => {
      const { name, file } = await packageFile(municipality.ags, draft);
      save(name, file);
      setMade(name);
    });
    setBusy(false);
    await refresh();
  };
  return (
    <section class="card pad stack">
      <h2>{t("Paket für {name} erstellen", { name: municipality.name })}</h2>
      <p class="small quiet">
        {t(
          "Die Datei enthält den Zuschnitt, freigegebene Zahlen, Straßen und Bahn. Einwohner stehen gerundet darin, Begründungen und Anmerkungen nicht.",
        )}
      </p>
      <div>
        <label for={id}>{t("Welcher Stand?")}</label>
        <select id={id} value={draft} onChange={(event) => setDraft(event.currentTarget.value)}>
          {answer.drafts.map((one) => (
            <option key={one.draft_id} value={one.draft_id}>
              {t("{title} (in Überarbeitung, {steps})", { title: one.title, steps: stepsWords(one.steps) })}
            </option>
          ))}
          <option value="">{answer.plan}</option>
        </select>
      </div>
      <button
        type="button"
        class={newest ? "button strong" : "button main"}
        disabled={busy}
        onClick={() => void make()}
      >
        {t("Paket erstellen")}
      </button>
      {made && (
        <p class="small" role="status">
          <StateIcon shape="tick" />{" "}
          {t("Gespeichert: {file}. Senden Sie diese Datei an die Gemeinde.", { file: made })}
        </p>
      )}
      {newest && (
        <p class="small quiet">
          {t("Zuletzt erstellt: {when}, {title}.", { when: dayAndTime(newest.written), title: newest.title })}{" "}
          {newest.answers.length > 0 &&
            t("Ein neues Paket löst es ab; Antworten darauf gelten dann nicht mehr.")}
        </p>
      )}
    </section>
  );
}

function stepsWords(number: number): string {
  return plural("{count} Schritt", "{count} Schritte", number, { count: number });
}

async function packageFile(ags: string, draftId: string): Promise<{ name: string; file: Blob }> {
  const response = await fetch(`/api/consultation/${ags}/package`, {
    method: "POST",
    body: JSON.stringify({ draft_id: draftId }),
    headers: {
      "Content-Type": "application/json",
      "X-Sozialraum": "1",
      "X-Sozialraum-Language": currentLanguage(),
    },
  });
  if (!response.ok) throw new Refused(await response.json());
  const found = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  return { name: found?.[1] ?? `abstimmung-${ags}.html`, file: await response.blob() };
}

function save(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function Receive({ answer }: { answer: TownAnswer }) {
  const { act, refresh } = useStore();
  const [read, setRead] = useState<ReadFiles["files"]>([]);
  const [busy, setBusy] = useState(false);
  const { ags } = answer.municipality;
  const take = async (files: File[]) => {
    setBusy(true);
    await act(async () => setRead((await answersOf(ags, files)).files));
    setBusy(false);
    await refresh();
  };
  return (
    <section class="stack" aria-live="polite">
      <DropZone
        title={t("Antworten einlesen")}
        hint={
          answer.newest
            ? t("Dateien „antwort-….json“, wie das Paket sie speichert; mehrere auf einmal.")
            : t("Zuerst braucht die Gemeinde ein Paket.")
        }
        multiple
        accept=".json,application/json"
        disabled={busy}
        onFiles={(files) => void take(files)}
      />
      {read.map(({ sentence, problem }) =>
        problem ? (
          <div key={problem.headline} class="card problem" role="alert">
            <h3>
              <ErrorIcon /> {problem.headline}
            </h3>
            <ul class="findings">
              {problem.findings.map((finding) => (
                <li key={finding.sentence}>
                  <ErrorIcon /> <span>{finding.sentence}</span>
                </li>
              ))}
            </ul>
            <p>{problem.todo}</p>
          </div>
        ) : (
          <p key={sentence} class="small">
            <StateIcon shape="tick" /> {sentence}
          </p>
        ),
      )}
    </section>
  );
}

async function answersOf(ags: string, files: File[]): Promise<ReadFiles> {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  const response = await fetch(`/api/consultation/${ags}/answers`, {
    method: "POST",
    body: form,
    headers: { "X-Sozialraum": "1", "X-Sozialraum-Language": currentLanguage() },
  });
  if (!response.ok) throw new Refused(await response.json());
  return (await response.json()) as ReadFiles;
}
