import { describe, expect, it } from "vitest";
import {
  actsOf,
  correctionBy,
  correctionsMade,
  dueDay,
  framesOf,
  hindrance,
  inOrder,
  NO_CORRECTIONS,
  placeOf,
  stepOf,
  without,
} from "./reading";
import type { Review, ReviewFinding } from "./types";

function finding(part: Partial<ReviewFinding>): ReviewFinding {
  return {
    id: "f1",
    severity: "error",
    code: "",
    title: "Summe passt nicht",
    place: "Zelle E12",
    what: "",
    todo: "",
    sheet: "Tabelle 1",
    row: 12,
    cell: "E12",
    found: "",
    offer: "",
    offer_title: "",
    decision: "",
    reason: "",
    asked: "",
    ...part,
  };
}

function review(part: Partial<Review>): Review {
  return {
    state: "findings",
    findings: [],
    questions_open: [],
    earlier: "",
    replaces: "",
    ...part,
  } as Review;
}

describe("acts of a finding", () => {
  it("offers the nearest area first where one is named", () => {
    const key = finding({
      code: "lost_zeros",
      severity: "warning",
      found: "5399012-03b",
      offer: "05399012-03b",
    });
    expect(actsOf(key, "d1")).toEqual(["offer", "place", "ask"]);
    expect(correctionBy("offer", key)).toEqual({ keys: { "5399012-03b": "05399012-03b" } });
  });

  it("an error can never be accepted as it is", () => {
    expect(actsOf(finding({ code: "sum" }), "d1")).toEqual(["ask"]);
    expect(actsOf(finding({ code: "unknown_key", found: "9", offer: "" }), "d1")).toEqual(["place", "ask"]);
  });

  it("a total can be left out once the office has answered, other errors never", () => {
    const answered = { severity: "error" as const, decision: "answered" };
    expect(actsOf(finding({ code: "sum", ...answered }), "d1")).toEqual(["accept"]);
    expect(actsOf(finding({ code: "duplicate", ...answered }), "d1")).toEqual([]);
  });

  it("a sign keeps its meaning of the year before, a row is named", () => {
    const sign = finding({ code: "unexplained_sign", severity: "warning", found: "*" });
    expect(correctionBy("sign", sign)).toEqual({ signs: ["*"] });
    const row = finding({ code: "unexpected_row", row: 14 });
    expect(actsOf(row, "d1")).toEqual(["total", "skip", "residual", "ask"]);
    expect(correctionBy("skip", row)).toEqual({ rows: { "14": "skip" } });
  });

  it("nothing is offered for notes and for what is decided or asked", () => {
    expect(actsOf(finding({ severity: "note" }), "d1")).toEqual([]);
    expect(actsOf(finding({ decision: "accepted" }), "d1")).toEqual([]);
    expect(actsOf(finding({ asked: "R-1" }), "d1")).toEqual([]);
  });
});

describe("corrections", () => {
  const all = {
    ...NO_CORRECTIONS,
    heads: { belegbar: "places" },
    keys: { "5399": "05399" },
    rows: { "12": "total" as const },
    signs: ["*"],
  };

  it("are told as sentences with the names they stand for", () => {
    const made = correctionsMade(all, { places: "Plätze", "05399": "3b Bahnhof-Ost" });
    expect(made.map((one) => one.sentence)).toEqual([
      "Spalte „belegbar“ ist „Plätze“",
      "Schlüssel 5399 ist 3b Bahnhof-Ost",
      "Zeile 12 ist eine Summe",
      "Zeichen „*“ gilt wie im Vorjahr",
    ]);
  });

  it("of sheet and date stand first and are taken back as the others", () => {
    const given = { ...all, period: "2025-06-30", sheet: "Katzen" };
    const sentences = correctionsMade(given, {}).map((one) => one.sentence);
    expect(sentences.slice(0, 2)).toEqual([
      "Gelesen wird das Blatt „Katzen“",
      "Stichtag von Hand angegeben: 30.06.2025",
    ]);
    expect(without(given, "period", "2025-06-30")).toEqual({ ...given, period: "" });
    expect(without(given, "sheet", "Katzen")).toEqual({ ...given, sheet: "" });
    expect(correctionsMade({ ...NO_CORRECTIONS, period: "2025" }, {})[0]?.sentence).toBe(
      "Stichtag von Hand angegeben: 2025",
    );
  });

  it("are taken back one by one", () => {
    expect(without(all, "rows", "12").rows).toEqual({});
    expect(without(all, "signs", "*").signs).toEqual([]);
    expect(without(all, "keys", "5399")).toEqual({ ...all, keys: {} });
    expect(all.rows).toEqual({ "12": "total" });
  });
});

