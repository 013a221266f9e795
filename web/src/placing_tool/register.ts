/** The address register in a form in which streets and numbers are found at once, as `sozialraum.addresses.register`. */

import { type House, type HousePatterns, housePatterns, readHouse, WIDEST_RANGE } from "./house_numbers";
import {
  abbreviates,
  initials,
  isOneSlip,
  looseKey,
  oneOff,
  type SpellingRules,
  streetKey,
  streetWords,
} from "./spelling";

/** A street in one postcode of one municipality ("" = none). Positions count the addresses of the register. */
export interface Street {
  name: string;
  key: string;
  postcode: string;
  municipality: string;
  known: Map<string, number>;
  ranges: Map<string, number>;
  covered: Map<string, number>;
  /** By number, in the order of their suffixes. */
  numbers: Map<number, number[]>;
  /** Further positions of the same number or range, as two streets of one name in one postcode have. */
  again: Map<string, number[]>;
}

export interface AddressRow {
  street: string;
  number: number;
  suffix: string;
  postcode: string;
  municipality: string;
  block: number;
}

/** A confirmed spelling: what a list writes (plain key, postcode or "") stands for a street. */
export interface Alias {
  written: string;
  postcode: string;
  street: string;
  street_postcode: string;
  municipality: string;
}

export interface Content {
  rows: AddressRow[];
  /** AGS -> name. */
  towns: Record<string, string>;
  aliases: Alias[];
  salt: string;
  marks: number[];
}

export interface Register {
  rules: SpellingRules;
  ready: HousePatterns;
  rows: AddressRow[];
  towns: Map<string, string>;
  townWords: [string, string[]][];
  streetOf: Street[];
  postcodes: Set<string>;
  /** Postcode -> municipalities that have addresses in it. */
  townsOf: Map<string, string[]>;
  byKey: Map<string, Street[]>;
  byLoose: Map<string, Street[]>;
  byInitials: Map<string, [string[], Street][]>;
  near: Map<string, string[]>;
  aliases: Map<string, Alias>;
  salt: string;
  marks: Set<number>;
}

export const houseKey = (number: number, suffix: string) => `${number}|${suffix}`;
export const rangeKey = (house: House) =>
  `${houseKey(house.number, house.suffix)}-${houseKey(house.last, house.lastSuffix)}`;

export function makeRegister(rules: SpellingRules, content: Content): Register {
  const ready = housePatterns(rules);
  const towns = new Map(Object.entries(content.towns));
  const { streets, streetOf } = streetsOf(ready, content.rows);
  const register: Register = {
    rules,
    ready,
    rows: content.rows,
    towns,
    townWords: [...towns].map(([ags, name]): [string, string[]] => [ags, streetWords(rules, name)]),
    streetOf,
    postcodes: new Set(streets.map(({ postcode }) => postcode)),
    townsOf: new Map(),
    byKey: new Map(),
    byLoose: new Map(),
    byInitials: new Map(),
    near: new Map(),
    aliases: new Map(content.aliases.map((alias) => [`${alias.written}|${alias.postcode}`, alias])),
    salt: content.salt,
    marks: new Set(content.marks),
  };
  for (const street of streets) {
    const words = streetWords(rules, street.name);
    put(register.byKey, street.key, street);
    put(register.townsOf, street.postcode, street.municipality);
    put(register.byLoose, looseKey(rules, street.name), street);
    put(register.byInitials, initials(words), [words, street] as [string[], Street]);
  }
  for (const loose of register.byLoose.keys())
    for (const less of oneOff(loose)) put(register.near, less, loose);
  return register;
}

function put<Key, One>(table: Map<Key, One[]>, key: Key, one: One): void {
  const there = table.get(key);
  if (there) there.push(one);
  else table.set(key, [one]);
}

interface Grouped {
  order: string;
  street: Street;
  /** How often each spelling occurs: the usual one is the name. */
  names: Map<string, number>;
}

/** The streets by municipality, postcode and plain name, in that order; and the street of each row. */
function streetsOf(
  ready: HousePatterns,
  rows: readonly AddressRow[],
): { streets: Street[]; streetOf: Street[] } {
  const keys = new Map<string, string>();
  const groups = new Map<string, Grouped>();
  const streetOf = rows.map((row, position) => {
    let key = keys.get(row.street);
    if (key === undefined) {
      key = streetKey(ready.rules, row.street);
      keys.set(row.street, key);
    }
    const order = `${row.municipality}\u0000${row.postcode}\u0000${key}`;
    let group = groups.get(order);
    if (!group) {
      const { postcode, municipality } = row;
      const tables = {
        known: new Map(),
        ranges: new Map(),
        covered: new Map(),
        numbers: new Map(),
        again: new Map(),
      };
      group = {
        order,
        street: { name: row.street, key, postcode, municipality, ...tables },
        names: new Map(),
      };
      groups.set(order, group);
    }
    group.names.set(row.street, (group.names.get(row.street) ?? 0) + 1);
    addHouse(ready, group.street, row, position);
    return group.street;
  });
  const sorted = [...groups.values()].sort((one, other) => (one.order < other.order ? -1 : 1));
  for (const { street, names } of sorted) {
    street.name =
      [...names].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))[0]?.[0] ??
      street.name;
    const suffix = (position: number) => rows[position]?.suffix ?? "";
    for (const positions of street.numbers.values()) {
      positions.sort((one, other) => compare(suffix(one), suffix(other)) || one - other);
    }
  }
  return { streets: sorted.map(({ street }) => street), streetOf };
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** Enter an address; of two with the same number and suffix the first is found, the second remembered. */
function addHouse(ready: HousePatterns, street: Street, row: AddressRow, position: number): void {
  const plainOne = /^[a-z]?$/.test(row.suffix); // most of them; nothing else could be read there
  const house =
    plainOne && row.number > 0 && row.number < 10_000
      ? { number: row.number, suffix: row.suffix, last: 0, lastSuffix: "", isRead: true, further: [] }
      : readHouse(ready, String(row.number), row.suffix);
  const isKnown = house.isRead && house.number > 0;
  const number = isKnown ? house.number : row.number;
  const suffix = isKnown ? house.suffix : row.suffix.trim().toLowerCase();
  put(street.numbers, number, position);
  if (!isKnown || !house.last) {
    first(street, "known", houseKey(number, suffix), position);
    return;
  }
  first(street, "ranges", rangeKey(house), position);
  for (const inside of new Set(insideOf(house))) first(street, "covered", inside, position);
}

