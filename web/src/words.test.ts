import { afterEach, describe, expect, test } from "vitest";
import { compareCodes, compareNames } from "./order";
import { plural, t, useCatalogue } from "./words";

afterEach(() => useCatalogue("de", {}));

describe("words", () => {
  test("are German as written", () => expect(t("Gebiete")).toBe("Gebiete"));

  test("come from the catalogue in English", () => {
    useCatalogue("en", { Gebiete: "Areas", "{count} Gebiet": ["{count} area", "{count} areas"] });
    expect(t("Gebiete")).toBe("Areas");
    expect(plural("{count} Gebiet", "{count} Gebiete", 2, { count: 2 })).toBe("2 areas");
    expect(plural("{count} Gebiet", "{count} Gebiete", 1, { count: 1 })).toBe("1 area");
  });

  test("that are not translated yet stay German instead of showing a key", () => {
    useCatalogue("en", { Gebiete: "" });
    expect(t("Gebiete")).toBe("Gebiete");
    expect(t("Bedarf")).toBe("Bedarf");
  });

  test("leave a place without a value readable", () => expect(t("Stichtag {day}")).toBe("Stichtag {day}"));

  test("know one and many", () => {
    expect(plural("1 Kind", "{count} Kinder", 1)).toBe("1 Kind");
    expect(plural("1 Kind", "{count} Kinder", 0, { count: 0 })).toBe("0 Kinder");
  });
});

describe("order", () => {
  test("codes 2, 2a, 2b, 10", () =>
    expect(["10", "2b", "2", "2a"].sort(compareCodes)).toEqual(["2", "2a", "2b", "10"]));

  test("Ä stands with A, ß with ss", () =>
    expect(["Zell", "Äpfelbach", "Berg", "Großdorf", "Grossau"].sort(compareNames)).toEqual([
      "Äpfelbach",
      "Berg",
      "Grossau",
      "Großdorf",
      "Zell",
    ]));
});
