/** A source or a data set as a form. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { useStore } from "../store";
import { t } from "../words";
import type { CatalogueAnswer, DataSet, Source } from "./types";

interface SourceProps {
  record: Source | null;
  onDone: () => void;
}

export function SourceForm({ record, onDone }: SourceProps) {
  const [given, setGiven] = useState({
    holder: record?.holder ?? "",
    contact: record?.contact ?? "",
    legal_basis: record?.legal_basis ?? "",
    note: record?.note ?? "",
  });
  const set = (name: keyof typeof given) => (value: string) => setGiven({ ...given, [name]: value });
  return (
    <RecordForm
      path="catalogue/sources"
      body={{ source_id: record?.source_id ?? "", ...given }}
      remove={record?.entered ? record.source_id : ""}
      title={record ? t("Stelle ändern") : t("Stelle eintragen")}
      onDone={onDone}
    >
      <Text id="rq-holder" label={t("Stelle")} value={given.holder} onValue={set("holder")} />
      <Text
        id="rq-contact"
        label={t("Funktion, an die geschrieben wird (kein Name)")}
        value={given.contact}
        onValue={set("contact")}
      />
      <Text
        id="rq-basis"
        label={t("Rechtsgrundlage")}
        value={given.legal_basis}
        onValue={set("legal_basis")}
      />
      <Text id="rq-remark" label={t("Bemerkung")} value={given.note} onValue={set("note")} />
    </RecordForm>
  );
}

interface DataSetProps {
  answer: CatalogueAnswer;
  record: DataSet | null;
  onDone: () => void;
}

export function DataSetForm({ answer, record, onDone }: DataSetProps) {
  const [given, setGiven] = useState({
    title: record?.title ?? "",
    source_id: record?.source_id ?? answer.sources[0]?.source_id ?? "",
    theme: record?.theme ?? "",
    geography: record?.geography ?? "area",
    rhythm: String(record?.rhythm ?? 12),
    terms: record?.terms ?? "",
    threshold: record?.threshold ?? "",
    visible_to: record?.visible_to ?? "team",
    recipe: record?.recipe ?? "",
    counts: record?.counts ?? "persons",
  });
  const set = (name: keyof typeof given) => (value: string) => setGiven({ ...given, [name]: value });
  const sources = Object.fromEntries(answer.sources.map((one) => [one.source_id, one.holder]));
  const themes = [...new Set(answer.data_sets.map((one) => one.theme).filter((theme) => theme !== ""))];
  const choices = answer.choices;
  return (
    <RecordForm
      path="catalogue/data-sets"
      body={{ data_set_id: record?.data_set_id ?? "", ...given, rhythm: Number(given.rhythm) || 0 }}
      remove={record?.entered ? record.data_set_id : ""}
      title={record ? t("Datensatz ändern") : t("Datensatz eintragen")}
      onDone={onDone}
    >
      <Text id="rq-title" label={t("Titel")} value={given.title} onValue={set("title")} />
      <Choice
        id="rq-source"
        label={t("Stelle")}
        value={given.source_id}
        choices={sources}
        onValue={set("source_id")}
      />
      <Text id="rq-theme" label={t("Thema")} value={given.theme} onValue={set("theme")} list={themes} />
      <Choice
        id="rq-geography"
        label={t("Raumbezug")}
        value={given.geography}
        choices={choices.geography}
        onValue={set("geography")}
      />
      <Text id="rq-rhythm" label={t("Rhythmus in Monaten")} value={given.rhythm} onValue={set("rhythm")} />
      <Choice
        id="rq-counts"
        label={t("Gezählt werden")}
        value={given.counts}
        choices={choices.counts}
        onValue={set("counts")}
      />
      <Text id="rq-terms" label={t("Bedingungen")} value={given.terms} onValue={set("terms")} />
      <Text
        id="rq-threshold"
        label={t("Schwelle, unter der nichts gesagt wird")}
        value={given.threshold}
        onValue={set("threshold")}
      />
      <Choice
        id="rq-visible"
        label={t("Einsicht")}
        value={given.visible_to}
        choices={choices.visible_to}
        onValue={set("visible_to")}
      />
      <Choice
        id="rq-recipe"
        label={t("Einleseregel")}
        value={given.recipe}
        choices={{ "": t("noch keine"), ...choices.recipe }}
        onValue={set("recipe")}
      />
    </RecordForm>
  );
}

interface FormProps {
  path: string;
  body: object;
  /** Key of the record that can be taken away, "" = none. */
  remove: string;
  title: string;
  onDone: () => void;
  children: preact.ComponentChildren;
}

function RecordForm({ path, body, remove, title, onDone, children }: FormProps) {
  const { act, refresh } = useStore();
  const tell = (to: string, what: object) =>
    void act(async () => {
      await post(to, what);
      onDone();
      await refresh();
    });
  return (
    <form
      class="inline rq-record"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        tell(path, body);
      }}
    >
      <h3>{title}</h3>
      <div class="rq-fields">{children}</div>
      <div class="rq-buttons">
        <button type="submit" class="button strong">
          {t("Speichern")}
        </button>
        <button type="button" class="link" onClick={onDone}>
          {t("Abbrechen")}
        </button>
        {remove && (
          <button
            type="button"
            class="link"
            onClick={() => tell("catalogue/records/remove", { key: remove })}
          >
            {t("Eintrag entfernen")}
          </button>
        )}
      </div>
    </form>
  );
}

interface TextProps {
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  list?: string[];
}

function Text({ id, label, value, onValue, list }: TextProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        value={value}
        list={list ? `${id}-list` : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </div>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  choices: Record<string, string>;
  onValue: (value: string) => void;
}

function Choice({ id, label, value, choices, onValue }: ChoiceProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {Object.entries(choices).map(([code, word]) => (
          <option key={code} value={code}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
