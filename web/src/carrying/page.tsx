/** Carrying: other geographies of the project, by what their counts are divided, and what comes of it. */

import { useState } from "preact/hooks";
import { count, day } from "../numbers";
import { Empty, JobCard, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { AddCard } from "./add_card";
import "./carrying.css";
import { Detail } from "./detail";
import { addedOf, type CarryingAnswer, type GeographyRow } from "./types";

export function CarryingPage() {
  const answer = useAnswer<CarryingAnswer>("carrying");
  const { job, cancel } = useStore();
  const busy = job?.state === "running";
  const [wanted, setWanted] = useState("");
  const known = answer?.geographies ?? [];
  const added = busy ? undefined : addedOf(job)?.code;
  const chosen = [wanted, added, known[0]?.code].find((code) => known.some((one) => one.code === code));
  return (
    <div class="page two cy-page">
      <Title title={t("Übertragung")}>
        {t(
          "Zahlen nach Stimmbezirken, Ortsteilen oder Gitterzellen kommen von hier auf die Gebiete: ganze Einheiten zusammengezählt, geteilte geschätzt und gekennzeichnet.",
        )}
      </Title>
      <div class="column">
        {busy && <JobCard job={job} onCancel={cancel} />}
        {!answer && <Waiting />}
        {answer && answer.blocks === 0 && (
          <Empty text={t("Lesen Sie zuerst die Bausteine ein.")}>
            <a class="button main" href="#/gebiete">
              {t("Zu den Gebieten")}
            </a>
          </Empty>
        )}
        {answer && answer.blocks > 0 && known.length === 0 && (
          <Empty
            text={t(
              "Noch kennt das Projekt keine weitere Gliederung. Legen Sie rechts ihre Flächen ab, dann lassen sich Lieferungen nach ihren Schlüsseln lesen.",
            )}
          />
        )}
        {chosen && <Detail key={chosen} code={chosen} busy={busy} />}
      </div>
      <aside>
        {known.length > 0 && <List rows={known} chosen={chosen ?? ""} onChoose={setWanted} />}
        {answer && answer.blocks > 0 && <AddCard busy={busy} onAdded={() => setWanted("")} />}
        {answer && answer.blocks > 0 && answer.addresses === 0 && (
          <p class="card pad small">
            {t("Ohne Adressregister wird gröber geteilt.")} <a href="#/adressen">{t("Adressen einlesen")}</a>
          </p>
        )}
      </aside>
    </div>
  );
}

interface ListProps {
  rows: GeographyRow[];
  chosen: string;
  onChoose: (code: string) => void;
}

function List({ rows, chosen, onChoose }: ListProps) {
  return (
    <nav class="card cy-list" aria-label={t("Andere Gliederungen")}>
      <ul>
        {rows.map((row) => (
          <li key={row.code}>
            <button
              type="button"
              aria-current={row.code === chosen ? "true" : undefined}
              onClick={() => onChoose(row.code)}
            >
              <b>{row.title}</b>
              <span class="small quiet">{about(row)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function about(row: GeographyRow): string {
  const units = plural("{count} Einheit", "{count} Einheiten", row.units, { count: count(row.units) });
  const used = plural("{count} Merkmal", "{count} Merkmale", row.features.length, {
    count: count(row.features.length),
  });
  const stand = row.valid_on && t("Grenzen vom {day}", { day: day(row.valid_on) });
  return [row.kind, units, stand, row.features.length > 0 ? used : t("noch keine Lieferung")]
    .filter(Boolean)
    .join(" · ");
}
