/** The order people expect: codes 2, 2a, 2b, 10; Ä as A. */

const PARTS = /(\d+)/;

export function compareCodes(first: string, second: string): number {
  const [a, b] = [first.split(PARTS).filter(Boolean), second.split(PARTS).filter(Boolean)];
  for (let place = 0; place < Math.min(a.length, b.length); place += 1) {
    const order = comparePart(a[place] ?? "", b[place] ?? "");
    if (order) return order;
  }
  return a.length - b.length;
}

function comparePart(a: string, b: string): number {
  const [isA, isB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isA && isB) return Number(a) - Number(b);
  if (isA !== isB) return isA ? -1 : 1;
  return compareNames(a, b);
}

export function compareNames(first: string, second: string): number {
  const [a, b] = [plain(first), plain(second)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function plain(name: string): string {
  return name.replace(/ß/g, "ss").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
