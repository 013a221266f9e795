import { describe, expect, test } from "vitest";
import { nextStep, type Step, shapeOf, stateWord } from "./steps";

const step = (key: Step["key"], state: Step["state"], action: string): Step => ({
  key,
  title: key,
  state,
  bar: 0,
  bar_text: "",
  points: [],
  action,
  action_text: action,
});

describe("the shape of a state", () => {
  test.each([
    ["not_started", "ring", "noch nicht begonnen"],
    ["working", "half", "in Arbeit"],
    ["done", "tick", "fertig"],
    ["look", "triangle", "prüfen"],
  ] as const)("%s is a %s and reads %s", (state, shape, word) => {
    expect(shapeOf(state)).toBe(shape);
    expect(stateWord(state)).toBe(word);
  });

  test("four states have four shapes", () => {
    const states = ["not_started", "working", "done", "look"] as const;
    expect(new Set(states.map(shapeOf)).size).toBe(4);
  });
});

describe("the next step", () => {
  test("is the first unfinished one with something to do", () => {
    const steps = [
      step("areas", "done", ""),
      step("data", "done", "deliver"),
      step("indicators", "not_started", ""),
      step("need", "look", "target"),
    ];
    expect(nextStep(steps)?.key).toBe("need");
  });

  test("is none when everything is done", () =>
    expect(nextStep([step("report", "done", "open_report")])).toBeUndefined());
});
