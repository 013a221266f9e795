/** The map as a table: the same blocks, the same actions. */

import { useState } from "preact/hooks";
import { count, decimal } from "../numbers";
import { plural, t } from "../words";
import { useDesk } from "./context";
import { blocksOfArea } from "./desk_acts";
import { bytesOf, TOO_FEW } from "./fills";
import { isOpenLand } from "./ground";
import { toggle, withAll, without } from "./selection";

const ROWS = 100;

export function BlockTable() {
  const { desk, state } = useDesk();
  const { plan, ground, selection, colouring, view } = state;
  const [area, setArea] = useState(state.area);
  const [page, setPage] = useState(0);
  const known = plan.areas.some((one) => one.area_id === area) ? area : "";
  const blocks = blocksOfArea(state, known);
  const pages = Math.max(1, Math.ceil(blocks.length / ROWS));
  const shown = blocks.slice(Math.min(page, pages - 1) * ROWS, Math.min(page + 1, pages) * ROWS);
  const classes = colouring ? bytesOf(colouring.blocks) : null;
  const all = blocks.length > 0 && blocks.every((block) => selection.has(block));
  return (
    <section class="blocktable" aria-label={t("Tabelle der Bausteine")}>
      <label for="table-area">{t("Bausteine des Gebiets")}</label>
      <select
        id="table-area"
        value={known}
        onChange={(event) => {
          setArea(event.currentTarget.value);
          setPage(0);
        }}
      >
        <option value="">{t("alle Gebiete")}</option>
        {plan.areas.map((one) => (
          <option key={one.area_id} value={one.area_id}>
            {one.code} {one.name}
          </option>
        ))}
      </select>
      <label class="ticked">
        <input
          type="checkbox"
          checked={all}
          onChange={() => desk.select(all ? without(selection, blocks) : withAll(selection, blocks))}
        />
        <span>
          {plural("{count} Baustein auswählen", "alle {count} Bausteine auswählen", blocks.length, {
            count: count(blocks.length),
          })}
        </span>
      </label>
      <table class="small">
        <thead>
          <tr>
            <th scope="col">{t("Baustein")}</th>
            <th scope="col">{t("Gebiet")}</th>
            {view === "internal" && (
              <th scope="col" class="number">
                {t("Einw.")}
              </th>
            )}
            {colouring && <th scope="col">{view === "internal" ? t("Wert") : t("Klasse")}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((block) => (
            <tr key={block} class={selection.has(block) ? "hot" : undefined}>
              <th scope="row">
                <label class="ticked">
                  <input
                    type="checkbox"
                    checked={selection.has(block)}
                    onChange={() => desk.select(toggle(selection, block))}
                  />
                  <span>
                    {shortId(plan.ids[block] ?? "", plan.ags)}
                    {plan.locks.has(block) && " · "}
                    {plan.locks.has(block) && t("gesperrt")}
                  </span>
                </label>
              </th>
              <td>{plan.areas[plan.area[block] ?? 0]?.code}</td>
              {view === "internal" && (
                <td class="number">{isOpenLand(ground, block) ? "–" : count(ground.people[block] ?? 0)}</td>
              )}
              {colouring && <td>{valueWords(block)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <p class="row small">
          <button type="button" class="link small" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t("Vorige")}
          </button>
          {t("Seite {page} von {pages}", { page: page + 1, pages })}
          <button
            type="button"
            class="link small"
            disabled={page + 1 >= pages}
            onClick={() => setPage(page + 1)}
          >
            {t("Nächste")}
          </button>
        </p>
      )}
    </section>
  );

  function valueWords(block: number): string {
    if (isOpenLand(ground, block)) return t("unbewohnt");
    const value = colouring?.values?.[block];
    if (view === "internal" && value !== null && value !== undefined) return decimal(value);
    const found = classes?.[block] ?? TOO_FEW;
    if (found === TOO_FEW) return t("zu wenige");
    return colouring?.classes[found]?.label ?? t("nicht geliefert");
  }
}

/** Without the key of the municipality, which is the same for all. */
export function shortId(id: string, ags: string): string {
  return id.startsWith(ags) ? id.slice(ags.length).replace(/^[-_ ]/, "") : id;
}
