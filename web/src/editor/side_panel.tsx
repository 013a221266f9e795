/** The right side when no step is shown: what is chosen and what can be done with it. */

import { StateIcon } from "../icons";
import { count, day } from "../numbers";
import { ProblemBox } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import type { AreaRow } from "./answers";
import { useDesk } from "./context";
import { askHelp, reopen, toggleLock } from "./desk_acts";
import { canEdit, leastTold } from "./desk_state";
import { CheckMark, EffectPanel } from "./effect_panel";
import { peopleOf } from "./ground";
import { Key } from "./key";
import { keyOf } from "./keys";
import { Naming } from "./naming";
import { isLocked } from "./plan";
import { areasBeside } from "./preview";
import { TakePart } from "./reason";
import { blocksAndPeople, sizeWords } from "./sentences";
import { Suggestions } from "./suggestions";

export function SidePanel() {
  const { desk, state } = useDesk();
  const { preview } = state;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: no set of fields */}
      <div class="rightbody" role="group" tabIndex={0} aria-label={t("Wirkung")}>
        {!preview && state.problem && (
          <ProblemBox problem={state.problem} onDismiss={() => desk.set({ problem: null })} />
        )}
        {!preview && state.note && (
          <p class="notice" role="alert">
            {state.note}
          </p>
        )}
        {!preview && state.done && (
          <p class="small done-line">
            <StateIcon shape="tick" /> <span>{t("Gesichert: {step}", { step: state.done })}</span>
          </p>
        )}
        <Suggestions folded={preview !== null} />
        {preview ? (
          <EffectPanel preview={preview} />
        ) : state.selection.size > 0 ? (
          <Chosen />
        ) : state.area ? (
          <Area area={state.area} />
        ) : (
          <Guide />
        )}
      </div>
      {preview && (
        <div class="rightfoot">
          <TakePart preview={preview} />
        </div>
      )}
    </>
  );
}

/** Blocks are chosen: where to? */
function Chosen() {
  const { desk, state } = useDesk();
  const { selection, plan, ground, colours } = state;
  const beside = areasBeside(plan, ground, selection);
  const open = canEdit(state);
  return (
    <section class="stack">
      <h2>
        {t("Ausgewählt: {amount}", {
          amount: blocksAndPeople(selection.size, peopleOf(ground, selection), leastTold(state)),
        })}
      </h2>
      {open && beside.length > 0 && (
        <>
          <h3>{t("In welches Gebiet verschieben?")}</h3>
          <ul class="targets">
            {beside.map((id) => {
              const area = plan.areas.find((one) => one.area_id === id);
              return (
                <li key={id}>
                  <button type="button" class="button" onClick={() => desk.aim(id)}>
                    <i class="swatch" style={{ background: colours.get(id) ?? "#FFFFFF" }} />
                    <b>{area?.code}</b> {area?.name}
                  </button>
                </li>
              );
            })}
          </ul>
          <p class="small quiet">{t("Oder drücken Sie V und klicken Sie auf das Gebiet.")}</p>
        </>
      )}
      <div class="together wrap">
        {open && (
          <>
            <button
              type="button"
              class="button"
              aria-keyshortcuts={keyOf("newArea")}
              onClick={() => desk.newArea()}
            >
              {t("Neues Gebiet daraus machen")} <Key of="newArea" />
            </button>
            <button
              type="button"
              class="button"
              aria-keyshortcuts={keyOf("snap")}
              onClick={() => desk.snapToBarriers()}
            >
              {t("An Grenze schnappen")} <Key of="snap" />
            </button>
          </>
        )}
        <button type="button" class="button" onClick={() => desk.leave()}>
          {t("Auswahl aufheben")}{" "}
          <span class="key" aria-hidden="true">
            Esc
          </span>
        </button>
      </div>
    </section>
  );
}

/** An area is chosen: its figures and what can be done with it. */
function Area({ area }: { area: string }) {
  const { desk, state } = useDesk();
  const { naming } = state;
  const row = state.draft.rows.find((one) => one.area_id === area);
  const place = state.plan.areas.findIndex((one) => one.area_id === area);
  if (!row || place < 0) return null;
  const open = canEdit(state);
  const busy = state.busy !== "";
  return (
    <section class="stack">
      <div class="chosen">
        <p class="small quiet">{t("Sozialraum {code}", { code: row.code })}</p>
        <h2>{row.name}</h2>
        <p>
          <span class="big">{count(row.people)}</span> {t("Einwohnerinnen und Einwohner")}
        </p>
        <p class="small">
          {sizeWords(row.word)} ·{" "}
          {plural("{count} Baustein", "{count} Bausteine", row.blocks, { count: count(row.blocks) })}
          {row.likeness !== null && " · "}
          {row.likeness !== null && t("Ähnlichkeit innen {number} von 100", { number: count(row.likeness) })}
        </p>
      </div>
      <ul class="findings small">
        {!row.connected && (
          <li>
            <CheckMark severity="error" />
            <span>{t("Das Gebiet fällt in mehrere Teile auseinander.")}</span>
          </li>
        )}
        <li>
          <CheckMark severity={row.rule_1000 ? "ok" : "look"} />
          <span>
            {row.rule_1000
              ? t("Mindestens 1.000 Einwohner: eigene Liefergruppe möglich.")
              : t("Unter 1.000 Einwohnern wird nicht einzeln beliefert.")}
          </span>
        </li>
      </ul>
      {open && (
        <>
          <div class="stack">
            {needsHelp(row) && (
              <button
                type="button"
                class="button strong"
                disabled={busy}
                aria-keyshortcuts={keyOf("heal")}
                onClick={() => void askHelp(desk, "heal", area)}
              >
                {t("Was würde diesen Sozialraum heilen?")} <Key of="heal" />
              </button>
            )}
            <button
              type="button"
              class="button"
              disabled={busy}
              aria-keyshortcuts={keyOf("improve")}
              onClick={() => void askHelp(desk, "improve", area)}
            >
              {t("Von hier aus verbessern")} <Key of="improve" />
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => void desk.split()}>
              {t("Teilen")} <Key of="split" />
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => desk.merge()}>
              {t("Mit einem Nachbarn zusammenlegen")} <Key of="merge" />
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => void toggleLock(desk)}>
              {isLocked(state.plan, place) ? t("Sperre aufheben") : t("Gebiet sperren")} <Key of="lock" />
            </button>
            <button
              type="button"
              class="button"
              aria-expanded={naming}
              aria-keyshortcuts={keyOf("rename")}
              onClick={() => desk.set({ naming: !naming })}
            >
              {t("Namen oder Nummer ändern")} <Key of="rename" />
            </button>
          </div>
          {naming && <Naming key={area} area={area} code={row.code} name={row.name} />}
        </>
      )}
      {busy && <p role="status">{t("Wird gerechnet …")}</p>}
    </section>
  );
}

