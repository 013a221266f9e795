/** Lists as departments have them: workbooks, texts of old programs, and what cannot be read. */

import { readXlsx, writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { headRowOf, headsOf, letters, partOf, rolesOf } from "./columns";
import { decode } from "./encodings";
import { delimiterOf, NotRead, openBook, textOf } from "./workbook";

const bytes = (...codes: number[]) => new Uint8Array(codes);
const utf8 = (text: string) => new TextEncoder().encode(text);

describe("a text is read in the encoding it was written in", () => {
  const word = (umlaut: number[]) => bytes(...utf8("M"), ...umlaut, ...utf8("hlenweg;1"));
  it.each([
    ["UTF-8", bytes(...utf8("Mühlenweg;1"))],
    ["UTF-8 with a mark", bytes(0xef, 0xbb, 0xbf, ...utf8("Mühlenweg;1"))],
    ["Windows", word([0xfc])],
    ["DOS", word([0x81])],
    ["Macintosh", word([0x9f])],
    ["UTF-16", bytes(0xff, 0xfe, ...[..."Mühlenweg;1"].flatMap((sign) => [sign.charCodeAt(0), 0]))],
  ])("%s", (_name, content) => expect(decode(content)?.replace("\ufeff", "")).toBe("Mühlenweg;1"));

  it("or not at all", () => expect(decode(bytes(80, 0, 1, 2))).toBeNull());
});

describe("texts with delimiters", () => {
  it.each([
    [";", "Straße;Nr;Betrag\nHauptstr.;1;2,50\nRing;2;3,10"],
    [",", 'Straße,Nr\n"Ring, Nord",2\nHauptstr.,1'],
    ["\t", "Straße\tNr\nRing\t2\nA\t3"],
  ])("are cut at %j", (delimiter, text) => expect(delimiterOf(text)).toBe(delimiter));

  it("come back with their texts as they were and further columns", async () => {
    const book = await openBook("l.csv", utf8('PLZ;Straße\r\n01067;"Am ""Markt"""\r\n'));
    expect(book.sheets[0]?.rows.slice(0, 2)).toEqual([
      ["PLZ", "Straße"],
      ["01067", 'Am "Markt"'],
    ]);
    const again = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      await book.again(0, [["Gebiet", "G1"]]),
    );
    expect(again.startsWith("\ufeffPLZ;Straße;Gebiet\r\n01067;")).toBe(true);
    expect(again).toContain('"Am ""Markt""";G1');
  });
});

describe("workbooks", () => {
  const made = writeXlsx({
    sheets: [
      { name: "Geheim", hidden: true, rows: [["x"]] },
      {
        name: "Fälle",
        rows: [
          ["Straße", "seit"],
          ["Ring", new Date(Date.UTC(2025, 0, 2))],
        ],
      },
      { name: "Notiz", rows: [["bleibt"]] },
    ],
  });

  it("show only sheets a person sees", async () => {
    const book = await openBook("l.xlsx", await made);
    expect(book.sheets.map(({ name }) => name)).toEqual(["Fälle", "Notiz"]);
    expect(textOf(book.sheets[0]?.rows[1]?.[1])).toBe("02.01.2025");
  });

  it("come back with their other sheets and with further columns in the chosen one", async () => {
    const book = await openBook("l.xlsx", await made);
    const again = await readXlsx(await book.again(0, [["Gebiet", "G1"]]));
    expect(again.sheets.map(({ name }) => name)).toEqual(["Geheim", "Fälle", "Notiz"]);
    expect(again.sheets[1]?.rows.map((row) => row[2])).toEqual(["Gebiet", "G1"]);
    expect(again.sheets[1]?.rows[1]?.[1]).toEqual(new Date(Date.UTC(2025, 0, 2)));
    expect(book.sheets[0]?.rows[0]).toHaveLength(2);
  });

  it("keep the ending that their macros need", async () => {
    expect((await openBook("L.XLSM", await made)).ending).toBe("xlsm");
    expect((await openBook("l.xlsx", await made)).ending).toBe("xlsx");
  });

  it.each([
    ["a broken workbook", bytes(0x50, 0x4b, 3, 4, 9, 9)],
    ["an old or locked workbook that is broken", bytes(208, 207, 17, 224, 1)],
    ["no table at all", bytes(0, 1, 2, 3)],
  ])("%s is refused in one sentence", async (_name, content) => {
    await expect(openBook("x.bin", content)).rejects.toThrow(NotRead);
  });
});

describe("columns are known by their heads", () => {
  it.each([
    ["Straße", "street"],
    ["STRASSE", "street"],
    ["Anschrift", "street"],
    ["Haus-Nr.", "number"],
    ["Nr", "number"],
    ["PLZ", "postcode"],
    ["Wohnort", "town"],
    ["Aktenzeichen", ""],
  ])("%s", (head, part) => expect(partOf(head)).toBe(part));

  it("below a title, each part once", () => {
    const sheet = {
      name: "",
      rows: [["Hilfen"], [], ["Az", "Straße", "Nr.", "Ort", "Ort"], ["1", "Ring", 3, "A", "B"]],
    };
    expect(headRowOf(sheet)).toBe(2);
    expect(rolesOf(headsOf(sheet, 2))).toEqual({ street: 1, number: 2, suffix: -1, postcode: -1, town: 3 });
  });

  it("or named by their letter where they have none", () => {
    expect(headsOf({ name: "", rows: [["a", "", "c", "d"]] }, 0)).toEqual(["a", "(B)", "c", "d"]);
    expect([letters(25), letters(26), letters(701)]).toEqual(["Z", "AA", "ZZ"]);
  });
});
