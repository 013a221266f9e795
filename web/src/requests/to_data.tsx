/** The way on for a file that was meant as a delivery and dropped where lists or answers are read. */

import { t } from "../words";

export function ToData() {
  return (
    <p class="small">
      {t("Ist es eine Lieferung, legen Sie die Datei auf der Seite „Daten“ ab.")}{" "}
      <a href="#/daten">{t("Zu den Daten")}</a>
    </p>
  );
}
