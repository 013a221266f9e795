/** The reason for a proposal: a usual one, words of one's own, or both. */

import { plainText } from "../area_text";
import { t } from "../words";
import type { Desk } from "./desk";

interface Props {
  desk: Desk;
  usual: string;
  free: string;
  onUsual: (text: string) => void;
  onFree: (text: string) => void;
}

export function reasonText(usual: string, free: string): string {
  return [usual, plainText(free).trim()].filter(Boolean).join(": ");
}

/** A reason as it is read here: what begins with a usual one is told in the language of the page. */
export function reasonWords(why: string, usual: readonly string[]): string {
  const found = usual.find((reason) => why === reason || why.startsWith(`${reason}: `));
  return found === undefined ? why : t(found) + why.slice(found.length);
}

/** The usual reasons are kept in German, whatever language the page speaks: the planners read them. */
export function Reason({ desk, usual, free, onUsual, onFree }: Props) {
  return (
    <>
      <label for="why">
        <b>{t("Warum?")}</b> {t("lesen nur Planung und Gemeinde")}
      </label>
      <select id="why" value={usual} onChange={(event) => onUsual(event.currentTarget.value)}>
        <option value="">{t("ein üblicher Grund")}</option>
        {desk.data.reasons.map((reason) => (
          <option key={reason} value={reason}>
            {t(reason)}
          </option>
        ))}
      </select>
      <label class="unseen" for="why-free">
        {t("In eigenen Worten")}
      </label>
      <input
        id="why-free"
        value={free}
        placeholder={t("in eigenen Worten")}
        onInput={(event) => onFree(event.currentTarget.value)}
        autocomplete="off"
      />
    </>
  );
}
