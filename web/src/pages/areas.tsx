import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { type AreaRow, type AreasAnswer, type Job, type MunicipalityRow, post, upload } from "../api";
import { colourAreas, neighboursOf } from "../colouring";
import { Arrow, StateIcon } from "../icons";
import { AreaMap, type Fill, useShapes } from "../map";
import { count, day } from "../numbers";
import { DropZone, Empty, JobCard, Title, Waiting } from "../parts";
import { InForceNote } from "../plans/in_force";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";

/** From blocks to a proposal of areas, and what the areas are now. */
export function Areas() {
  const answer = useAnswer<AreasAnswer>("areas");
  if (!answer) return <Waiting />;
  if (answer.municipalities.length === 0) return <ReadBlocks />;
  if (!answer.plan) return <NoPlan answer={answer} />;
  return <Plan answer={answer} />;
}

function ReadBlocks() {
  const { follow, job, cancel } = useStore();
  const busy = job?.state === "running";
  return (
    <div class="page narrow">
      <Title title={t("Gebiete")}>
        {t(
          "Noch keine Gebiete. Lesen Sie zuerst die Bausteine ein: die kleinsten Flächen, aus denen Gebiete entstehen.",
        )}
      </Title>
      <DropZone
        title={t("Bausteine einlesen")}
        hint={t(
          "Eine Geodatei mit den Ebenen „blocks“, „municipalities“ und „lines“. Jeder Baustein nennt seine Gemeinde und seine Einwohner.",
        )}
        disabled={busy}
        onFiles={(files) => void follow(upload("blocks", "file", files))}
      />
      {busy && <JobCard job={job} onCancel={cancel} />}
      <section class="card pad stack">
        <h2>{t("Keine fertigen Bausteine?")}</h2>
        <p>
          {t(
            "Sie lassen sich aus Gemeindegrenzen, Linien und Anschriften bilden, oder aus vorhandenen Einheiten.",
          )}
        </p>
        <a class="button" href="#/bausteine">
          {t("Bausteine bilden")} <Arrow />
        </a>
      </section>
    </div>
  );
}

function NoPlan({ answer }: { answer: AreasAnswer }) {
  const { follow, job, cancel } = useStore();
  const busy = job?.state === "running";
  return (
    <div class="page narrow">
      <Title title={t("Gebiete")}>{t("Die Bausteine sind gelesen. Es gibt noch keinen Vorschlag.")}</Title>
      <section class="card next">
        <div>
          <h2>{t("Vorschlag rechnen")}</h2>
          <p>
            {t(
              "Je Gemeinde entstehen zusammenhängende Gebiete, innen ähnlich und in der Größe, die unten steht. Beschlossene Pläne bleiben, wie sie sind.",
            )}
          </p>
        </div>
        <button
          type="button"
          class="button main large"
          disabled={busy}
          onClick={() => void follow(post<Job>("propose"))}
        >
          {t("Vorschlag rechnen")} <Arrow />
        </button>
      </section>
      {busy && <JobCard job={job} onCancel={cancel} />}
      <section class="card pad scroll">
        <Limits answer={answer} editable={false} />
      </section>
      <Adopted answer={answer} />
      <p>
        <a href="#/bausteine">{t("Bausteine ansehen, prüfen oder neu bilden")}</a>
      </p>
    </div>
  );
}

