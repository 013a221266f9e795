/** "Was ist diese Zelle?": the choices a cell has, in plain words; nothing is changed in the file. */

import { useState } from "preact/hooks";
import { Dialog } from "../editor/dialog";
import { t } from "../words";
import { answersBy, type DraftKind, draftSentence, HeadRows, UseChoice, useNow } from "./draft_clicks";
import { PlaceChoice } from "./place_choice";
import type { Cell } from "./preview";
import { cellName, roleWord, rowSentence, shownHead } from "./reading";
import type { ColumnUse, Corrections, Review, Role, RowMeans } from "./types";

export type Kind = DraftKind | "column" | "place" | "sign" | RowMeans;

interface Props {
  review: Review;
  cell: Cell;
  /** What is asked first: "place" when the person came from a finding about a key. */
  first?: Kind;
  onCorrect: (change: Partial<Corrections>) => void;
  onAnswer: (answers: Record<string, string>) => void;
  onClose: () => void;
}

export function CellDialog({ review, cell, first, onCorrect, onAnswer, onClose }: Props) {
  const preview = review.preview;
  const row = preview?.rows.find((one) => one.number === cell.row);
  const role: Role = row?.roles[cell.column] ?? "unread";
  const text = row?.texts[cell.column] ?? "";
  const head = preview?.heads[cell.column] ?? "";
  const letter = preview?.letters[cell.column] ?? "";
  const kinds = kindsOf(role, text, head, review);
  // only what still needs a choice is chosen beforehand, never what leaves a row out
  const usual = kinds.find((one) => one === "column" || one === "place" || one === "use") ?? "";
  const [kind, setKind] = useState<Kind | "">(first && kinds.includes(first) ? first : usual);
  const [column, setColumn] = useState("");
  const [place, setPlace] = useState("");
  const [rows, setRows] = useState(1);
  const [use, setUse] = useState<ColumnUse | "">(() => useNow(review, letter));
  const [feature, setFeature] = useState("");
  const [called, setCalled] = useState("");
  const change = correction(kind, { text, head, column, place, row: cell.row });
  const clicked = { row: cell.row, letter, rows, use, feature, name: called };
  const answers = isOfDraft(kind) ? answersBy(kind, clicked, review) : null;
  const name = preview ? cellName(preview, cell.row, cell.column) : "";
  return (
    <Dialog title={t("Zelle {cell}: was ist das?", { cell: name })} onClose={onClose}>
      <p>
        {text ? <b>{text}</b> : t("leer")}{" "}
        <span class="quiet">– {t("gelesen als: {role}", { role: roleWord(role) })}</span>
      </p>
      {kinds.length === 0 ? (
        <p>{t("Hier ist nichts zu korrigieren.")}</p>
      ) : (
        <fieldset class="dl-options">
          <legend class="unseen">{t("Was ist diese Zelle?")}</legend>
          {kinds.map((one) => (
            <label key={one} class="dl-option">
              <input type="radio" name="dl-kind" checked={kind === one} onChange={() => setKind(one)} />
              <span>{isOfDraft(one) ? draftSentence(one, clicked) : kindSentence(one, cell.row, text)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {kind === "column" && <ColumnChoice review={review} head={head} column={column} onColumn={setColumn} />}
      {kind === "place" && <PlaceChoice review={review.review_id} chosen={place} onChoose={setPlace} />}
      {kind === "head" && <HeadRows rows={rows} onRows={setRows} />}
      {kind === "use" && (
        <UseChoice
          review={review}
          letter={letter}
          use={use}
          feature={feature}
          onUse={setUse}
          onFeature={setFeature}
          name={called}
          onName={setCalled}
        />
      )}
      <p class="small quiet">{reach(kind)}</p>
      <div class="row dl-end">
        <button type="button" class="button" onClick={onClose}>
          {t("Abbrechen")}
        </button>
        <button
          type="button"
          class="button main"
          disabled={change === null && answers === null}
          onClick={() => (answers ? onAnswer(answers) : change && onCorrect(change))}
        >
          {t("Korrektur übernehmen")}
        </button>
      </div>
    </Dialog>
  );
}

/** How far a correction reaches: heads and signs belong to the source, keys and rows to this file. */
function reach(kind: Kind | ""): string {
  if (kind === "column" || kind === "sign" || isOfDraft(kind))
    return t("Die Korrektur gilt auch im nächsten Jahr.");
  return kind ? t("Die Korrektur gilt für diese Datei. Die Datei selbst bleibt, wie sie kam.") : "";
}

function isOfDraft(kind: Kind | ""): kind is DraftKind {
  return kind === "head" || kind === "use";
}

function kindsOf(role: Role, text: string, head: string, review: Review): Kind[] {
  const draft: Kind[] = review.drafting ? ["use", "head"] : [];
  return [...draft, ...correctionsOf(role, text, head, review)];
}

/** The corrections of a cell that is read by a rule. */
function correctionsOf(role: Role, text: string, head: string, review: Review): Kind[] {
  if (!review.recipe) return [];
  if (role === "head") return head && review.columns.length > 0 ? ["column"] : [];
  const kinds: Kind[] = [];
  if (role === "key" && text) kinds.push("place");
  const sign = review.findings.some((one) => one.code === "unexplained_sign" && one.found === text);
  if (text && sign && review.earlier) kinds.push("sign");
  return [...kinds, "total", "skip", "residual"];
}

function kindSentence(kind: Exclude<Kind, DraftKind>, row: number, text: string): string {
  if (kind === "column") return t("Diese Spalte ist …");
  if (kind === "place") return t("Dieser Schlüssel meint das Gebiet …");
  if (kind === "sign") return t("Das Zeichen „{sign}“ gilt wie im Vorjahr", { sign: text });
  return rowSentence(row, kind);
}

interface Given {
  text: string;
  head: string;
  column: string;
  place: string;
  row: number;
}

function correction(kind: Kind | "", given: Given): Partial<Corrections> | null {
  if (kind === "column") return given.column ? { heads: { [given.head]: given.column } } : null;
  if (kind === "place") return given.place ? { keys: { [given.text]: given.place } } : null;
  if (kind === "sign") return { signs: [given.text] };
  return kind && !isOfDraft(kind) ? { rows: { [String(given.row)]: kind } } : null;
}

interface ColumnProps {
  review: Review;
  head: string;
  column: string;
  onColumn: (column: string) => void;
}

function ColumnChoice({ review, head, column, onColumn }: ColumnProps) {
  return (
    <div>
      <label for="dl-column">{t("Spalte „{head}“ ist", { head: shownHead(head) })}</label>
      <select id="dl-column" value={column} onChange={(event) => onColumn(event.currentTarget.value)}>
        <option value="">{t("bitte wählen")}</option>
        {review.columns.map((one) => (
          <option key={one.value} value={one.value}>
            {shownHead(one.title)}
          </option>
        ))}
      </select>
    </div>
  );
}
