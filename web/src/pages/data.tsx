import { type Job, post } from "../api";
import { DeliveryList } from "../deliveries/delivery_list";
import { takenSentence } from "../deliveries/ended";
import { ReviewList } from "../deliveries/review_list";
import type { Delivery, Received, ReviewRow, Taken } from "../deliveries/types";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { count } from "../numbers";
import { DropZone, Findings, JobCard, Title, Waiting } from "../parts";
import { PARTS_OF_STEPS } from "../steps";
import { useAnswer, useStore } from "../store";
import { receiveFiles } from "../window_drop";
import { plural, t } from "../words";
import "../deliveries/deliveries.css";

/** Delivered files: what waits for a decision, what is in force, where the next one goes. */
export function Data() {
  const store = useStore();
  const { job, cancel, state } = store;
  const deliveries = useAnswer<Delivery[]>("deliveries");
  const reviews = useAnswer<ReviewRow[]>("reviews");
  const busy = job?.state === "running";
  const received = busy ? undefined : job?.result.received;
  const taken = busy ? undefined : job?.result.taken;
  const inForce = deliveries?.filter((one) => one.state === "in_force").length ?? 0;
  return (
    <div class="page two">
      <Title title={t("Daten")}>
        {deliveries
          ? plural("{count} Lieferung übernommen", "{count} Lieferungen übernommen", inForce, {
              count: count(inForce),
            })
          : ""}
      </Title>
      <div class="column">
        {received && <JustRead received={received} />}
        {taken && <JustTaken taken={taken} />}
        {(!deliveries || !reviews) && <Waiting />}
        {reviews && <ReviewList reviews={reviews} busy={busy} />}
        {deliveries?.length === 0 && reviews?.length === 0 && <Expected />}
        {deliveries && <DeliveryList deliveries={deliveries} />}
      </div>
      <aside>
        <div class={reviews?.length ? "dl-quiet" : ""}>
          <DropZone
            title={t("Neue Lieferung")}
            hint={t(
              "Dateien so, wie sie geliefert wurden: Excel, CSV, ZIP. Mehrere auf einmal sind möglich.",
            )}
            multiple
            disabled={busy}
            onFiles={(files) => receiveFiles(store, files)}
          />
        </div>
        {busy && <JobCard job={job} onCancel={cancel} />}
        <Recompute action={state.steps.find((step) => step.action === "compute")?.action_text} busy={busy} />
        <Ways />
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

/** What was dropped and needs no review: the same file again, or a file that could not be received. */
function JustRead({ received }: { received: Received[] }) {
  const shown = received.filter((one) => one.problem || one.state === "unchanged" || one.state === "taken");
  if (shown.length === 0) return null;
  return (
    <section class="card pad stack" aria-live="polite">
      <h2>{t("Gerade gelesen")}</h2>
      {shown.map((one) => (
        <article key={one.file} class="read">
          <h3>
            {one.problem ? <ErrorIcon /> : <StateIcon shape="tick" size={18} />} {one.file}
          </h3>
          <p>{one.problem?.headline ?? one.headline}</p>
          {one.problem && <Findings findings={one.problem.findings} />}
          {one.problem?.todo && <p class="small">{one.problem.todo}</p>}
        </article>
      ))}
    </section>
  );
}

function JustTaken({ taken }: { taken: Taken[] }) {
  if (taken.length === 0) return null;
  return (
    <section class="card pad stack" aria-live="polite">
      <h2>{t("Gerade übernommen")}</h2>
      {taken.map((one) => (
        <article key={one.delivery_id} class="read">
          <h3>
            <StateIcon shape="tick" size={18} /> {one.title}
          </h3>
          <p>{takenSentence(one)}</p>
        </article>
      ))}
    </section>
  );
}

function Ways() {
  const ways = [
    { page: "luecken", title: t("Lücken"), what: t("Was fehlt noch, was ist überfällig?") },
    { page: "katalog", title: t("Katalog"), what: t("Welche Datensätze gibt es, und wer liefert sie?") },
    { page: "rueckfragen", title: t("Rückfragen"), what: t("Was ist offen, was wurde beantwortet?") },
    { page: "adressen", title: t("Adressen"), what: t("Listen zuordnen, Register fortschreiben") },
    {
      page: "uebertragung",
      title: t("Übertragung"),
      what: t("Zahlen nach anderen Grenzen auf die Gebiete bringen"),
    },
    { page: "einleseregeln", title: t("Einleseregeln"), what: t("Wie wird welche Tabelle gelesen?") },
    {
      page: "einwohnerzahlen",
      title: t("Einwohnerzahlen"),
      what: t("Welche Bevölkerung gilt als Grundlage?"),
    },
  ].filter((way) => PARTS_OF_STEPS[way.page] === "daten");
  if (ways.length === 0) return null;
  return (
    <nav class="card dl-ways" aria-label={t("Weiteres zu den Daten")}>
      <ul>
        {ways.map((way) => (
          <li key={way.page}>
            <a href={`#/${way.page}`}>{way.title}</a>
            <span class="small quiet">{way.what}</span>
          </li>
        ))}
      </ul>
    </nav>
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
