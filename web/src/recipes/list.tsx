/** All sources that can be read, searched by their words. */

import { useState } from "preact/hooks";
import { TableCard } from "../parts";
import { t } from "../words";
import type { RecipeRow } from "./types";

export function RecipeTable({ rows }: { rows: RecipeRow[] }) {
  const [words, setWords] = useState("");
  const shown = rows.filter((row) => isAbout(row, words));
  return (
    <>
      <label class="rc-search">
        {t("Quelle suchen")}
        <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      <TableCard label={t("Einleseregeln")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Bezeichnung")}</th>
              <th scope="col">{t("Herausgeber")}</th>
              <th scope="col">{t("Art der Datei")}</th>
              <th scope="col">{t("Nach echter Datei")}</th>
              <th scope="col">{t("Fassung")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <a href={`#/einleseregeln?regel=${encodeURIComponent(row.code)}`}>{row.title}</a>
                </th>
                <td>{row.holder}</td>
                <td>{row.kinds.join(", ")}</td>
                <td>{row.specimen ? t("ja") : t("nein")}</td>
                <td>{versionWords(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p>{t("Keine Quelle heißt so.")}</p>}
      </TableCard>
    </>
  );
}

/** Whether every word stands somewhere in title, holder or kind of file. */
export function isAbout(row: RecipeRow, words: string): boolean {
  const text = [row.title, row.holder, ...row.kinds].join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function versionWords(row: RecipeRow): string {
  if (!row.own) return t("mitgeliefert");
  return row.changed ? t("eigene Fassung {version}", { version: row.version }) : t("eigene");
}
