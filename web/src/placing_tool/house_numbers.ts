/** House numbers as people write them, read as `sozialraum.addresses.numbers` reads them. */

import { plain, type SpellingRules } from "./spelling";

/** A wider range is a slip; only its ends are known then. */
export const WIDEST_RANGE = 100;

/**
 * `number` 0 = none. `last` : the other end of a range, 0 without one. `isRead` : false when only the number counts.
 * `further` : other numbers that may be meant: those in what was not understood, and the second of "10/11".
 */
export interface House {
  number: number;
  suffix: string;
  last: number;
  lastSuffix: string;
  isRead: boolean;
  further: readonly number[];
}

const house = (
  number: number,
  suffix = "",
  last = 0,
  lastSuffix = "",
  isRead = true,
  further: readonly number[] = [],
): House => ({
  number,
  suffix,
  last,
  lastSuffix,
  isRead,
  further,
});
const NOTHING = house(0);
const UNREAD = house(0, "", 0, "", false);
const EDGES = /^[ .,;]+|[ .,;]+$/g;

/** A number with its signs made alike, small, spaces single, and the word "Nr." left out. */
export function numberText(rules: SpellingRules, text: string): string {
  let signs = text;
  for (const [sign, usual] of rules.number.signs) signs = signs.replaceAll(sign, usual);
  const found = plain(rules, signs)
    .trim()
    .replace(/\s+/g, " ")
    .replace(EDGES, "")
    .replace(/[ .,;-]+$/, "");
  const word = rules.number.words.find((each) => found.startsWith(each));
  return word === undefined ? found : found.slice(word.length).replace(EDGES, "");
}

/** The patterns of the rules, made ready once. */
export interface HousePatterns {
  rules: SpellingRules;
  patterns: [string, RegExp][];
  unread: RegExp;
}

export function housePatterns(rules: SpellingRules): HousePatterns {
  return {
    rules,
    patterns: rules.number.patterns.map(([kind, pattern]): [string, RegExp] => [kind, new RegExp(pattern)]),
    unread: new RegExp(rules.number.unread),
  };
}

/** Read a house number; a suffix may stand in a cell of its own. */
export function readHouse(ready: HousePatterns, number: string, suffix = ""): House {
  const { nothing } = ready.rules.number;
  let text = numberText(ready.rules, number);
  const more = numberText(ready.rules, suffix);
  if (nothing.includes(text) || nothing.includes(number.trim().toLowerCase())) return NOTHING;
  if (more && !nothing.includes(more)) text += /^\p{Nd}+$/u.test(more) ? `/${more}` : ` ${more}`;
  for (const [kind, pattern] of ready.patterns) {
    const found = pattern.exec(text);
    const read = found && houseOf(ready.rules, kind, found);
    if (read) return read.number ? read : NOTHING;
  }
  const found = ready.unread.exec(text);
  if (!found || !Number(found[1])) return UNREAD;
  return house(Number(found[1]), found[2] ?? "", 0, "", false, numbersIn(text));
}

/** All house numbers of a text; of two joined by "-" or "bis" those between as well. */
function numbersIn(text: string): number[] {
  const found = [...text.matchAll(/[0-9]+/g)].filter(([digits]) => digits.length <= 4);
  const numbers = new Set(found.map(([digits]) => Number(digits)));
  found.forEach((other, at) => {
    const one = found[at - 1];
    if (!one) return;
    const joined = text.slice(one.index + one[0].length, other.index);
    const [from, to] = [Number(one[0]), Number(other[0])];
    if (!/-|bis/.test(joined) || to - from > WIDEST_RANGE) return;
    for (let number = from; number < to; number++) numbers.add(number);
  });
  numbers.delete(0);
  return [...numbers];
}

/** What a pattern of a kind read; null when the text only looks like it. */
function houseOf(rules: SpellingRules, kind: string, found: RegExpExecArray): House | null {
  const [, first = "", second = "", third = "", fourth = ""] = found;
  const number = Number(first);
  const suffix = second.replaceAll(" ", "");
  if (kind === "plain") return house(number, suffix);
  if (kind === "more") return isExtra(rules, third) ? house(number, suffix) : null;
  if (kind === "suffixes") return suffix < fourth ? house(number, suffix, number, fourth) : null;
  const last = Number(third);
  if (kind === "range") return last > number ? house(number, suffix, last, fourth) : null;
  const between = last - number;
  if (between > 0 && between <= rules.number.slash_widest && between % 2 === 0) {
    return house(number, suffix, last, fourth);
  }
  return house(number, `${suffix}/${last}${fourth}`, 0, "", true, last > number ? [last] : []);
}

/** Whether what follows a number tells a flat or a floor: its first word with letters is known. */
function isExtra(rules: SpellingRules, text: string): boolean {
  const words = text
    .replace(/[^\p{L}\p{N}]/gu, " ")
    .split(" ")
    .filter(Boolean);
  return rules.number.extras.includes(words.find((word) => !/^\p{Nd}+$/u.test(word)) ?? "");
}
