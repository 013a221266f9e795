import { expect, it } from "vitest";
import { inForceFirst, openPoints, townsSentence, withdrawalSentence, withWords } from "./list";
import type { Delivery, ReviewRow } from "./types";

function row(part: Partial<ReviewRow>): ReviewRow {
  const usual = { review_id: "r", file_name: "a.xlsx", title: "", received_at: "", headline: "Unlesbar." };
  return { ...usual, state: "findings", errors: 0, warnings: 0, questions: 0, ...part } as ReviewRow;
}

it("says what is open in words, never as a bare number", () => {
  expect(openPoints(row({ errors: 1, warnings: 2 }))).toBe(
    "1 Befund verhindert die Übernahme, 2 Befunde warten auf Ihre Entscheidung.",
  );
  expect(openPoints(row({ questions: 3, state: "questions" }))).toBe("3 Fragen.");
  expect(openPoints(row({ state: "ready" }))).toBe("Ohne offene Befunde, kann übernommen werden.");
  expect(openPoints(row({ state: "refused" }))).toBe("Unlesbar.");
});

it("deliveries in force stand before replaced and withdrawn ones, in the order they come", () => {
  const all = ["withdrawn", "in_force", "replaced", "in_force"].map(
    (state, place) => ({ delivery_id: String(place), state }) as Delivery,
  );
  expect(inForceFirst(all).map((one) => one.delivery_id)).toEqual(["1", "3", "0", "2"]);
});

it("a withdrawal tells how many pages will say so", () => {
  const nothing = { indicators: [], index: false, need: false, report: false };
  expect(withdrawalSentence({ ...nothing, pages: 14 })).toBe(
    "14 Seiten zeigen dann „zurückgezogen“, bis neu gerechnet ist.",
  );
  expect(withdrawalSentence({ ...nothing, pages: 0 })).toContain("Noch keine Seite");
});

it("finds deliveries by source, file, date and municipality, all words together", () => {
  const one = {
    title: "Haushalte",
    file_name: "a.csv",
    periods: ["2025-12-31"],
    towns: ["Oberau"],
  } as Delivery;
  const two = { ...one, title: "Arbeitslose", towns: ["Unterau", "Oberau"] } as Delivery;
  expect(withWords([one, two], "oberau haus")).toEqual([one]);
  expect(withWords([one, two], "31.12.2025")).toEqual([one, two]);
  expect(withWords([one, two], "unterau haus")).toEqual([]);
  expect(withWords([one, two], " ")).toEqual([one, two]);
});

it("names two municipalities and counts more", () => {
  expect(townsSentence(["Oberau", "Unterau"])).toBe("Oberau, Unterau");
  expect(townsSentence(["a", "b", "c"])).toBe("3 Gemeinden");
  expect(townsSentence([])).toBe("");
});
