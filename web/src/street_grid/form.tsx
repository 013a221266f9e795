/** The form of the two files: assumed until the contract's annex says more, then changed here. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { useStore } from "../store";
import { t } from "../words";
import type { Choice, FormAnswer, GridAnswer, GridColumn, GridForm } from "./types";

export function FormCard({ answer, levels }: { answer: FormAnswer; levels: GridAnswer["levels"] }) {
  const { act, refresh } = useStore();
  // Only what was changed here: whatever else the page asks for anew, nothing typed is lost.
  const [changes, setChanges] = useState<Partial<GridForm>>({});
  const [saved, setSaved] = useState(false);
  const form = { ...answer.now, ...changes };
  const set = <Name extends keyof GridForm>(name: Name, value: GridForm[Name]) => {
    setSaved(false);
    setChanges((before) => ({ ...before, [name]: value }));
  };
  const keep = (next: GridForm | null) =>
    void act(async () => {
      await post("street-grid/form", { form: next });
      if (!next) setChanges({});
      setSaved(true);
      await refresh();
    });
  return (
    <details class="card grid-form">
      <summary>
        <h2>{t("Form der Dateien")}</h2>
        <span class={answer.changed ? "tag done" : "tag look"}>
          {answer.changed ? t("von Ihnen eingestellt") : t("vorläufige Annahme")}
        </span>
      </summary>
      <form
        class="body stack"
        onSubmit={(event) => {
          event.preventDefault();
          keep(form);
        }}
      >
        <p class="small">
          {t(
            "Bekannt sind: zwei Dateien mit 4 und 13 Spalten, neunstellige Schlüssel, getrennte Felder für ungerade und gerade Nummern. Reihenfolge, Trennzeichen und Zeichensatz stehen in Anlage 1 Ihres Vertrags. Vergleichen Sie und stellen Sie hier ein, was dort steht.",
          )}
        </p>
        <div class="grid-fields">
          <Select
            label={t("Trennzeichen")}
            value={form.separator}
            choices={answer.separators}
            onValue={(value) => set("separator", value)}
          />
          <Select
            label={t("Zeichensatz")}
            value={form.encoding}
            choices={answer.encodings}
            onValue={(value) => set("encoding", value)}
          />
          <Select
            label={t("Erste Zeile")}
            value={form.header ? "1" : ""}
            choices={[
              { value: "1", label: t("mit Titelzeile") },
              { value: "", label: t("ohne Titelzeile") },
            ]}
            onValue={(value) => set("header", value === "1")}
          />
          <Select
            label={t("Letzte Hausnummer einer Straße")}
            value={form.last}
            choices={[
              { value: "open", label: t("offen (997 und 998)") },
              { value: "known", label: t("die letzte bekannte") },
            ]}
            onValue={(value) => set("last", value)}
          />
          <Select
            label={t("Zeilenende")}
            value={form.line_end}
            choices={[
              { value: "crlf", label: t("Windows (CR LF)") },
              { value: "lf", label: t("nur LF") },
            ]}
            onValue={(value) => set("line_end", value)}
          />
          <Text label={t("Dateiname „zu“")} value={form.zu_file} onValue={(value) => set("zu_file", value)} />
          <Text label={t("Dateiname „ra“")} value={form.ra_file} onValue={(value) => set("ra_file", value)} />
        </div>
        <Columns
          legend={t("Spalten der Datei „zu“")}
          columns={form.zu}
          fields={answer.zu_fields}
          onColumns={(columns) => set("zu", columns)}
        />
        <Columns
          legend={t("Spalten der Datei „ra“")}
          columns={form.ra}
          fields={answer.ra_fields}
          onColumns={(columns) => set("ra", columns)}
        />
        <div class="row">
          <button type="submit" class="button main">
            {t("Form übernehmen")}
          </button>
          {answer.changed && (
            <button type="button" class="link" onClick={() => keep(null)}>
              {t("Zurück zur angenommenen Form")}
            </button>
          )}
          <span role="status" class="small quiet">
            {saved ? t("Die Form ist gespeichert.") : ""}
          </span>
        </div>
      </form>
      <Levels levels={levels} />
    </details>
  );
}

function Levels({ levels }: { levels: GridAnswer["levels"] }) {
  const { act, refresh } = useStore();
  if (levels.groupings.length === 0) return null;
  const choose = (grouping: string) =>
    void act(async () => {
      await post("street-grid/levels", { grouping });
      await refresh();
    });
  return (
    <div class="body stack">
      <Select
        label={t("Stadtbezirke (mittlere Ebene) aus der Gruppierung")}
        value={levels.chosen}
        choices={[{ value: "", label: t("keine: jede Gemeinde ist ein Bezirk") }, ...levels.groupings]}
        onValue={choose}
      />
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  choices: Choice[];
  onValue: (value: string) => void;
}

function Select({ label, value, choices, onValue }: SelectProps) {
  return (
    <label class="stacked">
      {label}
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Text({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <label class="stacked">
      {label}
      <input
        type="text"
        value={value}
        maxLength={100}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}

interface ColumnsProps {
  legend: string;
  columns: GridColumn[];
  fields: Choice[];
  onColumns: (columns: GridColumn[]) => void;
}

function Columns({ legend, columns, fields, onColumns }: ColumnsProps) {
  const change = (place: number, part: Partial<GridColumn>) =>
    onColumns(columns.map((column, here) => (here === place ? { ...column, ...part } : column)));
  return (
    <table class="grid-columns">
      <caption>{legend}</caption>
      <thead>
        <tr>
          <th scope="col" class="number">
            {t("Nr.")}
          </th>
          <th scope="col">{t("Inhalt")}</th>
          <th scope="col">{t("Titel in der ersten Zeile")}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column, place) => (
          <tr key={place}>
            <th scope="row" class="number">
              {place + 1}
            </th>
            <td>
              <select
                aria-label={t("Inhalt der Spalte {number}", { number: place + 1 })}
                value={column.field}
                onChange={(event) => change(place, { field: event.currentTarget.value })}
              >
                {fields.map((field) => (
                  <option key={field.value} value={field.value}>
                    {field.label}
                  </option>
                ))}
              </select>
            </td>
            <td>
              <input
                type="text"
                aria-label={t("Titel der Spalte {number}", { number: place + 1 })}
                value={column.title}
                maxLength={80}
                onInput={(event) => change(place, { title: event.currentTarget.value })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
