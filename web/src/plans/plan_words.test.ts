import { describe, expect, it } from "vitest";
import { addressOf, lineageText, placeOf, statusText, validText } from "./plan_words";

describe("words for plans", () => {
  it.each([
    ["", "", "gilt nicht"],
    ["2026-02-03", "", "seit 03.02.2026"],
    ["2026-02-03", "2026-03-31", "03.02.2026 bis 31.03.2026"],
    ["", "2026-03-31", "bis 31.03.2026"],
  ])("says from when to when a plan holds: %s, %s", (valid_from, valid_to, text) => {
    expect(validText({ valid_from, valid_to })).toBe(text);
  });

  it("has a word for every kind of lineage", () => {
    expect((["U", "S", "M", "X"] as const).map(lineageText)).toEqual([
      "unverändert",
      "geteilt",
      "zusammengelegt",
      "anders geschnitten",
    ]);
  });

  it("shows a status it does not know as it is", () => {
    expect([statusText("adopted"), statusText("other")]).toEqual(["beschlossen", "other"]);
  });

  it("finds in an address what it put there", () => {
    const place = placeOf(addressOf({ teil: "vergleich", alt: "p1", neu: "d2" }));
    expect([place.get("teil"), place.get("alt"), place.get("neu")]).toEqual(["vergleich", "p1", "d2"]);
  });
});
