import { describe, expect, test } from "vitest";
import {
  amountWord,
  balanceWord,
  changeWord,
  differs,
  faultsOf,
  formOf,
  numberHint,
  possibleNumbers,
  type Town,
  type Wishes,
  wishesOf,
} from "./propose_wishes";

const town: Town = {
  ags: "05999024",
  name: "Wiesenrath",
  size_low: 700,
  size_high: 8500,
  areas: 7,
  target: 4500,
  population: 18000,
  blocks: 600,
  largest_block: 240,
};
const wishes: Wishes = {
  weights: { social: 1, building: 0, housing: 2 },
  compactness: 1.5,
  barriers: 0.5,
  areas: [3, 6],
  size_low: 800,
  size_high: 9000,
  target: 5000,
  change: 0.1,
  balance: 0.5,
  effort: "thorough",
};
const form = formOf(wishes, town);

describe("the form", () => {
  test("gives back the wishes it was filled with", () => expect(wishesOf(form)).toEqual(wishes));

  test("takes the limits of the municipality where nothing was wished", () => {
    const plain = formOf({ ...wishes, size_low: null, size_high: null, target: null, areas: null }, town);
    expect([plain.low, plain.usual, plain.high, plain.choice]).toEqual(["700", "4500", "8500", "free"]);
    expect(wishesOf(plain).areas).toBeNull();
  });

  test("moves a value between two positions to the nearer one", () =>
    expect(formOf({ ...wishes, compactness: 2.6 }, town).compactness).toBe(3));

  test("knows whether something was changed", () => {
    expect(differs(form, form)).toBe(false);
    expect(differs({ ...form, barriers: 3 }, form)).toBe(true);
    expect(differs({ ...form, exact: "9" }, form)).toBe(false);
  });
});

test("positions have words", () => {
  expect([0, 1, 2, 3].map(amountWord)).toEqual(["nicht berücksichtigen", "wenig", "mittel", "stark"]);
  expect(new Set([0, 1, 2, 3].map(changeWord)).size).toBe(4);
  expect(new Set([0, 1, 2, 3].map(balanceWord)).size).toBe(4);
});

describe("what cannot work", () => {
  test("is nothing for ordinary wishes", () => expect(faultsOf(form, town)).toEqual({}));

  test.each([
    ["families", { weights: { social: 0, building: 0, housing: 0 } }],
    ["low", { low: "9001" }],
    ["low", { low: "19000", usual: "19500", high: "20000" }],
    ["usual", { usual: "500" }],
    ["high", { high: "200", low: "100", usual: "150", choice: "free" as const }],
    ["areas", { choice: "exact" as const, exact: "1" }],
    ["areas", { choice: "exact" as const, exact: "23" }],
    ["areas", { from: "6", to: "3" }],
    ["areas", { from: "23", to: "30" }],
  ])("is told at the field: %s %o", (field, change) =>
    expect(Object.keys(faultsOf({ ...form, ...change }, town))).toContain(field),
  );

  test("is not a range that reaches into what is possible", () =>
    expect(faultsOf({ ...form, from: "1", to: "2" }, town)).toEqual({}));
});

test("the possible numbers follow from inhabitants and limits", () => {
  expect(possibleNumbers(town, 700, 8500)).toEqual([3, 25]);
  expect(possibleNumbers(town, 0, 8500)).toEqual([3, 600]);
  expect(numberHint({ ...form, low: "700", high: "8500", usual: "4500" }, town)).toBe(
    "Möglich sind 3 bis 25 Gebiete, bei üblicher Größe etwa 4.",
  );
});
