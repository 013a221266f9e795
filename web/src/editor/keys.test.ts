import { beforeEach, describe, expect, it } from "vitest";
import { deskOn, FakeServer } from "./fake_server";
import { ACTS, type ActId, groupsOfKeys, keyOf, otherKeys } from "./keys";

describe("keys", () => {
  const page = {
    calls: [] as string[],
    large: () => page.calls.push("large"),
    focus: (id: string) => page.calls.push(id),
  };
  const act = (desk: ReturnType<typeof deskOn>, id: ActId) => ACTS[id].act(desk, page);
  beforeEach(() => {
    page.calls = [];
  });

  it("are given once each, and all stand in the help", () => {
    const keys = Object.values(ACTS).map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
    const told = groupsOfKeys().flatMap(([_title, acts]) => acts.map((one) => one.key));
    expect([...told].sort()).toEqual([...keys].sort());
    expect(groupsOfKeys().every(([_title, acts]) => acts.every((one) => one.words().length > 3))).toBe(true);
    expect(
      otherKeys()
        .flat()
        .every((words) => words.length > 0),
    ).toBe(true);
  });

  it("reach remark, rename, improve, heal, search, view, print and submit", () => {
    for (const id of ["remark", "rename", "improve", "heal", "search", "view", "print", "submit"] as const)
      expect(keyOf(id)).toMatch(/^[A-Z]$/);
  });

  it("open what belongs to them", () => {
    const desk = deskOn(new FakeServer());
    act(desk, "view");
    expect(desk.state.dialog).toBe("view");
    act(desk, "print");
    expect(desk.state.dialog).toBe("print");
    act(desk, "submit");
    expect(desk.state.dialog).toBe("submit");
    desk.set({ view: "internal", dialog: "" });
    act(desk, "print");
    expect(desk.state.dialog).toBe("");
    expect(desk.state.note).toContain("nicht drucken");
    act(desk, "search");
    act(desk, "large");
    expect(page.calls).toEqual(["editor-search", "large"]);
  });

  it("rename and heal the area that is meant, and say so when there is none", () => {
    const desk = deskOn(new FakeServer());
    act(desk, "rename");
    expect(desk.state.naming).toBe(false);
    expect(desk.state.note).toContain("Wählen Sie zuerst ein Gebiet");
    desk.pick(0);
    act(desk, "rename");
    expect([desk.state.area, desk.state.naming]).toEqual(["T-01", true]);
  });

  it("pin a remark at the block in focus", () => {
    const desk = deskOn(new FakeServer());
    act(desk, "remark");
    expect([desk.state.mode, desk.state.tab]).toEqual(["pin", "comments"]);
    desk.walk("ArrowRight");
    desk.pick(desk.state.focus);
    expect(desk.state.pin?.block).toBe(desk.state.focus);
    expect(desk.state.selection.size).toBe(0);
    act(desk, "remark");
    expect(desk.state.mode).toBe("select");
  });
});
