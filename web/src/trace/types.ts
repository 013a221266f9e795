/** What the server says of where a figure comes from. */

export interface TraceStep {
  level: number;
  sentence: string;
  value_text: string;
  file: string;
  sheet: string;
  row: number | null;
  column: string;
  delivery_id: string;
  delivered: string;
  recipe: string;
  version: number | null;
  children: TraceStep[];
}

export interface Trace {
  sentence: string;
  steps: TraceStep[];
  warnings: string[];
  internal: boolean;
  /** Places in files behind the figure. */
  parts: number;
  /** How many of them are not listed. */
  left_out: number;
}

export type FigureKind = "indicator" | "count" | "index" | "supply";

/** One figure: an indicator or a feature of a unit at a date. */
export interface Figure {
  kind: FigureKind;
  name: string;
  unit: string;
  period: string;
}

export interface WithdrawnNote {
  delivery_id: string;
  sentence: string;
  why: string;
  pages: string[];
}

export function tracePath(figure: Figure, internal: boolean, every: boolean): string {
  const query = new URLSearchParams({
    kind: figure.kind,
    name: figure.name,
    unit: figure.unit,
    period: figure.period,
    internal: String(internal),
    every: String(every),
  });
  return `trace?${query}`;
}
