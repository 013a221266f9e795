/** The released figures of an area beside its municipality and the region; what was hidden stays hidden. */

import { count, day, decimal, percent } from "../numbers";
import { t } from "../words";
import type { FigureRow, PackageData } from "./data";
import type { Desk } from "./desk";

export function FigureTable({ desk, areaId }: { desk: Desk; areaId: string }) {
  const { indicators, rows } = desk.data.figures;
  const own = rows.filter((row) => row.level === "area" && row.unit === areaId);
  const same = isUnchanged(desk, areaId);
  if (own.length === 0 || !same) {
    return <p class="small quiet">{t("Für diesen Zuschnitt sind noch keine Zahlen freigegeben.")}</p>;
  }
  const find = (level: string, key: string) =>
    rows.find((row) => row.level === level && row.indicator === key);
  return (
    <div class="scroll">
      <table>
        <caption>{t("Freigegebene Zahlen")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Indikator")}</th>
            <th scope="col" class="number">
              {t("Gebiet")}
            </th>
            <th scope="col" class="number">
              {t("Fälle von")}
            </th>
            <th scope="col" class="number">
              {desk.data.name}
            </th>
          </tr>
        </thead>
        <tbody>
          {indicators.map(({ key, title, kind, period }) => {
            const row = own.find((one) => one.indicator === key);
            return (
              <tr key={key}>
                <th scope="row">
                  {t(title)} <span class="small quiet">{day(period)}</span>
                </th>
                <td class="number">
                  <b>{shareWords(row, kind)}</b>
                </td>
                <td class="number">{casesWords(row)}</td>
                <td class="number">{shareWords(find("municipality", key), kind)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="small quiet">
        {sourceWords(desk.data)} {t("Zahlen eines Gebiets sagen nichts über einzelne Menschen.")}
      </p>
    </div>
  );
}

function sourceWords(data: PackageData): string {
  return data.check_number ? t("Prüfnummer {number}.", { number: data.check_number }) : "";
}

/** The figures hold for the area as it was sent; a changed area has none. */
function isUnchanged({ plan, base }: Desk, areaId: string): boolean {
  const [now, then] = [plan, base].map((one) => one.areas.findIndex((area) => area.area_id === areaId));
  return [...plan.area.keys()].every((block) => (plan.area[block] === now) === (base.area[block] === then));
}

function shareWords(row: FigureRow | undefined, kind: string): string {
  if (!row) return t("nicht geliefert");
  if (row.share_low === null || row.share_high === null) return statusWords(row.status);
  const show = (share: number) => (kind === "rate" ? decimal(100 * share) : percent(share));
  const [low, high] = [show(row.share_low), show(row.share_high)];
  return low === high ? low : t("{low} bis {high}", { low, high });
}

function statusWords(status: string): string {
  if (status === "missing") return t("nicht geliefert");
  return status === "blocked" ? t("zu wenige") : t("verborgen");
}

function casesWords(row: FigureRow | undefined): string {
  if (!row || row.count_low === null || row.base_low === null) return "–";
  const show = (low: number, high: number | null) =>
    high === null || count(low) === count(high)
      ? count(low)
      : t("{low} bis {high}", { low: count(low), high: count(high) });
  return t("{cases} von {base}", {
    cases: show(row.count_low, row.count_high),
    base: show(row.base_low, row.base_high),
  });
}
