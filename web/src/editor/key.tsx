/** The key of a control, shown on it; those who listen get it with the control itself. */

import { t } from "../words";
import { type ActId, keyOf } from "./keys";

export function Key({ of }: { of: ActId }) {
  return (
    <span class="key" aria-hidden="true">
      {keyOf(of)}
    </span>
  );
}

/** The key as "Strg+Z" is told to those who listen. */
export function shortcut(key: string): string {
  return key.replace(t("Strg"), "Control");
}
