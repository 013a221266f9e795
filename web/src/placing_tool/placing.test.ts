/** The cases that hold for Python and for this tool; see tests/spec/addresses. */

import { describe, expect, it } from "vitest";
import casesText from "../../../tests/spec/addresses/cases.json?raw";
import rulesText from "../../../tests/spec/addresses/spelling.json?raw";
import { markOf } from "./marks";
import { type Address, placeAddress } from "./placing";
import { makeRegister, type Register } from "./register";
import { type SpellingRules, streetKey } from "./spelling";

type Row = [string, number, string, string, string, string, number, number];

interface Given {
  towns: Record<string, string>;
  addresses: Row[];
  aliases?: [string, string, string, string, string][];
  protected?: [string, number][];
  salt?: string;
}

interface Case {
  row: Partial<Address>;
  register?: string;
  interpolate?: boolean;
  expected: { state: string; reason: string; address?: string; block?: string };
}

const rules = JSON.parse(rulesText) as SpellingRules;
const { registers, cases } = JSON.parse(casesText) as { registers: Record<string, Given>; cases: Case[] };
const blocks: string[] = [];

function registerOf({ towns, addresses, aliases = [], protected: hidden = [], salt = "" }: Given): Register {
  const rows = addresses.map(([street, number, suffix, postcode, municipality, block]) => {
    if (!blocks.includes(block)) blocks.push(block);
    return { street, number, suffix, postcode, municipality, block: blocks.indexOf(block) };
  });
  const said = aliases.map(([written, postcode, street, street_postcode, municipality]) => ({
    written,
    postcode,
    street,
    street_postcode,
    municipality,
  }));
  const content = { rows, towns, aliases: said, salt };
  const bare = makeRegister(rules, { ...content, marks: [] });
  const marks = hidden.map(([street, number]) => markOf(bare, streetKey(rules, street), number));
  return makeRegister(rules, { ...content, marks });
}

const known = new Map(Object.entries(registers).map(([name, given]) => [name, registerOf(given)]));

describe("an address is placed as Python places it", () => {
  for (const { row, register = "town", interpolate, expected } of cases) {
    if (interpolate) continue; // the tool never places a number between its neighbours
    it(JSON.stringify({ ...row, register }), () => {
      const address = { text: "", street: "", number: "", suffix: "", postcode: "", town: "", ...row };
      const found = placeAddress(known.get(register) as Register, address);
      expect({ ...found, block: blocks[found.block] ?? "" }).toEqual({
        state: expected.state,
        reason: expected.reason,
        offer: expected.address ?? "",
        block: expected.block ?? "",
      });
    });
  }
  it("by at least a hundred cases", () => {
    expect(cases.filter(({ interpolate }) => !interpolate).length).toBeGreaterThan(120);
  });
});
