/** One proposal or remark: who says it, how it stands to the others, the decision on it. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { ErrorIcon, StateIcon } from "../icons";
import { day } from "../numbers";
import { useStore } from "../store";
import { t } from "../words";
import { AskBroken, OutlookView } from "./outlook";
import type { ConsultationView, Outlook, RemarkRow, Standing, Suggestion, Verdict } from "./types";

function StandingIcon({ state }: { state: Standing }) {
  if (state === "conflict") return <ErrorIcon />;
  return <StateIcon shape={state === "agreement" ? "tick" : "ring"} />;
}

interface CardProps {
  one: Suggestion;
  view: ConsultationView;
  role: string;
  chosen: boolean;
  /** The map is there to show it on. */
  hasMap: boolean;
  onChoose: () => void;
}

export function SuggestionCard({ one, view, role, chosen, hasMap, onChoose }: CardProps) {
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
      {hasMap && one.blocks.length > 0 && (
        <button type="button" class="link small" aria-pressed={chosen} onClick={onChoose}>
          {chosen ? t("Auf der Karte nicht mehr hervorheben") : t("Auf der Karte zeigen")}
        </button>
      )}
      {one.outlook && <OutlookView outlook={one.outlook} />}
      {one.verdict ? (
        <Decided
          verdict={one.verdict}
          words={suggestionWords()}
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
          words={suggestionWords()}
          obstacle={one.obstacle}
          outlook={one.outlook}
          onDecide={(decision, reason) => void send("decide", { key: one.key, decision, reason, role })}
        />
      )}
    </article>
  );
}

export function RemarkCard({ one, view, role }: { one: RemarkRow; view: ConsultationView; role: string }) {
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
          words={remarkWords()}
          note=""
          onWithdraw={() => void send("withdraw", { answer_id, item: `c${number}` })}
        />
      ) : (
        <Decide
          id={`${answer_id}-${number}`}
          role={role}
          words={remarkWords()}
          obstacle=""
          outlook={null}
          onDecide={(decision, reason) => void send("comment", { answer_id, number, decision, reason, role })}
        />
      )}
    </article>
  );
}

interface Words {
  accept: string;
  reject: string;
  accepted: string;
  rejected: string;
}

const suggestionWords = (): Words => ({
  accept: t("Annehmen"),
  reject: t("Ablehnen"),
  accepted: t("angenommen"),
  rejected: t("abgelehnt"),
});

/** A remark may be a mere fact; there is nothing in it to accept. */
const remarkWords = (): Words => ({
  accept: t("Berücksichtigen"),
  reject: t("Nicht berücksichtigen"),
  accepted: t("berücksichtigt"),
  rejected: t("nicht berücksichtigt"),
});

interface DecideProps {
  id: string;
  role: string;
  words: Words;
  obstacle: string;
  outlook: Outlook | null;
  onDecide: (decision: "accepted" | "rejected", reason: string) => void;
}

function Decide({ id, role, words, obstacle, outlook, onDecide }: DecideProps) {
  const [reason, setReason] = useState("");
  const [lacking, setLacking] = useState("");
  const [asking, setAsking] = useState(false);
  const decide = (decision: "accepted" | "rejected") => {
    if (!role.trim()) setLacking(t("Geben Sie oben an, welche Stelle entscheidet."));
    else if (!reason.trim())
      setLacking(t("Geben Sie einen Grund an; die Gemeinde liest ihn in der Antwortliste."));
    else {
      setLacking("");
      const asks = decision === "accepted" && outlook?.hard === true;
      setAsking(asks);
      if (!asks) onDecide(decision, reason);
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
      {asking && outlook?.hard ? (
        <AskBroken
          outlook={outlook}
          onYes={() => {
            setAsking(false);
            onDecide("accepted", reason);
          }}
          onNo={() => setAsking(false)}
        />
      ) : (
        <div class="buttons">
          <button
            type="button"
            class="button strong"
            disabled={obstacle !== ""}
            onClick={() => decide("accepted")}
          >
            {words.accept}
          </button>
          <button type="button" class="button" onClick={() => decide("rejected")}>
            {words.reject}
          </button>
        </div>
      )}
    </div>
  );
}

interface DecidedProps {
  verdict: Verdict;
  words: Words;
  note: string;
  onWithdraw: () => void;
}

function Decided({ verdict, words, note, onWithdraw }: DecidedProps) {
  const accepted = verdict.decision === "accepted";
  return (
    <div class="decided">
      <p class="small">
        <StateIcon shape={accepted ? "tick" : "ring"} /> <b>{accepted ? words.accepted : words.rejected}</b>,{" "}
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
