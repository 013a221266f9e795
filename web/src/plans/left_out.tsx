/** Stands on paper where internal reasons stand on the screen: `.internal-text` is not printed. */

import { t } from "../words";

export function LeftOut() {
  return <p class="small printed-only">{t("Interne Gründe sind im Druck weggelassen.")}</p>;
}
