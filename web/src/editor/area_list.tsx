/** The areas at the left, with inhabitants as a bar and in words; those touched show the value before as a small box. */

import { useMemo } from "preact/hooks";
import { count } from "../numbers";
import { plural, t } from "../words";
import { type AreaFigures, figuresOf, type SizeWord } from "./checks";
import { useDesk } from "./context";
import type { DeskState } from "./desk_state";
import { isLocked } from "./plan";
import { sizeWords } from "./sentences";

export function AreaList() {
  const { desk, state } = useDesk();
  const { plan, preview, colours } = state;
  const limits = desk.limits;
  const now = new Map(preview?.now.map((area) => [area.area_id, area]));
  const before = new Map(preview?.before.map((area) => [area.area_id, area]));
  const rows = useMemo(() => shownAreas(state, limits), [plan, preview]);
  return (
    <>
      <h2>
        {plural("{count} Sozialraum", "{count} Sozialräume", plan.areas.length, {
          count: numberWord(plan.areas.length),
        })}
      </h2>
      <p class="small quiet">
        {t("Rahmen: {low} bis {high} Einwohner", { low: count(limits.low), high: count(limits.high) })}
        {preview && (
          <>
            <br />
            {t("Kästchen: vorher")}
          </>
        )}
      </p>
      <ul class="arealist">
        {rows.map((row) => {
          const touched = preview !== null && (now.has(row.area_id) || before.has(row.area_id));
          const place = plan.areas.findIndex((area) => area.area_id === row.area_id);
          return (
            <li key={row.area_id} class={touched ? "touched" : undefined}>
              <button
                type="button"
                aria-pressed={row.area_id === state.area}
                onClick={() => desk.chooseArea(row.area_id)}
              >
                <i class="swatch" style={{ background: colours.get(row.area_id) ?? "#FFFFFF" }} />
                <span class="areaname">
                  <b>{row.code}</b> {row.name}
                  {place >= 0 && isLocked(plan, place) && <span class="small quiet"> · {t("gesperrt")}</span>}
                </span>
                <b class="number">{count(row.people)}</b>
                <SizeBar
                  people={row.people}
                  before={touched ? (before.get(row.area_id)?.people ?? null) : null}
                  high={limits.high}
                />
                <span class="small quiet">{row.word === "gone" ? t("entfällt") : sizeWords(row.word)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface Row {
  area_id: string;
  code: string;
  name: string;
  people: number;
  word: SizeWord | "gone";
}

/** All areas as they would be after the previewed step; areas that go stay until it is taken. */
function shownAreas(state: DeskState, limits: { low: number; high: number }): Row[] {
  const { plan, ground, preview } = state;
  const shown = preview?.after ?? plan;
  const rows: Row[] = figuresOf(shown, ground, limits);
  const gone =
    preview?.before.filter((area) => !shown.areas.some((one) => one.area_id === area.area_id)) ?? [];
  return [...rows, ...gone.map((area: AreaFigures) => ({ ...area, people: 0, word: "gone" as const }))];
}

interface BarProps {
  people: number;
  before: number | null;
  high: number;
  /** Also the tick at 1,000 and the numbers below. */
  ticks?: boolean;
}

export function SizeBar({ people, before, high, ticks = false }: BarProps) {
  const part = (value: number) => `${Math.min(100, (100 * value) / Math.max(1, high))}%`;
  return (
    <span class={ticks ? "range large" : "range"} aria-hidden="true">
      <i style={{ width: part(people) }} />
      {ticks && <s style={{ left: part(1000) }} />}
      {before !== null && before !== people && <u style={{ left: part(before) }} />}
    </span>
  );
}

/** A heading begins with a word up to twelve: "Sieben Sozialräume". */
function numberWord(number: number): string {
  const words = [
    "",
    t("Ein"),
    t("Zwei"),
    t("Drei"),
    t("Vier"),
    t("Fünf"),
    t("Sechs"),
    t("Sieben"),
    t("Acht"),
    t("Neun"),
    t("Zehn"),
    t("Elf"),
    t("Zwölf"),
  ];
  return words[number] || count(number);
}
