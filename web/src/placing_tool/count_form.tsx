/** "Zählen": area x group as a workbook; only counts leave the page. */

import { useMemo, useRef, useState } from "preact/hooks";
import { count } from "../numbers";
import { plural, t } from "../words";
import {
  asWanted,
  casesPerTown,
  countOf,
  type Entries,
  elsewhereText,
  groupsOf,
  IN_THE_FILE,
  lackingOf,
  linesOf,
  notesOf,
  usualTowns,
  withoutAddresses,
} from "./count_entries";
import { Filled, SmallCounts, Towns } from "./count_parts";
import { CountTable } from "./count_table";
import { singleCases } from "./counting";
import type { Desk } from "./desk";
import { type CountFile, countWorkbook, keyOf } from "./form_file";
import { GroupChoice, SingleCases } from "./group_choice";
import { save, stem } from "./saving";

const NOT_A_SET = "";
const USUAL_AGES = "0, 3, 6, 10, 14, 18, 21, 27";

export function CountForm({ desk }: { desk: Desk }) {
  const { data } = desk;
  const [entries, setEntries] = useState<Entries>(() => ({
    set: NOT_A_SET,
    title: stem(desk.book?.name ?? ""),
    source: "",
    period: "",
    groups: [-1, -1],
    starts: USUAL_AGES,
    towns: null,
    below: data.below,
    hide: false,
    singles: "",
    filled: {},
  }));
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState("");
  const change = (part: Partial<Entries>) => {
    setEntries((before) => ({ ...before, ...part }));
    setSaid("");
  };
  const perTown = useMemo(() => casesPerTown(desk), [desk.areas, data]);
  const towns = entries.towns ?? usualTowns(desk, perTown);
  const grouped = useMemo(
    () => groupsOf(desk, entries),
    [desk.placed, desk.heads, entries.groups, entries.period, entries.starts],
  );
  const counted = useMemo(
    () => (grouped.refused ? null : countOf(desk, grouped.texts, towns, entries.hide)),
    [desk.areas, grouped, [...towns].sort().join(), entries.hide],
  );
  const empty = withoutAddresses(desk, towns);
  const open = desk.likely.reduce(
    (sum, { key, rows }) => sum + (desk.confirmed.has(key) ? 0 : rows.length),
    0,
  );
  const set = data.sets.find(({ id }) => id === entries.set);
  const title = set?.title ?? entries.title.trim();
  const wanted = counted && set && set.columns.length > 0 ? asWanted(counted, set, entries.filled) : null;
  const leaving = wanted ?? counted;
  const singles = leaving ? singleCases(leaving, IN_THE_FILE.all) : [];
  const lacking = lackingOf(entries, title, towns, wanted?.heads.length, singles);
  const write = async () => {
    setAsked(true);
    if (!counted || Object.values(lacking).some(Boolean)) {
      // once the page has marked what is missing
      setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    const name = `auszaehlung-${keyOf(title).replaceAll("_", "-")}-${entries.period}.xlsx`;
    const file: CountFile = {
      code: entries.set || keyOf(title),
      title,
      source: entries.source.trim(),
      period: entries.period,
      project: data.mark,
      below: entries.below,
      hide: entries.hide,
      counted: wanted ?? counted,
      features: wanted?.features,
      lines: linesOf(data.plan, entries.source),
      notes: notesOf(entries, counted.elsewhere),
    };
    save(name, await countWorkbook(file));
    setSaid(
      t("Gespeichert: {file}. Die Datei enthält nur Anzahlen; senden Sie sie an die Sozialplanung.", {
        file: name,
      }),
    );
  };
  const fault = (text: string) => asked && text && <p class="small error">{text}</p>;
  return (
    <form
      ref={form}
      class="pt-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <div class="pt-fields pt-asked">
        {data.sets.length > 0 && (
          <label>
            {t("Wofür wird gezählt?")}
            <select value={entries.set} onChange={(event) => change({ set: event.currentTarget.value })}>
              <option value={NOT_A_SET}>{t("etwas anderes")}</option>
              {data.sets.map(({ id, title: text }) => (
                <option key={id} value={id}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        )}
        {entries.set === NOT_A_SET && (
          <label>
            {t("Was wird gezählt?")}
            <input
              value={entries.title}
              maxLength={80}
              aria-invalid={asked && lacking.title !== ""}
              onInput={(event) => change({ title: event.currentTarget.value })}
            />
            {fault(lacking.title)}
          </label>
        )}
        <label>
          {t("Stichtag")}
          <input
            type="date"
            value={entries.period}
            aria-invalid={asked && lacking.period !== ""}
            onInput={(event) => change({ period: event.currentTarget.value })}
          />
          {fault(lacking.period)}
        </label>
        <label>
          {t("Wer zählt? Amt oder Stelle")}
          <input
            value={entries.source}
            maxLength={80}
            autocomplete="off"
            aria-invalid={asked && lacking.source !== ""}
            onInput={(event) => change({ source: event.currentTarget.value })}
          />
          {fault(lacking.source)}
        </label>
      </div>
      <Towns desk={desk} perTown={perTown} chosen={towns} onChange={(next) => change({ towns: next })} />
      {fault(lacking.towns)}
      <GroupChoice
        desk={desk}
        entries={entries}
        hasAges={grouped.hasAges}
        refused={grouped.refused}
        onChange={change}
      />
      {fault(lacking.starts)}
      <SmallCounts entries={entries} onChange={change} />
      {counted && set && set.columns.length > 0 && (
        <Filled
          set={set}
          heads={counted.heads}
          filled={entries.filled}
          onChange={(filled) => change({ filled })}
        />
      )}
      {fault(lacking.columns)}
      {counted && (
        <CountTable
          counted={wanted?.heads.length ? wanted : counted}
          below={entries.below}
          hide={entries.hide}
        />
      )}
      <SingleCases
        heads={singles}
        entries={entries}
        faulty={asked && lacking.singles !== ""}
        onChange={change}
      />
      {fault(lacking.singles)}
      {open > 0 && (
        <p class="pt-look">
          {plural(
            "{count} Zeile ist wahrscheinlich zugeordnet und nicht bestätigt; sie zählt ohne Gebiet.",
            "{count} Zeilen sind wahrscheinlich zugeordnet und nicht bestätigt; sie zählen ohne Gebiet.",
            open,
            { count: count(open) },
          )}
        </p>
      )}
      {empty > 0 && (
        <p class="pt-look">
          {plural(
            "{count} Gebiet hat keine Adressen und steht nicht in der Auszählung.",
            "{count} Gebiete haben keine Adressen und stehen nicht in der Auszählung.",
            empty,
            { count: count(empty) },
          )}
        </p>
      )}
      {counted && counted.elsewhere > 0 && <p class="pt-look">{elsewhereText(counted.elsewhere)}</p>}
      <div class="pt-row">
        <button type="submit" class="button main large" disabled={!counted}>
          {t("Auszählung speichern")}
        </button>
        <p role="status" class="pt-said">
          {said}
        </p>
      </div>
    </form>
  );
}
