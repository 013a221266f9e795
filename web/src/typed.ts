/** What somebody types in a form, kept whatever the page loads again meanwhile. */

import { useState } from "preact/hooks";

/** Entries without those that are still as they were sent; what was typed since stays. */
export function unsent<Entries extends object>(
  typed: Partial<Entries>,
  sent: Partial<Entries>,
): Partial<Entries> {
  const names = Object.keys(typed) as (keyof Entries)[];
  return Object.fromEntries(
    names.filter((name) => typed[name] !== sent[name]).map((name) => [name, typed[name]]),
  ) as Partial<Entries>;
}

export interface Typed<Entries extends object> {
  entries: Entries;
  type: (part: Partial<Entries>) => void;
  /** The server has taken what was sent: what it loads next stands in its place, not what was typed since. */
  settle: (sent: Partial<Entries>) => void;
}

/**
 * Entries of a form: what was typed stands over what is saved. Jobs that end and answers that arrive change only the
 * latter; `loaded` is the answer it came with, another object whenever it was loaded again.
 */
export function useTyped<Entries extends object>(saved: Entries, loaded: unknown): Typed<Entries> {
  const [typed, setTyped] = useState<Partial<Entries>>({});
  const [taken, setTaken] = useState<{ sent: Partial<Entries>; loaded: unknown } | null>(null);
  // until the answer is there that holds what was sent, the entries stay as they were typed
  const over = taken !== null && taken.loaded !== loaded;
  const shown = over ? unsent(typed, taken.sent) : typed;
  return {
    entries: { ...saved, ...shown },
    type: (part) => {
      setTyped({ ...shown, ...part });
      if (over) setTaken(null);
    },
    settle: (sent) => setTaken({ sent, loaded }),
  };
}
