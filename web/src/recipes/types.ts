/** What the server says of recipes ("Einleseregeln") and of the signs in cells. */

export interface RecipeRow {
  code: string;
  title: string;
  holder: string;
  kinds: string[];
  specimen: boolean;
  own: boolean;
  changed: boolean;
  version: number;
}

export interface SignsRow {
  code: string;
  title: string;
  own: boolean;
  examples: string[];
}

export interface RecipeList {
  recipes: RecipeRow[];
  signs: SignsRow[];
}

export type FieldKind =
  | "text"
  | "number"
  | "yes"
  | "choice"
  | "choices"
  | "lines"
  | "pattern"
  | "column"
  | "columns"
  | "pairs";

export interface Choice {
  value: string;
  title: string;
}

export interface Field {
  name: string;
  title: string;
  kind: FieldKind;
  needed: boolean;
  usual: string;
  advanced: boolean;
  options: Choice[];
}

export type Row = Record<string, string>;

export interface Section {
  part: string;
  title: string;
  note: string;
  many: boolean;
  advanced: boolean;
  fields: Field[];
  rows: Row[];
}

export interface SignMeaning {
  text: string;
  meaning: string;
  bounds: [string, string];
  status: string;
  legend: string;
  needs_legend: boolean;
}

export interface SignsExplained {
  code: string;
  title: string;
  legend: string;
  rows: SignMeaning[];
}

export interface SignsForm extends SignsExplained {
  own: boolean;
  sections: Section[];
}

export interface RecipeForm extends RecipeRow {
  sections: Section[];
  signs: SignsExplained[];
}

export interface Change {
  code: string;
  new: boolean;
  sentences: string[];
  saved: boolean;
}

export type Tables = Record<string, Row[]>;

/** What is wrong with one entry of a form. */
export interface Fault {
  part: string;
  row: number;
  field: string;
  what: string;
}
