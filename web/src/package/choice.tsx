/** Blocks are chosen: where shall they go, what does it do, and why. */

import { useMemo, useState } from "preact/hooks";
import { LONGEST_NAME, oneLine } from "../area_text";
import { type AreaFigures, checksOf, type LocalCheck, touchedBy } from "../editor/checks";
import { type Edit, makeEdit } from "../editor/edit";
import { applyEdit, nextAreaId, splitCodes } from "../editor/plan";
import { Arrow, ErrorIcon, StateIcon } from "../icons";
import { count } from "../numbers";
import { t } from "../words";
import { SizeBar } from "./areas";
import type { Desk } from "./desk";
import { Reason, reasonText } from "./reason";
import { areaWords, blocksWords, checkWords, obstacle, sizeWords, withRange } from "./sentences";
import { figures, proposals } from "./work";

const NEW = "new";

export function ChoicePanel({ desk }: { desk: Desk }) {
  const { plan, selection } = desk;
  const homes = useMemo(() => homesOf(desk), [plan, selection]);
  const [target, setTarget] = useState("");
  const [name, setName] = useState("");
  const [usual, setUsual] = useState("");
  const [free, setFree] = useState("");
  const only = homes.length === 1 ? homes[0] : undefined;
  const edit = useMemo(
    () => editFor(desk, target, name, only, reasonText(usual, free)),
    [desk.plan, selection, target, name, usual, free],
  );
  const effect = useMemo(() => (edit ? effectOf(desk, edit) : null), [desk.plan, edit]);
  const people = [...selection].reduce((sum, block) => sum + (desk.data.blocks.people[block] ?? 0), 0);
  return (
    <section class="part choice" aria-labelledby="choice-title">
      <h2 id="choice-title">
        {t("{blocks}, rund {count} Personen", { blocks: blocksWords(selection.size), count: count(people) })}
      </h2>
      <p class="small quiet">
        {t("aus {areas}", { areas: homes.map((home) => areaWords(home)).join(", ") })}
      </p>
      <label for="target">{t("Wohin sollen sie gehören?")}</label>
      <select id="target" value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
        <option value="">{t("Gebiet wählen")}</option>
        {plan.areas
          .filter((area) => area.area_id !== only?.area_id)
          .map((area) => (
            <option key={area.area_id} value={area.area_id}>
              {areaWords(area)}
            </option>
          ))}
        <option value={NEW} disabled={!only}>
          {only
            ? t("ein eigenes Gebiet werden (Gebiet {code} teilen)", { code: only.code })
            : t("ein eigenes Gebiet: nur aus einem Gebiet möglich")}
        </option>
      </select>
      {target === NEW && (
        <>
          <label for="new-name">{t("Name des neuen Gebiets")}</label>
          <input
            id="new-name"
            value={name}
            maxLength={LONGEST_NAME}
            onInput={(event) => setName(event.currentTarget.value)}
            autocomplete="off"
          />
        </>
      )}
      {effect && "problem" in effect && <p class="error">{effect.problem}</p>}
      {effect && "after" in effect && <EffectView desk={desk} {...effect} />}
      <Reason desk={desk} usual={usual} free={free} onUsual={setUsual} onFree={setFree} />
      <div class="row">
        <button
          type="button"
          class="button main"
          disabled={!edit || (effect !== null && "problem" in effect)}
          onClick={() => edit && desk.propose(edit)}
        >
          {t("Vorschlag aufnehmen")}
        </button>
        <button type="button" class="button" onClick={desk.leave}>
          {t("Auswahl aufheben")}
        </button>
      </div>
      {!edit && <p class="small quiet">{t("Wählen Sie zuerst, wohin die Bausteine gehören.")}</p>}
    </section>
  );
}

function homesOf({ plan, selection }: Desk) {
  const places = new Set([...selection].map((block) => plan.area[block] ?? 0));
  return plan.areas.filter((_area, place) => places.has(place));
}

function editFor(
  desk: Desk,
  target: string,
  name: string,
  only: { area_id: string; code: string } | undefined,
  why: string,
): Edit | null {
  const { plan, selection, data, work } = desk;
  const blocks = [...selection].map((block) => data.blocks.id[block] ?? "");
  if (!target) return null;
  if (target !== NEW) return makeEdit({ kind: "move", area: target, blocks, why, role: work.role });
  if (!only) return null;
  const codes = splitCodes(plan, only.code);
  const into = nextAreaId(
    plan,
    proposals(work).flatMap((edit) => [edit.area, edit.into]),
  );
  return makeEdit({
    kind: "split",
    area: only.area_id,
    into,
    blocks,
    code: codes.part,
    name: oneLine(name, LONGEST_NAME) || t("Gebiet {code}", { code: codes.part }),
    rest_code: codes.rest,
    why,
    role: work.role,
  });
}

interface Effect {
  after: AreaFigures[];
  before: AreaFigures[];
  checks: LocalCheck[];
}

function effectOf(desk: Desk, edit: Edit): Effect | { problem: string } {
  try {
    const next = applyEdit(desk.plan, edit);
    const touched = new Set(touchedBy(desk.plan, edit));
    const after = figures(next, desk.ground, desk.limits, desk.extra).filter((one) =>
      touched.has(one.area_id),
    );
    const before = desk.figures.filter((one) => touched.has(one.area_id));
    return { after, before, checks: checksOf(after, before) };
  } catch (error) {
    return { problem: obstacle(error, desk.plan) };
  }
}

function EffectView({ desk, after, before, checks }: Effect & { desk: Desk }) {
  return (
    <div class="effect" aria-live="polite">
      {after.map((area) => {
        const was = before.find((one) => one.area_id === area.area_id)?.people;
        return (
          <div key={area.area_id} class="touched">
            <h3>
              {area.code} {area.name}
            </h3>
            <span class={`tag ${area.word}`}>{sizeWords(area.word)}</span>
            <p>
              {was !== undefined && (
                <>
                  {count(was)} <Arrow />
                  <span class="unseen">{t("danach")}</span>{" "}
                </>
              )}
              <b class="big">{count(area.people)}</b>{" "}
              <span class="small quiet">{withRange(desk.limits)}</span>
            </p>
            <SizeBar area={area} desk={desk} before={was} />
          </div>
        );
      })}
      <ul class="checks">
        {checks
          .filter((check) => check.code !== "rule_1000" || check.severity !== "ok")
          .map((check) => (
            <li key={`${check.code} ${check.areas.join()}`}>
              {check.severity === "ok" ? (
                <StateIcon shape="tick" />
              ) : check.severity === "look" ? (
                <StateIcon shape="triangle" />
              ) : (
                <ErrorIcon />
              )}
              {checkWords(check, after)}
            </li>
          ))}
      </ul>
    </div>
  );
}
