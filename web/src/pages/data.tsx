import { type DeliveredFile, type Delivery, type Job, post, upload } from "../api";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { count, day, moment } from "../numbers";
import { DropZone, Findings, JobCard, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";

/** Delivered files: what was read, skipped and assumed, and what was found. */
export function Data() {
  const { follow, job, cancel, state } = useStore();
  const deliveries = useAnswer<Delivery[]>("deliveries");
  const busy = job?.state === "running";
  return (
    <div class="page two">
      <Title title={t("Daten")}>
        {deliveries
          ? plural("{count} Lieferung übernommen", "{count} Lieferungen übernommen", deliveries.length, {
              count: count(deliveries.length),
            })
          : ""}
      </Title>
      <div class="column">
        {job?.state !== "running" && job?.result.files && <Answer files={job.result.files} />}
        {!deliveries && <Waiting />}
        {deliveries?.length === 0 && <Expected />}
        {deliveries?.map((delivery) => (
          <DeliveryCard key={delivery.delivery_id} delivery={delivery} />
        ))}
      </div>
      <aside>
        <DropZone
          title={t("Neue Lieferung")}
          hint={t(
            "CSV-, Excel- oder ZIP-Dateien so, wie sie geliefert wurden. Mehrere auf einmal sind möglich.",
          )}
          multiple
          disabled={busy}
          onFiles={(files) => void follow(upload("deliveries", "files", files))}
        />
        {busy && <JobCard job={job} onCancel={cancel} />}
        <Recompute action={state.steps.find((step) => step.action === "compute")?.action_text} busy={busy} />
      </aside>
    </div>
  );
}

function Recompute({ action, busy }: { action: string | undefined; busy: boolean }) {
  const { follow } = useStore();
  if (!action) return null;
  return (
    <section class="card pad stack">
      <h2>{t("Danach")}</h2>
      <p>{t("Mit den neuen Angaben können Indikatoren, Index und Bedarf gerechnet werden.")}</p>
      <button
        type="button"
        class="button main"
        disabled={busy}
        onClick={() => void follow(post<Job>("compute"))}
      >
        {action} <Arrow />
      </button>
    </section>
  );
}

function Answer({ files }: { files: DeliveredFile[] }) {
  return (
    <section class="card pad stack" aria-live="polite">
      <h2>{t("Gerade gelesen")}</h2>
      {[...files].sort(refusedFirst).map((file) => (
        <article key={file.file} class="read">
          <h3>
            {file.problem ? <ErrorIcon /> : <StateIcon shape="tick" size={18} />} {file.file}
          </h3>
          {file.problem ? (
            <>
              <p>{file.problem.headline}</p>
              <Findings findings={file.problem.findings} />
              <p class="small">{file.problem.todo}</p>
            </>
          ) : (
            <Sentences sentences={file.sentences} />
          )}
        </article>
      ))}
    </section>
  );
}

function refusedFirst(a: DeliveredFile, b: DeliveredFile): number {
  return Number(b.problem !== null) - Number(a.problem !== null);
}

function Sentences({ sentences }: { sentences: string[] }) {
  return (
    <ul class="small list">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function DeliveryCard({ delivery }: { delivery: Delivery }) {
  const warnings = delivery.findings.filter((finding) => finding.severity !== "note").length;
  return (
    <details class="card delivery">
      <summary>
        <StateIcon shape={warnings ? "triangle" : "tick"} size={18} />
        <span class="filename">
          <b>{delivery.title || delivery.file_name}</b>
          <span class="small quiet">{delivery.file_name}</span>
        </span>
        <span class="small quiet">{delivery.periods.map(day).join(", ")}</span>
        <span class="small quiet">
          {plural("{count} Zeile gelesen", "{count} Zeilen gelesen", delivery.rows_read, {
            count: count(delivery.rows_read),
          })}
        </span>
        <span class={warnings ? "tag look" : "tag done"}>
          {warnings
            ? plural("{count} Befund", "{count} Befunde", warnings, { count: warnings })
            : t("ohne Befund")}
        </span>
      </summary>
      <div class="body">
        <p class="small quiet">{t("Übernommen: {when}", { when: moment(delivery.received_at) })}</p>
        <Sentences sentences={delivery.sentences} />
        <Findings findings={delivery.findings} />
      </div>
    </details>
  );
}

function Expected() {
  const sources = [
    t("Einwohnerbestand und Haushalte der Meldestellen"),
    t("Arbeitslose, Beschäftigte und Bedarfsgemeinschaften der Arbeitsagentur"),
    t("Tagesbetreuung und Hilfen zur Erziehung der Jugendämter"),
    t("Wohnungen aus dem Zensus"),
    t("Verzeichnis der Einrichtungen mit ihren Plätzen"),
  ];
  return (
    <section class="card pad stack">
      <p>{t("Noch keine Lieferung. Diese Quellen kann die Anwendung lesen:")}</p>
      <ul class="list">
        {sources.map((source) => (
          <li key={source}>{source}</li>
        ))}
      </ul>
    </section>
  );
}
