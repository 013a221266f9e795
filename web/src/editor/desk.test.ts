import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askHelp, dropMine, keepMine, showSuggestion, toggleLock } from "./desk_acts";
import { makeEdit } from "./edit";
import { at, deskOn, FakeServer, SIDE } from "./fake_server";
import { areaIdOf } from "./plan";
import { headingOf } from "./sentences";

const column = (wanted: number) => Array.from({ length: SIDE }, (_row, row) => at(wanted, row));

describe("the desk", () => {
  let server: FakeServer;
  let desk: ReturnType<typeof deskOn>;
  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    desk = deskOn(server);
  });
  afterEach(() => vi.useRealTimers());
  const areas = () => desk.state.plan.ids.map((_id, block) => areaIdOf(desk.state.plan, block));
  const why = () => desk.set({ why: { usual: "Bahnlinie trennt", own: "kein Übergang" } });
  const moveColumn = async () => {
    desk.addBlocks(column(2), {});
    desk.move();
    why();
    await desk.take();
  };

  it("shows a move at once and asks the server for the rest a moment later", async () => {
    desk.addBlocks(column(2), {});
    desk.move();
    expect(desk.state.preview?.edit).toMatchObject({ kind: "move", area: "T-01" });
    expect(desk.state.preview?.now.map((area) => area.people)).toEqual([1800, 1800]);
    expect(server.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(130);
    expect(server.calls).toEqual(["preview"]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(desk.state.warnings).toHaveLength(1);
  });

  it("asks once when figures follow the pointer", async () => {
    desk.addBlocks([at(2, 0)], {});
    desk.aim("T-01");
    for (let row = 1; row < SIDE; row += 1) desk.addBlocks([at(2, row)], { add: true }, true);
    await vi.advanceTimersByTimeAsync(130);
    expect(server.calls).toEqual(["preview"]);
    expect(desk.state.preview?.edit.blocks).toHaveLength(SIDE);
  });

  it("takes no step without a reason", async () => {
    desk.addBlocks(column(2), {});
    desk.move();
    await desk.take();
    expect(server.calls).not.toContain("write");
    expect(desk.state.note).not.toBe("");
    why();
    await desk.take();
    expect(server.history.edits[0]).toMatchObject({
      why: "Bahnlinie trennt: kein Übergang",
      role: "Sozialplanung",
    });
    expect(desk.state.selection.size).toBe(0);
    expect(areas()[at(2, 0)]).toBe("T-01");
  });

  it("undoes to the start and redoes to the end", async () => {
    const first = areas();
    await moveColumn();
    const second = areas();
    desk.addBlocks([at(5, 5)], {});
    await toggleLock(desk);
    for (let step = 0; step < 4; step += 1) await desk.undo();
    expect(areas()).toEqual(first);
    expect(desk.state.plan.locks.size).toBe(0);
    await desk.redo();
    expect(areas()).toEqual(second);
    await desk.redo();
    expect([...desk.state.plan.locks]).toEqual([at(5, 5)]);
  });

  it("does one after the other what is asked for while a step is being written", async () => {
    const first = areas();
    desk.addBlocks(column(2), {});
    desk.move();
    why();
    const writing = desk.take();
    expect(desk.state.busy).toBe("writing");
    const asked = [
      desk.undo(),
      desk.redo(),
      desk.tryWrite(makeEdit({ kind: "rename", role: "", area: "T-01", name: "Westen" })),
      desk.undo(),
      desk.undo(),
      desk.undo(),
    ];
    await Promise.all([writing, ...asked]);
    expect(server.calls).toEqual(["write", "undo", "redo", "write", "undo", "undo"]);
    expect(desk.state).toMatchObject({ busy: "", problem: null, conflict: null });
    expect(areas()).toEqual(first);
  });

  it("keeps the area chosen after a lock and says what was done", async () => {
    desk.chooseArea("T-02");
    await toggleLock(desk);
    expect(desk.state.area).toBe("T-02");
    expect(desk.state.done).toBe("lock T-02");
    desk.chooseArea("T-01");
    expect(desk.state.done).toBe("");
  });

  it("names the area in the heading of a lock, a new name and a new number", () => {
    const { plan, ground } = desk.state;
    const heading = (kind: "lock" | "unlock" | "rename" | "rekey") =>
      headingOf(makeEdit({ kind, role: "", area: "T-02" }), plan, ground, 5);
    expect(heading("lock")).toBe("2 Ost sperren");
    expect(heading("unlock")).toBe("Sperre aufheben: 2 Ost");
    expect(heading("rename")).toBe("2 Ost umbenennen");
    expect(heading("rekey")).toBe("2 Ost neu nummerieren");
  });

  it("takes back a choice of blocks before a step", async () => {
    await moveColumn();
    desk.addBlocks([at(4, 4)], {});
    desk.addBlocks([at(4, 5)], { add: true });
    await desk.undo();
    expect([...desk.state.selection]).toEqual([at(4, 4)]);
    await desk.undo();
    await desk.undo();
    expect(server.history.position).toBe(0);
  });

  it("keeps colours of areas whatever happens", async () => {
    const before = desk.state.colours.get("T-02");
    desk.chooseArea("T-02");
    await desk.split();
    expect(desk.state.preview?.edit).toMatchObject({ kind: "split", code: "2b", rest_code: "2a" });
    why();
    await desk.take();
    expect(desk.state.plan.areas.map((area) => area.code)).toEqual(["1", "2a", "2b"]);
    expect(desk.state.colours.get("T-02")).toBe(before);
    expect(new Set(desk.state.colours.values()).size).toBe(3);
  });

  it("cuts by hand", () => {
    desk.chooseArea("T-02");
    desk.useMode("cut");
    desk.cut([
      [50, -5],
      [50, 70],
    ]);
    expect(desk.state.preview?.edit.blocks).toHaveLength(SIDE);
    expect(desk.state.mode).toBe("select");
    desk.discard();
    desk.cut([
      [500, 0],
      [500, 70],
    ]);
    expect(desk.state.preview).toBeNull();
    expect(desk.state.note).toContain("quer");
  });

  it("snaps to the railway", () => {
    desk.addBlocks([...column(2), ...column(3)], {});
    desk.snapToBarriers();
    expect([...desk.state.selection].sort()).toEqual(column(2).sort());
  });

  it("merges with a neighbour and says why a locked area does not move", async () => {
    desk.chooseArea("T-01");
    desk.merge();
    expect(desk.state.preview?.edit).toMatchObject({ kind: "merge", area: "T-01", into: "T-02" });
    desk.discard();
    await toggleLock(desk);
    desk.addBlocks(column(1), {});
    desk.move();
    expect(desk.state.preview).toBeNull();
    expect(desk.state.note).toContain("gesperrt");
  });

  it("says that an area would fall apart, and that the step can only be kept", () => {
    desk.addBlocks([at(4, 0), at(4, 1)], {});
    desk.aim("T-01");
    expect(desk.state.preview?.hard).toBe(true);
    expect(desk.state.preview?.checks[0]?.code).toBe("apart");
  });

  it("walks by arrow keys and says where it is", () => {
    desk.walk("ArrowRight");
    desk.walk("ArrowRight");
    expect(desk.state.focus).toBe(at(1, 0));
    expect(desk.state.said).toContain("b01");
    desk.pick(desk.state.focus);
    expect([...desk.state.selection]).toEqual([at(1, 0)]);
    expect(desk.blockWords(at(1, 0))).toContain("ausgewählt");
  });

  it("tells no small number of people in the workshop, and no number of one block to those who listen", () => {
    server.ground.people[at(2, 0)] = 2;
    desk.addBlocks([at(2, 0)], {});
    expect(desk.state.said).toContain("unter 5 Personen");
    desk.move();
    expect(desk.state.said).toContain("unter 5 Personen");
    expect(desk.blockWords(at(3, 0))).not.toContain("100");
    desk.set({ view: "internal" });
    desk.move();
    expect(desk.state.said).toContain("2 Personen");
    expect(desk.blockWords(at(3, 0))).toContain("100 Personen");
  });

  it("leaves from the inside out", () => {
    desk.addBlocks(column(2), {});
    desk.move();
    desk.leave();
    expect(desk.state.mode).toBe("select");
    expect(desk.state.preview).not.toBeNull();
    desk.leave();
    expect(desk.state.preview).toBeNull();
  });

  it("shows a suggestion like a step of one's own", async () => {
    await askHelp(desk, "heal", "T-01");
    const first = desk.state.help?.suggestions[0];
    if (first) showSuggestion(desk, first.edit);
    expect(desk.state.preview?.edit.role).toBe("Sozialplanung");
    expect([...desk.state.selection]).toEqual([at(2, 0)]);
  });

  describe("when somebody else was quicker", () => {
    beforeEach(async () => {
      server.elsewhere({ area: "T-01", blocks: [server.ground.ids[at(2, 5)] ?? ""] });
      await moveColumn();
    });

    it("shows both sides and changes nothing", () => {
      expect(desk.state.conflict?.theirs).toHaveLength(1);
      expect(desk.state.conflict?.mine?.blocks).toHaveLength(SIDE);
      expect(areas()[at(2, 0)]).toBe("T-02");
      expect(server.history.edits).toHaveLength(1);
    });

    it("puts my step on their state when I say so", async () => {
      keepMine(desk);
      expect(desk.state.conflict).toBeNull();
      expect(desk.state.preview?.edit.blocks).toHaveLength(SIDE);
      await desk.take();
      expect(server.history.edits).toHaveLength(2);
      expect(areas()[at(2, 0)]).toBe("T-01");
    });

    it("writes a lock of mine on their state at once: there is nothing to show", async () => {
      keepMine(desk);
      desk.discard();
      server.elsewhere({ area: "T-01", blocks: [server.ground.ids[at(2, 4)] ?? ""] });
      desk.chooseArea("T-02");
      await toggleLock(desk);
      expect(desk.state.conflict?.mine?.kind).toBe("lock");
      await keepMine(desk);
      expect(desk.state.conflict).toBeNull();
      expect(server.history.edits.at(-1)).toMatchObject({ kind: "lock", area: "T-02" });
      expect(desk.state.plan.locks.size).toBeGreaterThan(0);
    });

    it("takes theirs when I let mine go", () => {
      dropMine(desk);
      expect(areas()[at(2, 5)]).toBe("T-01");
      expect(areas()[at(2, 0)]).toBe("T-02");
      expect(desk.state.preview).toBeNull();
    });
  });
});
