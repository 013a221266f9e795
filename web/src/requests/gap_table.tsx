/** Data sets by municipality for one year: a table in which each cell is a button with shape and word. */

import { plural, t } from "../words";
import { GapIcon } from "./gap_icon";
import { byTheme, cellKey, cellsByPlace } from "./gap_list";
import type { GapCell, GapsAnswer } from "./types";

export interface Place {
  data_set: string;
  ags: string;
  year: string;
}

interface Props {
  answer: GapsAnswer;
  year: string;
  chosen: Place | null;
  onChoose: (place: Place) => void;
}

export function GapTable({ answer, year, chosen, onChoose }: Props) {
  const cells = cellsByPlace(answer);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="card rq-matrix" tabIndex={0} aria-label={t("Lücken {year}", { year })}>
      <table>
        <caption class="unseen">{t("Datensätze und Gemeinden, {year}", { year })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Datensatz")}</th>
            {answer.municipalities.map((town) => (
              <th scope="col" key={town.ags}>
                {town.name.replaceAll("/", "/\u200b")}
              </th>
            ))}
          </tr>
        </thead>
        {byTheme(answer.data_sets).map((group) => (
          <tbody key={group.theme}>
            <tr class="rq-theme">
              <th scope="rowgroup" colSpan={answer.municipalities.length + 1}>
                {group.theme || t("ohne Thema")}
              </th>
            </tr>
            {group.sets.map((set) => (
              <tr key={set.data_set_id}>
                <th scope="row">
                  {set.title}
                  <span class="small quiet">
                    {set.geography_text}, {set.rhythm_text}
                  </span>
                </th>
                {answer.municipalities.map((town) => {
                  const place = { data_set: set.data_set_id, ags: town.ags, year };
                  return (
                    <td key={town.ags}>
                      <CellButton
                        answer={answer}
                        cell={cells.get(cellKey(set.data_set_id, town.ags, year))}
                        label={`${set.title}, ${town.name}`}
                        pressed={isSame(chosen, place)}
                        onClick={() => onChoose(place)}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface CellProps {
  answer: GapsAnswer;
  cell: GapCell | undefined;
  label: string;
  pressed: boolean;
  onClick: () => void;
}

function CellButton({ answer, cell, label, pressed, onClick }: CellProps) {
  const word = cell ? answer.words[cell.state] : t("nicht vorgesehen");
  return (
    <button type="button" class={`rq-cell ${cell?.state ?? "none"}`} aria-pressed={pressed} onClick={onClick}>
      {cell && <GapIcon state={cell.state} />}
      <span>
        <span class="unseen">{label}: </span>
        {word}
        {cell && cell.days_late > 0 && (
          <span class="rq-days">
            {plural("{count} Tag", "{count} Tage", cell.days_late, { count: cell.days_late })}
          </span>
        )}
      </span>
    </button>
  );
}

function isSame(one: Place | null, other: Place): boolean {
  return one?.data_set === other.data_set && one.ags === other.ags && one.year === other.year;
}

/** What the shapes mean, with their numbers. */
export function GapKey({ answer, year }: { answer: GapsAnswer; year: string }) {
  const states = ["there", "late", "missing", "coming", "unavailable"] as const;
  return (
    <ul class="rq-key small">
      {states.map((state) => (
        <li key={state}>
          <GapIcon state={state} /> {answer.words[state]}{" "}
          <b>{answer.cells.filter((cell) => cell.year === year && cell.state === state).length}</b>
        </li>
      ))}
    </ul>
  );
}
