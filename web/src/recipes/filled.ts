/** What is filled in: rows by section, changed without changing what was there before. */

import { shownHead } from "../deliveries/reading";
import { t } from "../words";
import type { Fault, Field, Row, Section, Tables } from "./types";

export function tablesOf(sections: Section[]): Tables {
  return Object.fromEntries(sections.map((section) => [section.part, section.rows]));
}

/** A new row holds what usually holds. */
export function emptyRow(section: Section): Row {
  return Object.fromEntries(section.fields.map((field) => [field.name, field.usual]));
}

export function withEntry(tables: Tables, part: string, place: number, name: string, text: string): Tables {
  const rows = (tables[part] ?? []).map((row, at) => (at === place ? { ...row, [name]: text } : row));
  return { ...tables, [part]: rows };
}

export function withRow(tables: Tables, section: Section): Tables {
  return { ...tables, [section.part]: [...(tables[section.part] ?? []), emptyRow(section)] };
}

export function withoutRow(tables: Tables, part: string, place: number): Tables {
  return { ...tables, [part]: (tables[part] ?? []).filter((_row, at) => at !== place) };
}

/** Entries that nobody changes here are those of the server, such as the version, which grows with every saving. */
export function withFixed(tables: Tables, sections: Section[], fixed: string[]): Tables {
  const kept = sections.find((section) => section.part === "")?.rows[0] ?? {};
  const row = tables[""]?.[0];
  const other = fixed.filter((name) => name in kept && row?.[name] !== kept[name]);
  if (!row || other.length === 0) return tables;
  return {
    ...tables,
    "": [{ ...row, ...Object.fromEntries(other.map((name) => [name, kept[name] ?? ""])) }],
  };
}

/** Whether anything differs from what was loaded. */
export function isChanged(tables: Tables, sections: Section[]): boolean {
  return sections.some(
    (section) => JSON.stringify(tables[section.part] ?? []) !== JSON.stringify(section.rows),
  );
}

/** Several texts in one field, one a line. */
export function listed(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** The choice switched on or off, in the order of the choices; choices nobody offers any more stay. */
export function toggled(text: string, value: string, field: Field): string {
  const chosen = new Set(listed(text));
  if (chosen.has(value)) chosen.delete(value);
  else chosen.add(value);
  const known = field.options.map((option) => option.value);
  const others = [...chosen].filter((one) => !known.includes(one));
  return [...known.filter((one) => chosen.has(one)), ...others].join("\n");
}

/** A column's head names it everywhere; heads may just have been changed on this page. */
export function withHeads(sections: Section[], tables: Tables): Section[] {
  const columns = tables.columns;
  if (!columns) return sections;
  const heads = columns
    .filter((row) => row.name)
    .map((row) => ({ value: row.name ?? "", title: shownHead(row.head || row.letter || "") }));
  return sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) =>
      field.kind === "column" || field.kind === "columns"
        ? { ...field, options: named(heads, field) }
        : field,
    ),
  }));
}

/** A changing head is called as the server called it, a new one by its short name. */
function named(heads: Field["options"], field: Field): Field["options"] {
  const known = new Map(field.options.map((one) => [one.value, one.title]));
  return heads.map((one) => ({ ...one, title: one.title || known.get(one.value) || changing(one.value) }));
}

/** A row in words: what stands in its first filled-in fields; a column is called by its head. */
export function rowTitle(section: Section, row: Row): string {
  if (section.part === "columns")
    return shownHead(row.head || row.letter || "") || (row.name ? changing(row.name) : "");
  const words = section.fields
    .filter((field) => !field.advanced && field.kind !== "yes" && (row[field.name] || saysNothing(field)))
    .slice(0, 2)
    .map((field) => {
      const text = row[field.name] ?? "";
      return field.options.find((option) => option.value === text)?.title ?? text.replaceAll("\n", ", ");
    });
  return words.join(" · ");
}

/** Whether nothing entered has words of its own, such as "nur geprüft" in place of a feature. */
function saysNothing(field: Field): boolean {
  return field.kind === "text" && field.options.some((option) => option.value === "");
}

/** A column whose head is told by a pattern, because it changes from file to file. */
function changing(name: string): string {
  return t("wechselnde Überschrift ({name})", { name });
}

/** What is wrong with an entry of the form; '' when nothing is. */
export function faultOf(faults: Fault[], part: string, row: number, field: string): string {
  return faults.find((one) => one.part === part && one.row === row && one.field === field)?.what ?? "";
}
