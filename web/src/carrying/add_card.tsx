/** Drop the units of another geography: looked into first, then named and taken in. */

import { useState } from "preact/hooks";
import { sendFile } from "../addresses/sending";
import { Refused } from "../api";
import { DropZone, Findings, ProblemBox } from "../parts";
import { useStore } from "../store";
import { currentLanguage, t } from "../words";
import { addedOf, type LookAnswer } from "./types";

interface Props {
  busy: boolean;
  onAdded: () => void;
}

interface Dropped {
  file: File;
  look: LookAnswer;
}

export function AddCard({ busy, onAdded }: Props) {
  const { act, job } = useStore();
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const result = busy ? undefined : addedOf(job);
  const take = (file: File) =>
    void act(async () => {
      setDropped({ file, look: await lookInto(file) });
    });
  return (
    <section class="card pad stack">
      <h2>{t("Gliederung aufnehmen")}</h2>
      <DropZone
        title={t("Einheiten ablegen")}
        hint={t(
          "Eine Kartenebene mit Flächen, eine Tabelle von Gitterzellen, oder eine Liste „Einheit, Baustein“ mit Anteilen, wo eine Einheit geteilt ist.",
        )}
        disabled={busy}
        onFiles={(files) => files[0] && take(files[0])}
      />
      {dropped && (
        <Naming
          key={`${dropped.file.name} ${dropped.file.lastModified}`}
          dropped={dropped}
          busy={busy}
          offers={result?.offers ?? []}
          onSent={onAdded}
        />
      )}
      {result?.problem && <ProblemBox problem={result.problem} />}
      {result?.findings && <Findings findings={result.findings} />}
    </section>
  );
}

async function lookInto(file: File): Promise<LookAnswer> {
  const form = new FormData();
  form.append("file", file, file.name);
  const headers = { "X-Sozialraum": "1", "X-Sozialraum-Language": currentLanguage() };
  const response = await fetch("/api/carrying/look", { method: "POST", body: form, headers });
  if (!response.ok) throw new Refused(await response.json(), response.status);
  return (await response.json()) as LookAnswer;
}

interface NamingProps {
  dropped: Dropped;
  busy: boolean;
  offers: string[];
  onSent: () => void;
}

function Naming({ dropped: { file, look }, busy, offers, onSent }: NamingProps) {
  const { follow } = useStore();
  const [typed, setTyped] = useState({ title: "", valid_on: "", key: look.key, name: look.name });
  const set = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
  const send = (read_as = "") => {
    onSent();
    void follow(sendFile("carrying/add", file, { ...typed, read_as }));
  };
  return (
    <form
      class="cy-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p class="small">{t("Abgelegt: {file}", { file: look.file })}</p>
      <label>
        {t("Name mit Stand, zum Beispiel „Stimmbezirke 2025“")}
        <input
          type="text"
          required
          maxLength={80}
          value={typed.title}
          onInput={(event) => set({ title: event.currentTarget.value })}
        />
      </label>
      <label>
        {t("Grenzen gelten für den (freiwillig)")}
        <input
          type="date"
          value={typed.valid_on}
          onInput={(event) => set({ valid_on: event.currentTarget.value })}
        />
      </label>
      {look.columns.length > 0 && (
        <>
          <Choice
            label={t("Schlüssel steht in")}
            columns={look.columns}
            value={typed.key}
            onValue={(key) => set({ key })}
          />
          <Choice
            label={t("Name steht in")}
            columns={look.columns}
            value={typed.name}
            none={t("keiner Spalte")}
            onValue={(name) => set({ name })}
          />
        </>
      )}
      <button type="submit" class="button main" disabled={busy || typed.title.trim() === ""}>
        {t("Aufnehmen")}
      </button>
      {offers.map((offer) => (
        <button key={offer} type="button" class="button" disabled={busy} onClick={() => send(offer)}>
          {t("Koordinaten so lesen wie vorgeschlagen")} ({offer})
        </button>
      ))}
    </form>
  );
}

interface ChoiceProps {
  label: string;
  columns: string[];
  value: string;
  none?: string;
  onValue: (value: string) => void;
}

function Choice({ label, columns, value, none, onValue }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {(none !== undefined || value === "") && <option value="">{none ?? t("bitte wählen")}</option>}
        {columns.map((column) => (
          <option key={column} value={column}>
            {column}
          </option>
        ))}
      </select>
    </label>
  );
}
