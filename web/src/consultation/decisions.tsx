/** Agreement and conflict on one map and in a list; each proposal is accepted or rejected with a reason. */

import { useEffect, useState } from "preact/hooks";
import { get, post } from "../api";
import { ErrorIcon, StateIcon } from "../icons";
import { day, dayAndTime } from "../numbers";
import type { PackageData } from "../package/data";
import { useStore } from "../store";
import { t } from "../words";
import { AnswersMap } from "./answers_map";
import { blocksWords, proposalsWords, remarksWords } from "./counted";
import type { ConsultationView, RemarkRow, Standing, Suggestion, Verdict } from "./types";

let lastRole = "";

export function Decisions({ view, ags }: { view: ConsultationView; ags: string }) {
  const ground = useGround(view.package_id);
  const [chosen, setChosen] = useState<string | null>(null);
  const [role, setRole] = useState(lastRole);
  const choose = (key: string | null) => {
    setChosen(key);
    if (key) document.getElementById(`suggestion-${key}`)?.scrollIntoView({ block: "nearest" });
  };
  lastRole = role;
  const open = view.suggestions.filter((one) => !one.verdict).length;
  const remarks = view.comments.filter((one) => !one.verdict).length;
  return (
    <>
      <section class="card pad answers" aria-labelledby="answers-title">
        <h2 id="answers-title">
          {t("Antworten auf das Paket vom {when}", { when: dayAndTime(view.written) })}
        </h2>
        <ul class="answerlist">
          {view.answers.map((one) => (
            <li key={one.answer_id}>
              <b>{one.role}</b>
              <span class="small quiet">
                {t("{edits}, {comments}, gespeichert {when}", {
                  edits: proposalsWords(one.edits),
                  comments: remarksWords(one.comments),
                  when: day(one.written),
                })}
              </span>
            </li>
          ))}
        </ul>
        {view.draft && (
          <p class="small">
            {t("Angenommenes steht in der Fassung „{title}“.", { title: view.draft.title })}{" "}
            <a href={`#/zuschnitt?gemeinde=${ags}`}>{t("Fassung öffnen")}</a>
          </p>
        )}
      </section>
      <div class="compare-answers">
        <section class="answers-map" aria-label={t("Karte der Vorschläge")}>
          {typeof ground === "string" ? (
            <p class="card pad">{ground}</p>
          ) : (
            ground && <AnswersMap view={view} data={ground} chosen={chosen} onChoose={choose} />
          )}
          <Key view={view} />
        </section>
        <section class="stack" aria-labelledby="decide-title">
          <h2 id="decide-title">{openWords(open, remarks)}</h2>
          <div>
            <label for="deciding-role">{t("Entscheidende Stelle")}</label>
            <input
              id="deciding-role"
              value={role}
              placeholder={t("z. B. Amt 58, Sozialplanung")}
              onInput={(event) => setRole(event.currentTarget.value)}
            />
          </div>
          {view.suggestions.length === 0 && <p class="quiet">{t("Niemand schlägt eine Änderung vor.")}</p>}
          {view.suggestions.map((one) => (
            <SuggestionCard
              key={one.key}
              one={one}
              view={view}
              role={role}
              chosen={chosen === one.key}
              onChoose={() => choose(chosen === one.key ? null : one.key)}
            />
          ))}
          {view.comments.length > 0 && <h2>{t("Anmerkungen")}</h2>}
          {view.comments.map((one) => (
            <RemarkCard key={`${one.answer_id} ${one.number}`} one={one} view={view} role={role} />
          ))}
          <Reply view={view} open={open + remarks} />
        </section>
      </div>
    </>
  );
}

function openWords(open: number, remarks: number): string {
  if (open + remarks === 0) return t("Über alles ist entschieden");
  return t("Offen: {edits}, {comments}", {
    edits: proposalsWords(open),
    comments: remarksWords(remarks),
  });
}

/** The map's content, or the sentence on why there is none. */
function useGround(packageId: string): PackageData | string | null {
  const [ground, setGround] = useState<PackageData | string | null>(null);
  useEffect(() => {
    let wanted = true;
    get<PackageData>(`consultation/package/${packageId}/map`)
      .then((found) => wanted && setGround(found))
      .catch((error: Error) => wanted && setGround(error.message));
    return () => {
      wanted = false;
    };
  }, [packageId]);
  return ground;
}

export function StandingIcon({ state }: { state: Standing }) {
  if (state === "conflict") return <ErrorIcon />;
  return <StateIcon shape={state === "agreement" ? "tick" : "ring"} />;
}

export function standingWord(state: Standing): string {
  if (state === "conflict") return t("Widerspruch");
  return state === "agreement" ? t("Übereinstimmung") : t("einzelner Vorschlag");
}

function Key({ view }: { view: ConsultationView }) {
  const number = (state: Standing) => view.blocks.filter((block) => block.state === state).length;
  return (
    <ul class="answer-key small">
      {(["conflict", "agreement", "single"] as const).map((state) => (
        <li key={state}>
          <i class={`answer-swatch ${state}`} aria-hidden="true" />
          {standingWord(state)}: {blocksWords(number(state))}
        </li>
      ))}
    </ul>
  );
}

interface CardProps {
  one: Suggestion;
  view: ConsultationView;
  role: string;
  chosen: boolean;
  onChoose: () => void;
}

