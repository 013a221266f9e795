/** A file nobody knows: what a click says of its head and of a column. The answers go to the draft, by these names. */

import { t } from "../words";
import { shownHead } from "./reading";
import type { ColumnUse, Review } from "./types";

export type DraftKind = "head" | "use";

/** The number of head rows that are offered; more would be a table of its own. */
const MOST_ROWS = 6;

export interface Clicked {
  row: number;
  letter: string;
  /** How many rows the head has. */
  rows: number;
  use: ColumnUse | "";
  feature: string;
  /** What people call the numbers; '' = as the head says. */
  name: string;
}

export function draftSentence(kind: DraftKind, clicked: Pick<Clicked, "row" | "letter">): string {
  if (kind === "head") return t("In Zeile {row} beginnt der Kopf der Tabelle", { row: clicked.row });
  return t("Spalte {letter} ist …", { letter: clicked.letter });
}

/** What is answered by a click; null where something is still to be chosen. An empty answer takes one back. */
export function answersBy(kind: DraftKind, clicked: Clicked, review: Review): Record<string, string> | null {
  const { row, rows, letter, use, feature, name } = clicked;
  if (kind === "head") return { head: rows > 1 ? `${row}-${row + rows - 1}` : String(row) };
  if (use === "") return null;
  const before = (id: string) => review.answered.some((one) => one.name === id);
  if (use === "key")
    return before(`use:${letter}`) ? { key: letter, [`use:${letter}`]: "" } : { key: letter };
  if (use !== "value") return { [`use:${letter}`]: use };
  return {
    [`use:${letter}`]: use,
    ...(feature ? { [`feature:${letter}`]: feature } : {}),
    ...(name.trim() ? { [`name:${letter}`]: name.trim() } : {}),
  };
}

export function useWord(use: ColumnUse): string {
  const words: Record<ColumnUse, string> = {
    key: t("Gebietsschlüssel oder Gebietsname"),
    value: t("Wert"),
    day: t("Stichtag"),
    name: t("Bezeichnung"),
    skip: t("wird nicht gelesen"),
  };
  return words[use];
}

const USES: ColumnUse[] = ["key", "value", "day", "name", "skip"];

/** The use a column has now, as the list of uses shows it. */
export function useNow(review: Review, letter: string): ColumnUse | "" {
  const use = review.columns_read.find((one) => one.letter === letter)?.use ?? "";
  return use === "town" || use === "" ? "" : use;
}

interface HeadProps {
  rows: number;
  onRows: (rows: number) => void;
}

export function HeadRows({ rows, onRows }: HeadProps) {
  return (
    <div>
      <label for="dl-headrows">{t("Zeilen des Kopfes")}</label>
      <select
        id="dl-headrows"
        value={String(rows)}
        onChange={(event) => onRows(Number(event.currentTarget.value))}
      >
        {Array.from({ length: MOST_ROWS }, (_, place) => place + 1).map((count) => (
          <option key={count} value={String(count)}>
            {count}
          </option>
        ))}
      </select>
    </div>
  );
}

interface UseProps {
  review: Review;
  letter: string;
  use: ColumnUse | "";
  feature: string;
  onUse: (use: ColumnUse | "") => void;
  onFeature: (feature: string) => void;
  name: string;
  onName: (name: string) => void;
}

export function UseChoice({ review, letter, use, feature, name, onUse, onFeature, onName }: UseProps) {
  const head = review.columns_read.find((one) => one.letter === letter)?.head ?? "";
  const features = review.questions_open.find((one) => one.id === `feature:${letter}`);
  return (
    <>
      <div>
        <label for="dl-use">{t("Spalte {letter} ist", { letter })}</label>
        <select
          id="dl-use"
          value={use}
          onChange={(event) => onUse(USES.find((one) => one === event.currentTarget.value) ?? "")}
        >
          <option value="">{t("bitte wählen")}</option>
          {USES.map((one) => (
            <option key={one} value={one}>
              {useWord(one)}
            </option>
          ))}
        </select>
      </div>
      {use === "value" && (
        <div>
          <label for="dl-name">{t("Name, wenn die Überschrift zu wenig sagt")}</label>
          <input
            id="dl-name"
            type="text"
            maxLength={80}
            placeholder={shownHead(head)}
            value={name}
            onInput={(event) => onName(event.currentTarget.value)}
          />
        </div>
      )}
      {use === "value" && features && (
        <div>
          <label for="dl-feature">{t("Gezählt wird")}</label>
          <select
            id="dl-feature"
            value={feature || features.usual}
            onChange={(event) => onFeature(event.currentTarget.value)}
          >
            {features.options.map((one) => (
              <option key={one.value} value={one.value}>
                {shownHead(one.title)}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
