/** The findings beside the file: what, in which cell, and what can be done about it right here. */

import { useState } from "preact/hooks";
import { ErrorIcon, StateIcon } from "../icons";
import { plural, t } from "../words";
import { type Act, actsOf, inOrder, openFindings, shownHead, surelyMeant } from "./reading";
import type { Review, ReviewFinding } from "./types";

export interface FindingProps {
  review: Review;
  /** The finding whose cell is shown. */
  chosen: string;
  /** Findings put into the letter that is being written. */
  asking: ReadonlySet<string>;
  busy: boolean;
  onChoose: (finding: ReviewFinding) => void;
  onAct: (act: Act, finding: ReviewFinding) => void;
  onOffers: (findings: ReviewFinding[]) => void;
}

const SHOWN = 25;

export function FindingsCard(props: FindingProps) {
  const [all, setAll] = useState(false);
  const ordered = inOrder(props.review.findings);
  const found = ordered.filter((one) => one.severity !== "note");
  const notes = ordered.filter((one) => one.severity === "note");
  const open = openFindings(found);
  const shown = all ? found : found.slice(0, SHOWN);
  const offers = surelyMeant(
    open.filter((one) => actsOf(one, props.review.earlier)[0] === "offer"),
    props.review.preview,
  );
  return (
    <section class="card dl-findings" aria-label={t("Befunde")}>
      <h2 tabIndex={-1}>
        {found.length === 0
          ? t("Keine Befunde")
          : plural("{count} Befund", "{count} Befunde", found.length, { count: found.length })}
      </h2>
      {found.length === 0 && (
        <p class="dl-fine">
          <StateIcon shape="tick" size={18} /> {t("Nichts spricht gegen die Übernahme.")}
        </p>
      )}
      {offers.length > 1 && (
        <button type="button" class="button" disabled={props.busy} onClick={() => props.onOffers(offers)}>
          {t("Alle {count} Vorschläge zu Schlüsseln übernehmen", { count: offers.length })}
        </button>
      )}
      <ol>
        {shown.map((finding) => (
          <FindingItem key={finding.id} finding={finding} {...props} />
        ))}
      </ol>
      {found.length > shown.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t("Alle {count} Befunde zeigen", { count: found.length })}
        </button>
      )}
      {notes.length > 0 && (
        <details>
          <summary>
            {plural("{count} Hinweis", "{count} Hinweise", notes.length, { count: notes.length })}
          </summary>
          <ul class="small list">
            {notes.map((note) => (
              <li key={note.id}>
                {note.place && `${shownHead(note.place)}: `}
                {shownHead(note.what)} {shownHead(note.todo)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function FindingItem({ finding, ...props }: FindingProps & { finding: ReviewFinding }) {
  const asking = props.asking.has(finding.id);
  const chosen = props.chosen === finding.id;
  const acts = actsOf(finding, props.review.earlier).filter((act) => !(asking && act === "ask"));
  return (
    <li id={`befund-${finding.id}`} class={chosen ? "dl-chosen" : ""}>
      {finding.severity === "error" ? (
        <ErrorIcon />
      ) : (
        <StateIcon shape={finding.decision ? "tick" : "triangle"} size={18} />
      )}
      <div>
        <h3>
          {finding.place ? (
            <button
              type="button"
              class="dl-headline"
              aria-pressed={chosen}
              aria-label={t("{title}, {place} zeigen", { title: finding.title, place: finding.place })}
              onClick={() => props.onChoose(finding)}
            >
              {finding.title}
            </button>
          ) : (
            finding.title
          )}
        </h3>
        <Sentence finding={finding} />
        <Settled finding={finding} asking={asking} onAct={(act) => props.onAct(act, finding)} />
        {acts.length > 0 && (
          <div class="dl-acts">
            {acts.map((act, place) => (
              <button
                key={act}
                type="button"
                class={place === 0 && act !== "ask" ? "button" : "link"}
                disabled={props.busy}
                onClick={() => props.onAct(act, finding)}
              >
                {actWord(act)}
                <span class="unseen">: {finding.place || finding.title}</span>
              </button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

function Sentence({ finding }: { finding: ReviewFinding }) {
  const offer = finding.offer_title || finding.offer;
  const key = finding.code === "unknown_key" || finding.code === "lost_zeros";
  if (finding.code === "missing_column" && finding.found && offer) {
    const heads = { column: shownHead(offer), head: shownHead(finding.found) };
    return (
      <p class="small">
        {finding.place && `${finding.place}: `}
        {t("Es fehlt „{column}“. Vermutlich heißt die Spalte jetzt „{head}“.", heads)}
      </p>
    );
  }
  return (
    <p class="small">
      {finding.place && `${shownHead(finding.place)}: `}
      {finding.found && key ? (
        <>
          <b>{finding.found}</b>.{" "}
          {offer ? t("Gemeint ist vermutlich {offer}.", { offer }) : shownHead(finding.what)}
        </>
      ) : (
        shownHead(finding.what)
      )}{" "}
      <span class="quiet">{shownHead(finding.todo)}</span>
    </p>
  );
}

/** What became of a finding: accepted with its reason, in the letter, or asked about. */
function Settled({
  finding,
  asking,
  onAct,
}: {
  finding: ReviewFinding;
  asking: boolean;
  onAct: (act: Act) => void;
}) {
  if (finding.decision) {
    return (
      <p class="small">
        <span class="tag done">
          {finding.decision === "answered" ? t("beantwortet") : t("so übernommen")}
        </span>{" "}
        {finding.reason &&
          (finding.decision === "answered"
            ? t("Antwort: {answer}", { answer: finding.reason })
            : t("Grund: {reason}", { reason: finding.reason }))}
      </p>
    );
  }
  if (finding.asked) return <span class="tag dl-asked">{t("Rückfrage gestellt, Antwort offen")}</span>;
  if (!asking) return null;
  return (
    <p>
      <span class="tag dl-asked">{t("Rückfrage in Vorbereitung")}</span>{" "}
      <button type="button" class="link" onClick={() => onAct("ask")}>
        {t("doch nicht")}
        <span class="unseen">: {finding.place || finding.title}</span>
      </button>
    </p>
  );
}

function actWord(act: Act): string {
  const words: Record<Act, string> = {
    offer: t("Vorschlag übernehmen"),
    place: t("Anderes Gebiet"),
    sign: t("Wie im Vorjahr"),
    same: t("Ist dasselbe"),
    accept: t("So übernehmen"),
    ask: t("In die Rückfrage"),
    total: t("Zeile ist eine Summe"),
    skip: t("Gehört nicht zur Tabelle"),
    residual: t("Personen ohne Gebiet"),
  };
  return words[act];
}
