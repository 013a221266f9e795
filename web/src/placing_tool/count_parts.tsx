/** Parts of the form of counts: small counts, and the municipalities a list covers. */

import { count } from "../numbers";
import { t } from "../words";
import { coveredTowns, type Entries } from "./count_entries";
import type { DataSet } from "./data";
import type { Desk } from "./desk";

const MOST_BELOW = 100;

export function SmallCounts({
  entries,
  onChange,
}: {
  entries: Entries;
  onChange: (part: Partial<Entries>) => void;
}) {
  return (
    <fieldset class="pt-small">
      <legend>{t("Kleine Anzahlen")}</legend>
      <label class="pt-inline">
        {t("Klein ist eine Anzahl unter")}
        <input
          type="number"
          min={1}
          max={MOST_BELOW}
          value={entries.below}
          onChange={(event) => {
            const below = Math.round(Number(event.currentTarget.value));
            if (below >= 1 && below <= MOST_BELOW) onChange({ below });
            else event.currentTarget.value = String(entries.below);
          }}
        />
      </label>
      <label class="pt-check">
        <input type="radio" name="hide" checked={!entries.hide} onChange={() => onChange({ hide: false })} />
        {t("farbig unterlegen")}
      </label>
      <label class="pt-check">
        <input type="radio" name="hide" checked={entries.hide} onChange={() => onChange({ hide: true })} />
        {t("durch einen Stern ersetzen")}
      </label>
      {entries.hide && (
        <p class="small quiet">
          {t("Mit Gruppen entfällt dann die Spalte „insgesamt“, weil sich der Stern sonst ausrechnen ließe.")}
        </p>
      )}
    </fieldset>
  );
}

interface FilledProps {
  set: DataSet;
  heads: readonly string[];
  filled: Entries["filled"];
  onChange: (filled: Entries["filled"]) => void;
}

/** Which of the counted groups is what the data set asks for. */
export function Filled({ set, heads, filled, onChange }: FilledProps) {
  return (
    <fieldset>
      <legend class="pt-legend">{t("Welche Anzahl ist gemeint?")}</legend>
      <div class="pt-fields">
        {set.columns.map(({ head, feature }) => (
          <label key={feature}>
            {head}
            <select
              value={heads.includes(filled[feature] ?? "") ? filled[feature] : ""}
              onChange={(event) => onChange({ ...filled, [feature]: event.currentTarget.value })}
            >
              <option value="">{t("nicht gezählt")}</option>
              {heads.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TownsProps {
  desk: Desk;
  perTown: ReadonlyMap<string, number>;
  chosen: ReadonlySet<string>;
  onChange: (next: ReadonlySet<string>) => void;
}

/** A list says nothing on municipalities it does not cover; there an area without a case is not a zero. */
export function Towns({ desk, perTown, chosen, onChange }: TownsProps) {
  const municipalities = coveredTowns(desk);
  if (municipalities.length < 2) return null;
  return (
    <fieldset class="pt-towns">
      <legend>{t("Für welche Gemeinden ist die Liste vollständig?")}</legend>
      <p class="small quiet">{t("In diesen Gemeinden gilt ein Gebiet ohne Fall als null.")}</p>
      <div class="pt-checks">
        {municipalities.map(({ ags, name }) => (
          <label key={ags} class="pt-check">
            <input
              type="checkbox"
              checked={chosen.has(ags)}
              onChange={(event) => {
                const next = new Set(chosen);
                if (event.currentTarget.checked) next.add(ags);
                else next.delete(ags);
                onChange(next);
              }}
            />
            {name} <span class="small quiet">({count(perTown.get(ags) ?? 0)})</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
