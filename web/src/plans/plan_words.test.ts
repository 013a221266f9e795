import { describe, expect, it } from "vitest";
import {
  addressOf,
  besideText,
  followsText,
  lineageText,
  placeOf,
  planStatusText,
  statusText,
  validText,
} from "./plan_words";

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

  const holds = { plan_id: "a", title: "Beschluss", status: "adopted", valid_from: "2026-02-03" };
  const other = { plan_id: "b", title: "Viertel", status: "proposal", valid_from: "" };

  it("names the one adopted plan that holds", () => {
    expect(planStatusText(holds, holds)).toBe("beschlossen, gilt");
    expect(planStatusText(other, holds)).toBe("Vorschlag");
    expect(planStatusText(holds, null)).toBe("beschlossen");
  });

  it("says where figures come from another plan than the one that holds", () => {
    expect(besideText({ in_force: holds, current: holds })).toBe("");
    expect(besideText({ in_force: null, current: other })).toBe("");
    expect(besideText({ in_force: holds, current: other })).toBe(
      "Gerechnet wird mit „Viertel“ (Vorschlag). Beschlossen gilt: „Beschluss“ seit 03.02.2026.",
    );
    expect(besideText({ in_force: { ...holds, valid_from: "" }, current: other })).toBe(
      "Gerechnet wird mit „Viertel“ (Vorschlag). Beschlossen gilt: „Beschluss“.",
    );
    expect(validText({ valid_from: "", valid_to: "", status: "adopted" })).toBe("gilt");
    expect(followsText(other, holds)).toContain("Der beschlossene Plan gilt weiter");
  });

  it("finds in an address what it put there", () => {
    const place = placeOf(addressOf({ teil: "vergleich", alt: "p1", neu: "d2" }));
    expect([place.get("teil"), place.get("alt"), place.get("neu")]).toEqual(["vergleich", "p1", "d2"]);
  });
});
