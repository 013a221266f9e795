import { describe, expect, it } from "vitest";
import {
  isChanged,
  rowTitle,
  tablesOf,
  toggled,
  withEntry,
  withFixed,
  withHeads,
  withoutRow,
  withRow,
} from "./filled";
import type { Field, Row, Section } from "./types";

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  title: name,
  kind: "text",
  needed: false,
  usual: "",
  advanced: false,
  options: [],
  ...more,
});

const columns: Section = {
  part: "columns",
  title: "Spalten",
  note: "",
  many: true,
  advanced: false,
  fields: [field("name"), field("head"), field("many", { kind: "yes", usual: "false" })],
  rows: [{ name: "area", head: "Sozialraum", many: "false" }],
};
const values: Section = {
  ...columns,
  part: "value",
  title: "Werte",
  fields: [
    field("column", { kind: "column" }),
    field("feature", { options: [{ value: "x", title: "Kinder" }] }),
  ],
  rows: [{ column: "area", feature: "x" }],
};

describe("what is filled in", () => {
  it("keeps the version of the server under what was typed before a saving", () => {
    const about: Section = { ...columns, part: "", many: false, rows: [{ version: "2", title: "Tabelle" }] };
    const typed = { "": [{ version: "1", title: "Tabelle des Amts" }] };
    expect(withFixed(typed, [about], ["code", "version"])).toEqual({
      "": [{ version: "2", title: "Tabelle des Amts" }],
    });
    expect(withFixed(typed, [about], ["code"])).toBe(typed);
  });

  it("changes one entry and leaves what was loaded as it was", () => {
    const tables = tablesOf([columns, values]);
    const next = withEntry(tables, "columns", 0, "head", "Planungsraum");
    expect(next.columns?.[0]?.head).toBe("Planungsraum");
    expect(columns.rows[0]?.head).toBe("Sozialraum");
    expect(isChanged(tables, [columns, values])).toBe(false);
    expect(isChanged(next, [columns, values])).toBe(true);
  });

  it("adds a row with what usually holds and takes one away", () => {
    const more = withRow(tablesOf([columns]), columns);
    expect(more.columns?.[1]).toEqual({ name: "", head: "", many: "false" });
    expect(withoutRow(more, "columns", 0).columns).toHaveLength(1);
  });

  it("offers columns by the heads that stand on the page now", () => {
    const tables = withEntry(tablesOf([columns, values]), "columns", 0, "head", "Planungsraum");
    expect(withHeads([columns, values], tables)[1]?.fields[0]?.options).toEqual([
      { value: "area", title: "Planungsraum" },
    ]);
  });

  it("switches a choice on and off in the order of the choices", () => {
    const kinds = field("formats", { options: ["csv", "xlsx"].map((value) => ({ value, title: value })) });
    expect(toggled("xlsx", "csv", kinds)).toBe("csv\nxlsx");
    expect(toggled("csv\nxlsx", "csv", kinds)).toBe("xlsx");
    expect(toggled("old", "csv", kinds)).toBe("csv\nold");
  });

  it("calls a row by its words", () => {
    const shown = withHeads([columns, values], tablesOf([columns, values]))[1] as Section;
    expect(rowTitle(shown, values.rows[0] ?? {})).toBe("Sozialraum · Kinder");
  });
});

describe("heads of columns", () => {
  it("are read with commas, and a changing one as it could stand there", () => {
    const field = { name: "column", kind: "column", options: [{ value: "v", title: "Arbeitslose, 2025" }] };
    const sections = [{ part: "value", fields: [field], rows: [] }] as unknown as Section[];
    const columns = [
      { name: "v", head: "", letter: "" },
      { name: "k", head: "Kinder | zusammen", letter: "" },
    ] as unknown as Row[];
    expect(withHeads(sections, { columns })[0]?.fields[0]?.options).toEqual([
      { value: "v", title: "Arbeitslose, 2025" },
      { value: "k", title: "Kinder, zusammen" },
    ]);
  });
});
