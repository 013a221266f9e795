import { useState } from "preact/hooks";
import { type Job, post, type Release } from "../api";
import { Arrow } from "../icons";
import { dayAndTime } from "../numbers";
import { Empty, JobCard, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";

/** Write the report and find every one that was written. */
export function Report() {
  const { state, job, cancel } = useStore();
  const releases = useAnswer<Release[]>("releases");
  const step = state.steps.find((one) => one.key === "report");
  const ready = state.steps.find((one) => one.key === "indicators")?.state !== "not_started";
  if (!releases) return <Waiting />;
  return (
    <div class="page two">
      <Title title={t("Bericht")}>
        {t(
          "Als PDF zum Drucken, als Internetseite und als Tabellen; alle drei aus denselben freigegebenen Zahlen.",
        )}
      </Title>
      <div class="column">
        {releases.length === 0 && <Empty text={t("Noch kein Bericht geschrieben.")} />}
        {releases.map((release, place) => (
          <ReleaseCard key={release.release_id} release={release} latest={place === 0} />
        ))}
      </div>
      <aside>
        {job?.state === "running" && <JobCard job={job} onCancel={cancel} />}
        <Write
          ready={ready}
          words={step?.action === "report" ? step.action_text : t("Bericht neu schreiben")}
          first={releases.length === 0}
          points={step?.points ?? []}
        />
      </aside>
    </div>
  );
}

function Write({
  ready,
  words,
  first,
  points,
}: {
  ready: boolean;
  words: string;
  first: boolean;
  points: string[];
}) {
  const { follow, job, state } = useStore();
  const [language, setLanguage] = useState(state.project?.language ?? "de");
  const busy = job?.state === "running";
  return (
    <section class="card pad stack">
      <h2>{words}</h2>
      {points.map((point) => (
        <p key={point}>{point}</p>
      ))}
      <label for="report-language">{t("Sprache des Berichts")}</label>
      <select
        id="report-language"
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value)}
      >
        <option value="de">Deutsch</option>
        <option value="en">English</option>
      </select>
      <button
        type="button"
        class={first || points.length > 0 ? "button main" : "button"}
        disabled={busy || !ready}
        onClick={() => void follow(post<Job>("report", { language }))}
      >
        {words} <Arrow />
      </button>
      {!ready && <p class="small">{t("Zuerst müssen die Indikatoren gerechnet sein.")}</p>}
    </section>
  );
}

function ReleaseCard({ release, latest }: { release: Release; latest: boolean }) {
  const file = (path: string) => `/api/releases/${encodeURIComponent(release.release_id)}/${path}`;
  return (
    <article class="card release">
      <div>
        <p class="small quiet">{latest ? t("Aktueller Bericht") : t("Früherer Bericht")}</p>
        <h2>{t("Bericht vom {day}", { day: dayAndTime(release.created) })}</h2>
        <p class="small quiet">
          {t("Prüfnummer")} {release.check_number}
        </p>
      </div>
      <ul class="downloads">
        <li>
          <a class={latest ? "button main" : "button"} href={file("report.pdf")} download>
            {t("PDF herunterladen")}
          </a>
        </li>
        <li>
          <a class="button" href={file("report/index.html")} target="_blank" rel="noreferrer">
            {t("Internetseite öffnen")}
          </a>
        </li>
        <li>
          <a class="button" href={file("report.xlsx")} download>
            {t("Tabellen herunterladen (Excel)")}
          </a>
        </li>
      </ul>
    </article>
  );
}
