import { expect, test } from "vitest";
import { unsent } from "./typed";

test("what was sent is forgotten, what was typed since stays", () => {
  const sent = { owner: "Jugendamt", note: "" };
  expect(unsent({ owner: "Jugendamt", note: "" }, sent)).toEqual({});
  expect(unsent({ owner: "Jugendamt Nord", note: "" }, sent)).toEqual({ owner: "Jugendamt Nord" });
});

test("an entry that was not part of what was sent stays", () => {
  expect(unsent<{ owner: string; due: string }>({ due: "2026-03-31" }, { owner: "Amt" })).toEqual({
    due: "2026-03-31",
  });
});
