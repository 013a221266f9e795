/**
 * When two spellings mean the same street: the rules of addresses/spelling.toml, as `sozialraum.addresses.spelling`
 * applies them. Both are tested against tests/spec/addresses/cases.json.
 */

export interface SpellingRules {
  letters: Record<string, string>;
  street: { dropped: string; words: Record<string, string>; endings: Record<string, string> };
  loose: {
    letters: [string, string][];
    endings: [string, string][];
    slip_from: number;
    beginning_most: number;
  };
  number: {
    signs: [string, string][];
    words: string[];
    nothing: string[];
    patterns: [string, string][];
    unread: string;
    extras: string[];
    slash_widest: number;
  };
  cell: { postcode: string };
  mark: { start: number; factor: number };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
const ASCII = /^[\x00-\x7f]*$/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
export const DIGIT = /\p{Nd}/u;

/** Small letters without accents: "Mühlenstraße" is "muehlenstrasse", "André" is "andre". */
export function plain(rules: SpellingRules, text: string): string {
  const small = text.normalize("NFKC").toLowerCase();
  if (ASCII.test(small)) return small;
  let whole = "";
  for (const letter of small) whole += rules.letters[letter] ?? letter;
  return whole.normalize("NFD").replace(/\p{Mn}/gu, "");
}

/** The words of a name with abbreviations written out: "Dr.-Meyer-Str." is doktor, meyer, strasse. */
export function streetWords(rules: SpellingRules, name: string): string[] {
  const { dropped, words, endings } = rules.street;
  let text = "";
  for (const letter of plain(rules, name)) {
    if (!dropped.includes(letter)) text += LETTER_OR_DIGIT.test(letter) ? letter : " ";
  }
  return text
    .split(" ")
    .filter(Boolean)
    .map((word) => own(words, word) ?? wholeEnding(word, endings));
}

/** Never what every object inherits ("constructor"). */
function own(table: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function wholeEnding(word: string, endings: Record<string, string>): string {
  for (const [short, whole] of Object.entries(endings)) {
    if (word.endsWith(short) && word.length > short.length) return word.slice(0, -short.length) + whole;
  }
  return word;
}

/** A name for comparing: "Haupt Str.", "Haupt-Straße" and "HAUPTSTRASSE" are the same. */
export function streetKey(rules: SpellingRules, name: string): string {
  return streetWords(rules, name).join("");
}

/** A key that forgives usual mistakes: "Schillerstrase", "Muhlenweg" for "Mühlenweg", text in brackets. */
export function looseKey(rules: SpellingRules, name: string): string {
  let key = streetKey(rules, withoutBrackets(name));
  const ending = rules.loose.endings.find(([written]) => key.endsWith(written));
  if (ending) key = key.slice(0, -ending[0].length) + ending[1];
  for (const [written, meant] of rules.loose.letters) key = key.replaceAll(written, meant);
  return [...key]
    .filter((letter, at, all) => at === 0 || letter !== all[at - 1] || DIGIT.test(letter))
    .join("");
}

/** "Hauptstraße (Brand)" is "Hauptstraße"; a name all in brackets stays. */
export function withoutBrackets(name: string): string {
  const start = name.indexOf("(");
  const end = name.lastIndexOf(")");
  if (start < 0 || end < start) return name;
  return `${name.slice(0, start)} ${name.slice(end + 1)}`.trim() || name;
}

/** First letters of the words: names that may abbreviate each other have the same. */
export function initials(words: readonly string[]): string {
  return words.map((word) => [...word][0] ?? "").join("");
}

/** Whether each word is the same or a short beginning of the word in its place, at least one the same. */
export function abbreviates(
  rules: SpellingRules,
  written: readonly string[],
  whole: readonly string[],
): boolean {
  let same = 0;
  for (const [at, short] of written.entries()) {
    const word = whole[at] ?? "";
    if (short === word) same++;
    else if (!([...short].length <= rules.loose.beginning_most && word.startsWith(short))) return false;
  }
  return same > 0;
}

/** The key and every key with one letter less; two keys one slip apart share one of these. */
export function oneOff(key: string): string[] {
  const letters = [...key];
  return [
    key,
    ...letters.map((_letter, at) => letters.slice(0, at).join("") + letters.slice(at + 1).join("")),
  ];
}

/** One letter too many, too few, another, or two neighbours changed over; digits must agree. */
export function isOneSlip(one: string, other: string): boolean {
  const digits = (key: string) => [...key].filter((letter) => DIGIT.test(letter)).join("");
  if (digits(one) !== digits(other)) return false;
  const [short, long] = one.length > other.length ? [other, one] : [one, other];
  if (long.length - short.length > 1 || short === long) return short === long;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const swapped = short[at + 1] === long[at] && short[at] === long[at + 1];
  return (
    short.slice(at + 1) === long.slice(at + 1) || (swapped && short.slice(at + 2) === long.slice(at + 2))
  );
}
