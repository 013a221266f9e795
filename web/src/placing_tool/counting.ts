/** Cases counted to area x group. Nothing here knows a single case afterwards. */

/** One case: position of its area, -1 when it has no place; the texts of the chosen group columns. */
export interface Case {
  area: number;
  groups: readonly string[];
}

export interface Area {
  key: string;
  name: string;
  ags: string;
  town: string;
  /** Whether the register has addresses there; without any, no case is no zero. */
  known: boolean;
}

/** A row of the table: an area, or the cases without a place (`key` is then RESIDUAL). */
export interface CountRow {
  key: string;
  name: string;
  town: string;
  counts: number[];
}

export interface Counted {
  heads: string[];
  rows: CountRow[];
  /** Cases in municipalities that were not chosen; they stand in no row. */
  elsewhere: number;
}

export const RESIDUAL = "keine Angabe";
/** More groups than this make single cases of the columns. */
export const MOST_GROUPS = 40;
const LONGEST_HEAD = 80;
/** A larger share of different texts among the rows makes single cases of a column. */
const MOSTLY_DIFFERENT = 2 / 3;

/** Words of heads below which persons or single cases are told apart. */
const TELLS_PERSONS =
  /^((vor|nach|familien|geburts|ruf|zu|ehe|personen)?namen?|(first|last|given|family|sur)?name|akten(zeichen|nummer|nr)?|az|gz|geschäftszeichen|(fall|personen|kunden|klienten|mandats|versicherten|versicherungs|sozialversicherungs|steuer|ausweis|pass|mitglieds|bg)(nummer|nr|id|kennzeichen)|id|iban|konto(nummer|nr)?|telefon(nummer|nr)?|tel|handy(nummer|nr)?|mobil(nummer|nr)?|mail|email|geburts(datum|tag)|geb|geburtsdat)$/;
/** A number of a case in two words: "Fall Nr." */
const TELLS_CASES = /(^| )(fall|personen|kunden|klienten|akten|steuer) (nummer|nr|id)( |$)/;
/** Names of what is no person: "Name der Einrichtung". */
const NAMES_PLACES =
  /^namen? (der|des) [^ ]*(einrichtung|schule|kita|kindergartens|trägers|maßnahme|angebots|hilfe|gruppe)$/;

/** Whether a head says that names, files or numbers of single persons stand below it. */
export function tellsPersons(head: string): boolean {
  const words = head
    .normalize("NFC")
    .toLowerCase()
    .replace(/e-mail/g, "email")
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  if (NAMES_PLACES.test(words.join(" "))) return false;
  return words.some((word) => TELLS_PERSONS.test(word)) || TELLS_CASES.test(words.join(" "));
}

/** Whether (almost) every row has an entry of its own. */
export function tellsRows(texts: readonly string[]): boolean {
  const filled = texts.filter(Boolean);
  return new Set(filled).size > MOSTLY_DIFFERENT * filled.length;
}

/** Heads of groups that hold a single case in all rows together. all : head of the column that is no group. */
export function singleCases(counted: Pick<Counted, "heads" | "rows">, all: string): string[] {
  return counted.heads.filter(
    (head, column) =>
      head !== all && counted.rows.reduce((sum, { counts }) => sum + (counts[column] ?? 0), 0) === 1,
  );
}

/** How texts of groups are ordered: "6 bis 9" before "10 bis 14". */
const order = new Intl.Collator("de", { numeric: true, sensitivity: "variant" });

/** The different texts of a column and how often each occurs, in order; the empty one comes last. */
export function valuesOf(texts: Iterable<string>): [string, number][] {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1);
  return [...found].sort(([one], [other]) =>
    one === "" || other === ""
      ? Number(one === "") - Number(other === "")
      : order.compare(one, other) || (one < other ? -1 : 1),
  );
}

interface CountWords {
  /** What stands for an empty group. */
  without: string;
  /** Head of the column of all cases; "" leaves that column out. */
  all: string;
  /** Name of the row of those without a place. */
  residual: string;
}

/**
 * The table of all areas of the chosen municipalities that have addresses, in their order, and the row without a place.
 * An area of a chosen municipality without a case has 0.
 */
export function countCases(
  cases: readonly Case[],
  areas: readonly Area[],
  chosen: ReadonlySet<string>,
  words: CountWords,
): Counted {
  const groupOf = (one: Case) => one.groups.map((text) => text || words.without).join(", ");
  const counting = cases.filter(({ area }) => area < 0 || chosen.has(areas[area]?.ags ?? ""));
  const grouped = (cases[0]?.groups.length ?? 0) > 0;
  const groups = grouped ? orderedGroups(counting, words.without) : [];
  const columns = words.all || !grouped ? 1 : 0;
  const place = new Map(groups.map((group, column) => [group, column + columns]));
  const blank = () => Array<number>(groups.length + columns).fill(0);
  const byArea = areas.map(blank);
  const residual = blank();
  for (const one of counting) {
    const counts = (one.area < 0 ? residual : byArea[one.area]) ?? residual;
    if (columns) counts[0] = (counts[0] ?? 0) + 1;
    const column = grouped ? place.get(groupOf(one)) : undefined;
    if (column !== undefined) counts[column] = (counts[column] ?? 0) + 1;
  }
  const rows = areas.flatMap(({ key, name, ags, town, known }, area) =>
    chosen.has(ags) && known ? [{ key, name, town, counts: byArea[area] ?? [] }] : [],
  );
  rows.push({ key: RESIDUAL, name: words.residual, town: "", counts: residual });
  const heads = uniqueHeads([...(columns ? [words.all || words.residual] : []), ...groups]);
  return { heads, rows, elsewhere: cases.length - counting.length };
}

/** The groups that occur, ordered column by column. */
function orderedGroups(cases: readonly Case[], without: string): string[] {
  const ranks = (cases[0]?.groups ?? []).map(
    (_text, column) =>
      new Map(valuesOf(cases.map(({ groups }) => groups[column] ?? "")).map(([text], rank) => [text, rank])),
  );
  const found = new Map<string, number[]>();
  for (const { groups } of cases) {
    const name = groups.map((text) => text || without).join(", ");
    if (!found.has(name))
      found.set(
        name,
        groups.map((text, column) => ranks[column]?.get(text) ?? 0),
      );
  }
  return [...found]
    .sort(([, one], [, other]) => {
      const differs = one.findIndex((rank, column) => rank !== other[column]);
      return differs < 0 ? 0 : (one[differs] ?? 0) - (other[differs] ?? 0);
    })
    .map(([name]) => name);
}

/** A text as a head that is read back as it is: no line breaks, nothing that looks like the mark of a footnote. */
export function plainHead(text: string): string {
  let head = text
    .replace(/\u00ad/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, LONGEST_HEAD)
    .trim();
  for (let shorter = ""; shorter !== head; ) {
    shorter = head;
    head = head.replace(/\s*(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]\)?)$/, "");
  }
  return head;
}

/** Heads that differ from each other and from those of key, name and municipality. */
export function uniqueHeads(texts: readonly string[]): string[] {
  const taken = new Set(["Schlüssel", "Name", "Gemeinde"]);
  return texts.map((text) => {
    const head = plainHead(text) || "?";
    let free = head;
    for (let number = 2; taken.has(free); number++) free = `${head} (${number}.)`;
    taken.add(free);
    return free;
  });
}

/** Whether a count is small: 1 to below the number. */
export function isSmall(count: number, below: number): boolean {
  return count > 0 && count < below;
}
