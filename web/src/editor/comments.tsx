/** Remarks pinned to a place, a block or an area; open or resolved. Internal until released. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayAndTime } from "../numbers";
import { t } from "../words";
import type { Comment } from "./answers";
import { useDesk } from "./context";
import { changeComment, writeComment } from "./desk_acts";
import { Dialog } from "./dialog";
import { Key } from "./key";
import { keyOf } from "./keys";
import type { Point } from "./selection";

export function Comments() {
  const { desk, state } = useDesk();
  const [writing, setWriting] = useState(false);
  const open = state.comments.filter((comment) => comment.state === "open");
  const resolved = state.comments.filter((comment) => comment.state === "resolved");
  const area = state.plan.areas.find((one) => one.area_id === state.area);
  return (
    <section class="stack" aria-label={t("Anmerkungen")}>
      <button
        type="button"
        class="button"
        aria-pressed={state.mode === "pin"}
        aria-keyshortcuts={keyOf("remark")}
        onClick={() => desk.useMode(state.mode === "pin" ? "select" : "pin")}
      >
        {t("An eine Stelle der Karte heften")} <Key of="remark" />
      </button>
      {state.mode === "pin" && (
        <p class="small">
          {t("Klicken Sie auf die Stelle der Karte, oder gehen Sie mit den Pfeiltasten hin.")}
        </p>
      )}
      <button type="button" class="button" disabled={!area} onClick={() => setWriting(true)}>
        {area
          ? t("An Gebiet {code} heften", { code: area.code })
          : t("An ein Gebiet heften: erst Gebiet wählen")}
      </button>
      {open.length === 0 && resolved.length === 0 && (
        <p class="small quiet">
          {t("Noch keine Anmerkungen. Hier stehen Hinweise aus der Runde, bis sie erledigt sind.")}
        </p>
      )}
      <CommentList comments={open} />
      {resolved.length > 0 && (
        <details>
          <summary class="small">{t("Erledigte Anmerkungen ({count})", { count: resolved.length })}</summary>
          <CommentList comments={resolved} />
        </details>
      )}
      {writing && area && (
        <CommentDialog
          place={t("zu Gebiet {code}", { code: area.code })}
          onClose={() => setWriting(false)}
          onWrite={(text) => void writeComment(desk, text, { area: area.area_id, block: -1, point: null })}
        />
      )}
    </section>
  );
}

function CommentList({ comments }: { comments: Comment[] }) {
  return (
    <ul class="comments">
      {comments.map((comment) => (
        <OneComment key={comment.comment_id} comment={comment} />
      ))}
    </ul>
  );
}

function OneComment({ comment }: { comment: Comment }) {
  const { desk, state } = useDesk();
  const [answering, setAnswering] = useState(false);
  const change = (wanted: Parameters<typeof changeComment>[2]) =>
    void changeComment(desk, comment.comment_id, wanted);
  return (
    <li class={comment.comment_id === state.openComment ? "open" : undefined}>
      <div class={comment.public ? undefined : "internal-text"}>
        <p>{comment.text}</p>
        {comment.answer && <p class="small">{t("Antwort: {text}", { text: comment.answer })}</p>}
      </div>
      <p class="small quiet">
        {placeWords(comment, state.plan.areas)} · {comment.role}, {dayAndTime(comment.when)}
      </p>
      <label class="ticked small">
        <input
          type="checkbox"
          checked={comment.public}
          onChange={(event) => change({ public: event.currentTarget.checked })}
        />
        <span>{t("zur Veröffentlichung freigeben")}</span>
      </label>
      {comment.state === "resolved" ? (
        <button type="button" class="link small" onClick={() => change({ state: "open" })}>
          {t("Wieder öffnen")}
        </button>
      ) : (
        <button
          type="button"
          class="link small"
          aria-expanded={answering}
          onClick={() => setAnswering(!answering)}
        >
          {t("Als erledigt ablegen …")}
        </button>
      )}
      {answering && comment.state === "open" && (
        <Answer id={comment.comment_id} before={comment.answer} onDone={() => setAnswering(false)} />
      )}
    </li>
  );
}

/** What came of it; may stay empty. */
function Answer({ id, before, onDone }: { id: string; before: string; onDone: () => void }) {
  const { desk } = useDesk();
  const [answer, setAnswer] = useState(before);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form
      class="stack internal-text"
      onSubmit={(event) => {
        event.preventDefault();
        void changeComment(desk, id, { state: "resolved", answer: answer.trim() });
        onDone();
      }}
    >
      <label for={`answer-${id}`} class="small">
        {t("Antwort an die Runde (freigestellt)")}
      </label>
      <textarea
        id={`answer-${id}`}
        ref={field}
        rows={3}
        value={answer}
        onInput={(event) => setAnswer(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {t("Als erledigt ablegen")}
      </button>
    </form>
  );
}

function placeWords(comment: Comment, areas: readonly { area_id: string; code: string }[]): string {
  const area = areas.find((one) => one.area_id === comment.area_id);
  if (area) return t("Gebiet {code}", { code: area.code });
  return comment.block_id ? t("Baustein {block}", { block: comment.block_id }) : t("Stelle auf der Karte");
}

interface DialogProps {
  place: string;
  onClose: () => void;
  onWrite: (text: string) => void;
}

export function CommentDialog({ place, onClose, onWrite }: DialogProps) {
  const [text, setText] = useState("");
  return (
    <Dialog title={t("Anmerkung {place}", { place })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onWrite(text);
          onClose();
        }}
      >
        <label for="comment-text">
          {t("Was soll die Runde wissen? Bleibt intern, bis Sie es freigeben.")}
        </label>
        <textarea
          id="comment-text"
          class="internal-text"
          rows={4}
          required
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button main">
          {t("Anmerkung anheften")}
        </button>
      </form>
    </Dialog>
  );
}

/** Where the map was clicked while pinning. */
export function PinDialog({ at }: { at: { point: Point; block: number } }) {
  const { desk } = useDesk();
  return (
    <CommentDialog
      place={t("zu dieser Stelle")}
      onClose={() => desk.set({ pin: null, mode: "select" })}
      onWrite={(text) => void writeComment(desk, text, { area: "", block: at.block, point: at.point })}
    />
  );
}
