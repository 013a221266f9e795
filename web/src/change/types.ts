/** What the server says of why a value changed. */

export type PartName = "boundaries" | "definition" | "population" | "cases";

export interface ChangePart {
  /** Several when they cannot be told apart. */
  names: PartName[];
  label: string;
  text: string;
  /** Bounds in percentage points; equal when the part is one number. */
  low: number;
  high: number;
}

export interface ChangeAnswer {
  indicator: string;
  title: string;
  unit: string;
  name: string;
  before: string;
  after: string;
  sentence: string;
  total: number | null;
  total_text: string;
  parts: ChangePart[];
  notes: string[];
}

/** A piece of the bar, in parts of its width from 0 to 1. */
export interface Piece {
  number: number;
  start: number;
  width: number;
  look: PartName | "mixed" | "unsure";
}

export function lookOf(part: ChangePart): Piece["look"] {
  if (part.names.length > 1) return "mixed";
  return part.low === part.high ? (part.names[0] ?? "cases") : "unsure";
}

/** Pieces from zero to both sides, at the middle of their bounds; zero stands in the middle. */
export function piecesOf(parts: ChangePart[], total: number | null): { pieces: Piece[]; at: number | null } {
  const middles = parts.map((part) => (part.low + part.high) / 2);
  const up = middles.filter((one) => one > 0).reduce((sum, one) => sum + one, 0);
  const down = middles.filter((one) => one < 0).reduce((sum, one) => sum - one, 0);
  const reach = Math.max(up, down, Math.abs(total ?? 0), 0.1) * 1.05;
  const place = (points: number) => 0.5 + points / reach / 2;
  let right = 0;
  let left = 0;
  const pieces = parts.map((part, index) => {
    const size = middles[index] ?? 0;
    const begin = size > 0 ? right : left + size;
    if (size > 0) right += size;
    else left += size;
    return {
      number: index + 1,
      start: place(begin),
      width: Math.abs(size) / reach / 2,
      look: lookOf(part),
    };
  });
  return { pieces: pieces.filter((piece) => piece.width > 0), at: total === null ? null : place(total) };
}
