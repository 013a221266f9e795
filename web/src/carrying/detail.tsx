/** One geography: the way of each feature, how far off its values may be, what lies outside, one unit on a map. */

import { type Job, post } from "../api";
import { count, day } from "../numbers";
import { TableCard, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import type { ErrorRow, GeographyAnswer, OutsideRow } from "./types";
import { UnitCard } from "./unit_card";
import { WaysCard } from "./ways_card";

export function Detail({ code, busy }: { code: string; busy: boolean }) {
  const answer = useAnswer<GeographyAnswer>(`carrying/${code}`);
  if (!answer) return <Waiting />;
  return (
    <>
      <Head answer={answer} busy={busy} />
      <WaysCard answer={answer} busy={busy} />
      <UnitCard answer={answer} />
      {answer.errors.length > 0 && <ErrorsCard rows={answer.errors} />}
      {answer.outside.length > 0 && <OutsideCard rows={answer.outside} />}
    </>
  );
}

function Head({ answer, busy }: { answer: GeographyAnswer; busy: boolean }) {
  const { act, follow, refresh } = useStore();
  const unused = answer.ways.length < 2;
  const remove = () =>
    void act(async () => {
      await post(`carrying/${answer.code}/remove`, {});
      await refresh();
    });
  return (
    <section class="card pad cy-head">
      <div>
        <h2>{answer.title}</h2>
        <p class="small quiet">
          {plural("{count} Einheit", "{count} Einheiten", answer.units.length, {
            count: count(answer.units.length),
          })}
          {unused && ` · ${t("Noch keine Lieferung nach dieser Gliederung.")}`}
        </p>
      </div>
      {unused && (
        <button type="button" class="link" disabled={busy} onClick={remove}>
          {t("Diese Gliederung entfernen")}
        </button>
      )}
      {!unused && answer.stale && (
        <button
          type="button"
          class="button main"
          disabled={busy}
          onClick={() => void follow(post<Job>("compute", {}))}
        >
          {t("Indikatoren neu rechnen")}
        </button>
      )}
    </section>
  );
}

function ErrorsCard({ rows }: { rows: ErrorRow[] }) {
  return (
    <TableCard label={t("Abweichung der übertragenen Zahlen")}>
      <table>
        <caption>
          {t("Abweichung der übertragenen Zahlen")}
          <span class="small quiet cy-under">
            {t("Geschätzt, in Prozent des Wertes; in etwa zwei von drei Fällen liegt die wahre Zahl näher.")}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("Merkmal")}</th>
            <th scope="col" class="number">
              {t("Gebiete mit geteilten Einheiten")}
            </th>
            <th scope="col" class="number">
              {t("kleinste")}
            </th>
            <th scope="col" class="number">
              {t("mittlere")}
            </th>
            <th scope="col" class="number">
              {t("größte")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.feature}>
              <th scope="row">{row.title}</th>
              <td class="number">{t("{part} von {whole}", { part: row.carried, whole: row.areas })}</td>
              {[row.low, row.middle, row.high].map((error, place) => (
                <td class="number" key={place}>
                  {error === null ? "–" : `${error}\u202f%`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function OutsideCard({ rows }: { rows: OutsideRow[] }) {
  return (
    <TableCard label={t("Außerhalb aller Gebiete")}>
      <table>
        <caption>
          {t("Außerhalb aller Gebiete")}
          <span class="small quiet cy-under">
            {t("Dieser Teil der Einheiten liegt nicht in der Region und zählt in keiner Summe.")}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("Merkmal")}</th>
            <th scope="col">{t("Stichtag")}</th>
            <th scope="col" class="number">
              {t("Zahl")}
            </th>
            <th scope="col" class="number">
              {t("Anteil")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.feature} ${row.period}`}>
              <th scope="row">{row.title}</th>
              <td>{day(row.period)}</td>
              <td class="number">{row.text}</td>
              <td class="number">{row.share}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}
