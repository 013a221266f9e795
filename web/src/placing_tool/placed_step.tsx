/** How many rows lie in an area; likely ones are confirmed together, the others are named with the reason. */

import { useMemo, useState } from "preact/hooks";
import { StateIcon } from "../icons";
import { count, percent } from "../numbers";
import { plural, t } from "../words";
import type { Desk } from "./desk";
import { reasonText } from "./reasons";
import type { Alike } from "./rows";

const SHOWN_AT_ONCE = 50;

export function PlacedStep({ desk }: { desk: Desk }) {
  const placed = desk.placed ?? [];
  const exact = placed.filter(({ placing }) => placing.state === "exact").length;
  const likely = placed.filter(({ placing }) => placing.state === "likely").length;
  const confirmed = desk.likely.reduce(
    (sum, one) => sum + (desk.confirmed.has(one.key) ? one.rows.length : 0),
    0,
  );
  const none = placed.length - exact - likely;
  if (placed.length === 0) return <p class="pt-look">{t("Unter den Überschriften steht keine Zeile.")}</p>;
  return (
    <>
      <ul class="pt-results">
        <Result shape="tick" number={exact} all={placed.length} text={t("eindeutig zugeordnet")} />
        <Result
          shape={confirmed === likely ? "tick" : "half"}
          number={likely}
          all={placed.length}
          text={
            likely
              ? t("wahrscheinlich, davon bestätigt: {count}", { count: count(confirmed) })
              : t("wahrscheinlich")
          }
        />
        <Result
          shape={none ? "triangle" : "tick"}
          number={none}
          all={placed.length}
          text={t("ohne Zuordnung")}
        />
      </ul>
      {desk.likely.length > 0 && <Likely desk={desk} />}
      {desk.unplaced.length > 0 && <Unplaced groups={desk.unplaced} />}
    </>
  );
}

function Result(props: { shape: "tick" | "half" | "triangle"; number: number; all: number; text: string }) {
  const { shape, number, all, text } = props;
  return (
    <li>
      <StateIcon shape={shape} size={18} />
      <b class="pt-figure">{count(number)}</b>
      <span>
        {text} <span class="small quiet">({percent(number / all)})</span>
      </span>
    </li>
  );
}

function Likely({ desk }: { desk: Desk }) {
  const { likely, confirmed } = desk;
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const [reason, setReason] = useState("");
  const reasons = useMemo(() => rowsByReason(likely), [likely]);
  const rows = reasons.has(reason) ? likely.filter((one) => one.reason === reason) : likely;
  const keys = rows.map(({ key }) => key);
  const all = keys.every((key) => confirmed.has(key));
  return (
    <section class="pt-part" aria-labelledby="likely-title">
      <h3 id="likely-title">{t("Bitte bestätigen: sind diese Anschriften gemeint?")}</h3>
      <p class="small quiet">{t("Was Sie nicht bestätigen, zählt als ohne Zuordnung.")}</p>
      {reasons.size > 1 && (
        <label class="pt-reason">
          {t("Welche?")}
          <select
            value={reasons.has(reason) ? reason : ""}
            onChange={(event) => setReason(event.currentTarget.value)}
          >
            <option value="">{t("alle")}</option>
            {[...reasons].map(([code, number]) => (
              <option key={code} value={code}>
                {`${reasonText(code)} (${count(number)})`}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="pt-row">
        <button type="button" class="button" disabled={all} onClick={() => desk.confirm(keys, true)}>
          {t("Alle bestätigen")}
        </button>
        <button
          type="button"
          class="button"
          disabled={!keys.some((key) => confirmed.has(key))}
          onClick={() => desk.confirm(keys, false)}
        >
          {t("Keine bestätigen")}
        </button>
      </div>
      <div class="pt-scroll">
        <table class="pt-table">
          <caption class="unseen">{t("Wahrscheinliche Zuordnungen")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("In Ihrer Liste")}</th>
              <th scope="col">{t("Gemeint ist vermutlich")}</th>
              <th scope="col">{t("Warum nicht eindeutig")}</th>
              <th scope="col" class="number">
                {t("Zeilen")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((one) => (
              <tr key={one.key}>
                <th scope="row">
                  <label class="pt-check">
                    <input
                      type="checkbox"
                      checked={confirmed.has(one.key)}
                      onChange={(event) => desk.confirm([one.key], event.currentTarget.checked)}
                    />
                    {one.written}
                  </label>
                </th>
                <td>{one.offer}</td>
                <td>{reasonText(one.reason)}</td>
                <td class="number">{count(one.rows.length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More shown={shown} all={rows.length} onMore={() => setShown(shown + SHOWN_AT_ONCE)} />
    </section>
  );
}

/** How many rows each reason has, most first. */
function rowsByReason(likely: readonly Alike[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { reason, rows } of likely) found.set(reason, (found.get(reason) ?? 0) + rows.length);
  return new Map([...found].sort((one, other) => other[1] - one[1]));
}

function Unplaced({ groups }: { groups: Alike[] }) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const spellings = plural("{count} Schreibweise", "{count} Schreibweisen", groups.length, {
    count: count(groups.length),
  });
  return (
    <details class="pt-part">
      <summary>{t("Ohne Zuordnung: {spellings} ansehen", { spellings })}</summary>
      <p class="small quiet">
        {t(
          "Berichtigen Sie die Liste und öffnen Sie sie erneut, oder zählen Sie diese Zeilen ohne Angabe des Gebiets.",
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="pt-scroll" tabIndex={0} aria-label={t("Ohne Zuordnung")}>
        <table class="pt-table">
          <caption class="unseen">{t("Ohne Zuordnung")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("In Ihrer Liste")}</th>
              <th scope="col">{t("Warum")}</th>
              <th scope="col">{t("Zeile")}</th>
              <th scope="col" class="number">
                {t("Zeilen")}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, shown).map((one) => (
              <tr key={one.key}>
                <th scope="row">{one.written || t("(leer)")}</th>
                <td>{reasonText(one.reason)}</td>
                <td>{rowsText(one.rows)}</td>
                <td class="number">{count(one.rows.length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More shown={shown} all={groups.length} onMore={() => setShown(shown + SHOWN_AT_ONCE)} />
    </details>
  );
}

/** The first rows as they are numbered in the list. */
function rowsText(rows: readonly number[]): string {
  const first = rows.slice(0, 3).map((row) => row + 1);
  return first.join(", ") + (rows.length > first.length ? " …" : "");
}

function More({ shown, all, onMore }: { shown: number; all: number; onMore: () => void }) {
  if (all <= shown) return null;
  return (
    <button type="button" class="link" onClick={onMore}>
      {t("Weitere zeigen ({count})", { count: count(all - shown) })}
    </button>
  );
}
