/** The dropped files: what each layer is, and whether it lies where it should. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { ErrorIcon, StateIcon } from "../icons";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import type { Choice, FilePart, GroundAnswer, Where } from "./types";
import { WhereMap } from "./where_map";

export function FilesTable({ answer }: { answer: GroundAnswer }) {
  const { act, refresh } = useStore();
  const clear = async () => {
    if (await act(() => post("ground/clear"))) await refresh();
  };
  return (
    <section class="card pad stack scroll">
      <table class="blk-files">
        <caption>{t("Was die Dateien enthalten")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Datei")}</th>
            <th scope="col">{t("Wird verwendet als")}</th>
            <th scope="col">{t("Lage")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.files.map((file) => (
            <FileRow key={file.number} file={file} />
          ))}
        </tbody>
      </table>
      <button type="button" class="link" onClick={() => void clear()}>
        {t("Alle Dateien weglegen")}
      </button>
    </section>
  );
}

function FileRow({ file }: { file: FilePart }) {
  const { act, refresh } = useStore();
  const change = async (part: Partial<FilePart>) => {
    const { role, key, name, reading } = { ...file, ...part };
    if (await act(() => post(`ground/files/${file.number}`, { role, key, name, reading }))) await refresh();
  };
  const named =
    file.layer && !file.file.startsWith(`${file.layer}.`) ? `${file.file}, ${file.layer}` : file.file;
  return (
    <tr>
      <th scope="row">
        <b>{named}</b>
        <p class="small quiet">{file.size}</p>
      </th>
      <td>
        <select
          aria-label={t("{file} wird verwendet als", { file: named })}
          value={file.role}
          onChange={(event) => void change({ role: event.currentTarget.value })}
        >
          {file.roles.map((role) => (
            <option key={role.value} value={role.value}>
              {role.title}
            </option>
          ))}
        </select>
        {file.columns.length > 0 && (
          <div class="blk-columns">
            <Column
              title={t("Schlüssel")}
              file={file}
              chosen={file.key}
              onColumn={(key) => void change({ key })}
            />
            <Column
              title={t("Name")}
              file={file}
              chosen={file.name}
              onColumn={(name) => void change({ name })}
            />
          </div>
        )}
      </td>
      <td>
        <Place file={file} onReading={(reading) => void change({ reading })} />
      </td>
    </tr>
  );
}

function Column({
  title,
  file,
  chosen,
  onColumn,
}: {
  title: string;
  file: FilePart;
  chosen: string;
  onColumn: (column: string) => void;
}) {
  return (
    <label>
      {title}
      <select value={chosen} onChange={(event) => onColumn(event.currentTarget.value)}>
        <option value="">{t("– bitte wählen –")}</option>
        {file.columns.map((column) => (
          <option key={column} value={column}>
            {column}
          </option>
        ))}
      </select>
    </label>
  );
}

function Place({ file, onReading }: { file: FilePart; onReading: (reading: string) => void }) {
  if (!file.role) return <span class="quiet">–</span>;
  if (file.wrong) {
    return (
      <>
        <p>
          <ErrorIcon /> {file.wrong.sentence}
        </p>
        <Readings
          readings={file.wrong.readings}
          named={file.file}
          path={(reading) => `ground/files/${file.number}/where?reading=${encodeURIComponent(reading)}`}
          onReading={onReading}
        />
      </>
    );
  }
  if (!file.reading) {
    return (
      <p>
        <StateIcon shape="tick" /> {t("liegt richtig")}
      </p>
    );
  }
  return (
    <>
      <p>
        <StateIcon shape="tick" /> {t("Gelesen als: {system}", { system: file.reading_title })}
      </p>
      <button type="button" class="link small" onClick={() => onReading("")}>
        {t("Doch lesen, wie angegeben")}
      </button>
    </>
  );
}

/** The readings offered, with a small map of where the layer would lie under the one looked at. */
function Readings({
  readings,
  named,
  path,
  onReading,
}: {
  readings: Choice[];
  named: string;
  path: (reading: string) => string;
  onReading: (reading: string) => void;
}) {
  const [chosen, setChosen] = useState(readings[0]?.value ?? "");
  const reading = readings.find((one) => one.value === chosen) ?? readings[0];
  const where = useAnswer<Where>(reading ? path(reading.value) : null);
  if (!reading) return <p class="small">{t("Bitte speichern Sie die Ebene mit dem richtigen System.")}</p>;
  return (
    <div class="blk-readings">
      {where && <WhereMap where={where} />}
      <div class="stack">
        {readings.length > 1 ? (
          <label>
            {t("Lesen als")}
            <select value={reading.value} onChange={(event) => setChosen(event.currentTarget.value)}>
              {readings.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <p class="small">{reading.title}</p>
        )}
        <button type="button" class="button" onClick={() => onReading(reading.value)}>
          {t("So lesen")}
          <span class="unseen">: {named}</span>
        </button>
      </div>
    </div>
  );
}
