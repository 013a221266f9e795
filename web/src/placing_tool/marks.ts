/** Small marks of addresses that are never placed, as [mark] in addresses/spelling.toml says. */

import type { Register } from "./register";

const encoder = new TextEncoder();

/** The mark of a street and number, 0 to 255: FNV-1a of 32 bits, its four bytes joined. */
export function markOf(register: Register, key: string, number: number): number {
  const { start, factor } = register.rules.mark;
  let state = start;
  for (const byte of encoder.encode(`${register.salt}|${key}|${number}`))
    state = Math.imul(state ^ byte, factor) >>> 0;
  return (state ^ (state >>> 8) ^ (state >>> 16) ^ (state >>> 24)) & 0xff;
}

/** Whether one of the streets and numbers has the mark of an address that is never placed. */
export function isMarked(register: Register, keys: Iterable<string>, numbers: readonly number[]): boolean {
  if (register.marks.size === 0) return false;
  for (const key of keys) {
    if (numbers.some((number) => register.marks.has(markOf(register, key, number)))) return true;
  }
  return false;
}