function Plan({ answer }: { answer: AreasAnswer }) {
  const found = useShapes();
  const [chosen, setChosen] = useState<string | null>(null);
  const { job, cancel } = useStore();
  const fills = useMemo(() => areaFills(found), [found]);
  const area = answer.areas.find((row) => row.area_id === chosen) ?? null;
  return (
    <div class="page work">
      <div class="subhead">
        <h1 tabIndex={-1}>{t("Gebiete")}</h1>
        <span class={answer.plan?.status === "adopted" ? "tag done" : "tag"}>{planWords(answer)}</span>
        <AreaPages />
        <a class="button strong" href="#/vorschlagen">
          {t("Gebiete vorschlagen")} <Arrow />
        </a>
        <a class="button main" href="#/zuschnitt">
          {t("Gebiete zuschneiden")} <Arrow />
        </a>
      </div>
      <InForceNote link />
      <Taken answer={answer} />
      <div class="three">
        <section class="panel left" aria-label={t("Liste der Gebiete")}>
          <AreaList answer={answer} fills={fills} chosen={chosen} onChoose={setChosen} />
        </section>
        <section class="mapbox">
          {found ? (
            <AreaMap
              shapes={found}
              fills={fills}
              chosen={chosen}
              onChoose={setChosen}
              strongBorders
              label={t("Karte der Gebiete. Die Liste daneben zeigt dasselbe.")}
            />
          ) : (
            <Waiting />
          )}
        </section>
        <section class="panel right">
          {job?.state === "running" && <JobCard job={job} onCancel={cancel} />}
          {area && <ChosenArea area={area} answer={answer} />}
          <Limits answer={answer} editable />
          <Notes answer={answer} />
        </section>
      </div>
    </div>
  );
}

/** The other pages about areas: what was decided when, what town halls say, what the agency needs. */
function AreaPages() {
  return (
    <nav class="area-pages" aria-label={t("Weitere Seiten zu den Gebieten")}>
      <a href="#/bausteine">{t("Bausteine")}</a>
      <a href="#/plaene">{t("Pläne und Fassungen")}</a>
      <a href="#/abstimmung">{t("Abstimmung mit den Rathäusern")}</a>
      <a href="#/strassenraster">{t("Straßenraster")}</a>
      <a href="#/adressen">{t("Adressen")}</a>
    </nav>
  );
}

/** After a proposal was taken: what was done and how to undo it. */
function Taken({ answer }: { answer: AreasAnswer }) {
  const ags = new URLSearchParams(location.hash.split("?")[1] ?? "").get("uebernommen");
  const town = answer.municipalities.find((row) => row.ags === ags);
  const { act, refresh, go } = useStore();
  if (!town || answer.plan?.status === "adopted") return null;
  const undo = async () => {
    if (!(await act(() => post(`proposals/${town.ags}/undo`)))) return;
    await refresh();
    go(`vorschlagen?gemeinde=${town.ags}`);
  };
  return (
    <div class="taken">
      <StateIcon shape="tick" />
      <p role="status">{t("Übernommen: {name} hat jetzt den gewählten Zuschnitt.", { name: town.name })}</p>
      <button type="button" class="link" onClick={() => void undo()}>
        {t("Rückgängig machen")}
      </button>
      <a href={`#/vorschlagen?gemeinde=${town.ags}`}>{t("Zurück zu den Vorschlägen")}</a>
    </div>
  );
}

export function areaFills(found: { areas: Parameters<typeof neighboursOf>[0] } | null): Map<string, Fill> {
  if (!found) return new Map();
  const colours = colourAreas(neighboursOf(found.areas));
  return new Map([...colours].map(([id, colour]) => [id, { colour }]));
}

function planWords(answer: AreasAnswer): string {
  const { plan, areas } = answer;
  const size = plural("{count} Gebiet", "{count} Gebiete", areas.length, { count: areas.length });
  if (plan?.status === "adopted") {
    const since = t("beschlossen, gilt seit {day}", { day: day(plan.valid_from || plan.created) });
    return `${size}, ${since}`;
  }
  return `${size}, ${t("Vorschlag")}, ${day(plan?.created ?? "")}`;
}

interface ListProps {
  answer: AreasAnswer;
  fills: Map<string, Fill>;
  chosen: string | null;
  onChoose: (id: string) => void;
}

