/** German is written in the code; other languages come from the server's catalogue. */

export type Language = "de" | "en";
type Catalogue = Record<string, string | string[]>;

let language: Language = "de";
let catalogue: Catalogue = {};

export function currentLanguage(): Language {
  return language;
}

export function useCatalogue(next: Language, words: Catalogue): void {
  language = next;
  catalogue = words;
}

/** The text in the current language, with {name} places filled in. */
export function t(german: string, values: Record<string, string | number> = {}): string {
  const found = catalogue[german];
  const text = language === "de" ? german : ((Array.isArray(found) ? found[0] : found) ?? german);
  return fill(text || german, values);
}

/** Singular or plural by count; {count} is not filled in by itself. */
export function plural(
  one: string,
  many: string,
  count: number,
  values: Record<string, string | number> = {},
): string {
  const found = catalogue[one];
  const forms = language !== "de" && Array.isArray(found) && found.length > 1 ? found : [one, many];
  return fill((count === 1 ? forms[0] : forms[1]) ?? many, values);
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
