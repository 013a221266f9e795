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

/** What was typed in a form that may be left and come back to; kept by the page around it. */
export interface Kept<Entries extends object> {
  typed: Partial<Entries>;
}

/**
 * Entries of a form: what was typed stands over what is saved. Jobs that end and answers that arrive change only the
 * latter; `loaded` is the answer it came with, another object whenever it was loaded again. `kept` holds what was
 * typed and not sent while the form itself is not there.
 */
export function useTyped<Entries extends object>(
  saved: Entries,
  loaded: unknown,
  kept: Kept<Entries> = { typed: {} },
): Typed<Entries> {
  const [typed, setTyped] = useState<Partial<Entries>>(kept.typed);
  const [taken, setTaken] = useState<{ sent: Partial<Entries>; loaded: unknown } | null>(null);
  // until the answer is there that holds what was sent, the entries stay as they were typed
  const over = taken !== null && taken.loaded !== loaded;
  const shown = over ? unsent(typed, taken.sent) : typed;
  return {
    entries: { ...saved, ...shown },
    type: (part) => {
      setTyped({ ...shown, ...part });
      kept.typed = { ...shown, ...part };
      if (over) setTaken(null);
    },
    settle: (sent) => {
      setTaken({ sent, loaded });
      kept.typed = unsent(kept.typed, sent);
    },
  };
}
