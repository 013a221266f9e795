/** The versions of the blocks: when, why, and what became what. */

import { useRef, useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Arrow } from "../icons";
import { count, dayAndTime, percent } from "../numbers";
import { Empty, TableCard, Waiting } from "../parts";
import { LeftOut } from "../plans/left_out";
import { RoleField } from "../plans/role_field";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { begin } from "./begun";
import { DoubtfulPlaces, MergedTable } from "./doubtful";
import type { BlockVersion, LastBuilding, LinksAnswer, VersionsAnswer } from "./types";

export function Versions() {
  const answer = useAnswer<VersionsAnswer>("ground/versions");
  if (!answer) return <Waiting />;
  if (!answer.blocks) return <Empty text={t("Stände gibt es, sobald Bausteine übernommen sind.")} />;
  return (
    <>
      {answer.plan && <Behind plan={answer.plan} />}
      {answer.versions.length === 0 && (
        <p>{t("Die Bausteine sind noch so, wie sie übernommen wurden. Es gibt nur Stand 1.")}</p>
      )}
      {answer.versions.map((version) => (
        <VersionCard key={version.version} version={version} />
      ))}
      {answer.versions.length > 0 && <LeftOut />}
      {answer.building && <Building building={answer.building} />}
    </>
  );
}

/** How the present blocks were built: what was doubtful then can be looked at as long as they hold. */
function Building({ building }: { building: LastBuilding }) {
  const { addresses } = building;
  return (
    <>
      <section class="card pad stack" aria-label={t("Wie die Bausteine gebildet wurden")}>
        <h2>{t("Wie die Bausteine gebildet wurden")}</h2>
        <p class="small quiet">
          {dayAndTime(building.when)}, {t("Stand {version}", { version: building.version })}
        </p>
        <p>{building.rule}</p>
        <ul class="small list">
          {building.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {addresses > 0 && (
            <li>
              {plural(
                "{count} zweifelhafte Anschrift; welche, wird nicht aufbewahrt.",
                "{count} zweifelhafte Anschriften; welche, wird nicht aufbewahrt.",
                addresses,
                { count: count(addresses) },
              )}
            </li>
          )}
        </ul>
        {building.merged.count > 0 && (
          <details>
            <summary>{t("Zugeschlagene Flächen")}</summary>
            <MergedTable merged={building.merged} />
          </details>
        )}
      </section>
      <DoubtfulPlaces
        path="ground/map/kept"
        places={building.places}
        label={t("Karte der Bausteine des Projekts. Die Liste daneben nennt dieselben Stellen.")}
      />
    </>
  );
}

function VersionCard({ version }: { version: BlockVersion }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="card pad stack" aria-label={t("Stand {version}", { version: version.version })}>
      <h2>{t("Stand {version}", { version: version.version })}</h2>
      <p class="small quiet">
        {dayAndTime(version.when)}, {version.role}
      </p>
      {version.why && <p class="internal-text">{version.why}</p>}
      <p>{version.what}</p>
      {version.kind === "renewal" && (
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t("Was aus welchem Baustein wurde")}</summary>
          {open && <Links version={version.version} />}
        </details>
      )}
    </section>
  );
}

function Links({ version }: { version: number }) {
  const [words, setWords] = useState("");
  const found = useAnswer<LinksAnswer>(`ground/versions/${version}/links?words=${encodeURIComponent(words)}`);
  // what was found before stays until the next is there
  const last = useRef(found);
  if (found) last.current = found;
  const answer = last.current;
  return (
    <>
      <label class="blk-find">
        {t("Baustein suchen")}
        <input value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      {answer && (
        <TableCard label={t("Was aus welchem Baustein wurde")}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{t("früher")}</th>
                <th scope="col">{t("jetzt")}</th>
                <th scope="col" class="number">
                  {t("Anteil")}
                </th>
                <th scope="col">{t("bestimmt")}</th>
              </tr>
            </thead>
            <tbody>
              {answer.rows.map((row) => (
                <tr key={`${row.old} ${row.new}`}>
                  <th scope="row">{row.old}</th>
                  <td>{row.new}</td>
                  <td class="number">{percent(row.share, 0)}</td>
                  <td>{row.basis}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {answer.count > answer.rows.length && (
            <p class="small quiet">
              {plural("{count} weitere Zeile", "{count} weitere Zeilen", answer.count - answer.rows.length, {
                count: count(answer.count - answer.rows.length),
              })}
            </p>
          )}
        </TableCard>
      )}
    </>
  );
}

/** The current plan rests on former blocks: it can be brought onto the newest. */
function Behind({ plan }: { plan: { title: string; version: number; crossed: string[] } }) {
  const store = useStore();
  const [role, setRole] = useState("");
  const bring = (event: Event) => {
    event.preventDefault();
    void begin(store, post<Job>("ground/plan", { role }));
  };
  return (
    <form class="card pad stack" onSubmit={bring}>
      <h2>{t("Der Plan ruht auf einem früheren Stand")}</h2>
      <p>
        {t("„{title}“ ruht auf Stand {version} der Bausteine und gilt dort unverändert.", {
          title: plan.title,
          version: plan.version,
        })}{" "}
        {t("Auf die neuen Bausteine gebracht, entsteht ein Nachfolger mit denselben Gebieten.")}
      </p>
      <ul class="small list">
        {plan.crossed.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div class="blk-reasons">
        <RoleField id="bring-role" role={role} onRole={setRole} />
      </div>
      <div class="blk-acts">
        <button
          type="submit"
          class={role.trim() ? "button main" : "button"}
          disabled={!role.trim() || store.job?.state === "running"}
        >
          {t("Plan auf die neuen Bausteine bringen")} <Arrow />
        </button>
        {!role.trim() && <p class="small quiet">{t("Es fehlt noch die Rolle.")}</p>}
      </div>
    </form>
  );
}
