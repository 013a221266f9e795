import { afterEach, describe, expect, test } from "vitest";
import { LONGEST_NAME, oneLine, plainText } from "../area_text";
import { sizeWord } from "../editor/checks";
import { makeEdit } from "../editor/edit";
import { useCatalogue } from "../words";
import { linesBetween, ringsOf, segmentsOf } from "./borders";
import { firstColours, withNew } from "./colours";
import { baseOf, groundOf, type PackageData } from "./data";
import { areaRooms, labelPlaces, longest } from "./labels";
import { reasonWords } from "./reason";
import { rangeWords, tell, withRange } from "./sentences";
import { around, wholeMap, zoomed } from "./view";
import {
  again,
  answerOf,
  back,
  beginWork,
  figures,
  fileName,
  fileWord,
  planOf,
  propose,
  surplus,
  withComment,
  workOf,
} from "./work";

/** Four squares of 100 m in a row, a and b in area 1, c and d in area 2. */
const square = (left: number) => `M${left} 0l0 100 100 0 0-100z`;
const data = {
  format: "sozialraum-package",
  version: 1,
  package_id: "a1",
  project: "Musterkreis",
  notice: "",
  ags: "05999004",
  name: "Musterdorf",
  size_low: 700,
  size_high: 2000,
  plan_id: "p1",
  state_id: "p1",
  title: "Vorschlag",
  status: "proposal",
  written: "2026-11-28T08:00:00Z",
  check_number: "",
  step: 5,
  reasons: [],
  roles: [],
  areas: [
    { area_id: "05999004-01", code: "1", name: "West", people: 1205 },
    { area_id: "05999004-02", code: "2", name: "Ost", people: 1000 },
  ],
  blocks: {
    id: ["a", "b", "c", "d"],
    area: [0, 0, 1, 1],
    people: [600, 600, 500, 500],
    open: [0, 0, 0, 0],
    path: [0, 100, 200, 300].map(square),
    x: [50, 150, 250, 350],
    y: [50, 50, 50, 50],
    edges: [0, 1, 1, 2, 2, 3],
    locked: [3],
  },
  map: {
    west: 300_000,
    north: 5_600_000,
    width: 400,
    height: 100,
    streets: [{ name: "Am Bach", path: "M0 0l10 0 200 0M0 50l5 5" }],
    motorways: [],
    rails: [],
    waters: [],
    places: [],
  },
  figures: { indicators: [], rows: [] },
} satisfies PackageData;
const base = baseOf(data);
const ground = groundOf(data);
const limits = { low: data.size_low, high: data.size_high };
const move = (blocks: string[], area: string) => makeEdit({ kind: "move", area, blocks, role: "Jugendamt" });
const people = (edits: Parameters<typeof propose>[1][]) =>
  figures(planOf(edits.reduce(propose, beginWork(base, "w1"))), ground, limits, surplus(data)).map(
    (area) => `${area.code} ${area.people} ${area.word}${area.connected ? "" : " apart"}`,
  );
afterEach(() => useCatalogue("de", {}));

describe("inhabitants", () => {
  test("start as the areas were sent, not as the sum of rounded blocks", () =>
    expect(people([])).toEqual(["1 1205 within", "2 1000 within"]));

  test("follow the blocks", () =>
    expect(people([move(["b"], "05999004-02")])).toEqual(["1 605 outside", "2 1600 within"]));

  test("of a part split off are those of its blocks", () => {
    const split = makeEdit({
      kind: "split",
      area: "05999004-01",
      into: "05999004~1",
      blocks: ["a"],
      code: "1b",
      name: "Neu",
      rest_code: "1a",
      role: "Jugendamt",
    });
    expect(people([split])).toEqual(["1a 605 outside", "1b 600 outside", "2 1000 within"]);
  });

  test("have no upper limit where the municipality has none", () => {
    const open = { low: 700, high: Number.POSITIVE_INFINITY };
    expect(sizeWord(50_000, open)).toBe("within");
    expect(rangeWords(open)).toBe("Rahmen: mindestens 700 Einwohner");
    expect(rangeWords(limits)).toBe("Rahmen: 700 bis 2.000 Einwohner");
    expect(withRange(open)).toBe("Einwohner · Rahmen mindestens 700");
  });

  test("and a torn area is said", () =>
    expect(people([move(["a"], "05999004-02")])).toEqual(["1 605 outside", "2 1600 within apart"]));
});

