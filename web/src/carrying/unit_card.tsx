/** Where one unit goes: its parts by area, as a table and on a small map. */

import { useState } from "preact/hooks";
import { Waiting } from "../parts";
import { useAnswer } from "../store";
import { t } from "../words";
import type { GeographyAnswer, UnitAnswer, UnitMap } from "./types";

const LETTER = 2.9; // half the width of one

export function UnitCard({ answer }: { answer: GeographyAnswer }) {
  const [unit, setUnit] = useState(answer.units[0]?.key ?? "");
  const [feature, setFeature] = useState("");
  const query = new URLSearchParams({ unit, feature });
  const found = useAnswer<UnitAnswer>(unit ? `carrying/${answer.code}/unit?${query}` : null);
  const named = (one: { key: string; name: string }) => (one.name ? `${one.key} ${one.name}` : one.key);
  return (
    <section class="card pad stack" aria-labelledby="cy-unit">
      <h2 id="cy-unit">{t("Wohin eine Einheit geht")}</h2>
      <div class="cy-choose">
        <label>
          {t("Einheit")}
          <select value={unit} onChange={(event) => setUnit(event.currentTarget.value)}>
            {answer.units.map((one) => (
              <option key={one.key} value={one.key}>
                {named(one)}
              </option>
            ))}
          </select>
        </label>
        {answer.ways.length > 1 && (
          <label>
            {t("Merkmal")}
            <select value={feature} onChange={(event) => setFeature(event.currentTarget.value)}>
              {answer.ways.map((way) => (
                <option key={way.feature} value={way.feature}>
                  {way.title}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {!found && <Waiting />}
      {found && (
        <div class="cy-unit">
          {found.map && (
            <Picture map={found.map} label={t("Karte der Einheit {unit}", { unit: found.unit })} />
          )}
          <table>
            <caption class="unseen">{t("Anteile der Einheit {unit}", { unit: found.unit })}</caption>
            <thead>
              <tr>
                <th scope="col">{t("Gebiet")}</th>
                <th scope="col" class="number">
                  {t("Anteil")}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.weights.map((one) => (
                <tr key={one.name} class={one.outside ? "cy-outside" : ""}>
                  <th scope="row">{one.name}</th>
                  <td class="number">{one.part}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Picture({ map, label }: { map: UnitMap; label: string }) {
  return (
    <figure class="cy-map">
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="img" aria-label={label}>
        {map.areas.map((area) => (
          <path key={area.path} class={`cy-area cy-step${area.step}`} d={area.path} />
        ))}
        {map.lines.map((line) => (
          <path key={line.kind} class={`cy-line cy-${line.kind}`} d={line.path} />
        ))}
        <path class="cy-casing" d={map.unit} />
        <path class="cy-border" d={map.unit} />
        {map.areas
          .filter((area) => area.label)
          .map((area) => (
            <Label key={area.path} area={area} width={map.width} />
          ))}
      </svg>
      <figcaption class="small quiet">
        {t("Umrandet: die Einheit. Je dunkler ein Gebiet, desto mehr von ihr geht dorthin.")}
      </figcaption>
    </figure>
  );
}

/** Name of an area and its part, one under the other. */
function Label({ area, width }: { area: UnitMap["areas"][number]; width: number }) {
  const [name = "", part = ""] = area.label.split(": ");
  const half = LETTER * name.length + 4;
  const x = Math.min(Math.max(area.x, half), Math.max(half, width - half));
  return (
    <text class="cy-name" y={area.y}>
      <tspan x={x}>{name}</tspan>
      <tspan x={x} dy="1.2em">
        {part}
      </tspan>
    </text>
  );
}
