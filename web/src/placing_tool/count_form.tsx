/** "Zählen": area x group as a workbook; only counts leave the page. */

import { useMemo, useState } from "preact/hooks";
import { count } from "../numbers";
import { t } from "../words";
import {
  asWanted,
  casesPerTown,
  countOf,
  type Entries,
  elsewhereText,
  lackingOf,
  linesOf,
  notesOf,
  textsOf,
} from "./count_entries";
import { Filled, SmallCounts, Towns } from "./count_parts";
import { CountTable } from "./count_table";
import { MOST_GROUPS, valuesOf } from "./counting";
import type { Desk } from "./desk";
import { type CountFile, countWorkbook, keyOf } from "./form_file";
import { save, stem } from "./saving";

const NOT_A_SET = "";

export function CountForm({ desk }: { desk: Desk }) {
  const { data } = desk;
  const [entries, setEntries] = useState<Entries>(() => ({
    set: NOT_A_SET,
    title: stem(desk.book?.name ?? ""),
    source: "",
    period: "",
    groups: [-1, -1],
    towns: null,
    below: data.below,
    hide: false,
    filled: {},
  }));
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState("");
  const change = (part: Partial<Entries>) => {
    setEntries((before) => ({ ...before, ...part }));
    setSaid("");
  };
  const perTown = useMemo(() => casesPerTown(desk), [desk.areas, data]);
  const towns = entries.towns ?? new Set(perTown.keys());
  const groups = [...new Set(entries.groups.filter((column) => column >= 0 && column < desk.heads.length))];
  const tooMany = groups.find((column) => valuesOf(textsOf(desk, column)).length > MOST_GROUPS);
  const counted = useMemo(
    () => (tooMany === undefined ? countOf(desk, groups, towns, entries.hide) : null),
    [desk.areas, desk.placed, groups.join(), [...towns].sort().join(), entries.hide, tooMany],
  );
  const set = data.sets.find(({ id }) => id === entries.set);
  const title = set?.title ?? entries.title.trim();
  const wanted = counted && set && set.columns.length > 0 ? asWanted(counted, set, entries.filled) : null;
  const lacking = lackingOf(entries, title, towns, wanted?.heads.length);
  const write = async () => {
    setAsked(true);
    if (!counted || Object.values(lacking).some(Boolean)) return;
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
      class="pt-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <div class="pt-fields">
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
            {t("Bezeichnung, zum Beispiel „Hilfen zur Erziehung“")}
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
          {t("Wer zählt? Amt oder Stelle, kein Name")}
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
      <div class="pt-fields">
        {[0, 1].map((place) => (
          <label key={place}>
            {place === 0 ? t("Gruppen aus der Spalte") : t("und aus der Spalte")}
            <select
              value={String(entries.groups[place])}
              onChange={(event) => {
                const next: [number, number] = [...entries.groups];
                next[place] = Number(event.currentTarget.value);
                change({ groups: next });
              }}
            >
              <option value="-1">{t("ohne Gruppen")}</option>
              {desk.heads.map((head, column) => (
                <option key={column} value={String(column)}>
                  {head}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {tooMany !== undefined && (
        <p class="error" role="alert">
          {t(
            "In der Spalte „{head}“ stehen {count} verschiedene Angaben. Als Gruppen gehen höchstens {most}; wählen Sie eine andere Spalte.",
            {
              head: desk.heads[tooMany] ?? "",
              count: count(valuesOf(textsOf(desk, tooMany)).length),
              most: MOST_GROUPS,
            },
          )}
        </p>
      )}
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