/** Something about the area is to be solved: it falls apart, is too large, too small or too small for a delivery. */
function needsHelp(row: AreaRow): boolean {
  return !row.connected || row.word === "outside" || !row.rule_1000;
}

/** Where a draft stands that takes no more steps, and what comes next. */
function Standing() {
  const { desk, state } = useDesk();
  const { refresh } = useStore();
  const { info } = state.draft;
  if (info.status === "adopted") {
    const words = { day: day(info.decided_on), body: info.body };
    return (
      <>
        <p>
          {info.decided_on
            ? t("Beschlossen am {day} von {body}. Indikatoren sind neu zu rechnen.", words)
            : t("Beschlossen. Indikatoren sind neu zu rechnen.")}
        </p>
        <p class="together wrap">
          <a class="button" href="#/indikatoren">
            {t("Zu den Indikatoren")}
          </a>
          <a class="button" href="#/plaene">
            {t("Zu den Plänen")}
          </a>
        </p>
      </>
    );
  }
  if (info.status !== "submitted") return <p>{t("Sie ist abgelegt.")}</p>;
  const back = async () => {
    if (await reopen(desk)) await refresh();
  };
  return (
    <>
      <p>
        {state.submittedOn
          ? t("Eingereicht am {day}.", { day: day(state.submittedOn) })
          : t("Diese Fassung ist eingereicht.")}
      </p>
      <p>{t("Für Änderungen legen Sie eine Variante an oder nehmen das Einreichen zurück.")}</p>
      <p class="together wrap">
        <button type="button" class="button" onClick={() => void back()}>
          {t("Einreichen zurücknehmen")}
        </button>
        <a class="button" href="#/plaene">
          {t("Zu den Plänen")}
        </a>
      </p>
    </>
  );
}

/** Nothing is chosen: what stands open, and how to begin. */
function Guide() {
  const { desk, state } = useDesk();
  const open = canEdit(state);
  const rows = state.draft.rows;
  const outside = rows.filter((row) => row.word === "outside" || !row.connected);
  const small = rows.filter((row) => !row.rule_1000);
  return (
    <section class="stack guide">
      <h2>{open ? t("So ändern Sie den Zuschnitt") : t("Diese Fassung steht fest")}</h2>
      {open ? (
        <ol class="list numbered">
          <li>{t("Wählen Sie Bausteine aus: mit Klick, Pinsel, Umranden oder Rechteck.")}</li>
          <li>{t("Drücken Sie V und klicken Sie auf das Gebiet, zu dem sie gehören sollen.")}</li>
          <li>{t("Sehen Sie hier, was sich ändert. Nennen Sie den Grund und übernehmen Sie.")}</li>
        </ol>
      ) : (
        <Standing />
      )}
      <h3>{t("Stand dieser Fassung")}</h3>
      <ul class="findings small">
        {outside.map((row) => (
          <li key={row.area_id}>
            <CheckMark severity="error" />
            <button type="button" class="link small plain" onClick={() => desk.chooseArea(row.area_id)}>
              {row.connected
                ? t("{code} {name} liegt außerhalb des Rahmens.", { code: row.code, name: row.name })
                : t("{code} {name} fällt in mehrere Teile auseinander.", { code: row.code, name: row.name })}
            </button>
          </li>
        ))}
        {small.map((row) => (
          <li key={row.area_id}>
            <CheckMark severity="look" />
            <button type="button" class="link small plain" onClick={() => desk.chooseArea(row.area_id)}>
              {t("{code} {name} hat unter 1.000 Einwohner.", { code: row.code, name: row.name })}
            </button>
          </li>
        ))}
        {outside.length + small.length === 0 && (
          <li>
            <StateIcon shape="tick" />
            <span>{t("Alle Gebiete hängen zusammen und liegen im Rahmen.")}</span>
          </li>
        )}
      </ul>
      {open && (
        <button
          type="button"
          class="button"
          disabled={state.busy !== ""}
          aria-keyshortcuts={keyOf("improve")}
          onClick={() => void askHelp(desk, "improve", "")}
        >
          {state.busy === "computing" ? t("Wird gerechnet …") : t("Von hier aus verbessern")}{" "}
          <Key of="improve" />
        </button>
      )}
    </section>
  );
}
