/** "So wurde die Datei gelesen": name, sheet, legend, the table itself, and the corrections made so far. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { get } from "../api";
import { useStore } from "../store";
import { t } from "../words";
import { type Cell, Legend, PreviewTable, type ShownCell } from "./preview";
import { cellName, correctionsMade, NO_CORRECTIONS, shownHead, without } from "./reading";
import type { Corrections, Preview, Review } from "./types";

interface Props {
  review: Review;
  shown: ShownCell;
  busy: boolean;
  onCell: (cell: Cell, name: string) => void;
  onCorrections: (all: Corrections) => void;
  onAnswers: (answers: Record<string, string>) => Promise<unknown>;
  children: ComponentChildren;
}

export function FileCard({ review, shown, busy, onCell, onCorrections, onAnswers, children }: Props) {
  const { preview, waiting, sheet, setSheet } = useSheet(review);
  const read = !sheet || sheet === review.preview?.sheet;
  // a cell that is pointed at is on the sheet that was read
  useLayoutEffect(() => {
    if (shown.cell) setSheet("");
  }, [shown, setSheet]);
  return (
    <section class="card dl-file" aria-label={t("So wurde die Datei gelesen")}>
      <div class="dl-filehead">
        <h2>
          {t("So wurde die Datei gelesen")}{" "}
          <span class="small quiet">
            {review.file_name}
            {preview?.sheet && t(", Blatt „{sheet}“", { sheet: preview.sheet })}
          </span>
        </h2>
        {review.preview && review.preview.sheets.length > 1 && (
          <label class="dl-sheets small">
            {t("Blatt")}
            <select
              value={sheet || review.preview.sheet}
              onChange={(event) => setSheet(event.currentTarget.value)}
            >
              {review.preview.sheets.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {preview ? (
        <>
          <Legend />
          <PreviewTable
            key={preview.sheet}
            preview={preview}
            findings={review.findings}
            shown={shown}
            onCell={read ? (cell) => onCell(cell, cellName(preview, cell.row, cell.column)) : null}
          />
          <p class="small quiet">{underTable(review, read)}</p>
          {!read && review.drafting && (
            <button
              type="button"
              class="button dl-readsheet"
              disabled={busy}
              onClick={() => void onAnswers({ sheet })}
            >
              {t("Dieses Blatt lesen")}
            </button>
          )}
        </>
      ) : (
        <p class="quiet" role={waiting ? "status" : undefined}>
          {waiting ? t("Wird geladen …") : t("Diese Datei hat keine Tabelle, die hier gezeigt werden kann.")}
        </p>
      )}
      <Made review={review} busy={busy} onCorrections={onCorrections} onAnswers={onAnswers} />
      {children}
    </section>
  );
}

function underTable(review: Review, read: boolean): string {
  if (!read) return t("Dieses Blatt wurde nicht gelesen; es wird hier nur gezeigt.");
  if (!review.kept) {
    return t("Eine Zeile je Person: Die Datei wird nur gezählt und nicht aufbewahrt, Texte sind verdeckt.");
  }
  if (review.drafting) {
    return t("Falsch gelesen? Zelle anklicken und sagen, wo der Kopf beginnt und was in der Spalte steht.");
  }
  return t("Falsch gelesen? Zelle anklicken und sagen, was sie ist.");
}

/** The sheet that was read, or another one the person wants to look at. */
function useSheet(review: Review) {
  const { refused } = useStore();
  const [sheet, setSheet] = useState("");
  const [other, setOther] = useState<{ name: string; preview: Preview } | null>(null);
  const wanted = sheet && sheet !== review.preview?.sheet ? sheet : "";
  useEffect(() => {
    if (!wanted) return;
    let still = true;
    get<Preview>(`reviews/${review.review_id}/sheet?name=${encodeURIComponent(wanted)}`)
      .then((answer) => still && setOther({ name: wanted, preview: answer }))
      .catch((error: unknown) => {
        if (!still) return;
        setSheet("");
        refused(error);
      });
    return () => {
      still = false;
    };
  }, [wanted, review.review_id, refused]);
  const looked = other?.name === wanted ? other.preview : null;
  return { preview: wanted ? looked : review.preview, waiting: wanted !== "" && !looked, sheet, setSheet };
}

type MadeProps = Pick<Props, "review" | "busy" | "onCorrections" | "onAnswers">;

function Made({ review, busy, onCorrections, onAnswers }: MadeProps) {
  const made = correctionsMade(review.corrections, review.titles);
  const answered = review.answered;
  if (made.length + answered.length === 0) return null;
  const takeAllBack = async () => {
    if (answered.length > 0) await onAnswers(Object.fromEntries(answered.map((one) => [one.name, ""])));
    if (made.length > 0) onCorrections(NO_CORRECTIONS);
  };
  return (
    <div class="dl-made">
      <h3>{t("Ihre Korrekturen")}</h3>
      <ul class="small">
        {answered.map((one) => (
          <li key={one.name}>
            <span>{shownHead(one.sentence)}</span>
            <button
              type="button"
              class="link"
              disabled={busy}
              onClick={() => void onAnswers({ [one.name]: "" })}
            >
              {t("zurücknehmen")}
              <span class="unseen">: {shownHead(one.sentence)}</span>
            </button>
          </li>
        ))}
        {made.map((one) => (
          <li key={`${one.part} ${one.name}`}>
            <span>{one.sentence}</span>
            <button
              type="button"
              class="link"
              disabled={busy}
              onClick={() => onCorrections(without(review.corrections, one.part, one.name))}
            >
              {t("zurücknehmen")}
              <span class="unseen">: {one.sentence}</span>
            </button>
          </li>
        ))}
      </ul>
      {made.length + answered.length > 1 && (
        <button type="button" class="link" disabled={busy} onClick={() => void takeAllBack()}>
          {t("Alle Korrekturen zurücknehmen")}
        </button>
      )}
    </div>
  );
}
