/** Which columns make the groups; days of birth and ages become age groups. */

import { count } from "../numbers";
import { t } from "../words";
import type { Entries } from "./count_entries";
import { MOST_GROUPS } from "./counting";
import type { Desk } from "./desk";

interface GroupChoiceProps {
  desk: Desk;
  entries: Entries;
  /** Whether a chosen column holds days of birth or ages. */
  hasAges: boolean;
  /** The column that holds too many different entries, and how many. */
  tooMany: { column: number; values: number } | undefined;
  onChange: (part: Partial<Entries>) => void;
}

export function GroupChoice({ desk, entries, hasAges, tooMany, onChange }: GroupChoiceProps) {
  return (
    <>
      <div class="pt-fields">
        {[0, 1].map((place) => (
          <label key={place}>
            {place === 0 ? t("Gruppen aus der Spalte") : t("und aus der Spalte")}
            <select
              value={String(entries.groups[place])}
              onChange={(event) => {
                const next: [number, number] = [...entries.groups];
                next[place] = Number(event.currentTarget.value);
                onChange({ groups: next });
              }}
            >
              <option value="-1">{t("ohne Gruppen")}</option>
              {desk.heads.map((head, column) => (
                <option key={column} value={String(column)}>
                  {head}
                </option>
              ))}
            </select>
          </label>
        ))}
        {hasAges && (
          <label>
            {t("Altersgruppen beginnen mit")}
            <input
              value={entries.starts}
              maxLength={80}
              autocomplete="off"
              onInput={(event) => onChange({ starts: event.currentTarget.value })}
            />
          </label>
        )}
      </div>
      {hasAges && !entries.period && (
        <p class="pt-look">{t("Das Alter gilt am Stichtag; geben Sie ihn oben an.")}</p>
      )}
      {tooMany && (
        <p class="error" role="alert">
          {t(
            "In der Spalte „{head}“ stehen {count} verschiedene Angaben. Als Gruppen gehen höchstens {most}; wählen Sie eine andere Spalte.",
            { head: desk.heads[tooMany.column] ?? "", count: count(tooMany.values), most: MOST_GROUPS },
          )}
        </p>
      )}
    </>
  );
}
