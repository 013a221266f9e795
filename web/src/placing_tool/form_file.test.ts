/** The workbook of counts: what is shown, what the hidden sheet says. That sozialraum reads it is tested in Python. */

import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { type CountFile, countWorkbook, featuresOf, keyOf, markLines } from "./form_file";

const FILE: CountFile = {
  code: "hilfen",
  title: 'Hilfen "neu"',
  source: "Jugendamt",
  period: "2025-12-31",
  project: "abc",
  below: 3,
  hide: false,
  counted: {
    heads: ["insgesamt", "Heim"],
    rows: [
      { key: "01-1", name: "Nord", town: "A", counts: [7, 2] },
      { key: "keine Angabe", name: "ohne Angabe des Gebiets", town: "", counts: [0, 3] },
    ],
    elsewhere: 0,
  },
  lines: [],
  notes: ["Anmerkung"],
};

async function tableOf(file: CountFile) {
  const book = await readXlsx(await countWorkbook(file), { readStyles: true });
  return { rows: book.sheets[0]?.rows ?? [], cells: book.sheets[0]?.cells, hidden: book.sheets[1] };
}

describe("the workbook of counts", () => {
  it("holds nothing but heads, keys, names and counts", async () => {
    const { rows, hidden } = await tableOf(FILE);
    expect(rows.map((row) => row.filter((cell) => cell !== null))).toEqual([
      ['Hilfen "neu"'],
      ["Stichtag: 31.12.2025"],
      [],
      ["Schlüssel", "Name", "Gemeinde", "insgesamt", "Heim"],
      ["01-1", "Nord", "A", 7, 2],
      ["keine Angabe", "ohne Angabe des Gebiets", "", 0, 3],
      [],
      ["Anmerkung"],
    ]);
    expect(hidden?.name).toBe("sozialraum");
    expect(hidden?.veryHidden).toBe(true);
    // nobody knows in which municipality the cases without a place are
    expect(markLines(FILE)).toContainEqual(["recipe", "regional = true"]);
  });

  it("marks small counts only: neither nothing nor the number itself is small", async () => {
    const { cells } = await tableOf(FILE);
    const colour = (cell: string) => JSON.stringify(cells?.get(cell)?.style?.fill ?? null).includes("FBF1DD");
    expect(["4,3", "4,4", "5,3", "5,4"].map(colour)).toEqual([false, true, false, false]);
  });

  it("replaces them by a sign on request and says in the hidden sheet what the sign stands for", async () => {
    const { rows } = await tableOf({ ...FILE, hide: true });
    expect(rows[4]?.slice(3)).toEqual([7, "*"]);
    const lines = markLines({ ...FILE, hide: true }).map(([, text]) => text);
    expect(lines.filter((line) => line === 'own_signs = ["* = 1-2"]')).toHaveLength(2);
    expect(markLines(FILE).some(([, text]) => text.includes("own_signs"))).toBe(false);
  });

  it("quotes texts as the reading expects them", () => {
    expect(markLines(FILE)).toContainEqual(["recipe", 'title = "Hilfen \\"neu\\""']);
  });
});

describe("keys", () => {
  it.each([
    ["Hilfen zur Erziehung (§ 27)", "hilfen_zur_erziehung_27"],
    ["Größe", "groesse"],
    ["§§", "x"],
  ])("of %s", (text, key) => expect(keyOf(text)).toBe(key));

  it("of features differ even when their heads look alike", () => {
    expect(featuresOf("T", ["a b", "a-b"])).toEqual(["own_t_a_b", "own_t_a_b_2"]);
  });
});
