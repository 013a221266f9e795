import type { ComponentChildren } from "preact";
import { type Job, post } from "../api";
import { Arrow, StateIcon } from "../icons";
import { day, moment } from "../numbers";
import { Bar, JobCard, Title } from "../parts";
import { DueCard } from "../requests/due_card";
import { nextStep, STEP_PAGES, type Step, shapeOf, stateWord } from "../steps";
import { type Store, useStore } from "../store";
import { plural, t } from "../words";

/** Where the report stands now and what to do next. */
export function Overview() {
  const store = useStore();
  const { state, job, cancel } = store;
  const next = nextStep(state.steps);
  return (
    <div class="page overview">
      <Title title={t("Arbeitsstand")}>{facts(store)}</Title>
      <Next step={next} store={store} />
      <ol class="card rows">
        {state.steps.map((step, place) => (
          <Row key={step.key} step={step} place={place + 1} current={step === next} />
        ))}
      </ol>
      <aside>
        {job?.state === "running" && <JobCard job={job} onCancel={cancel} />}
        {job && job.state === "done" && job.lines.length > 0 && <Done job={job} />}
        <DueCard />
        <section class="card log">
          <h2>{t("Zuletzt")}</h2>
          {state.events.length === 0 && <p class="quiet">{t("Noch nichts geschehen.")}</p>}
          <ul>
            {state.events.map((event) => (
              <li key={`${event.when} ${event.what}`}>
                <b>{moment(event.when)}</b>
                <span>{event.what}</span>
              </li>
            ))}
          </ul>
        </section>
      </aside>
    </div>
  );
}

function Done({ job }: { job: Job }) {
  return (
    <section class="card job">
      <h2>
        <StateIcon shape="tick" size={18} /> {job.title}: {t("fertig")}
      </h2>
      <ul class="small lines">
        {job.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function facts(store: Store): string {
  const { project } = store.state;
  if (!project) return "";
  const parts = [project.name];
  if (project.municipalities) {
    parts.push(
      plural("{count} Gemeinde", "{count} Gemeinden", project.municipalities, {
        count: project.municipalities,
      }),
    );
  }
  if (project.areas) {
    parts.push(plural("{count} Sozialraum", "{count} Sozialräume", project.areas, { count: project.areas }));
  }
  if (project.period) parts.push(t("Stichtag {day}", { day: day(project.period) }));
  return parts.join(" · ");
}

const JOBS: Record<string, string> = { propose: "propose", compute: "compute", report: "report" };

function Next({ step, store }: { step: Step | undefined; store: Store }) {
  if (!step) {
    return (
      <NextCard
        title={t("Der Bericht ist fertig")}
        text={t("Alle sieben Schritte sind erledigt. Neue Lieferungen können Sie jederzeit aufnehmen.")}
      >
        <a class="button main large" href="#/bericht">
          {t("Bericht ansehen")} <Arrow />
        </a>
      </NextCard>
    );
  }
  const busy = store.job?.state === "running";
  const path = JOBS[step.action];
  return (
    <NextCard title={nextTitle(step)} text={nextText(step)}>
      {path ? (
        <button
          type="button"
          class="button main large"
          disabled={busy}
          onClick={() => void store.follow(post<Job>(path))}
        >
          {step.action_text} <Arrow />
        </button>
      ) : (
        <a class="button main large" href={`#/${STEP_PAGES[step.key]}`}>
          {step.action_text} <Arrow />
        </a>
      )}
    </NextCard>
  );
}

function NextCard({ title, text, children }: { title: string; text: string; children: ComponentChildren }) {
  return (
    <section class="card next" aria-label={t("Als Nächstes")}>
      <div>
        <p class="small quiet">{t("Als Nächstes")}</p>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {children}
    </section>
  );
}

/** The action, and the step it belongs to when its words do not name it. */
function nextTitle(step: Step): string {
  return step.action_text.includes(step.title) ? step.action_text : `${step.title}: ${step.action_text}`;
}

function nextText(step: Step): string {
  const words: Record<string, string> = {
    import_blocks: t(
      "Bausteine sind die kleinsten Flächen, aus denen Gebiete entstehen. Sie brauchen eine Datei dafür.",
    ),
    propose: t(
      "Die Bausteine sind gelesen. Der Vorschlag fasst sie je Gemeinde zu zusammenhängenden Gebieten zusammen.",
    ),
    deliver: t(
      "Legen Sie Dateien von Meldestelle, Arbeitsagentur und Jugendämtern ab. Jede wird einzeln geprüft.",
    ),
    compute: t(
      "Aus den Lieferungen werden Indikatoren, Index und Bedarf der Gebiete. Kleine Zahlen werden dabei geschützt.",
    ),
    confirm: t(
      "Regeln haben Impulse gefunden. In den Bericht kommen nur solche, die eine zuständige Stelle bestätigt.",
    ),
    report: t("Alles Nötige liegt vor. Der Bericht entsteht als PDF, als Internetseite und als Tabellen."),
    target: t("Ohne Zielwert kann der Bedarf nicht gerechnet werden."),
  };
  // files that wait are named, not explained
  if (step.action === "deliver" && step.points[0]) return step.points[0];
  return words[step.action] ?? step.points[0] ?? step.bar_text;
}

function Row({ step, place, current }: { step: Step; place: number; current: boolean }) {
  return (
    <li class={current ? "step current" : "step"}>
      <span class="place" aria-hidden="true">
        {place}
      </span>
      <div class="name">
        <h3>{step.title}</h3>
        <span class="small quiet state">
          <StateIcon shape={shapeOf(step.state)} /> {stateWord(step.state)}
        </span>
      </div>
      <div class="progress">
        <Bar part={step.bar} label={step.bar_text} />
        <span class="small quiet">{step.bar_text}</span>
      </div>
      <ul class="points small">
        {step.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <a class="link" href={`#/${STEP_PAGES[step.key]}`}>
        {step.action_text || t("ansehen")}
        <span class="unseen">: {step.title}</span>
      </a>
    </li>
  );
}
