/** The counts before they are saved. */

import { count } from "../numbers";
import { plural, t } from "../words";
import { type Counted, isSmall } from "./counting";
import { shown } from "./form_file";

export function CountTable({ counted, below, hide }: { counted: Counted; below: number; hide: boolean }) {
  const small = counted.rows.reduce(
    (sum, { counts }) => sum + counts.filter((each) => isSmall(each, below)).length,
    0,
  );
  return (
    <>
      {small > 0 && (
        <p class="small quiet">
          {plural("{count} kleine Anzahl", "{count} kleine Anzahlen", small, { count: count(small) })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="pt-scroll pt-counts" tabIndex={0} aria-label={t("Auszählung")}>
        <table class="pt-table">
          <caption class="unseen">{t("Auszählung")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Schlüssel")}</th>
              <th scope="col">{t("Name")}</th>
              <th scope="col">{t("Gemeinde")}</th>
              {counted.heads.map((head) => (
                <th key={head} scope="col" class="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counted.rows.map(({ key, name, town, counts }) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td>{name}</td>
                <td>{town}</td>
                {counts.map((each, place) => {
                  const cell = shown(each, { below, hide });
                  return (
                    <td key={counted.heads[place]} class={isSmall(each, below) ? "number pt-mark" : "number"}>
                      {typeof cell === "number" ? count(cell) : cell}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
