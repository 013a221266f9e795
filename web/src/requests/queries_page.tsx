/** "Rückfragen": what was asked and by when an answer is due; answers are dropped here. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { Arrow, StateIcon } from "../icons";
import { day } from "../numbers";
import { DropZone, Empty, Findings, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { Downloads } from "./downloads";
import { ReadFiles } from "./read_files";
import { send } from "./send";
import type { AnswersRead, Query, Question } from "./types";
import "./requests.css";

export function QueriesPage() {
  const queries = useAnswer<Query[]>("requests/queries");
  const { act, refresh } = useStore();
  const [read, setRead] = useState<AnswersRead["files"]>([]);
  const take = (files: File[]) =>
    void act(async () => {
      setRead((await send<AnswersRead>("requests/answers", "files", files)).files);
      await refresh();
    });
  if (!queries) return <Waiting />;
  const open = queries.filter((one) => one.state === "open").length;
  return (
    <div class="page two">
      <Title title={t("Rückfragen")}>
        {open > 0
          ? plural("{count} Rückfrage ist offen.", "{count} Rückfragen sind offen.", open, { count: open })
          : t("Keine Rückfrage ist offen.")}
      </Title>
      <div class="column">
        {read.length > 0 && <JustRead files={read} />}
        {queries.length === 0 && (
          <Empty text={t("Noch keine Rückfrage. Sie entsteht aus einem Befund beim Prüfen einer Lieferung.")}>
            <a class="button main" href="#/daten">
              {t("Zu den Lieferungen")} <Arrow />
            </a>
          </Empty>
        )}
        {queries.map((one) => (
          <QueryCard key={one.query_id} query={one} />
        ))}
      </div>
      <aside>
        <DropZone
          title={t("Antworten einlesen")}
          hint={t("Zurückgekommene Tabellen „rueckfrage-….xlsx“, mehrere auf einmal.")}
          multiple
          accept=".xlsx"
          onFiles={take}
        />
      </aside>
    </div>
  );
}

function JustRead({ files }: { files: AnswersRead["files"] }) {
  return (
    <ReadFiles
      files={files}
      title={t("Gerade gelesen")}
      result={(one) =>
        one.query && (
          <>
            <p>
              {t("Rückfrage {key}: {answered} von {all} Fragen beantwortet.", {
                key: one.query.query_id,
                answered: one.query.questions.filter((question) => question.answer !== "").length,
                all: one.query.questions.length,
              })}
            </p>
            <Findings findings={one.query.left} />
          </>
        )
      }
    />
  );
}

function QueryCard({ query }: { query: Query }) {
  const late = query.state === "open" && query.due < new Date().toISOString().slice(0, 10);
  const left = query.questions.filter((one) => one.closed === "").length;
  return (
    <details class="card delivery rq-query" open={query.state === "open"}>
      <summary>
        <StateIcon shape={query.state !== "open" ? "tick" : late ? "triangle" : "ring"} size={18} />
        <span class="filename">
          <b>
            {query.query_id}: {query.title}
          </b>
          <span class="small quiet">
            {query.to[0]} · {query.file_name}
          </span>
        </span>
        <span class={late ? "small rq-late" : "small quiet"}>
          {late
            ? t("überfällig seit {day}", { day: day(query.due) })
            : t("Antwort bis {day}", { day: day(query.due) })}
        </span>
        <span class="small quiet">
          {left > 0 && plural("{count} Frage offen", "{count} Fragen offen", left, { count: left })}
        </span>
        <span class={query.state === "open" ? "tag look" : "tag done"}>{query.state_text}</span>
      </summary>
      <div class="body">
        <ol class="rq-questions">
          {query.questions.map((one) => (
            <QuestionRow key={one.number} one={one} />
          ))}
        </ol>
        <Downloads
          base={`requests/queries/${query.query_id}`}
          kinds={["letter", "table", "reminder"]}
          of={query.query_id}
        />
        {query.state !== "closed" && <Close query={query} />}
        <p class="small">
          <a href={`#/lieferung?id=${encodeURIComponent(query.review_id)}`}>{t("Zur Lieferung")}</a>
        </p>
      </div>
    </details>
  );
}

function QuestionRow({ one }: { one: Question }) {
  const place = [one.key, one.name, one.column && t("Spalte {column}", { column: one.column })];
  return (
    <li>
      <p>{one.question}</p>
      <p class="small quiet">
        {[one.row ? t("Zeile {row}", { row: one.row }) : "", ...place, one.view].filter(Boolean).join(" · ")}
      </p>
      {one.answer && (
        <p class="rq-answer">
          <StateIcon shape="tick" /> {one.answer}
        </p>
      )}
      {!one.answer && one.closed && (
        <p class="rq-answer">
          <StateIcon shape="tick" />{" "}
          {one.closed === "corrected" ? t("durch eine Berichtigung geklärt") : one.closed}
        </p>
      )}
    </li>
  );
}

function Close({ query }: { query: Query }) {
  const { act, refresh } = useStore();
  const [reason, setReason] = useState("");
  const id = `rq-close-${query.query_id}`;
  const close = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await post(`requests/queries/${query.query_id}/close`, { reason });
      await refresh();
    });
  };
  return (
    <form class="rq-close" onSubmit={close}>
      <div>
        <label for={id}>{t("Anders geklärt, nämlich")}</label>
        <input id={id} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </div>
      <button type="submit" class="button" disabled={reason.trim() === ""}>
        {t("Rückfrage abschließen")}
      </button>
    </form>
  );
}