function AreaList({ answer, fills, chosen, onChoose }: ListProps) {
  useLayoutEffect(() => {
    // chosen on the map: its row comes into view
    if (chosen) document.querySelector(".arealist [aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <>
      {answer.municipalities.map((municipality) => {
        const areas = answer.areas.filter((area) => area.municipality === municipality.ags);
        return (
          <section key={municipality.ags} class="group">
            <h2>{municipality.name}</h2>
            <p class="small quiet">
              {t("Rahmen: {low} bis {high} Einwohner", {
                low: count(municipality.size_low),
                high: count(municipality.size_high),
              })}
            </p>
            <ul class="arealist">
              {areas.map((area) => (
                <li key={area.area_id}>
                  <button
                    type="button"
                    aria-pressed={area.area_id === chosen}
                    onClick={() => onChoose(area.area_id)}
                  >
                    <Swatch fill={fills.get(area.area_id)} />
                    <span class="areaname">
                      <b>{area.code}</b> {area.name}
                    </span>
                    <b class="number">{count(area.population ?? 0)}</b>
                    <SizeBar area={area} municipality={municipality} />
                    <span class="small quiet">{sizeWord(area, municipality)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function Swatch({ fill }: { fill: Fill | undefined }) {
  const colour = fill && "colour" in fill ? fill.colour : "#FFFFFF";
  return <i class="swatch" style={{ background: colour }} />;
}

function SizeBar({ area, municipality }: { area: AreaRow; municipality: MunicipalityRow }) {
  const width = Math.min(100, (100 * (area.population ?? 0)) / Math.max(1, municipality.size_high));
  const limit = (100 * municipality.size_low) / Math.max(1, municipality.size_high);
  return (
    <span class="bar small-bar" aria-hidden="true">
      <i style={{ width: `${width}%` }} />
      <s style={{ left: `${limit}%` }} />
    </span>
  );
}

function sizeWord(area: AreaRow, municipality: MunicipalityRow): string {
  const people = area.population ?? 0;
  if (people < municipality.size_low || people > municipality.size_high) return t("außerhalb");
  return people < 1.1 * municipality.size_low || people > 0.95 * municipality.size_high
    ? t("knapp")
    : t("im Rahmen");
}

function ChosenArea({ area, answer }: { area: AreaRow; answer: AreasAnswer }) {
  const town = answer.municipalities.find((row) => row.ags === area.municipality);
  const changes = answer.changes.filter((change) => change.to_area === area.area_id);
  return (
    <section class="chosen">
      <p class="small quiet">
        {town?.name}, {t("Sozialraum {code}", { code: area.code })}
      </p>
      <h2>{area.name}</h2>
      <p>
        <span class="big">{count(area.population ?? 0)}</span> {t("Einwohnerinnen und Einwohner")}
      </p>
      {area.origin === "adopted" && (
        <p class="small">
          <StateIcon shape="tick" /> {t("aus einem beschlossenen Plan übernommen")}
        </p>
      )}
      {changes.map((change) => (
        <p class="small" key={`${change.when} ${change.why}`}>
          {day(change.when)}, {change.role}: {change.why}
        </p>
      ))}
    </section>
  );
}

function Limits({ answer, editable }: { answer: AreasAnswer; editable: boolean }) {
  const [open, setOpen] = useState<string | null>(null);
  const sizes = (ags: string) =>
    answer.areas.filter((area) => area.municipality === ags).map((area) => area.population ?? 0);
  return (
    <>
      <h2>{t("Gemeinden und Größen")}</h2>
      <div class="scroll">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{t("Gemeinde")}</th>
              <th scope="col" class="number">
                {t("Gebiete")}
              </th>
              <th scope="col" class="number">
                {t("Rahmen")}
              </th>
              {answer.plan && (
                <th scope="col" class="number">
                  {t("kleinstes bis größtes")}
                </th>
              )}
              {editable && (
                <th scope="col">
                  <span class="unseen">{t("Neu rechnen")}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {answer.municipalities.map((row) => {
              const own = sizes(row.ags);
              return (
                <tr key={row.ags}>
                  <th scope="row">{row.name}</th>
                  <td class="number">{own.length || (row.areas ?? t("offen"))}</td>
                  <td class="number">
                    {count(row.size_low)}–{count(row.size_high)}
                  </td>
                  {answer.plan && (
                    <td class="number">
                      {own.length ? `${count(Math.min(...own))}–${count(Math.max(...own))}` : "–"}
                    </td>
                  )}
                  {editable && (
                    <td class="number rowacts">
                      <button
                        type="button"
                        class="link small"
                        aria-expanded={open === row.ags}
                        onClick={() => setOpen(open === row.ags ? null : row.ags)}
                      >
                        {t("ändern")}
                        <span class="unseen"> {row.name}</span>
                      </button>
                      <a class="link small" href={`#/zuschnitt?gemeinde=${row.ags}`}>
                        {t("zuschneiden")}
                        <span class="unseen"> {row.name}</span>
                      </a>
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {open && <ProposeOne key={open} answer={answer} ags={open} />}
    </>
  );
}

function ProposeOne({ answer, ags }: { answer: AreasAnswer; ags: string }) {
  const { follow, job } = useStore();
  const row = answer.municipalities.find((municipality) => municipality.ags === ags);
  const now = answer.areas.filter((area) => area.municipality === ags).length;
  const [areas, setAreas] = useState(String(now || row?.areas || 1));
  const begin = (event: Event) => {
    event.preventDefault();
    void follow(post<Job>("propose", { municipality: ags, areas: Number(areas) }));
  };
  return (
    <form class="inline" onSubmit={begin}>
      <p class="small">
        {t("{name} neu vorschlagen; die anderen Gemeinden behalten ihre Gebiete.", {
          name: row?.name ?? ags,
        })}
      </p>
      <label for="areas-wanted">{t("Zahl der Gebiete")}</label>
      <input
        id="areas-wanted"
        type="number"
        min="1"
        max="99"
        value={areas}
        onInput={(event) => setAreas(event.currentTarget.value)}
        required
      />
      <button type="submit" class="button" disabled={job?.state === "running"}>
        {t("Vorschlag rechnen")}
      </button>
      <a class="small" href={`#/vorschlagen?gemeinde=${ags}`}>
        {t("Mehrere Vorschläge vergleichen")}
      </a>
    </form>
  );
}

function Notes({ answer }: { answer: AreasAnswer }) {
  if (answer.notes.length === 0) return null;
  return (
    <>
      <h2>{t("Hinweise zum Plan")}</h2>
      <ul class="small list">
        {answer.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function Adopted({ answer }: { answer: AreasAnswer }) {
  const { follow, job } = useStore();
  const [ags, setAgs] = useState(answer.municipalities[0]?.ags ?? "");
  return (
    <details class="card pad">
      <summary>{t("Eine Gemeinde hat ihre Gebiete schon beschlossen")}</summary>
      <label for="adopted-municipality">{t("Gemeinde")}</label>
      <select id="adopted-municipality" value={ags} onChange={(event) => setAgs(event.currentTarget.value)}>
        {answer.municipalities.map((row) => (
          <option key={row.ags} value={row.ags}>
            {row.name}
          </option>
        ))}
      </select>
      <DropZone
        title={t("Beschlossenen Plan übernehmen")}
        hint={t(
          "Eine Tabelle „block_id;area_id“ und, wenn vorhanden, eine zweite mit den Namen der Gebiete.",
        )}
        multiple
        disabled={job?.state === "running"}
        onFiles={(files) => void follow(upload(`adopted/${ags}`, "files", assignmentFirst(files)))}
      />
    </details>
  );
}

function assignmentFirst(files: File[]): File[] {
  return [...files].sort((a, b) => Number(/namen|names/i.test(a.name)) - Number(/namen|names/i.test(b.name)));
}

export function NoAreasYet() {
  return (
    <Empty text={t("Noch keine Gebiete. Rechnen Sie zuerst einen Vorschlag.")}>
      <a class="button main" href="#/gebiete">
        {t("Zu den Gebieten")} <Arrow />
      </a>
    </Empty>
  );
}
