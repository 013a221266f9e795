/** The yearly chore: what a newer register changes, decided in bulk and singly, and taken over. */

import { useRef, useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Dialog } from "../editor/dialog";
import { StateIcon } from "../icons";
import { count } from "../numbers";
import { Bar, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import type { AreaChoice, ChangeGroup, Kind, UpdateAnswer } from "./types";
import { GroupItem } from "./update_group";
import { addressesWord, kindTitle } from "./words";

const SHOWN = 12;

export function UpdateDesk({ areas, plan }: { areas: AreaChoice[]; plan: string }) {
  const { job } = useStore();
  const answer = useAnswer<UpdateAnswer>("addresses/update");
  // What was open when that was asked for: what is decided meanwhile stays in sight.
  const [only, setOnly] = useState<ReadonlySet<string> | null>(null);
  if (!answer?.waiting) return <Waiting />;
  const busy = job?.state === "running";
  const groups = answer.kinds.flatMap((one) => one.groups);
  const kinds = answer.kinds.map((one) => ({
    ...one,
    groups: only ? one.groups.filter((group) => only.has(group.group_id)) : one.groups,
  }));
  const narrow = () =>
    setOnly(only ? null : new Set(groups.filter((group) => group.open > 0).map((group) => group.group_id)));
  return (
    <section class="card ad-desk" aria-label={t("Adressen fortschreiben")}>
      <Head answer={answer} busy={busy} narrowed={only !== null} onNarrow={narrow} />
      {kinds.map(
        (one) =>
          one.groups.length > 0 && (
            <KindCard key={one.kind} kind={one.kind} groups={one.groups} areas={areas} busy={busy} />
          ),
      )}
      <Foot answer={answer} busy={busy} plan={plan} />
    </section>
  );
}

interface HeadProps {
  answer: UpdateAnswer;
  busy: boolean;
  narrowed: boolean;
  onNarrow: () => void;
}

function Head({ answer, busy, narrowed, onNarrow }: HeadProps) {
  const clear = answer.open - answer.unclear;
  const decided = answer.changes - answer.open;
  const { accept, heading } = useClear();
  const words = t("{done} von {all} Änderungen entschieden", {
    done: count(decided),
    all: count(answer.changes),
  });
  return (
    <div class="ad-head">
      <div>
        <h2 tabIndex={-1} ref={heading}>
          {t("Adressen fortschreiben: {title}", { title: answer.waiting?.title ?? "" })}
        </h2>
        <p class="quiet">
          {t("{count} unverändert.", { count: addressesWord(answer.unchanged) })}{" "}
          {answer.changes === 0 && t("Das neue Register ändert nichts.")}
        </p>
      </div>
      {answer.changes > 0 && (
        <div class="ad-progress">
          <Bar part={decided / answer.changes} label={words} />
          <p class="small" role="status">
            {words}
          </p>
          {(narrowed || (answer.open > 0 && decided > 0)) && (
            <button type="button" class="link ad-narrow" aria-pressed={narrowed} onClick={onNarrow}>
              {t("Nur Offenes zeigen")}
            </button>
          )}
        </div>
      )}
      {clear > 0 && (
        <button type="button" class="button main" disabled={busy} onClick={() => accept("")}>
          {plural("Die klare Änderung übernehmen", "Alle {count} klaren übernehmen", clear, {
            count: count(clear),
          })}
        </button>
      )}
    </div>
  );
}

/** Accept what is clear. The button goes with it, so the focus moves to its heading. */
function useClear() {
  const { act, refresh } = useStore();
  const heading = useRef<HTMLHeadingElement>(null);
  const accept = (kind: Kind | "") =>
    void act(async () => {
      await post("addresses/update/clear", { kind });
      heading.current?.focus({ preventScroll: true });
      await refresh();
    });
  return { accept, heading };
}

interface KindProps {
  kind: Kind;
  groups: ChangeGroup[];
  areas: AreaChoice[];
  busy: boolean;
}

function KindCard({ kind, groups, areas, busy }: KindProps) {
  // The order of the first look: what is decided stays where it was.
  const [order] = useState(() => new Map(groups.map((group, place) => [group.group_id, place])));
  const [all, setAll] = useState(false);
  const { accept, heading } = useClear();
  const sum = (part: (group: ChangeGroup) => number) => groups.reduce((total, one) => total + part(one), 0);
  const clear = sum((group) => group.open - group.unclear);
  const sorted = [...groups].sort((a, b) => (order.get(a.group_id) ?? 0) - (order.get(b.group_id) ?? 0));
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  return (
    <section class="ad-kind" aria-label={kindTitle(kind)}>
      <div class="ad-kindhead">
        <h3 tabIndex={-1} ref={heading}>
          {kindTitle(kind)}{" "}
          <span class="quiet">
            {addressesWord(sum((group) => group.addresses))}{" "}
            {plural("in {count} Straße", "in {count} Straßen", groups.length, {
              count: count(groups.length),
            })}
          </span>
        </h3>
        {clear > 0 && (
          <button type="button" class="link" disabled={busy} onClick={() => accept(kind)}>
            {plural("Die klare übernehmen", "{count} klare übernehmen", clear, { count: count(clear) })}
            <span class="unseen"> {kindTitle(kind)}</span>
          </button>
        )}
      </div>
      <ul class="ad-groups">
        {shown.map((group) => (
          <GroupItem key={group.group_id} group={group} areas={areas} busy={busy} />
        ))}
      </ul>
      {groups.length > shown.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t("Alle {count} Straßen zeigen", { count: count(groups.length) })}
        </button>
      )}
    </section>
  );
}

function Foot({ answer, busy, plan }: { answer: UpdateAnswer; busy: boolean; plan: string }) {
  const { act, refresh, follow } = useStore();
  const [asked, setAsked] = useState(false);
  const end = () =>
    void act(async () => {
      await post("addresses/update/end");
      setAsked(false);
      await refresh();
    });
  return (
    <div class="ad-foot">
      <p id="ad-hindrance">
        <StateIcon shape={answer.open > 0 ? "triangle" : "tick"} size={18} />
        <span>
          {openSentence(answer)}{" "}
          {answer.open === 0 && plan && t("Der Plan „{title}“ bleibt, wie er ist.", { title: plan })}
        </span>
      </p>
      <button type="button" class="button" disabled={busy} onClick={() => setAsked(true)}>
        {t("Zurückstellen")}
      </button>
      <button
        type="button"
        class={answer.open === 0 ? "button main large" : "button"}
        disabled={busy || answer.open > 0}
        aria-describedby="ad-hindrance"
        onClick={() => void follow(post<Job>("addresses/update/take"))}
      >
        {t("Adressregister übernehmen")}
      </button>
      {asked && (
        <Dialog title={t("Neues Adressregister zurückstellen?")} onClose={() => setAsked(false)}>
          <p>{t("Es bleibt beim bisherigen Register. Die Entscheidungen gehen verloren.")}</p>
          <div class="row">
            <button type="button" class="button" onClick={() => setAsked(false)}>
              {t("Weiter entscheiden")}
            </button>
            <button type="button" class="button main" onClick={end}>
              {t("Zurückstellen")}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function openSentence(answer: UpdateAnswer): string {
  if (answer.open === 0) return t("Alles ist entschieden.");
  const open = plural("{count} Änderung ist offen", "{count} Änderungen sind offen", answer.open, {
    count: count(answer.open),
  });
  if (answer.unclear === 0) return `${open}.`;
  const unclear = t("{count} davon unklar.", { count: count(answer.unclear) });
  return `${open}, ${unclear}`;
}
