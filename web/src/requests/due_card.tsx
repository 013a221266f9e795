/** "Fristen" on the page "Arbeitsstand": which answers are awaited until when, and which data are late. */

import { StateIcon } from "../icons";
import { day } from "../numbers";
import { useAnswer } from "../store";
import { plural, t } from "../words";
import { dueList } from "./due_list";
import type { GapsAnswer, Query } from "./types";
import "./requests.css";

export function DueCard() {
  const gaps = useAnswer<GapsAnswer>("gaps");
  const queries = useAnswer<Query[]>("requests/queries");
  if (!gaps || !queries) return null;
  const due = dueList(gaps, queries, gaps.today);
  if (due.queries.length + due.gaps.length === 0) return null;
  return (
    <section class="card pad rq-due" aria-label={t("Fristen")}>
      <h2>{t("Fristen")}</h2>
      <ul>
        {due.queries.map(({ query, late }) => (
          <li key={query.query_id}>
            <StateIcon shape={late ? "triangle" : "ring"} size={16} />
            <div>
              <a href="#/rueckfragen">
                {t("Rückfrage {key}: {title}", { key: query.query_id, title: query.title })}
              </a>
              <span class="small quiet rq-line">
                {late
                  ? t("Antwort überfällig, Frist {due}", { due: day(query.due) })
                  : t("Antwort bis {due}", { due: day(query.due) })}
              </span>
            </div>
          </li>
        ))}
        {due.gaps.map((gap) => (
          <li key={`${gap.set.data_set_id} ${gap.year}`}>
            <StateIcon shape="triangle" size={16} />
            <div>
              <a href="#/luecken">
                {gap.set.title}, {gap.year}
              </a>
              <span class="small quiet rq-line">
                {plural("{count} Gemeinde", "{count} Gemeinden", gap.towns, { count: gap.towns })},{" "}
                {plural("seit {count} Tag überfällig", "seit {count} Tagen überfällig", gap.days, {
                  count: gap.days,
                })}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {due.more > 0 && (
        <p class="small">
          <a href="#/luecken">
            {plural("{count} weitere Frist", "{count} weitere Fristen", due.more, { count: due.more })}
          </a>
        </p>
      )}
    </section>
  );
}
