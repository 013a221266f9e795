/** Remarks pinned to a place or an area. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { plainText } from "../area_text";
import { t } from "../words";
import type { Desk } from "./desk";
import { areaWords } from "./sentences";
import type { Comment } from "./work";

export function CommentForm({ desk }: { desk: Desk }) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const area = desk.plan.areas.find((one) => one.area_id === desk.place?.area);
  return (
    <section class="part">
      <label for="comment">
        <b>{area ? t("Anmerkung zu {area}", { area: areaWords(area) }) : t("Anmerkung zu diesem Ort")}</b>
      </label>
      <textarea
        ref={field}
        id="comment"
        rows={4}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="small quiet">{t("Schreiben Sie nichts über einzelne Menschen.")}</p>
      <div class="row">
        <button
          type="button"
          class="button main"
          disabled={!plainText(text).trim()}
          onClick={() => desk.comment(plainText(text).trim())}
        >
          {t("Anmerkung anheften")}
        </button>
        <button type="button" class="button" onClick={desk.leave}>
          {t("Verwerfen")}
        </button>
      </div>
    </section>
  );
}

export function CommentList({ desk }: { desk: Desk }) {
  const { comments } = desk.work;
  if (comments.length === 0) return null;
  return (
    <section class="part" aria-labelledby="comments-title">
      <h2 id="comments-title">{t("Ihre Anmerkungen")}</h2>
      <ul class="made">
        {comments.map((one) => (
          <li key={one.number}>
            <span>
              <b class="pin">{one.number}</b> {one.text}
            </span>
            <span class="small quiet">
              {placeWords(desk, one)}{" "}
              <button type="button" class="link small" onClick={() => desk.uncomment(one.number)}>
                {t("Löschen")}
                <span class="unseen"> {t("Anmerkung {number}", { number: one.number })}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function placeWords(desk: Desk, comment: Comment): string {
  const area = desk.plan.areas.find((one) => one.area_id === comment.area_id);
  if (area) return t("zu {area}", { area: areaWords(area) });
  const block = desk.data.blocks.id.indexOf(comment.block_id);
  const home = desk.plan.areas[desk.plan.area[block] ?? -1];
  return home ? t("an einem Ort in {area}", { area: areaWords(home) }) : t("an einem Ort");
}
