/** One address of a list looked up in the register, as `sozialraum.addresses.finding` does; never by interpolation. */

import { splitAddress } from "./address_cell";
import { type House, readHouse, WIDEST_RANGE } from "./house_numbers";
import { isMarked } from "./marks";
import { type Meant, meantStreets } from "./meant";
import {
  findNumber,
  houseKey,
  insideOf,
  labelOf,
  positionsOf,
  type Register,
  rangeKey,
  type Street,
} from "./register";
import { streetKey } from "./spelling";

/** Texts as the list has them, "" for what is not there. `text` : the whole address in one cell. */
export interface Address {
  text: string;
  street: string;
  number: string;
  suffix: string;
  postcode: string;
  town: string;
}

export type State = "exact" | "likely" | "none";

/** Where an address lies. `block` -1 = nowhere. `offer` : the address as the register writes it. */
export interface Placing {
  state: State;
  /** Codes joined by ";". */
  reason: string;
  block: number;
  offer: string;
}

interface Hit {
  state: State;
  reason: string;
  position: number;
}

const LIKELY = new Set([
  "spelling",
  "abbreviated",
  "other_postcode",
  "other_town",
  "town_unknown",
  "only_there",
  "rest_unread",
  "range_two_blocks",
  "range_last",
  "range_last_unknown",
  "range_wide",
  "suffix_unknown",
  "suffix_other",
]);

const nowhere = (reason: string): Hit => ({ state: "none", reason, position: -1 });

/** Place one address. Where there is no number it is looked for in the street ("Hauptstr. 12a"). */
export function placeAddress(register: Register, written: Address): Placing {
  const address = readAddress(register, written);
  const meant = meantStreets(register, address.street, address.postcode, address.town);
  const hit = findHouse(register, meant, readHouse(register.ready, address.number, address.suffix));
  const row = register.rows[hit.position];
  const offer = row ? labelOf(register, hit.position) : "";
  return { state: hit.state, reason: hit.reason, block: row?.block ?? -1, offer };
}

/** The parts of an address: one cell is taken apart, unless the register knows a street of that whole name. */
export function readAddress(register: Register, written: Address): Address {
  const { text, street, number, suffix, postcode, town } = written;
  if (street && (number || !/\p{Nd}/u.test(street))) return written;
  const parts = splitAddress(register.ready, street || text);
  const whole = `${parts.street} ${parts.number}`;
  const isStreet = parts.number !== "" && register.byKey.has(streetKey(register.rules, whole));
  return {
    text,
    street: isStreet ? whole : parts.street,
    number: number || (isStreet ? "" : parts.number),
    suffix,
    postcode: postcode || parts.postcode,
    town: town || parts.town,
  };
}

function findHouse(register: Register, meant: Meant, house: House): Hit {
  if (meant.refused) return nowhere(meant.refused);
  if (!house.number) return nowhere(house.isRead ? "no_number" : "unread_number");
  const hit = found(register, meant, house);
  const keys = new Set([meant.key, ...meant.streets.map(({ key }) => key)]);
  if (hit.state !== "none" && isMarked(register, keys, inDoubt(register, meant, house, hit))) {
    return nowhere(meant.streets.some(({ key }) => key === meant.key) ? "unknown_number" : "unknown_street");
  }
  return hit;
}

/**
 * Numbers that may be meant and of which it is not certain that they are where they were found: of a range found for
 * certain those that are not in that street of the register.
 */
function inDoubt(register: Register, meant: Meant, house: House, hit: Hit): number[] {
  let keys = stoodFor(house);
  if (hit.state === "exact" && meant.sure) {
    const street = register.streetOf[hit.position];
    keys = house.last ? keys.filter((key) => !street?.known.has(key) && !street?.covered.has(key)) : [];
  }
  return keys.map((key) => Number.parseInt(key, 10));
}

