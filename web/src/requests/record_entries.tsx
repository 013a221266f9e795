/** The entries of a record as a form: texts, days and choices, with the buttons that keep or take it away. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { useStore } from "../store";
import { t } from "../words";

/** One entry. choices : code -> word, then it is chosen; list : words to begin with; day : a day is entered. */
export interface Entry<Name extends string = string> {
  name: Name;
  label: string;
  choices?: Record<string, string>;
  list?: string[];
  day?: boolean;
}

interface Props<Name extends string> {
  title: string;
  /** Marks the ids of the entries on the page. */
  mark: string;
  entries: Entry<Name>[];
  /** What stands in the entries at first. */
  first: Record<Name, string>;
  path: string;
  body: (given: Record<Name, string>) => object;
  /** Where and with what the record is taken away; null = it cannot be. */
  remove: { path: string; body: object } | null;
  onDone: () => void;
}

export function RecordForm<Name extends string>(props: Props<Name>) {
  const { title, mark, entries, first, path, body, remove, onDone } = props;
  const { act, refresh } = useStore();
  const [given, setGiven] = useState(first);
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
        tell(path, body(given));
      }}
    >
      <h3>{title}</h3>
      <div class="rq-fields">
        {entries.map((entry) => (
          <One
            key={entry.name}
            id={`${mark}-${entry.name}`}
            entry={entry}
            value={given[entry.name]}
            onValue={(value) => setGiven({ ...given, [entry.name]: value })}
          />
        ))}
      </div>
      <div class="rq-buttons">
        <button type="submit" class="button strong">
          {t("Speichern")}
        </button>
        <button type="button" class="link" onClick={onDone}>
          {t("Abbrechen")}
        </button>
        {remove && (
          <button type="button" class="link" onClick={() => tell(remove.path, remove.body)}>
            {t("Eintrag entfernen")}
          </button>
        )}
      </div>
    </form>
  );
}

interface OneProps {
  id: string;
  entry: Entry;
  value: string;
  onValue: (value: string) => void;
}

function One({ id, entry, value, onValue }: OneProps) {
  const { label, choices, list, day } = entry;
  if (choices)
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
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        type={day ? "date" : "text"}
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
