/** Which columns hold the address; a few rows show how it is read. */

import { count } from "../numbers";
import { plural, t } from "../words";
import { bodyOf, PARTS, type Part, partsOf } from "./columns";
import type { Desk } from "./desk";

const ROWS_SHOWN = 4;

const titles = (): Record<Part, string> => ({
  street: t("Straße oder ganze Anschrift"),
  number: t("Hausnummer"),
  suffix: t("Zusatz zur Hausnummer"),
  postcode: t("Postleitzahl"),
  town: t("Ort"),
});

export function ColumnsStep({ desk }: { desk: Desk }) {
  const { book, sheet, layout, heads } = desk;
  if (!book || !sheet) return null;
  const body = bodyOf(sheet, layout.headRow);
  const size = plural("{count} Zeile", "{count} Zeilen", body.length, { count: count(body.length) });
  return (
    <>
      <div class="pt-fields">
        {book.sheets.length > 1 && (
          <label>
            {t("Blatt")}
            <select
              value={String(layout.sheet)}
              onChange={(event) => desk.arrange({ ...layout, sheet: Number(event.currentTarget.value) })}
            >
              {book.sheets.map((one, place) => (
                <option key={one.name} value={String(place)}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {t("Zeile mit den Überschriften")}
          <input
            type="number"
            min={1}
            max={Math.max(1, sheet.rows.length)}
            value={layout.headRow + 1}
            onChange={(event) => {
              const row = Math.round(Number(event.currentTarget.value)) - 1;
              if (row >= 0 && row < sheet.rows.length) desk.arrange({ ...layout, headRow: row });
              else event.currentTarget.value = String(layout.headRow + 1);
            }}
          />
        </label>
        {PARTS.map((part) => (
          <PartChoice key={part} part={part} desk={desk} />
        ))}
      </div>
      {layout.roles.street < 0 ? (
        <p class="pt-look" role="status">
          {t("Wählen Sie die Spalte mit der Straße.")}
        </p>
      ) : (
        <p class="small quiet">{t("{rows} unter den Überschriften.", { rows: size })}</p>
      )}
      <Sample desk={desk} body={body} heads={heads} />
    </>
  );
}

function PartChoice({ part, desk }: { part: Part; desk: Desk }) {
  const { roles } = desk.layout;
  return (
    <label>
      {titles()[part]}
      <select
        value={String(roles[part])}
        onChange={(event) =>
          desk.arrange({ ...desk.layout, roles: { ...roles, [part]: Number(event.currentTarget.value) } })
        }
      >
        <option value="-1">{part === "street" ? t("bitte wählen") : t("nicht in der Liste")}</option>
        {desk.heads.map((head, place) => (
          <option key={place} value={String(place)}>
            {head}
          </option>
        ))}
      </select>
    </label>
  );
}

function Sample({ desk, body, heads }: { desk: Desk; body: number[]; heads: string[] }) {
  const { roles } = desk.layout;
  const shown = PARTS.filter((part) => roles[part] >= 0);
  if (shown.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="pt-scroll" tabIndex={0} aria-label={t("Die ersten Zeilen, wie sie gelesen werden")}>
      <table class="pt-table">
        <caption class="unseen">{t("Die ersten Zeilen, wie sie gelesen werden")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Zeile")}</th>
            {shown.map((part) => (
              <th key={part} scope="col">
                {heads[roles[part]]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.slice(0, ROWS_SHOWN).map((row) => {
            const parts = partsOf(desk.sheet?.rows[row], roles);
            return (
              <tr key={row}>
                <th scope="row">{row + 1}</th>
                {shown.map((part) => (
                  <td key={part}>{parts[part]}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
