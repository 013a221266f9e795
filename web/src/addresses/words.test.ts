import { describe, expect, it } from "vitest";
import type { ChangeGroup } from "./types";
import { areaSentence, stateSentence, streetOf } from "./words";

const group: ChangeGroup = {
  group_id: "new",
  kind: "new",
  street: "Lindenweg",
  old_street: "",
  town: "Musterdorf",
  addresses: 4,
  open: 4,
  unclear: 0,
  without_place: 0,
  accepted: 0,
  rejected: 0,
  areas: ["1 Altstadt"],
  bases: ["nach der Lage"],
  doubts: [],
};

describe("what is said of a group of changes", () => {
  it.each([
    [{}, "offen"],
    [{ unclear: 1 }, "prüfen"],
    [{ open: 3, accepted: 1 }, "3 offen"],
    [{ open: 0, accepted: 4 }, "übernommen"],
    [{ open: 0, rejected: 4 }, "bleibt wie bisher"],
    [{ open: 0, accepted: 3, rejected: 1 }, "3 übernommen, 1 wie bisher"],
  ])("%j is %s", (part, words) => {
    expect(stateSentence({ ...group, ...part })).toBe(words);
  });

  it.each([
    [{}, "1 Altstadt (nach der Lage)"],
    [{ kind: "gone" as const, areas: [""] }, "fallen aus dem Verzeichnis"],
    [{ open: 0, rejected: 4 }, ""],
    [{ areas: [""], bases: ["kein Vorschlag"] }, "kein Gebiet vorgeschlagen"],
    [{ areas: ["1", "2", "3", "4"] }, "4 Gebiete (nach der Lage)"],
  ])("%j lies in %s", (part, words) => {
    expect(areaSentence({ ...group, ...part })).toBe(words);
  });

  it("names a street by its old and its new name", () => {
    expect(streetOf({ ...group, kind: "renamed", old_street: "Altweg" })).toBe(
      "Altweg heißt jetzt Lindenweg",
    );
    expect(streetOf({ ...group, kind: "gone", street: "", old_street: "Altweg" })).toBe("Altweg");
  });
});
