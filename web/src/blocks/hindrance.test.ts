import { expect, test } from "vitest";
import { hindrance } from "./hindrance";
import type { FilePart, GroundAnswer, KeptBlocks } from "./types";

const RIGHT: FilePart = {
  number: 0,
  file: "a.gpkg",
  layer: "a",
  size: "",
  role: "",
  roles: [],
  columns: [],
  key: "",
  name: "",
  reading: "",
  reading_title: "",
  wrong: null,
};
const KEPT: KeptBlocks = { count: 4, municipalities: 1, people: 10, version: 1, rests: [] };

function page(files: Partial<FilePart>[], kept: KeptBlocks | null = null): GroundAnswer {
  return {
    blocks: kept,
    municipalities: kept ? kept.municipalities : 0,
    files: files.map((file) => ({ ...RIGHT, ...file })),
    rule: { sentence: "", numbers: {} },
    built: null,
    checked: null,
  };
}

test.each([
  ["nothing", page([]), "Es fehlen die Gemeindegrenzen."],
  ["lines alone", page([{ role: "lines" }]), "Es fehlen die Gemeindegrenzen."],
  ["borders alone", page([{ role: "municipalities" }]), "Es fehlen Linien oder Einheiten."],
  [
    "borders and addresses",
    page([{ role: "municipalities" }, { role: "addresses" }]),
    "Es fehlen Linien oder Einheiten.",
  ],
  ["borders and lines", page([{ role: "municipalities" }, { role: "water" }]), ""],
  ["borders and units", page([{ role: "municipalities" }, { role: "units" }]), ""],
  ["what the project has", page([], KEPT), ""],
  ["lines beside the project's borders", page([{ role: "lines" }], KEPT), ""],
])("%s", (_name, answer, said) => {
  expect(hindrance(answer)).toBe(said);
});

test("units need a key", () => {
  const units = { role: "units", columns: ["nr", "name"] };
  expect(hindrance(page([{ role: "municipalities" }, units]))).toMatch("Schlüssel");
  expect(hindrance(page([{ role: "municipalities" }, { ...units, key: "nr" }]))).toBe("");
});

test("coordinates that lie elsewhere come first, except of what is not used", () => {
  const wrong = { sentence: "", todo: "", readings: [] };
  const both = [{ role: "municipalities" }, { role: "lines", wrong }];
  expect(hindrance(page(both))).toBe("Zuerst ist zu klären, wie die Koordinaten gelesen werden.");
  expect(hindrance(page([...both.slice(0, 1), { role: "lines" }, { role: "", wrong }]))).toBe("");
});
