/** Choose an area; areas stand under their municipalities. */

import { t } from "../words";
import type { AreaChoice } from "./types";

interface Props {
  label: string;
  areas: AreaChoice[];
  value: string;
  /** What stands first: the choice of no area. */
  first: string;
  /** Also whole municipalities, as 'town:Name'. */
  withTowns?: boolean;
  onValue: (value: string) => void;
}

export function AreaSelect({ label, areas, value, first, withTowns = false, onValue }: Props) {
  const towns = [...new Set(areas.map((area) => area.town))];
  return (
    <label class="ad-field">
      {label}
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">{first}</option>
        {towns.map((town) => (
          <optgroup key={town} label={town}>
            {withTowns && towns.length > 1 && (
              <option value={`town:${town}`}>{t("{name}, alle Gebiete", { name: town })}</option>
            )}
            {areas
              .filter((area) => area.town === town)
              .map((area) => (
                <option key={area.key} value={area.key}>
                  {area.label}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
