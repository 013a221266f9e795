/** Agreement and conflict on one map and in a list; each proposal is accepted or rejected with a reason. */

import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import { day, dayAndTime } from "../numbers";
import type { PackageData } from "../package/data";
import { t } from "../words";
import { AnswersMap } from "./answers_map";
import { RemarkCard, SuggestionCard } from "./cards";
import { blocksWords, proposalsWords, remarksWords } from "./counted";
import type { ConsultationView, Standing } from "./types";

let lastRole = "";

export function Decisions({ view, ags }: { view: ConsultationView; ags: string }) {
  const ground = useGround(view.package_id);
  // Without its map nothing can be shown on it, and its legend explains nothing.
  const hasMap = typeof ground !== "string";
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
          {hasMap && <Key view={view} />}
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
              hasMap={hasMap}
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
