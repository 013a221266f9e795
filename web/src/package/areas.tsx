/** The list of areas with their size against the range. */

import type { AreaFigures } from "../editor/checks";
import { count } from "../numbers";
import { plural, t } from "../words";
import type { Desk } from "./desk";
import { rangeWords, sizeWords } from "./sentences";

export function AreaList({ desk }: { desk: Desk }) {
  const { figures, data } = desk;
  const number = figures.length;
  return (
    <>
      <h2 id="areas-title">
        {plural("{count} Sozialraum", "{count} Sozialräume", number, { count: number })}
      </h2>
      <p class="small quiet">
        {rangeWords(desk.limits)}
        <br />
        {t("Einwohner auf {step} gerundet", { step: count(data.step) })}
      </p>
      <ul class="arealist">
        {figures.map((area) => (
          <li key={area.area_id}>
            <button
              type="button"
              aria-pressed={desk.area === area.area_id}
              onClick={() => desk.showArea(area.area_id)}
            >
              <i class="swatch" style={{ background: desk.colours.get(area.area_id) }} />
              <span>
                <b>{area.code}</b> {area.name}
              </span>
              <b class="number">{count(area.people)}</b>
              <SizeBar area={area} desk={desk} />
              <span class="small quiet number">{sizeWords(area.word)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A bar from nothing to the upper limit, with a tick at the lower limit and a box where it stood before. */
export function SizeBar({ area, desk, before }: { area: AreaFigures; desk: Desk; before?: number }) {
  const { high, low } = desk.limits;
  // without an upper limit the bar ends at the largest area
  const full = Number.isFinite(high) ? high : Math.max(2 * low, ...desk.figures.map((one) => one.people));
  const part = (people: number) => `${Math.min(100, (100 * people) / Math.max(1, full))}%`;
  const was = before ?? desk.data.areas.find((one) => one.area_id === area.area_id)?.people;
  return (
    <span class="bar" aria-hidden="true">
      <i style={{ width: part(area.people) }} />
      <s style={{ left: part(low) }} />
      {was !== undefined && was !== area.people && <u style={{ left: part(was) }} />}
    </span>
  );
}
