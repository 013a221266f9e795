/** What is handed on: the street directory of areas, and the Zuordnungswerkzeug for departments. */

import { useState } from "preact/hooks";
import { useAttempt } from "../deliveries/attempt";
import { Arrow } from "../icons";
import { ProblemBox } from "../parts";
import { t } from "../words";
import { AreaSelect } from "./area_select";
import { saveFile } from "./sending";
import type { AreaChoice } from "./types";

export function DirectoryCard({ areas }: { areas: AreaChoice[] }) {
  const [chosen, setChosen] = useState("");
  const { problem, working, attempt } = useAttempt();
  const [saved, setSaved] = useState("");
  const query = chosen.startsWith("town:")
    ? `ags=${townKey(areas, chosen.slice(5))}`
    : `area=${encodeURIComponent(chosen)}`;
  const save = (ending: string) =>
    void attempt(async () => setSaved(await saveFile(`addresses/directory.${ending}?${query}`)));
  return (
    <section class="card pad stack">
      <h2>{t("Straßenverzeichnis")}</h2>
      <p class="small">{t("Je Gebiet seine Straßen mit ungeraden und geraden Hausnummern.")}</p>
      {areas.length === 0 ? (
        <p class="small">{t("Es gibt noch keine Gebiete.")}</p>
      ) : (
        <>
          <AreaSelect
            label={t("Gebiet")}
            areas={areas}
            value={chosen}
            first={t("alle Gebiete")}
            withTowns
            onValue={setChosen}
          />
          <div class="ad-end">
            <button type="button" class="button" disabled={working} onClick={() => save("pdf")}>
              {t("Zum Drucken (PDF)")}
            </button>
            <button type="button" class="button" disabled={working} onClick={() => save("xlsx")}>
              {t("Als Tabelle (Excel)")}
            </button>
          </div>
          <Saved working={working} name={saved} />
        </>
      )}
      {problem && <ProblemBox problem={problem} />}
    </section>
  );
}

function townKey(areas: AreaChoice[], town: string): string {
  return areas.find((area) => area.town === town)?.ags ?? "";
}

function Saved({ working, name }: { working: boolean; name: string }) {
  return (
    <p class="small" role="status">
      {working ? t("Wird geschrieben …") : name && t("Gespeichert: {file}", { file: name })}
    </p>
  );
}

export function ToolCard({ hasPlan }: { hasPlan: boolean }) {
  const { problem, working, attempt } = useAttempt();
  const [saved, setSaved] = useState("");
  const save = () => void attempt(async () => setSaved(await saveFile("addresses/tool")));
  return (
    <section class="card pad stack">
      <h2>{t("Zuordnungswerkzeug")}</h2>
      <p class="small">
        {t(
          "Eine Datei für Ämter, die keine einzelnen Anschriften herausgeben dürfen. Sie öffnet sich in jedem Browser, ohne Netz und ohne Einrichtung. Das Amt legt seine Liste hinein und sendet Ihnen nur Zahlen je Gebiet.",
        )}
      </p>
      <button type="button" class="button" disabled={working || !hasPlan} onClick={save}>
        {t("Werkzeug speichern")}
      </button>
      <Saved working={working} name={saved} />
      {!hasPlan && <p class="small">{t("Es gibt noch keine Gebiete.")}</p>}
      {problem && <ProblemBox problem={problem} />}
      <p>
        <a href="#/daten">
          {t("Zählung einlesen")} <Arrow />
        </a>
      </p>
    </section>
  );
}
