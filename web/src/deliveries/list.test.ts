import { expect, it } from "vitest";
import {
  grouped,
  inForceFirst,
  openPoints,
  reviewsWithWords,
  townsSentence,
  withdrawalSentence,
  withWords,
} from "./list";
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

it("groups deliveries by source, municipality and year, each in one group", () => {
  const made = (title: string, towns: string[], periods: string[]) => ({ title, towns, periods }) as Delivery;
  const all = [
    made("Pflege", ["Unterau"], ["2024-12-31"]),
    made("Haushalte", ["Oberau"], ["2025-12-31", "2023-12-31"]),
    made("Haushalte", ["Oberau", "Unterau"], []),
    made("", [], ["2025-06-30"]),
  ];
  const told = (by: "source" | "town" | "year") =>
    grouped(all, by).map((one) => `${one.title}: ${one.deliveries.length}`);
  expect(told("source")).toEqual(["Haushalte: 2", "Pflege: 1", "ohne bekannte Quelle: 1"]);
  expect(told("town")).toEqual(["Oberau: 1", "Unterau: 1", "mehrere Gemeinden: 1", "ohne Gemeinde: 1"]);
  expect(told("year")).toEqual(["2025: 2", "2024: 1", "ohne Stichtag: 1"]);
});

it("finds waiting files by source, file and what is open", () => {
  const one = row({ title: "Haushalte", file_name: "unterau.csv", errors: 1 });
  const two = row({ title: "Haushalte", file_name: "oberau.csv", state: "ready" });
  expect(reviewsWithWords([one, two], "haus verhindert")).toEqual([one]);
  expect(reviewsWithWords([one, two], "oberau")).toEqual([two]);
});
