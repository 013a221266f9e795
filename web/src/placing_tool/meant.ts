/** Which streets of the register an address means, as `sozialraum.addresses.meaning` does. */

import { alikeStreets, byAlias, type Register, type Street, townOf } from "./register";
import { streetKey, streetWords } from "./spelling";

/** The streets a name may mean; `others` : the same name elsewhere in the same municipality. */
export interface Meant {
  key: string;
  streets: Street[];
  others: Street[];
  reasons: string[];
  refused: string;
  /** Postcode or town say which street it is; that there is but one of that name says nothing. */
  sure: boolean;
  /** Nothing but the number itself counts: one doubt is enough. */
  onlyNumber: boolean;
}

/** Five digits, with the leading zero that programs lose; "" for any other text. */
export function wholePostcode(text: string): string {
  const plain = text.trim();
  return /^[0-9]{4,5}$/.test(plain) ? plain.padStart(5, "0") : "";
}

/** The streets of the register a written name, postcode and town may mean; texts may be "". */
export function meantStreets(register: Register, name: string, written: string, town: string): Meant {
  const postcode = wholePostcode(written);
  const key = streetKey(register.rules, name);
  const meant: Meant = {
    key,
    streets: [],
    others: [],
    reasons: [],
    refused: "",
    sure: false,
    onlyNumber: false,
  };
  if (!key) return { ...meant, refused: "no_street" };
  let streets = register.byKey.get(key) ?? [];
  let how = "";
  const confirmed = confirmedStreets(register, meant, postcode, town);
  if (confirmed && streets.length === 0) return confirmed;
  if (confirmed && !isThere(streets, postcode, townOf(register, town))) {
    if (postcode || town) return confirmed;
    // nothing says which: one of them alone must have the number
    const others = streets.filter((street) => !confirmed.streets.includes(street));
    return { ...confirmed, streets: [...confirmed.streets, ...others], reasons: ["only_there"] };
  }
  if (postcode && !register.postcodes.has(postcode)) return { ...meant, refused: "outside" };
  if (streets.length === 0) [streets, how] = alikeStreets(register, name);
  if (streets.length === 0) return { ...meant, refused: "unknown_street" };
  return narrowed(register, { ...meant, streets, reasons: how ? [how] : [] }, postcode, town);
}

/** The street a planner confirmed for a spelling; one confirmed without postcode only where the town agrees. */
function confirmedStreets(register: Register, meant: Meant, postcode: string, town: string): Meant | null {
  const streets = byAlias(register, meant.key, postcode);
  const contradiction = against(register, town, streets);
  const byPostcode = postcode !== "" && register.aliases.has(`${meant.key}|${postcode}`);
  if (streets.length === 0 || (contradiction && !byPostcode)) return null;
  // who confirmed it for this postcode saw a town that is no municipality
  const reasons = contradiction === "other_town" ? ["confirmed", contradiction] : ["confirmed"];
  return { ...meant, streets, reasons, sure: postcode !== "" || town !== "" };
}

/** Whether a street lies where postcode and town say; without both nothing says so. */
function isThere(streets: readonly Street[], postcode: string, ags: string): boolean {
  if (!postcode && !ags) return false;
  return streets.some(
    (street) => (!postcode || street.postcode === postcode) && (!ags || street.municipality === ags),
  );
}

/** How the town of a list contradicts that of streets: "other_town", "town_unknown" or "". */
function against(register: Register, town: string, streets: readonly Street[]): string {
  const towns = [...new Set(streets.map(({ municipality }) => municipality))];
  const words = streetWords(register.rules, town);
  const ags = town ? townOf(register, town) : "";
  if (words.length === 0 || (ags && towns.includes(ags))) return "";
  if (ags) return towns.includes("") ? "" : "other_town";
  const agrees = towns
    .map((one) => streetWords(register.rules, register.towns.get(one) ?? ""))
    .some((name) => name.every((word) => words.includes(word)) || words.every((word) => name.includes(word)));
  return agrees ? "" : "town_unknown";
}

/** Fewer streets by postcode, else by town. */
function narrowed(register: Register, meant: Meant, postcode: string, town: string): Meant {
  const ags = town ? townOf(register, town) : "";
  const there = meant.streets.filter((street) => street.postcode === postcode);
  if (there.length > 0) {
    const inTown = there.filter((street) => ags && street.municipality === ags);
    const own = inTown.length > 0 ? inTown : there;
    const towns = new Set(own.map((street) => street.municipality));
    const others = meant.streets.filter((street) => !own.includes(street) && towns.has(street.municipality));
    const sharing = new Set(register.townsOf.get(postcode)?.filter(Boolean));
    const contradiction = against(register, town, own);
    const reasons = contradiction ? [...meant.reasons, contradiction] : meant.reasons;
    return { ...meant, streets: own, others, reasons, sure: inTown.length > 0 || sharing.size <= 1 };
  }
  if (postcode) return elsewhere(register, meant, postcode, ags);
  const reasons = [...meant.reasons];
  let streets = meant.streets;
  if (ags) {
    const own = streets.filter((street) => street.municipality === ags);
    if (own.length > 0) streets = own;
    else reasons.push("other_town");
  } else if (town) reasons.push("town_unknown");
  return { ...meant, streets, reasons, sure: ags !== "" && streets.length === 1 && reasons.length === 0 };
}

/** A street that is not in its postcode: only one of that very name in the town meant, else it is unknown. */
function elsewhere(register: Register, meant: Meant, postcode: string, ags: string): Meant {
  const towns = new Set(ags ? [ags] : register.townsOf.get(postcode));
  const streets = meant.streets.filter((street) => towns.has(street.municipality));
  if (meant.reasons.length > 0 || streets.length === 0) return { ...meant, refused: "unknown_street" };
  return { ...meant, streets, reasons: ["other_postcode"], onlyNumber: true };
}