describe("the answer", () => {
  const work = withComment(
    { ...propose(beginWork(base, "w1"), move(["b"], "05999004-02")), role: " Amt für Bürger " },
    { text: "Hier", area_id: "", block_id: "a", x: 10, y: 20 },
  );
  const file = answerOf(work, data, "2026-11-28T09:00:00Z");

  test("names package, plan, state and role, and places in the coordinates of the project", () => {
    expect(file).toMatchObject({
      package_id: "a1",
      plan_id: "p1",
      state_id: "p1",
      ags: "05999004",
      answer_id: "w1",
      role: "Amt für Bürger",
    });
    expect(file.comments[0]).toMatchObject({ number: 1, x: 300_010, y: 5_599_980 });
    expect(file.edits[0]?.role).toBe("Amt für Bürger");
    expect(fileName(work, data)).toBe("antwort-05999004-amt-fuer-buerger.json");
    expect(fileWord("Größe & Maß!")).toBe("groesse-mass");
  });

  test("can be gone on with", () => {
    const found = workOf(JSON.stringify(file), data, base);
    if (typeof found === "string") throw new Error(found);
    expect(answerOf(found, data, file.written)).toEqual(file);
  });

  test.each([
    ["{", "no_answer"],
    ["[]", "no_answer"],
    [JSON.stringify({ ...file, format: "other" }), "no_answer"],
    [JSON.stringify({ ...file, package_id: "a2" }), "other_package"],
    [JSON.stringify({ ...file, edits: [{ ...file.edits[0], blocks: ["z"] }] }), "damaged"],
    [JSON.stringify({ ...file, edits: [{ ...file.edits[0], kind: "adopt" }] }), "damaged"],
    [JSON.stringify({ ...file, role: 5 }), "damaged"],
    [JSON.stringify({ ...file, edits: null }), "damaged"],
    [JSON.stringify({ ...file, comments: [{ ...file.comments[0], x: "1" }] }), "damaged"],
  ])("is refused: %.40s", (text, why) => expect(workOf(text, data, base)).toBe(why));

  test("holds no character that the planner's project could not keep", () => {
    const odd = { ...work, role: "Amt\u0007 für\nBürger\ud800" };
    expect(answerOf(odd, data, file.written).role).toBe("Amt für Bürger");
    expect(plainText("eins\u0000\n\tzwei 😀\ude00")).toBe("eins\n\tzwei 😀");
    expect(oneLine(` ${"Ä".repeat(90)}`, LONGEST_NAME)).toBe("Ä".repeat(80));
  });

  test("undo and redo", () => {
    expect(planOf(back(work))).toEqual(base);
    expect(answerOf(again(back(work)), data, file.written)).toEqual(file);
  });

  test("a block that is locked stays", () =>
    expect(() => propose(work, move(["d"], "05999004-01"))).toThrow("locked"));
});

describe("sentences", () => {
  const edits = [
    move(["b"], "05999004-02"),
    makeEdit({ kind: "rename", area: "05999004-02", name: "Rand", role: "x" }),
    move(["c"], "05999004-01"),
  ];
  test("tell each proposal with the names of its time", () =>
    expect(tell(base, edits)).toEqual([
      "1 Baustein von 1 nach 2 Ost verschieben.",
      "Gebiet 2 soll „Rand“ heißen.",
      "1 Baustein von 2 nach 1 West verschieben.",
    ]));

  test("speak English when asked", () => {
    useCatalogue("en", { "Gebiet {code} soll „{name}“ heißen.": "Area {code} shall be called “{name}”." });
    expect(tell(base, edits)[1]).toBe("Area 2 shall be called “Rand”.");
  });
});

describe("the map", () => {
  const segments = segmentsOf(data.blocks.path);

  test("reads relative paths with and without spaces", () =>
    expect(ringsOf("M1 2l3-4 5 6zM0 0l1 1-1 0z")).toEqual([
      [
        [1, 2],
        [4, -2],
        [9, 4],
      ],
      [
        [0, 0],
        [1, 1],
        [0, 1],
      ],
    ]));

  test("finds common borders once", () => {
    expect(segments.length).toBe(13);
    expect(segments.filter(({ other }) => other >= 0).length).toBe(3);
  });

  test("draws the line between two areas as one", () => {
    const inner = linesBetween(segments, (block) => (block < 0 ? 0 : base.area[block]));
    const between = linesBetween(segments, (block) => base.area[Math.max(block, 0)] === 0 && block >= 0);
    expect(inner).toContain("200 0");
    expect(between.match(/M/g)?.length).toBe(1);
  });

  test("gives new areas a colour of their own and leaves the others theirs", () => {
    const first = firstColours(base, ground);
    const split = makeEdit({
      kind: "split",
      area: "05999004-01",
      into: "05999004~1",
      blocks: ["a"],
      code: "1b",
      name: "Neu",
      rest_code: "1a",
      role: "x",
    });
    const next = withNew(first, planOf(propose(beginWork(base, "w"), split)), ground);
    expect(next.get("05999004-01")).toBe(first.get("05999004-01"));
    expect(new Set(next.values()).size).toBe(3);
  });

  test("puts names where there is room", () => {
    expect(areaRooms(data.blocks, base, segments)[0]?.x).toBeGreaterThan(0);
    expect(longest(labelPlaces(data.map.streets))).toEqual([
      { name: "Am Bach", x: 110, y: 0, angle: 0, length: 200 },
    ]);
  });

  test("shows the whole municipality, or a place with room around", () => {
    const screen = { width: 800, height: 400 };
    const whole = wholeMap(data.map, screen);
    expect(whole.width / whole.height).toBeCloseTo(2);
    expect(whole.x).toBeLessThan(0);
    expect(around([], screen)).toBeNull();
    expect(around([[50, 50]], screen)?.width).toBe(1600);
    const closer = zoomed(whole, 0.5, data.map, [0, 0]);
    expect(closer.x / whole.x).toBeCloseTo(0.5);
  });
});

describe("a reason", () => {
  const usual = ["Die Bahnlinie trennt", "Neubaugebiet"];
  afterEach(() => useCatalogue("de", {}));

  test("that is a usual one is read in the language of the page", () => {
    useCatalogue("en", { "Die Bahnlinie trennt": "The railway separates" });
    expect(reasonWords("Die Bahnlinie trennt", usual)).toBe("The railway separates");
    expect(reasonWords("Die Bahnlinie trennt: seit 1900", usual)).toBe("The railway separates: seit 1900");
    expect(reasonWords("Die Bahnlinie trennt nicht", usual)).toBe("Die Bahnlinie trennt nicht");
    expect(reasonWords("eigene Worte", usual)).toBe("eigene Worte");
  });
});