function first(street: Street, kind: "known" | "ranges" | "covered", key: string, position: number): void {
  if (street[kind].has(key)) put(street.again, `${kind} ${key}`, position);
  else street[kind].set(key, position);
}

/** All positions of a number, as it stands there or, when it does not, of the ranges that hold it. */
export function positionsOf(street: Street, number: number, suffix: string): number[] {
  const found = findNumber(street, number, suffix);
  if (!found) return [];
  const more = street.again.get(`${found[1] ? "covered" : "known"} ${houseKey(number, suffix)}`) ?? [];
  return [found[0], ...more];
}

/** The numbers a range stands for: "12-14" for 12 and 14, "12a-c" for 12a, 12b and 12c; both ends as written. */
export function insideOf(house: House): string[] {
  if (house.last === house.number) {
    const letters: string[] = [];
    for (let code = house.suffix.charCodeAt(0); code <= house.lastSuffix.charCodeAt(0); code++) {
      letters.push(houseKey(house.number, String.fromCharCode(code)));
    }
    return letters;
  }
  const ends = [houseKey(house.number, house.suffix), houseKey(house.last, house.lastSuffix)];
  if (house.last - house.number > WIDEST_RANGE) return ends;
  for (let number = house.number; number <= house.last; number += 2) ends.push(houseKey(number, ""));
  return ends;
}

/** Position of a number and whether only a range holds it; null when it is not known. */
export function findNumber(street: Street, number: number, suffix: string): [number, boolean] | null {
  const key = houseKey(number, suffix);
  const known = street.known.get(key);
  if (known !== undefined) return [known, false];
  const covered = street.covered.get(key);
  return covered === undefined ? null : [covered, true];
}

/** The streets a confirmed spelling stands for, for this postcode or for any. */
export function byAlias(register: Register, key: string, postcode: string): Street[] {
  const alias = register.aliases.get(`${key}|${postcode}`) ?? register.aliases.get(`${key}|`);
  if (!alias) return [];
  // confirmed where the list named no postcode, it says nothing about another one
  if (!alias.postcode && postcode && postcode !== alias.street_postcode) return [];
  return (register.byKey.get(streetKey(register.rules, alias.street)) ?? []).filter(
    (street) => street.postcode === alias.street_postcode && street.municipality === alias.municipality,
  );
}

/** Streets a misspelled name may mean, and how: "spelling", "abbreviated" or "". */
export function alikeStreets(register: Register, name: string): [Street[], string] {
  const { rules } = register;
  const loose = looseKey(rules, name);
  const same = register.byLoose.get(loose);
  if (same) return [same, "spelling"];
  const words = streetWords(rules, name);
  const short = (register.byInitials.get(initials(words)) ?? [])
    .filter(([other]) => abbreviates(rules, words, other))
    .map(([, street]) => street);
  if (short.length > 0) return [short, "abbreviated"];
  const slips = [...loose].length >= rules.loose.slip_from ? slipsOf(register, loose) : [];
  return [slips, slips.length > 0 ? "spelling" : ""];
}

function slipsOf(register: Register, loose: string): Street[] {
  const near = new Set<string>();
  for (const less of oneOff(loose)) {
    for (const other of register.near.get(less) ?? []) if (isOneSlip(loose, other)) near.add(other);
  }
  return [...near].sort(compare).flatMap((other) => register.byLoose.get(other) ?? []);
}

/** The AGS of the municipality a text names ("Aachen", "Aachen-Brand"), "" when it names none. */
export function townOf(register: Register, text: string): string {
  const words = streetWords(register.rules, text);
  let best = "";
  let most = 0;
  for (const [ags, own] of register.townWords) {
    const begins = own.length > 0 && own.every((word, at) => word === words[at]);
    if (begins && (own.length > most || (own.length === most && ags > best))) {
      best = ags;
      most = own.length;
    }
  }
  return best;
}

/** The address as the register writes it: "Hauptstraße 12a, 52076 Aachen". */
export function labelOf(register: Register, position: number): string {
  const street = register.streetOf[position];
  const row = register.rows[position];
  if (!street || !row) return "";
  const suffix = /^\p{Nd}/u.test(row.suffix) ? ` ${row.suffix}` : row.suffix;
  const town = register.towns.get(street.municipality) ?? "";
  const place = [street.postcode, town].filter(Boolean).join(" ");
  return `${street.name} ${row.number}${suffix}${place && `, ${place}`}`;
}