/** All numbers a written one may mean: of a range those between, on both sides where its ends are on both. */
function stoodFor(house: House): string[] {
  const keys = house.last ? [...insideOf(house)] : [houseKey(house.number, house.suffix)];
  const width = house.last - house.number;
  if (house.last && width % 2 && width <= WIDEST_RANGE) {
    for (let number = house.number; number < house.last; number++) keys.push(houseKey(number, ""));
  }
  return [...keys, ...house.further.map((number) => houseKey(number, ""))];
}

type Look = (register: Register, house: House, street: Street) => Hit | null;

/** By preference: the number itself, the number elsewhere in the town, another suffix. */
function found(register: Register, meant: Meant, house: House): Hit {
  const ways: [Look, Street[], string[]][] = [
    [byNumber, meant.streets, []],
    [byNumber, meant.others, ["other_postcode"]],
  ];
  if (!meant.onlyNumber) ways.push([bySuffix, meant.streets, []]);
  const towns = new Set(meant.streets.map(({ municipality }) => municipality));
  const onlyThere = towns.size > 1 && !meant.reasons.includes("only_there") ? ["only_there"] : [];
  let refused = "unknown_number";
  for (const [look, streets, more] of ways) {
    const all = streets.map((street) => look(register, house, street)).filter((hit) => hit !== null);
    refused = all.find(({ state }) => state === "none")?.reason ?? refused;
    if (refused === "several_addresses") break;
    const [hit, another] = all.filter(({ state }) => state !== "none");
    if (another) return nowhere("several_streets");
    if (hit) return withReasons(hit, [...meant.reasons, ...more, ...onlyThere]);
  }
  return nowhere(refused);
}

function withReasons(hit: Hit, reasons: string[]): Hit {
  const codes = hit.reason === "same" && reasons.length > 0 ? reasons : [...reasons, hit.reason];
  const state = codes.some((code) => LIKELY.has(code)) ? "likely" : "exact";
  return { state, reason: codes.join(";"), position: hit.position };
}

const at = (position: number, reason: string): Hit => ({
  state: LIKELY.has(reason) ? "likely" : "exact",
  reason,
  position,
});

/** The number with its suffix; of a range the first number. */
function byNumber(register: Register, house: House, street: Street): Hit | null {
  const whole = house.last ? street.ranges.get(rangeKey(house)) : undefined;
  if (whole !== undefined) {
    return only(register, [whole, ...(street.again.get(`ranges ${rangeKey(house)}`) ?? [])], "same");
  }
  const first = findNumber(street, house.number, house.suffix);
  const last = house.last ? positionsOf(street, house.last, house.lastSuffix) : [];
  if (!first) return only(register, last, "range_last");
  const [position, inside] = first;
  if (blocksOf(register, positionsOf(street, house.number, house.suffix)).size > 1) {
    return nowhere("several_addresses");
  }
  if (!house.isRead) return at(position, "rest_unread");
  if (!house.last) return at(position, inside ? "inside_range" : "same");
  return at(position, rangeReason(register, house, position, last));
}

function rangeReason(register: Register, house: House, position: number, last: readonly number[]): string {
  if (last.length === 0) return "range_last_unknown";
  if (blocksOf(register, [position, ...last]).size > 1) return "range_two_blocks";
  return house.last - house.number > WIDEST_RANGE ? "range_wide" : "range";
}

/** The number without its suffix, else with another one when all of those lie in one block. */
function bySuffix(register: Register, house: House, street: Street): Hit | null {
  const bare = house.suffix ? only(register, positionsOf(street, house.number, ""), "suffix_unknown") : null;
  if (bare) return bare;
  const others = street.numbers.get(house.number);
  const first = others?.[0];
  if (!others || first === undefined) return null;
  if (blocksOf(register, others).size > 1) return nowhere("several_suffixes");
  return at(first, "suffix_other");
}

/** The first position, unless the same address lies in several blocks: nothing says which is meant. */
function only(register: Register, positions: readonly number[], reason: string): Hit | null {
  const [position] = positions;
  if (position === undefined) return null;
  return blocksOf(register, positions).size > 1 ? nowhere("several_addresses") : at(position, reason);
}

const blocksOf = (register: Register, positions: readonly number[]) =>
  new Set(positions.map((position) => register.rows[position]?.block));
