import { describe, expect, it } from "vitest";
import {
  addressOf,
  besideText,
  candidates,
  comparedLabel,
  foldedPlans,
  followsText,
  lineageText,
  listed,
  placeOf,
  planLabel,
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

  const former = {
    plan_id: "a",
    title: "Beschluss",
    status: "superseded",
    blocks_version: 1,
    carried_from: "",
  };
  const carried = { ...former, plan_id: "c", status: "adopted", blocks_version: 2, carried_from: "a" };

  it("folds a plan on former blocks under the one that carries it on", () => {
    const { shown, former: under } = foldedPlans([carried, former, { ...former, plan_id: "x" }]);
    expect(shown.map((plan) => plan.plan_id)).toEqual(["c", "x"]);
    expect(under(carried).map((plan) => plan.plan_id)).toEqual(["a"]);
    expect(under(former)).toEqual([]);
  });

  it("tells a plan and the one that carries it on apart where both can be chosen or compared", () => {
    expect(planLabel(former, 1)).toBe("Beschluss (abgelöst)");
    expect([former, carried].map((plan) => planLabel(plan, 2))).toEqual([
      "Beschluss (abgelöst, Bausteine Stand 1)",
      "Beschluss (beschlossen, Bausteine Stand 2)",
    ]);
    expect(comparedLabel(former, carried, [former, carried])).toBe("Beschluss (Bausteine Stand 1)");
    expect(comparedLabel(former, { title: "Anderer" }, [former, carried])).toBe("Beschluss");
  });

  it("offers the areas of the block's own municipality alone, those it lies in first", () => {
    const areas = [
      { area: "1", towns: ["A"] },
      { area: "2", towns: ["A"] },
      { area: "3", towns: ["B"] },
      { area: "4", towns: ["A", "B"] },
    ];
    const shares = [{ area: "3" }, { area: "2" }, { area: "" }];
    expect(candidates({ ags: "A", proposal: "4", chosen: "", shares }, areas)).toEqual(["4", "2", "1"]);
    expect(candidates({ ags: "B", proposal: "", chosen: "", shares }, areas)).toEqual(["3", "4"]);
  });

  it.each([
    [[], ""],
    [["A"], "A"],
    [["A", "B"], "A und B"],
    [["A", "B", "C"], "A, B und C"],
  ])("lists names as people say them: %s", (names, text) => {
    expect(listed(names)).toBe(text);
  });
});