describe("frames", () => {
  it("the worst finding frames a cell, a decided one no longer does", () => {
    const found = [
      finding({ cell: "E12", severity: "warning" }),
      finding({ cell: "E12", severity: "error" }),
      finding({ cell: "A7", severity: "warning", decision: "accepted" }),
      finding({ cell: "B2", severity: "note" }),
      finding({ cell: "C3", severity: "warning", sheet: "anderes Blatt" }),
    ];
    expect([...framesOf(found, "Tabelle 1")]).toEqual([["E12", "error"]]);
  });

  it("a cell is found by its name, beyond Z too", () => {
    expect(placeOf("AB7", ["A", "AB"])).toEqual({ row: 7, column: 1 });
    expect(placeOf("C7", ["A", "B"])).toBeNull();
    expect(placeOf("", ["A"])).toBeNull();
  });
});

describe("what hinders taking over", () => {
  it("names the only finding, and what holds meanwhile", () => {
    const state = hindrance(review({ findings: [finding({})], earlier: "d1" }));
    expect(state.free).toBe(false);
    expect(state.severity).toBe("error");
    expect(state.sentence).toBe(
      "Übernehmen geht erst, wenn der Befund „Summe passt nicht“ geklärt ist. Bis dahin gelten die Werte des Vorjahrs.",
    );
  });

  it("counts several, and is only a warning where no error is among them", () => {
    const open = [finding({ id: "a", severity: "warning" }), finding({ id: "b", severity: "warning" })];
    expect(hindrance(review({ findings: open }))).toMatchObject({ free: false, severity: "warning" });
    expect(hindrance(review({ findings: open })).sentence).toContain("2 Befunde");
  });

  it("questions come before findings", () => {
    const question = { id: "q", sentence: "?", options: [], cell: "", usual: "", typed: "" as const };
    const state = hindrance(review({ questions_open: [question], findings: [finding({})] }));
    expect(state.sentence).toBe("Übernehmen geht erst, wenn 1 Frage beantwortet ist.");
  });

  it("notes and decided warnings hinder nothing", () => {
    const settled = [finding({ severity: "note" }), finding({ severity: "warning", decision: "accepted" })];
    expect(hindrance(review({ findings: settled })).free).toBe(true);
    expect(stepOf(review({ findings: settled }))).toBe(2);
    expect(stepOf(review({ findings: [finding({})] }))).toBe(1);
    expect(stepOf(review({ state: "unchanged" }))).toBe(3);
  });

  it("a refused file never becomes free, whatever is decided", () => {
    expect(hindrance(review({ state: "refused" })).free).toBe(false);
  });
});

describe("order and dates", () => {
  it("errors first, then open warnings, decided ones, notes", () => {
    const ids = inOrder([
      finding({ id: "note", severity: "note" }),
      finding({ id: "done", severity: "warning", decision: "accepted" }),
      finding({ id: "open", severity: "warning" }),
      finding({ id: "error" }),
    ]).map((one) => one.id);
    expect(ids).toEqual(["error", "open", "done", "note"]);
  });

  it("an answer is never due on a weekend", () => {
    expect(dueDay(new Date(2027, 10, 15))).toBe("2027-11-29");
    expect(dueDay(new Date(2027, 10, 13))).toBe("2027-11-29"); // a Saturday two weeks on
    expect(dueDay(new Date(2027, 11, 24))).toBe("2028-01-07");
  });
});
