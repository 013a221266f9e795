/** An address in one cell, "Hauptstr. 12a, 52076 Aachen", taken apart as `sozialraum.addresses.split` does. */

import { type HousePatterns, numberText, readHouse } from "./house_numbers";
import { plain } from "./spelling";

export interface CellParts {
  street: string;
  number: string;
  postcode: string;
  town: string;
}

const bare = (text: string) => text.replace(/^[ ,;]+|[ ,;]+$/g, "");
const hasDigit = (text: string) => /\p{Nd}/u.test(text);

/** Street, number, postcode and town of one cell, in either order; "" for what is not there. */
export function splitAddress(ready: HousePatterns, cell: string): CellParts {
  let text = cell;
  for (const [sign, usual] of ready.rules.number.signs) text = text.replaceAll(sign, usual);
  text = text.normalize("NFKC").trim().replace(/\s+/g, " ");
  const small = text.toLowerCase();
  if (small.length !== text.length) text = small;
  const found = [...small.matchAll(new RegExp(ready.rules.cell.postcode, "g"))].at(-1);
  if (!found) {
    const { street, town } = withoutPostcode(ready, text);
    return { ...splitStreet(ready, street), postcode: "", town };
  }
  const postcode = found[1] ?? "";
  const before = bare(text.slice(0, found.index));
  const after = bare(text.slice(found.index + found[0].length));
  if (before) return { ...splitStreet(ready, before), postcode, town: after };
  const at = after.search(/[,;]/);
  if (at < 0) return { ...splitStreet(ready, ""), postcode, town: after };
  return { ...splitStreet(ready, bare(after.slice(at + 1))), postcode, town: bare(after.slice(0, at)) };
}

/** What stands behind the last comma is the town when it has no digit and is no floor or flat. */
function withoutPostcode(ready: HousePatterns, text: string): { street: string; town: string } {
  const at = Math.max(text.lastIndexOf(","), text.lastIndexOf(";"));
  const last = bare(text.slice(at + 1));
  if (at < 0 || !last || hasDigit(last)) return { street: text, town: "" };
  const first = (plain(ready.rules, last).split(" ")[0] ?? "").replace(/^\.+|\.+$/g, "");
  return ready.rules.number.extras.includes(first)
    ? { street: text, town: "" }
    : { street: bare(text.slice(0, at)), town: last };
}

/** The number begins at the first digits from which everything is read as a house number, else at the last ones. */
function splitStreet(ready: HousePatterns, text: string): { street: string; number: string } {
  const starts: number[] = [];
  for (let at = 1; at < text.length; at++) {
    if (hasDigit(text[at] ?? "") && !hasDigit(text[at - 1] ?? "")) starts.push(at);
  }
  const last = starts.at(-1);
  if (last === undefined) return { street: bare(text), number: "" };
  const at = starts.find((start) => isWhole(ready, text.slice(start))) ?? last;
  return { street: withoutWord(ready, bare(text.slice(0, at))), number: bare(text.slice(at)) };
}

function isWhole(ready: HousePatterns, text: string): boolean {
  const read = readHouse(ready, text);
  return read.number > 0 && read.isRead;
}

/** "Hauptstraße Nr." is "Hauptstraße". */
function withoutWord(ready: HousePatterns, street: string): string {
  const small = street.toLowerCase();
  for (const word of ready.rules.number.words) {
    if (small.endsWith(` ${word}`) && numberText(ready.rules, word) === "") {
      return bare(street.slice(0, -word.length - 1));
    }
  }
  return street;
}
