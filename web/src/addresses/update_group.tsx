/** A group of changes, and its single addresses with a small map. */

import { useId, useState } from "preact/hooks";
import { post } from "../api";
import { StateIcon } from "../icons";
import { count } from "../numbers";
import { Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { AreaSelect } from "./area_select";
import { ChangeMap } from "./change_map";
import type { AreaChoice, Change, ChangeGroup, Decision, GroupAnswer } from "./types";
import { addressesWord, areaSentence, stateSentence, streetOf } from "./words";

interface Props {
  group: ChangeGroup;
  areas: AreaChoice[];
  busy: boolean;
}

/** Send decisions; the page then asks for everything anew. */
function useDecide() {
  const { act, refresh } = useStore();
  return (ids: string[], decision: Decision, area = "") =>
    void act(async () => {
      await post("addresses/update/decide", { ids, decision, area_id: area });
      await refresh();
    });
}

export function GroupItem({ group, areas, busy }: Props) {
  const [open, setOpen] = useState(false);
  const decide = useDecide();
  const id = useId();
  const name = streetOf(group);
  const decided = group.open === 0;
  return (
    <li class="ad-group">
      <div class="ad-line1">
        <StateIcon shape={decided ? "tick" : group.unclear ? "triangle" : "ring"} size={18} />
        <div class="ad-what">
          <h4>
            {name} <span class="quiet">{group.town}</span>
          </h4>
          <p class="small">
            {[addressesWord(group.addresses), areaSentence(group)].filter((part) => part).join(" · ")}
          </p>
          {group.doubts.map((doubt) => (
            <p key={doubt} class="small ad-doubt">
              {doubt}
            </p>
          ))}
        </div>
        <span class={decided ? "tag done" : group.unclear ? "tag look" : "tag"}>{stateSentence(group)}</span>
        <div class="ad-acts">
          <Acts
            of={name}
            decided={decided}
            busy={busy}
            homeless={group.without_place > 0}
            onDecide={(decision) => decide([group.group_id], decision)}
            onChoose={() => setOpen(true)}
          />
          <button
            type="button"
            class="link"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {open ? t("Schließen") : t("Einzeln")}
            <span class="unseen"> {name}</span>
          </button>
        </div>
      </div>
      {open && (
        <div id={id} class="ad-singles">
          <Singles group={group} areas={areas} busy={busy} name={name} />
        </div>
      )}
    </li>
  );
}

interface ActsProps {
  of: string;
  decided: boolean;
  busy: boolean;
  /** In no area yet: that has to be chosen before it can be taken over. */
  homeless: boolean;
  onDecide: (decision: Decision) => void;
  onChoose?: () => void;
}

/** The first button stays where it is, so that the keyboard does too. */
function Acts({ of, decided, busy, homeless, onDecide, onChoose }: ActsProps) {
  const first = decided
    ? { text: t("Zurücknehmen"), act: () => onDecide("open") }
    : homeless && onChoose
      ? { text: t("Gebiet wählen"), act: onChoose }
      : { text: t("Übernehmen"), act: () => onDecide("accept") };
  return (
    <>
      <button type="button" class={decided ? "link" : "button"} disabled={busy} onClick={first.act}>
        {first.text}
        <span class="unseen"> {of}</span>
      </button>
      {!decided && (
        <button type="button" class="link" disabled={busy} onClick={() => onDecide("reject")}>
          {t("Wie bisher")}
          <span class="unseen"> {of}</span>
        </button>
      )}
    </>
  );
}

function Singles({ group, areas, busy, name }: Props & { name: string }) {
  const answer = useAnswer<GroupAnswer>(`addresses/update/group?key=${encodeURIComponent(group.group_id)}`);
  const [area, setArea] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const decide = useDecide();
  if (!answer) return <Waiting />;
  const choosable = group.kind !== "gone" && areas.length > 0;
  return (
    <>
      {answer.map && (
        <ChangeMap
          map={answer.map}
          rows={answer.rows}
          chosen={chosen}
          label={t("Karte der Adressen von {street}. Die Liste daneben zeigt dasselbe.", { street: name })}
          onChoose={setChosen}
        />
      )}
      <div class="ad-list">
        {choosable && (
          <div class="ad-into">
            <AreaSelect
              label={t("Gebiet, in das übernommen wird")}
              areas={areas}
              value={area}
              first={t("wie vorgeschlagen")}
              onValue={setArea}
            />
            {area !== "" && (
              <button
                type="button"
                class="button"
                disabled={busy}
                onClick={() => decide([group.group_id], "accept", area)}
              >
                {plural("In dieses Gebiet", "Alle {count} in dieses Gebiet", answer.rows.length, {
                  count: count(answer.rows.length),
                })}
              </button>
            )}
          </div>
        )}
        <ol>
          {answer.rows.map((row, place) => (
            <Single
              key={row.change_id}
              row={row}
              place={place}
              chosen={chosen === place}
              busy={busy}
              homeless={!row.placed && area === ""}
              onLook={() => setChosen(place)}
              onDecide={(decision) => decide([row.change_id], decision, decision === "accept" ? area : "")}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

interface SingleProps {
  row: Change;
  place: number;
  chosen: boolean;
  busy: boolean;
  homeless: boolean;
  onLook: () => void;
  onDecide: (decision: Decision) => void;
}

function Single({ row, place, chosen, busy, homeless, onLook, onDecide }: SingleProps) {
  const name = row.address || row.before;
  return (
    <li class={chosen ? "ad-single ad-here" : "ad-single"} onFocusCapture={onLook} onPointerEnter={onLook}>
      <span class="ad-number" aria-hidden="true">
        {place + 1}
      </span>
      <div>
        <p>
          <b>{name}</b>
        </p>
        {row.before && row.address && !row.address.startsWith(`${row.before},`) && (
          <p class="small">{t("bisher {address}", { address: row.before })}</p>
        )}
        <p class="small quiet">{placeSentence(row)}</p>
        {row.doubt && row.decision === "" && <p class="small ad-doubt">{row.doubt}</p>}
        {homeless && row.decision === "" && <p class="small">{t("Wählen Sie oben ein Gebiet.")}</p>}
      </div>
      <div class="ad-acts">
        {row.decision !== "" && (
          <span class={row.decision === "accept" ? "tag done" : "tag"}>
            {row.decision === "accept" ? t("übernommen") : t("bleibt wie bisher")}
          </span>
        )}
        <Acts
          of={name}
          decided={row.decision !== ""}
          busy={busy || (homeless && row.decision === "")}
          homeless={false}
          onDecide={onDecide}
        />
      </div>
    </li>
  );
}

/** The area after the change, what it rests on, and the one before where that is another. */
function placeSentence(row: Change): string {
  if (row.decision === "reject" || !row.address) return row.old_area || t("in keinem Gebiet");
  const now = row.area || t("in keinem Gebiet");
  const why = row.chosen ? t("von Ihnen gewählt") : row.basis;
  const before = row.old_area && row.old_area !== row.area ? t("bisher {area}", { area: row.old_area }) : "";
  return [`${now} (${why})`, before].filter((part) => part).join(", ");
}
