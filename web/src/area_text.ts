/** What the names and numbers of areas may be, and which characters a text may hold; as sozialraum.base.text has it. */

export const LONGEST_NAME = 80;
export const LONGEST_CODE = 12;
/** Of who answers: an office. */
export const LONGEST_ROLE = 200;

// Control characters, halves of a pair, and two numbers that are no characters.
const ODD = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const SPACES = /[\t\n\r\u2028\u2029]+/g;

/** The text without characters that cannot be kept; tabs and lines stay. */
export function plainText(text: string): string {
  return text.replace(ODD, "");
}

/** The same in one line, of at most so many characters. */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  return [...plainText(text).replace(SPACES, " ").trim()].slice(0, most).join("");
}
