/** Which figures are shown (workshop or internal view), and which background. */

import { useState } from "preact/hooks";
import { ProblemBox } from "../parts";
import { t } from "../words";
import type { ViewName } from "./answers";
import { useDesk } from "./context";
import { colourBy, saveMapService } from "./desk_acts";
import { Dialog } from "./dialog";

export function ViewDialog({ onClose }: { onClose: () => void }) {
  const { desk, state } = useDesk();
  const [view, setView] = useState<ViewName>(state.view);
  const [address, setAddress] = useState(state.start.wms?.address ?? "");
  const host = hostOf(address);
  const save = async (event: Event) => {
    event.preventDefault();
    await colourBy(desk, state.by, view);
    const changed = address.trim() !== (state.start.wms?.address ?? "");
    if (changed && !(await saveMapService(desk, address.trim()))) return;
    onClose();
    // A page keeps the list of computers it may contact until it is loaded anew.
    if (changed) location.reload();
  };
  return (
    <Dialog title={t("Ansicht")} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void save(event)}>
        <fieldset class="choicelist">
          <legend>{t("Welche Zahlen werden gezeigt?")}</legend>
          <label>
            <input
              type="radio"
              name="view"
              checked={view === "workshop"}
              onChange={() => setView("workshop")}
            />
            <span>
              <b>{t("Workshop-Ansicht")}</b>
              <br />
              <span class="small quiet">
                {t(
                  "Für Beamer und Runde: Sozialdaten je Baustein nur in Klassen, Zahlen nur je Gebiet. Werte neuer Zuschnitte sind aus den Klassen gerechnet, die der Grundlage sind genau.",
                )}
              </span>
            </span>
          </label>
          <label>
            <input
              type="radio"
              name="view"
              checked={view === "internal"}
              onChange={() => setView("internal")}
            />
            <span>
              <b>{t("Interne Ansicht")}</b>
              <br />
              <span class="small quiet">
                {t(
                  "Für Befugte am eigenen Bildschirm: auch Werte je Baustein. Sie ist umrandet, benannt und lässt sich nicht drucken.",
                )}
              </span>
            </span>
          </label>
        </fieldset>
        <div>
          <label for="wms">{t("Kartendienst als Hintergrund (freigestellt)")}</label>
          <input
            id="wms"
            type="url"
            placeholder="https://"
            value={address}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
          <p class="small quiet">
            {host
              ? t(
                  "Beim Anzeigen der Karte wird dann {host} abgefragt: Ausschnitt und Adresse dieses Rechners werden dort bekannt.",
                  { host },
                )
              : t("Ohne Eintrag verlässt keine Anfrage diesen Rechner.")}
          </p>
        </div>
        {state.problem && <ProblemBox problem={state.problem} />}
        <button type="submit" class="button main large">
          {t("Ansicht übernehmen")}
        </button>
      </form>
    </Dialog>
  );
}

function hostOf(address: string): string {
  try {
    return new URL(address.trim()).host;
  } catch {
    return "";
  }
}
