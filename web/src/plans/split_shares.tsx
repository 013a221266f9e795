/** What a person knows better when a block is divided: where a facility stands, how many live in the northern part. */

import { t } from "../words";

interface Named {
  key: string;
  title: string;
}

interface PlacesProps {
  block: string;
  facilities: Named[];
  /** facility -> part as it would be, proposed or chosen; nothing before somebody looked what would come of it. */
  places: Record<string, string>;
  /** facility -> part as somebody chose it. */
  chosen: Record<string, string>;
  onPlaces: (chosen: Record<string, string>) => void;
}

export function PartsOfFacilities({ block, facilities, places, chosen, onPlaces }: PlacesProps) {
  if (facilities.length === 0) return null;
  const choose = (key: string, part: string) => {
    const { [key]: _before, ...others } = chosen;
    onPlaces(part === "" ? others : { ...others, [key]: part });
  };
  return (
    <fieldset class="split-places">
      <legend>{t("Einrichtungen bleiben ganz")}</legend>
      <p class="small">{t("Vorgeschlagen ist der Teil, in dem mehr Menschen leben.")}</p>
      {facilities.map(({ key, title }) => (
        <label key={key}>
          {title}
          <select value={places[key] ?? ""} onChange={(event) => choose(key, event.currentTarget.value)}>
            {!places[key] && <option value="">{t("nach Vorschlag")}</option>}
            <option value={`${block}.1`}>{t("nördlicher Teil ({part})", { part: `${block}.1` })}</option>
            <option value={`${block}.2`}>{t("südlicher Teil ({part})", { part: `${block}.2` })}</option>
          </select>
        </label>
      ))}
    </fieldset>
  );
}

interface SharesProps {
  counts: Named[];
  /** What was typed, in percent. */
  shares: Record<string, string>;
  onShares: (shares: Record<string, string>) => void;
}

export function Shares({ counts, shares, onShares }: SharesProps) {
  if (counts.length === 0) return null;
  return (
    <details>
      <summary>{t("Anteile selbst festlegen")}</summary>
      <p class="small">
        {t(
          "Anteil des nördlichen Teils in Prozent. Leer heißt: nach Adressen, sonst nach Gebäuden, sonst nach Fläche.",
        )}
      </p>
      <div class="split-shares">
        {counts.map(({ key, title }) => (
          <label key={key}>
            {title}
            <input
              type="number"
              min="0"
              max="100"
              step="any"
              value={shares[key] ?? ""}
              onInput={(event) => onShares({ ...shares, [key]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
    </details>
  );
}

/** What was typed in percent as shares from 0 to 1; what is empty is left to the engine. */
export function sharesOf(typed: Record<string, string>): Record<string, number> {
  const given = Object.entries(typed).filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(given.map(([key, text]) => [key, Number(text) / 100]));
}
