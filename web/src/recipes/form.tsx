/** A form made of sections: one record, or rows; what only experts need stands behind "Erweitert". */

import { useLayoutEffect, useState } from "preact/hooks";
import { t } from "../words";
import { Entry } from "./entry";
import { faultOf, rowTitle, withEntry, withHeads, withoutRow, withRow } from "./filled";
import type { Fault, Field, Row, Section, Tables } from "./types";

interface Props {
  sections: Section[];
  tables: Tables;
  onTables: (tables: Tables) => void;
  /** Entries that are not changed here. */
  fixed: string[];
  faults: Fault[];
}

export function Form({ sections, tables, onTables, fixed, faults }: Props) {
  const shown = withHeads(sections, tables);
  const used = shown.filter((section) => (tables[section.part] ?? []).length > 0);
  const unused = shown.filter((section) => !used.includes(section));
  const part = (section: Section) => (
    <SectionCard
      key={section.part}
      section={section}
      tables={tables}
      onTables={onTables}
      fixed={fixed}
      faults={faults}
    />
  );
  return (
    <>
      {used.filter((section) => !section.advanced).map(part)}
      {used.some((section) => section.advanced) && (
        <details class="card pad rc-more">
          <summary>
            <h2>{t("Erweitert")}</h2>
          </summary>
          {used.filter((section) => section.advanced).map(part)}
        </details>
      )}
      {unused.length > 0 && (
        <section class="card pad">
          <h2>{t("Weitere Abschnitte")}</h2>
          <ul class="rc-unused">
            {unused.map((section) => (
              <li key={section.part}>
                <button type="button" class="button" onClick={() => onTables(withRow(tables, section))}>
                  {t("{section} hinzufügen", { section: section.title })}
                </button>
                {section.note && <span class="small quiet">{section.note}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface PartProps extends Omit<Props, "sections"> {
  section: Section;
}

function SectionCard({ section, tables, onTables, fixed, faults }: PartProps) {
  const rows = tables[section.part] ?? [];
  const set = (place: number, name: string, text: string) =>
    onTables(withEntry(tables, section.part, place, name, text));
  return (
    <section class="card pad stack rc-section" aria-label={section.title}>
      <h2>{section.title}</h2>
      {section.note && <p class="small quiet">{section.note}</p>}
      {section.many ? (
        <Rows
          section={section}
          faults={faults}
          rows={rows}
          set={set}
          onRemove={(place) => onTables(withoutRow(tables, section.part, place))}
        />
      ) : (
        <Record
          section={section}
          place={0}
          faults={faults}
          row={rows[0] ?? {}}
          fixed={fixed}
          set={(name, text) => set(0, name, text)}
        />
      )}
      <p class="row">
        {section.many && (
          <button type="button" class="link" onClick={() => onTables(withRow(tables, section))}>
            {t("Zeile hinzufügen")}
          </button>
        )}
        {["grid", "facilities"].includes(section.part) && (
          <button type="button" class="link" onClick={() => onTables(withoutRow(tables, section.part, 0))}>
            {t("{section} weglassen", { section: section.title })}
          </button>
        )}
      </p>
    </section>
  );
}

interface RecordProps {
  section: Section;
  row: Row;
  fixed: string[];
  place: number;
  faults: Fault[];
  set: (name: string, text: string) => void;
}

function Record({ section, row, fixed, place, faults, set }: RecordProps) {
  const fields = section.fields.filter((field) => !fixed.includes(field.name) || section.part !== "");
  const entry = (field: Field) => (
    <Entry
      key={field.name}
      field={field}
      text={row[field.name] ?? ""}
      fault={faultOf(faults, section.part, place, field.name)}
      onText={(text) => set(field.name, text)}
    />
  );
  const advanced = fields.filter((field) => field.advanced);
  const used = advanced.filter((field) => row[field.name] && row[field.name] !== field.usual);
  const wrong = advanced.some((field) => faultOf(faults, section.part, place, field.name));
  return (
    <>
      <div class="rc-grid">{fields.filter((field) => !field.advanced).map(entry)}</div>
      {advanced.length > 0 && (
        <details class="rc-advanced" open={wrong || undefined}>
          <summary>
            {t("Erweitert")}
            {used.length > 0 && (
              <span class="small quiet">: {used.map((field) => field.title).join(", ")}</span>
            )}
          </summary>
          <div class="rc-grid">{advanced.map(entry)}</div>
        </details>
      )}
    </>
  );
}

interface RowsProps {
  section: Section;
  rows: Row[];
  faults: Fault[];
  set: (place: number, name: string, text: string) => void;
  onRemove: (place: number) => void;
}

function Rows({ section, rows, faults, set, onRemove }: RowsProps) {
  return (
    <ol class="rc-rows">
      {rows.map((row, place) => (
        <li key={`${section.part} ${place}`}>
          <OneRow
            section={section}
            row={row}
            place={place}
            alone={rows.length === 1}
            faults={faults}
            set={(name, text) => set(place, name, text)}
            onRemove={() => onRemove(place)}
          />
        </li>
      ))}
      {rows.length === 0 && <li class="small quiet">{t("keine Zeilen")}</li>}
    </ol>
  );
}

interface OneRowProps {
  section: Section;
  row: Row;
  place: number;
  alone: boolean;
  faults: Fault[];
  set: (name: string, text: string) => void;
  onRemove: () => void;
}

/** A row under its words; a new one and one alone are open from the start. */
function OneRow({ section, row, place, alone, faults, set, onRemove }: OneRowProps) {
  const title = rowTitle(section, row);
  const [open, setOpen] = useState(alone || title === "");
  const wrong = faults.some((fault) => fault.part === section.part && fault.row === place);
  useLayoutEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="unseen">
          {t("{section}, Zeile {number}:", { section: section.title, number: place + 1 })}{" "}
        </span>
        <span>{title || t("neue Zeile")}</span>
      </summary>
      <div class="rc-row">
        <Record section={section} row={row} fixed={[]} place={place} faults={faults} set={set} />
        <button type="button" class="link" onClick={onRemove}>
          {t("Zeile entfernen")}
        </button>
      </div>
    </details>
  );
}
