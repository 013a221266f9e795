/** One cell: how it stands, who cares for it and until when; asking for it; saying that it is not to be had. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { day } from "../numbers";
import { useStore } from "../store";
import { type Kept, type Typed, useTyped } from "../typed";
import { plural, t } from "../words";
import { GapIcon } from "./gap_icon";
import type { Place } from "./gap_table";
import { RequestForm } from "./request_form";
import type { DataSet, GapCell, GapsAnswer } from "./types";

export interface GapEntries {
  owner: string;
  due: string;
  note: string;
}

interface Props {
  answer: GapsAnswer;
  place: Place;
  set: DataSet;
  cell: GapCell | undefined;
  /** What was typed here and not saved. */
  kept: Kept<GapEntries>;
}

export function GapPanel({ answer, place, set, cell, kept }: Props) {
  const town = answer.municipalities.find((one) => one.ags === place.ags)?.name ?? place.ags;
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState(false);
  const saved = { owner: cell?.owner ?? "", due: cell?.due ?? "", note: cell?.note ?? "" };
  const form = useTyped<GapEntries>(saved, answer, kept);
  const chosen = all ? answer.municipalities.map((one) => one.ags) : [place.ags];
  return (
    <section class="card pad stack rq-panel" aria-label={t("Gewählte Lücke")}>
      <header>
        <p class="small quiet">
          {all ? t("alle Gemeinden") : town}, {place.year}
        </p>
        <h2 tabIndex={-1}>{set.title}</h2>
      </header>
      <p class="rq-state">
        {cell && <GapIcon state={cell.state} size={18} />} <span>{stateSentence(answer, cell)}</span>
      </p>
      {answer.municipalities.length > 1 && (
        <label class="rq-check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          {t("für alle Gemeinden dieses Jahres")}
        </label>
      )}
      {asking ? (
        <RequestForm
          set={set}
          ags={chosen}
          year={place.year}
          due={cell && cell.due >= answer.today ? cell.due : ""}
          owner={cell?.owner ?? ""}
          onLeave={() => setAsking(false)}
        />
      ) : (
        <Expected form={form} place={place} cell={cell} chosen={chosen} onAsk={() => setAsking(true)} />
      )}
    </section>
  );
}

function stateSentence(answer: GapsAnswer, cell: GapCell | undefined): string {
  if (!cell) return t("Für dieses Jahr nicht vorgesehen.");
  if (cell.state === "there")
    return plural("Da: {count} Lieferung gilt.", "Da: {count} Lieferungen gelten.", cell.deliveries, {
      count: cell.deliveries,
    });
  if (cell.state === "late")
    return plural(
      "Seit {count} Tag überfällig, Frist {due}.",
      "Seit {count} Tagen überfällig, Frist {due}.",
      cell.days_late,
      { count: cell.days_late, due: day(cell.due) },
    );
  if (cell.state === "unavailable") return t("Nicht zu haben: {note}", { note: cell.note });
  if (cell.state === "coming")
    return cell.due ? t("Noch nicht fällig, Frist {due}.", { due: day(cell.due) }) : t("Noch nicht fällig.");
  return cell.due ? t("Fehlt, Frist {due}.", { due: day(cell.due) }) : `${answer.words.missing}.`;
}

interface ExpectedProps {
  form: Typed<GapEntries>;
  place: Place;
  cell: GapCell | undefined;
  chosen: string[];
  onAsk: () => void;
}

function Expected({ form, place, cell, chosen, onAsk }: ExpectedProps) {
  const { act, refresh } = useStore();
  const { owner, due, note } = form.entries;
  const tell = (path: string) =>
    void act(async () => {
      await post(`gaps/${path}`, {
        data_set: place.data_set,
        ags: chosen,
        years: [place.year],
        owner,
        due: path === "expect" ? due : "",
        note,
      });
      form.settle(form.entries);
      await refresh();
    });
  const said = cell !== undefined && (cell.owner !== "" || cell.due !== "" || cell.note !== "");
  return (
    <>
      <div class="rq-fields">
        <div>
          <label for="rq-owner">{t("Zuständig")}</label>
          <input
            id="rq-owner"
            value={owner}
            onInput={(event) => form.type({ owner: event.currentTarget.value })}
          />
        </div>
        <div>
          <label for="rq-due">{t("Frist")}</label>
          <input
            id="rq-due"
            type="date"
            value={due}
            onInput={(event) => form.type({ due: event.currentTarget.value })}
          />
        </div>
        <div class="rq-wide">
          <label for="rq-note">{t("Bemerkung")}</label>
          <input
            id="rq-note"
            value={note}
            onInput={(event) => form.type({ note: event.currentTarget.value })}
          />
        </div>
      </div>
      <div class="rq-buttons">
        <button type="button" class="button" onClick={() => tell("expect")}>
          {t("Frist speichern")}
        </button>
        <button
          type="button"
          class="button"
          disabled={note.trim() === ""}
          onClick={() => tell("unavailable")}
        >
          {t("Nicht zu haben")}
        </button>
        {said && (
          <button type="button" class="link" onClick={() => tell("forget")}>
            {t("Angaben zurücknehmen")}
          </button>
        )}
      </div>
      {note.trim() === "" && (
        <p class="small quiet">{t("Was nicht zu haben ist, braucht eine Bemerkung mit dem Grund.")}</p>
      )}
      <button type="button" class="button main large" onClick={onAsk}>
        {t("Anforderung schreiben")}
      </button>
    </>
  );
}
