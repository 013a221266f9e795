import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Alternative, type AreasAnswer, type Job, type ProposalsAnswer, post } from "../api";
import { Arrow } from "../icons";
import { Empty, JobCard, ProblemBox, Title, Waiting } from "../parts";
import { coloursOf, MapLegend, PlanMap } from "../propose_map";
import { differs, type Form, formOf, wishesOf } from "../propose_wishes";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { AlternativeCard } from "./propose_card";
import { Enlarged, TakeDialog } from "./propose_dialogs";
import { WishForm } from "./propose_form";

/** Wishes for one municipality, several proposals for them side by side, and one to take. */
export function Propose() {
  const { problem, dismiss } = useStore();
  const areas = useAnswer<AreasAnswer>("areas");
  const [ags, setAgs] = useState(municipalityInAddress());
  useLayoutEffect(() => {
    const change = () => setAgs(municipalityInAddress());
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  const rows = areas?.municipalities ?? [];
  const chosen = (rows.find((row) => row.ags === ags) ?? rows[0])?.ags ?? null;
  const answer = useAnswer<ProposalsAnswer>(chosen === null ? null : `proposals/${chosen}`);
  const choose = (next: string) => {
    history.replaceState(null, "", `#/vorschlagen?gemeinde=${next}`);
    setAgs(next);
    dismiss();
  };
  return (
    <div class="page propose">
      <Title title={t("Gebiete vorschlagen")}>
        {t("Sie sagen, was zählt. Daraus entstehen mehrere Vorschläge; die Runde wählt einen aus.")}
      </Title>
      {areas && chosen === null && <NoBlocks />}
      {chosen !== null && (
        <div class="choose">
          <label for="municipality">{t("Gemeinde")}</label>
          <select id="municipality" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
            {rows.map((row) => (
              <option key={row.ags} value={row.ags}>
                {row.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {answer ? <Workplace key={answer.municipality.ags} answer={answer} /> : chosen !== null && <Waiting />}
      {problem && !answer && <ProblemBox problem={problem} onDismiss={dismiss} />}
    </div>
  );
}

/** "#/vorschlagen?gemeinde=05999004" names the municipality. */
function municipalityInAddress(): string {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("gemeinde") ?? "";
}

function NoBlocks() {
  return (
    <Empty
      text={t("Noch keine Bausteine. Lesen Sie zuerst die Bausteine ein; daraus entstehen die Gebiete.")}
    >
      <a class="button main" href="#/gebiete">
        {t("Zu den Gebieten")} <Arrow />
      </a>
    </Empty>
  );
}

function Workplace({ answer }: { answer: ProposalsAnswer }) {
  const { job, follow } = useStore();
  const { municipality: town } = answer;
  const computed = formOf(answer.wishes, town);
  const [form, setForm] = useState<Form>(computed);
  const [closed, setClosed] = useState(answer.computed);
  const begin = () => {
    setClosed(true);
    void follow(post<Job>(`proposals/${town.ags}`, wishesOf(form)));
  };
  return (
    <div class="workplace">
      <WishForm
        town={town}
        present={answer.present}
        form={form}
        closed={closed}
        busy={job?.state === "running"}
        first={!answer.computed}
        onChange={setForm}
        onOpen={() => setClosed(!closed)}
        onSubmit={begin}
      />
      <Results answer={answer} changed={answer.computed && differs(form, computed)} />
    </div>
  );
}

function Results({ answer, changed }: { answer: ProposalsAnswer; changed: boolean }) {
  const { job, cancel, problem, dismiss } = useStore();
  const { municipality: town, alternatives } = answer;
  const place = useRef<HTMLElement>(null);
  const running = job?.state === "running";
  const was = useRef(running);
  useLayoutEffect(() => {
    if (was.current && !running && job?.state === "done") place.current?.scrollIntoView({ block: "start" });
    was.current = running;
  }, [running, job?.state]);
  return (
    <section class="results" ref={place} aria-label={t("Vorschläge für {name}", { name: town.name })}>
      {running && job && <JobCard job={job} onCancel={cancel} />}
      {problem && <ProblemBox problem={problem} onDismiss={dismiss} />}
      <p class="unseen" role="status">
        {!running && job?.state === "done" && answer.computed && foundWords(answer)}
      </p>
      {answer.computed ? <Compared answer={answer} changed={changed} /> : <NotYet answer={answer} />}
      {alternatives.length === 1 && (
        <p class="small quiet">
          {t("Andere Gewichte führen hier zum selben Zuschnitt; darum steht nur ein Vorschlag da.")}
        </p>
      )}
    </section>
  );
}

function foundWords({ alternatives, municipality }: ProposalsAnswer): string {
  return plural("{count} Vorschlag für {name}", "{count} Vorschläge für {name}", alternatives.length, {
    count: alternatives.length,
    name: municipality.name,
  });
}

function NotYet({ answer }: { answer: ProposalsAnswer }) {
  const { present, ground, municipality: town } = answer;
  return (
    <div class="card notyet">
      <div>
        <h2>{t("Noch keine Vorschläge für {name}", { name: town.name })}</h2>
        <p>
          {t(
            "Stellen Sie ein, was zählt, und rechnen Sie. Hier stehen dann die Vorschläge als Karten nebeneinander.",
          )}
        </p>
      </div>
      <figure>
        <PlanMap
          ground={ground}
          areas={[]}
          colours={new Map()}
          present={present?.path ?? ""}
          label={present ? t("Karte des jetzigen Zuschnitts") : t("Karte der Gemeinde")}
        />
        <figcaption class="small quiet">
          {present
            ? plural("Jetzt: {count} Gebiet", "Jetzt: {count} Gebiete", present.areas, {
                count: present.areas,
              })
            : t("Noch kein Zuschnitt")}
        </figcaption>
      </figure>
    </div>
  );
}

function Compared({ answer, changed }: { answer: ProposalsAnswer; changed: boolean }) {
  const { alternatives, ground, present } = answer;
  const [shown, setShown] = useState<string | null>(null);
  const [taking, setTaking] = useState<Alternative | null>(null);
  const colours = useMemo(() => coloursOf(alternatives), [alternatives]);
  const take = (one: Alternative) => {
    setShown(null);
    setTaking(one);
  };
  return (
    <>
      <div class="resulthead">
        <h2 class="large">{foundWords(answer)}</h2>
        <MapLegend ground={ground} present={present !== null} />
      </div>
      <Before answer={answer} />
      {changed && (
        <p class="small stale">
          {t("Sie haben Vorgaben geändert. Die Vorschläge gelten noch für die Vorgaben davor.")}
        </p>
      )}
      <div class="alternatives">
        {alternatives.map((one) => (
          <AlternativeCard
            key={one.key}
            one={one}
            answer={answer}
            colours={colours.get(one.key) ?? new Map()}
            onEnlarge={() => setShown(one.key)}
            onTake={() => take(one)}
          />
        ))}
      </div>
      <Explained />
      {shown !== null && (
        <Enlarged
          answer={answer}
          colours={colours}
          shown={shown}
          onShow={setShown}
          onTake={take}
          onClose={() => setShown(null)}
        />
      )}
      {taking && <TakeDialog one={taking} answer={answer} onClose={() => setTaking(null)} />}
    </>
  );
}

/** The way back after a proposal was taken. */
function Before({ answer }: { answer: ProposalsAnswer }) {
  const { act, refresh, job } = useStore();
  const { before, municipality: town } = answer;
  if (before === null) return null;
  const undo = async () => {
    if (await act(() => post(`proposals/${town.ags}/undo`))) await refresh();
  };
  return (
    <p class="small before">
      {plural(
        "Der Zuschnitt davor mit {count} Gebiet ist gespeichert.",
        "Der Zuschnitt davor mit {count} Gebieten ist gespeichert.",
        before,
        { count: before },
      )}{" "}
      <button
        type="button"
        class="link small"
        disabled={job?.state === "running"}
        onClick={() => void undo()}
      >
        {t("Zuschnitt davor wiederherstellen")}
      </button>
    </p>
  );
}

function Explained() {
  return (
    <details class="small explained">
      <summary>{t("Was bedeuten die Zahlen?")}</summary>
      <dl class="words">
        <div>
          <dt>{t("Ähnlichkeit")}</dt>
          <dd>
            {t(
              "100 heißt: Innerhalb der Gebiete sind alle Bausteine gleich, alle Unterschiede liegen zwischen den Gebieten. 0 heißt: Die Gebiete unterscheiden sich nicht voneinander.",
            )}
          </dd>
        </div>
        <div>
          <dt>{t("Rundheit")}</dt>
          <dd>
            {t(
              "100 wäre ein Kreis. Je länger die Grenze eines Gebiets für seine Fläche ist, desto kleiner ist die Zahl.",
            )}
          </dd>
        </div>
        <div>
          <dt>{t("unter 1.000 Einwohner")}</dt>
          <dd>{t("Für Gebiete unter 1.000 Einwohnern liefern manche Stellen keine einzelnen Zahlen.")}</dd>
        </div>
        <div>
          <dt>{t("bewiesen")}</dt>
          <dd>
            {t(
              "Gilt für diese Vorgaben, auch für den Wunsch nach ähnlicher Größe, und wenn unbewohnte Flächen beim nächsten bewohnten Baustein bleiben.",
            )}
          </dd>
        </div>
        <div>
          <dt>{t("zerschnitten")}</dt>
          <dd>
            {t("So viele Flüsse, Bahnlinien und Autobahnen laufen durch ein Gebiet, statt an seiner Grenze.")}
          </dd>
        </div>
      </dl>
    </details>
  );
}
