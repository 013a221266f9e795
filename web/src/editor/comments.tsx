/** Remarks pinned to a place, a block or an area; open or resolved. Internal until released. */

import { useState } from "preact/hooks";
import { dayAndTime } from "../numbers";
import { t } from "../words";
import type { Comment } from "./answers";
import { useDesk } from "./context";
import { changeComment, writeComment } from "./desk_acts";
import { Dialog } from "./dialog";
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
        onClick={() => desk.useMode(state.mode === "pin" ? "select" : "pin")}
      >
        {t("An eine Stelle der Karte heften")}
      </button>
      {state.mode === "pin" && <p class="small">{t("Klicken Sie auf die Stelle der Karte.")}</p>}
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
  const { desk, state } = useDesk();
  return (
    <ul class="comments">
      {comments.map((comment) => (
        <li key={comment.comment_id} class={comment.comment_id === state.openComment ? "open" : undefined}>
          <p>{comment.text}</p>
          <p class="small quiet">
            {placeWords(comment, state.plan.areas)} · {comment.role}, {dayAndTime(comment.when)}
          </p>
          {comment.answer && <p class="small">{t("Antwort: {text}", { text: comment.answer })}</p>}
          <label class="ticked small">
            <input
              type="checkbox"
              checked={comment.public}
              onChange={(event) =>
                void changeComment(desk, comment.comment_id, { public: event.currentTarget.checked })
              }
            />
            <span>{t("zur Veröffentlichung freigeben")}</span>
          </label>
          <button
            type="button"
            class="link small"
            onClick={() =>
              void changeComment(desk, comment.comment_id, {
                state: comment.state === "open" ? "resolved" : "open",
              })
            }
          >
            {comment.state === "open" ? t("Als erledigt ablegen") : t("Wieder öffnen")}
          </button>
        </li>
      ))}
    </ul>
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
export function PinDialog({ at, onClose }: { at: { point: Point; block: number }; onClose: () => void }) {
  const { desk } = useDesk();
  return (
    <CommentDialog
      place={t("zu dieser Stelle")}
      onClose={() => {
        desk.useMode("select");
        onClose();
      }}
      onWrite={(text) => void writeComment(desk, text, { area: "", block: at.block, point: at.point })}
    />
  );
}
