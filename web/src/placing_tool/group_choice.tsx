/** Which columns make the groups; days of birth and ages become age groups. */

import { count } from "../numbers";
import { plural, t } from "../words";
import type { Entries } from "./count_entries";
import type { Desk } from "./desk";

interface GroupChoiceProps {
  desk: Desk;
  entries: Entries;
  /** Whether a chosen column holds days of birth or ages. */
  hasAges: boolean;
  /** Why the chosen columns make no groups, "" when they do. */
  refused: string;
  onChange: (part: Partial<Entries>) => void;
}

export function GroupChoice({ desk, entries, hasAges, refused, onChange }: GroupChoiceProps) {
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
      {refused && (
        <p class="error" role="alert">
          {refused}
        </p>
      )}
    </>
  );
}

/** A group of one case may be a person: whether it may leave is asked, and asked anew when the groups change. */
export function SingleCases(props: {
  heads: readonly string[];
  entries: Entries;
  faulty: boolean;
  onChange: (part: Partial<Entries>) => void;
}) {
  const { heads, entries, faulty, onChange } = props;
  if (heads.length === 0) return null;
  const named = heads.join("\n");
  return (
    <div class="pt-look">
      <p>
        {plural(
          "Eine Gruppe hat nur einen Fall: {heads}.",
          "{count} Gruppen haben nur einen Fall: {heads}.",
          heads.length,
          { count: count(heads.length), heads: heads.map((head) => `„${head}“`).join(", ") },
        )}
      </p>
      <label>
        <input
          type="checkbox"
          checked={entries.singles === named}
          aria-invalid={faulty}
          onChange={(event) => onChange({ singles: event.currentTarget.checked ? named : "" })}
        />{" "}
        {t("Der Name der Gruppe verrät niemanden; sie darf in die Auszählung.")}
      </label>
    </div>
  );
}
