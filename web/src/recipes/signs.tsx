/** What signs in cells mean, with what the source says of them. */

import { t } from "../words";
import type { SignMeaning, SignsExplained } from "./types";

export function SignsCard({ signs }: { signs: SignsExplained[] }) {
  const explained = signs.filter((one) => one.rows.length > 0 || one.legend);
  return (
    <section class="card pad stack" aria-label={t("Zeichen")}>
      <h2>{t("Zeichen")}</h2>
      {explained.length === 0 && <p class="small quiet">{t("Diese Quelle verwendet keine Zeichen.")}</p>}
      {explained.map((one) => (
        <div key={one.code} class="rc-signs">
          <h3>{one.title}</h3>
          {one.legend && (
            <p class="small quiet">{t("Die Quelle sagt: „{legend}“", { legend: one.legend })}</p>
          )}
          <dl>
            {one.rows.map((row) => (
              <Meaning key={row.text} row={row} />
            ))}
          </dl>
          <a class="small" href={`#/einleseregeln?zeichen=${encodeURIComponent(one.code)}`}>
            {t("Zeichen ändern: {title}", { title: one.title })}
          </a>
        </div>
      ))}
    </section>
  );
}

function Meaning({ row }: { row: SignMeaning }) {
  return (
    <>
      <dt>{row.text || t("leeres Feld")}</dt>
      <dd>
        {row.meaning} {boundsWords(row) && <span class="quiet">({boundsWords(row)})</span>}
        <span class="small quiet rc-legend">{t("„{legend}“", { legend: row.legend })}</span>
        {row.needs_legend && (
          <span class="small quiet rc-legend">
            {t("So eng nur, wenn die Datei es selbst sagt; sonst ohne Obergrenze.")}
          </span>
        )}
      </dd>
    </>
  );
}

function boundsWords(row: SignMeaning): string {
  const [low, high] = row.bounds;
  if (low === "") return "";
  return low === high ? low : t("{low} bis {high}", { low, high });
}