function SuggestionCard({ one, view, role, chosen, onChoose }: CardProps) {
  const { act, refresh } = useStore();
  const first = one.voices[0];
  const send = async (path: string, body: unknown) => {
    if (await act(() => post(`consultation/package/${view.package_id}/${path}`, body))) await refresh();
  };
  return (
    <article
      id={`suggestion-${one.key}`}
      class={`card pad suggestion ${one.state}${chosen ? " chosen-suggestion" : ""}`}
    >
      <p class={`small standing ${one.state}`}>
        <StandingIcon state={one.state} /> {one.standing}
      </p>
      <h3>{one.sentence}</h3>
      <ul class="small voices">
        {one.voices.map((voice) => (
          <li key={`${voice.answer_id} ${voice.item}`}>
            <b>{voice.role}</b>
            {voice.why ? `: ${voice.why}` : ` ${t("(ohne Begründung)")}`}
          </li>
        ))}
      </ul>
      {one.blocks.length > 0 && (
        <button type="button" class="link small" aria-pressed={chosen} onClick={onChoose}>
          {chosen ? t("Auf der Karte nicht mehr hervorheben") : t("Auf der Karte zeigen")}
        </button>
      )}
      {one.verdict ? (
        <Decided
          verdict={one.verdict}
          note={
            one.verdict.decision === "accepted" && !one.in_draft
              ? t("Der Schritt steht nicht mehr in der Fassung.")
              : ""
          }
          onWithdraw={() => void send("withdraw", { answer_id: first?.answer_id, item: first?.item })}
        />
      ) : (
        <Decide
          id={one.key}
          role={role}
          obstacle={one.obstacle}
          onDecide={(decision, reason) => void send("decide", { key: one.key, decision, reason, role })}
        />
      )}
    </article>
  );
}

function RemarkCard({ one, view, role }: { one: RemarkRow; view: ConsultationView; role: string }) {
  const { act, refresh } = useStore();
  const send = async (path: string, body: unknown) => {
    if (await act(() => post(`consultation/package/${view.package_id}/${path}`, body))) await refresh();
  };
  const { answer_id, number } = one;
  const place = one.area
    ? t("zu Gebiet {code}", { code: one.area })
    : one.home
      ? t("zu einem Ort in Gebiet {code}", { code: one.home })
      : t("zu einem Ort");
  return (
    <article class="card pad suggestion">
      <p class="small quiet">
        <b>{one.role}</b>, {place}
      </p>
      <p>{one.text}</p>
      {one.verdict ? (
        <Decided
          verdict={one.verdict}
          note=""
          onWithdraw={() => void send("withdraw", { answer_id, item: `c${number}` })}
        />
      ) : (
        <Decide
          id={`${answer_id}-${number}`}
          role={role}
          obstacle=""
          onDecide={(decision, reason) => void send("comment", { answer_id, number, decision, reason, role })}
        />
      )}
    </article>
  );
}

interface DecideProps {
  id: string;
  role: string;
  obstacle: string;
  onDecide: (decision: "accepted" | "rejected", reason: string) => void;
}

function Decide({ id, role, obstacle, onDecide }: DecideProps) {
  const [reason, setReason] = useState("");
  const [lacking, setLacking] = useState("");
  const decide = (decision: "accepted" | "rejected") => {
    if (!role.trim()) setLacking(t("Geben Sie oben an, welche Stelle entscheidet."));
    else if (!reason.trim())
      setLacking(t("Geben Sie einen Grund an; die Gemeinde liest ihn in der Antwortliste."));
    else {
      setLacking("");
      onDecide(decision, reason);
    }
  };
  return (
    <div class="deciding">
      {obstacle && (
        <p class="small obstacle">
          <StateIcon shape="triangle" /> {obstacle}
        </p>
      )}
      <label for={`reason-${id}`}>{t("Grund der Entscheidung")}</label>
      <input
        id={`reason-${id}`}
        value={reason}
        aria-describedby={lacking ? `lacking-${id}` : undefined}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      {lacking && (
        <p class="small error" role="alert" id={`lacking-${id}`}>
          {lacking}
        </p>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button strong"
          disabled={obstacle !== ""}
          onClick={() => decide("accepted")}
        >
          {t("Annehmen")}
        </button>
        <button type="button" class="button" onClick={() => decide("rejected")}>
          {t("Ablehnen")}
        </button>
      </div>
    </div>
  );
}

function Decided({ verdict, note, onWithdraw }: { verdict: Verdict; note: string; onWithdraw: () => void }) {
  const accepted = verdict.decision === "accepted";
  return (
    <div class="decided">
      <p class="small">
        <StateIcon shape={accepted ? "tick" : "ring"} /> <b>{accepted ? t("angenommen") : t("abgelehnt")}</b>,{" "}
        {verdict.role}, {day(verdict.when)}: {verdict.reason}
      </p>
      {note && (
        <p class="small obstacle">
          <StateIcon shape="triangle" /> {note}
        </p>
      )}
      <button type="button" class="link small" onClick={onWithdraw}>
        {t("Entscheidung zurücknehmen")}
      </button>
    </div>
  );
}

function Reply({ view, open }: { view: ConsultationView; open: number }) {
  const address = (kind: string) => `/api/consultation/package/${view.package_id}/reply.${kind}`;
  return (
    <section class="card pad stack reply" aria-labelledby="reply-title">
      <h2 id="reply-title">{t("Antwortliste für die Gemeinde")}</h2>
      <p class="small quiet">
        {open > 0
          ? t("Jeder Vorschlag mit Entscheidung und Grund; Offenes steht als offen darin.")
          : t("Jeder Vorschlag mit Entscheidung und Grund.")}
      </p>
      <div class="buttons">
        <a class={open === 0 ? "button main" : "button"} href={address("pdf")} download>
          {t("PDF herunterladen")}
        </a>
        <a class="button" href={address("xlsx")} download>
          {t("Tabelle herunterladen (Excel)")}
        </a>
        <a class="button" href={address("html")} download>
          {t("Seite herunterladen (HTML)")}
        </a>
      </div>
    </section>
  );
}
