/** "Zählen": area x group as a workbook; only counts leave the page. */

import { useMemo, useState } from "preact/hooks";
import { count } from "../numbers";
import { plural, t } from "../words";
import { CountTable } from "./count_table";
import { type Case, countCases, MOST_GROUPS, valuesOf } from "./counting";
import type { Desk } from "./desk";
import { type CountFile, countWorkbook, keyOf } from "./form_file";
import { save, stem } from "./saving";
import { textOf } from "./workbook";

const NOT_A_SET = "";
const MOST_BELOW = 100;

interface Entries {
  set: string;
  title: string;
  source: string;
  period: string;
  groups: [number, number];
  towns: ReadonlySet<string> | null;
  below: number;
  hide: boolean;
}

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
  const title = data.sets.find(({ id }) => id === entries.set)?.title ?? entries.title.trim();
  const lacking = lackingOf(entries, title, towns);
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
      counted,
      lines: [t("Gebiete: {plan}", { plan: data.plan }), `${t("Ausgezählt von")}: ${entries.source.trim()}`],
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
      {counted && <CountTable counted={counted} below={entries.below} hide={entries.hide} />}
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

function elsewhereText(number: number): string {
  return plural(
    "{count} Fall liegt in einer Gemeinde, die Sie nicht gewählt haben, und wird nicht gezählt.",
    "{count} Fälle liegen in Gemeinden, die Sie nicht gewählt haben, und werden nicht gezählt.",
    number,
    { count: count(number) },
  );
}

function notesOf(entries: Entries, elsewhere: number): string[] {
  const most = entries.below - 1;
  const notes: string[] = [];
  if (most > 0 && entries.hide) notes.push(t("Ein Stern steht für 1 bis {most} Fälle.", { most }));
  else if (most > 0) notes.push(t("Farbig unterlegt: 1 bis {most} Fälle.", { most }));
  if (elsewhere > 0) notes.push(elsewhereText(elsewhere));
  return notes;
}

function lackingOf(entries: Entries, title: string, towns: ReadonlySet<string>) {
  return {
    title: title ? "" : t("Geben Sie an, was gezählt wird."),
    period: /^\d{4}-\d{2}-\d{2}$/.test(entries.period) ? "" : t("Geben Sie den Stichtag der Liste an."),
    source: entries.source.trim() ? "" : t("Geben Sie an, wer zählt, zum Beispiel „Jugendamt“."),
    towns: towns.size ? "" : t("Wählen Sie mindestens eine Gemeinde."),
  };
}

function SmallCounts({
  entries,
  onChange,
}: {
  entries: Entries;
  onChange: (part: Partial<Entries>) => void;
}) {
  return (
    <fieldset class="pt-small">
      <legend>{t("Kleine Anzahlen")}</legend>
      <label class="pt-inline">
        {t("Klein ist eine Anzahl unter")}
        <input
          type="number"
          min={1}
          max={MOST_BELOW}
          value={entries.below}
          onChange={(event) => {
            const below = Math.round(Number(event.currentTarget.value));
            if (below >= 1 && below <= MOST_BELOW) onChange({ below });
            else event.currentTarget.value = String(entries.below);
          }}
        />
      </label>
      <label class="pt-check">
        <input type="radio" name="hide" checked={!entries.hide} onChange={() => onChange({ hide: false })} />
        {t("farbig unterlegen")}
      </label>
      <label class="pt-check">
        <input type="radio" name="hide" checked={entries.hide} onChange={() => onChange({ hide: true })} />
        {t("durch einen Stern ersetzen")}
      </label>
      {entries.hide && (
        <p class="small quiet">
          {t("Mit Gruppen entfällt dann die Spalte „insgesamt“, weil sich der Stern sonst ausrechnen ließe.")}
        </p>
      )}
    </fieldset>
  );
}

interface TownsProps {
  desk: Desk;
  perTown: ReadonlyMap<string, number>;
  chosen: ReadonlySet<string>;
  onChange: (next: ReadonlySet<string>) => void;
}

/** A list says nothing on municipalities it does not cover; there an area without a case is not a zero. */
function Towns({ desk, perTown, chosen, onChange }: TownsProps) {
  const { municipalities } = desk.data;
  if (municipalities.length < 2) return null;
  return (
    <fieldset class="pt-towns">
      <legend>{t("Für welche Gemeinden ist die Liste vollständig?")}</legend>
      <p class="small quiet">{t("In diesen Gemeinden gilt ein Gebiet ohne Fall als null.")}</p>
      <div class="pt-checks">
        {municipalities.map(({ ags, name }) => (
          <label key={ags} class="pt-check">
            <input
              type="checkbox"
              checked={chosen.has(ags)}
              onChange={(event) => {
                const next = new Set(chosen);
                if (event.currentTarget.checked) next.add(ags);
                else next.delete(ags);
                onChange(next);
              }}
            />
            {name} <span class="small quiet">({count(perTown.get(ags) ?? 0)})</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function casesPerTown(desk: Desk): Map<string, number> {
  const found = new Map<string, number>();
  for (const area of desk.areas) {
    const ags = desk.data.areas[area]?.ags;
    if (ags) found.set(ags, (found.get(ags) ?? 0) + 1);
  }
  return found;
}

function textsOf(desk: Desk, column: number): string[] {
  return (desk.placed ?? []).map(({ row }) => textOf(desk.sheet?.rows[row]?.[column]));
}

function countOf(desk: Desk, groups: number[], towns: ReadonlySet<string>, hide: boolean) {
  const texts = groups.map((column) => textsOf(desk, column));
  const cases: Case[] = desk.areas.map((area, place) => ({
    area,
    groups: texts.map((column) => column[place] ?? ""),
  }));
  return countCases(cases, desk.data.areas, towns, {
    without: t("ohne Angabe"),
    all: hide && groups.length > 0 ? "" : t("insgesamt"),
    residual: t("ohne Angabe des Gebiets"),
  });
}
