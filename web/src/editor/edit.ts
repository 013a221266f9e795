/** One step of a revision as data. The same record, with the same names, as sozialraum.delineation.Edit. */

export type EditKind = "move" | "split" | "merge" | "rename" | "rekey" | "lock" | "unlock" | "adopt";

export const EDIT_KINDS: readonly EditKind[] = [
  "move",
  "split",
  "merge",
  "rename",
  "rekey",
  "lock",
  "unlock",
  "adopt",
];

export interface Edit {
  kind: EditKind;
  /** Target of a move; the area that is split, merged away, renamed, rekeyed, locked; "" for a lock of blocks. */
  area: string;
  /** Split: the new part. Merge: the area that stays. Otherwise "". */
  into: string;
  /** Moved blocks, blocks of the new part, or locked blocks. */
  blocks: string[];
  code: string;
  name: string;
  /** Split: key and name of the part that stays, "" where they stay. */
  rest_code: string;
  rest_name: string;
  /** The reason; internal until `public`. */
  why: string;
  role: string;
  case: string;
  person: string;
  when: string;
  /** What it did, filled in by the server. */
  effect: Record<string, unknown>;
  public: boolean;
  /** Adopt only: who decided and when. */
  body: string;
  decided_on: string;
}

/** An edit with everything that was not given empty; blocks sorted, as Python keeps them. */
export function makeEdit(fields: Partial<Edit> & { kind: EditKind; role: string }): Edit {
  const empty = { area: "", into: "", code: "", name: "", rest_code: "", rest_name: "" };
  const about = {
    why: "",
    case: "",
    person: "",
    when: "",
    effect: {},
    public: false,
    body: "",
    decided_on: "",
  };
  const blocks = [...(fields.blocks ?? [])].sort();
  return { ...empty, ...about, ...fields, blocks };
}

/** The areas an edit names, without doubles: those whose figures it may change. */
export function areasNamed(edit: Pick<Edit, "area" | "into">): string[] {
  return [...new Set([edit.area, edit.into])].filter(Boolean);
}
