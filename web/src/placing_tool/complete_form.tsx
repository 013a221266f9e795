/** "Adressliste ergänzen": the same list back, with key and name of the area and how the row was placed. */

import { useState } from "preact/hooks";
import { t } from "../words";
import type { Desk } from "./desk";
import { reasonText } from "./reasons";
import { save, stem } from "./saving";
import type { Cell } from "./workbook";

export function CompleteForm({ desk }: { desk: Desk }) {
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const { book } = desk;
  if (!book) return null;
  const write = async () => {
    setBusy(true);
    setSaid("");
    const name = `${stem(book.name)}-${t("mit-Gebieten")}.${book.ending}`;
    try {
      save(name, await book.again(desk.layout.sheet, columnsFor(desk)));
      setSaid(t("Gespeichert: {file}.", { file: name }));
    } catch {
      setSaid(
        t(
          "Diese Arbeitsmappe lässt sich nicht ergänzen. Speichern Sie das Blatt als eigene Arbeitsmappe (.xlsx).",
        ),
      );
    }
    setBusy(false);
  };
  return (
    <div class="pt-form">
      <p>
        {t(
          "Hinter den Spalten Ihrer Liste stehen dann Schlüssel und Name des Gebiets und wie die Zeile zugeordnet wurde. Alles andere bleibt, wie es ist.",
        )}
      </p>
      <p class="pt-look">
        {t("Die Datei enthält weiter alle Angaben Ihrer Liste. Für die Sozialplanung genügt das Zählen.")}
      </p>
      <div class="pt-row">
        <button type="button" class="button main large" disabled={busy} onClick={() => void write()}>
          {t("Ergänzte Liste speichern")}
        </button>
        <p role="status" class="pt-said">
          {said}
        </p>
      </div>
    </div>
  );
}

/** The further columns by row of the sheet: key, name, how placed. */
export function columnsFor(desk: Pick<Desk, "data" | "placed" | "areas" | "layout" | "sheet">): Cell[][] {
  const empty = () => Array<Cell>(desk.sheet?.rows.length ?? 0).fill(null);
  const columns = [empty(), empty(), empty()];
  const put = (row: number, texts: readonly string[]) => {
    texts.forEach((text, column) => {
      const cells = columns[column];
      if (cells) cells[row] = text || null;
    });
  };
  put(desk.layout.headRow, [t("Gebiet (Schlüssel)"), t("Gebiet (Name)"), t("Zuordnung")]);
  (desk.placed ?? []).forEach(({ row, placing }, place) => {
    const area = desk.data.areas[desk.areas[place] ?? -1];
    const how = !area
      ? placing.state === "likely"
        ? t("ohne Zuordnung: nicht bestätigt ({offer})", { offer: placing.offer })
        : t("ohne Zuordnung: {reason}", { reason: reasonText(placing.reason) })
      : placing.state === "exact"
        ? t("eindeutig")
        : t("bestätigt: {offer}", { offer: placing.offer });
    put(row, [area?.key ?? "", area?.name ?? "", how]);
  });
  return columns;
}
