/** What a step would change: the two areas touched with their figures, the checks, the reason, the button. */

import { ErrorIcon, StateIcon } from "../icons";
import { count, decimal, percent } from "../numbers";
import { ProblemBox } from "../parts";
import { t } from "../words";
import type { AreaEffect, Check, ProfileRow } from "./answers";
import { SizeBar } from "./area_list";
import { type AreaFigures, DELIVERED_FROM, type Limits, type Severity } from "./checks";
import { useDesk } from "./context";
import { type DeskState, leastTold } from "./desk_state";
import { Key } from "./key";
import { keyOf } from "./keys";
import type { Preview } from "./preview";
import { changedWords, checkSentence, headingOf } from "./sentences";

const PER_CENT = /, (in Prozent|in per ?cent|per ?cent)$/i;
const SHOWN = 2; // attributes in the small profile, besides likeness

export function EffectPanel({ preview }: { preview: Preview }) {
  const { desk, state } = useDesk();
  const areas = shownAreas(preview);
  const keys = profileKeys(state);
  return (
    <>
      <h2 class="stepheading">
        {headingOf(preview.edit, state.plan, state.ground, leastTold(state))
          .split(": ")
          .map((part, place) => (place === 0 ? part : [":", <br key={part} />, part]))}
      </h2>
      {areas.map(({ before, now }, place) => (
        <AreaCard
          key={(now ?? before)?.area_id}
          aside={place < areas.length - 2}
          before={before}
          now={now}
          effect={state.effect?.areas.find((area) => area.area_id === (now ?? before)?.area_id) ?? null}
          keys={keys}
        />
      ))}
      {preview.edit.kind === "split" && <CutByHand />}
      <Checks checks={checksShown(preview, state, desk.limits)} warnings={state.warnings} />
      {state.view === "workshop" && (
        <p class="small quiet extra">
          {t("Werte neuer Zuschnitte sind aus den Klassen der Bausteine gerechnet.")}
        </p>
      )}
      {state.problem && <ProblemBox problem={state.problem} onDismiss={() => desk.set({ problem: null })} />}
    </>
  );
}

interface Pair {
  before: AreaFigures | null;
  now: AreaFigures | null;
}

/** The touched areas: those that give, the one that gives most at the end, and last the one that takes. */
function shownAreas({ before, now, edit }: Preview): Pair[] {
  const ids = [...new Set([...before, ...now].map((area) => area.area_id))];
  const last = edit.kind === "split" ? edit.into : edit.kind === "merge" ? edit.into : edit.area;
  const given = (id: string) => {
    const people = (rows: AreaFigures[]) => rows.find((area) => area.area_id === id)?.people ?? 0;
    return people(before) - people(now);
  };
  ids.sort((a, b) => Number(a === last) - Number(b === last) || given(a) - given(b));
  return ids.slice(-3).map((id) => ({
    before: before.find((area) => area.area_id === id) ?? null,
    now: now.find((area) => area.area_id === id) ?? null,
  }));
}

/** The same attributes for every area and every step, so that nothing jumps: one of each of two families. */
function profileKeys({ start, by }: DeskState): string[] {
  const families = new Map<string, string>();
  for (const one of start.attributes) if (!families.has(one.family)) families.set(one.family, one.key);
  const first = [...families.values()];
  const wished = [by, "social_children", "social_support", "housing_multi"].filter((key) =>
    start.attributes.some((one) => one.key === key),
  );
  return [...new Set([...wished, ...first])].slice(0, SHOWN);
}

interface CardProps extends Pair {
  /** A third area: figures without the profile. */
  aside: boolean;
  effect: AreaEffect | null;
  keys: string[];
}

function AreaCard({ aside, before, now, effect, keys }: CardProps) {
  const { desk, state } = useDesk();
  const area = now ?? before;
  if (!area) return null;
  const { low, high } = desk.limits;
  return (
    <section class={aside ? "effect extra" : "effect"}>
      <header class="row">
        <h3>
          <i class="swatch" style={{ background: state.colours.get(area.area_id) ?? "#E4E6E7" }} />
          {area.code} {area.name}
        </h3>
        {now ? <SizeTag before={before} now={now} /> : <span class="tag look">{t("entfällt")}</span>}
      </header>
      <p class="change">
        {before && now && before.people !== now.people && (
          <>
            <span class="quiet">{count(before.people)}</span> <Towards />{" "}
          </>
        )}
        <b class="after">{count(now?.people ?? 0)}</b>{" "}
        <span class="small quiet unit">
          {t("Einwohner · Rahmen {low} bis {high}", { low: count(low), high: count(high) })}
        </span>
      </p>
      <SizeBar people={now?.people ?? 0} before={before?.people ?? null} high={high} ticks />
      <p class="scale small" aria-hidden="true">
        <span style={{ left: `${Math.max(4, (100 * DELIVERED_FROM) / Math.max(1, high))}%` }}>
          {count(DELIVERED_FROM)}
        </span>
        <span class="end">{count(high)}</span>
      </p>
      {!aside && <ProfileTable effect={effect} keys={keys} fresh={before === null} />}
    </section>
  );
}

function Towards() {
  return (
    <svg class="icon" width="14" height="14" viewBox="0 0 18 18" role="img" aria-label={t("dann")}>
      <path d="M3 9h11M9.5 4.5L14 9l-4.5 4.5" fill="none" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}

function SizeTag({ before, now }: { before: AreaFigures | null; now: AreaFigures }) {
  const words = changedWords(before?.word ?? null, now.word);
  if (now.word === "outside") {
    return (
      <span class="tag outside">
        <ErrorIcon /> {words}
      </span>
    );
  }
  return (
    <span class={now.word === "within" ? "tag done" : "tag look"}>
      <StateIcon shape={now.word === "within" ? "tick" : "triangle"} size={14} /> {words}
    </span>
  );
}

function ProfileTable({
  effect,
  keys,
  fresh,
}: {
  effect: AreaEffect | null;
  keys: string[];
  fresh: boolean;
}) {
  const { state } = useDesk();
  const rows = keys.map((key): ProfileRow => {
    const title = state.start.attributes.find((one) => one.key === key)?.title ?? key;
    const found = effect?.profile.find((row) => row.key === key);
    return found ?? { key, title, family: "", before: null, after: null, town: null };
  });
  const number = (title: string, value: number | null | undefined) => {
    if (!effect) return "…";
    if (value === null || value === undefined) return "–";
    return PER_CENT.test(title) ? percent(value / 100) : decimal(value);
  };
  return (
    <table class="profiletable small">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{t("Merkmal")}</span>
          </th>
          <th scope="col" class="number">
            {t("vorher")}
          </th>
          <th scope="col" class="number">
            {t("nachher")}
          </th>
          <th scope="col" class="number town">
            {state.start.municipality.name}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          <tr key={row.key} class={place > 0 ? "second" : undefined}>
            <th scope="row">{row.title.replace(PER_CENT, "")}</th>
            <td class="number quiet">{fresh && effect ? "–" : number(row.title, row.before)}</td>
            <td class="number">
              <b>{number(row.title, row.after)}</b>
            </td>
            <td class="number quiet town">{number(row.title, row.town)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t("Ähnlichkeit innen")}</th>
          <td class="number quiet">{likeness(effect, effect?.likeness_before)}</td>
          <td class="number">
            <b>{likeness(effect, effect?.likeness_after)}</b>
          </td>
          <td class="number quiet town" />
        </tr>
      </tbody>
    </table>
  );
}

function likeness(effect: AreaEffect | null, value: number | null | undefined): string {
  if (!effect) return "…";
  return value === null || value === undefined ? "–" : t("{number} von 100", { number: count(value) });
}

/** The server's sentences when they are here; before, those the page knows itself. */
function checksShown(
  preview: Preview,
  { effect }: DeskState,
  limits: Limits,
): Pick<Check, "severity" | "sentence">[] {
  const checks = effect
    ? effect.checks
    : preview.checks.map((check) => ({
        severity: check.severity,
        sentence: checkSentence(check, limits),
      }));
  // What has to be decided stands first: on the projector there is room for one sentence.
  return [...checks].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

const WEIGHT: Record<Severity, number> = { error: 0, look: 1, ok: 2 };

const SHAPES = { ok: "tick", look: "triangle" } as const;

export function CheckMark({ severity }: { severity: Severity }) {
  return severity === "error" ? <ErrorIcon /> : <StateIcon shape={SHAPES[severity]} />;
}

interface ChecksProps {
  checks: Pick<Check, "severity" | "sentence">[];
  warnings: readonly string[];
}

function Checks({ checks, warnings }: ChecksProps) {
  return (
    <ul class="findings small checks" aria-live="polite">
      {checks.map((check) => (
        <li key={check.sentence} class={check.severity}>
          <CheckMark severity={check.severity} />
          <span>{check.sentence}</span>
        </li>
      ))}
      {warnings.map((warning) => (
        <li key={warning} class="look">
          <StateIcon shape="triangle" />
          <span>{warning}</span>
        </li>
      ))}
    </ul>
  );
}

function CutByHand() {
  const { desk, state } = useDesk();
  const drawing = state.mode === "cut";
  return (
    <div class="byhand small">
      {state.help?.kind === "cut" && <p>{state.help.sentence}</p>}
      <button
        type="button"
        class="link small"
        aria-pressed={drawing}
        aria-keyshortcuts={keyOf("cut")}
        onClick={() => desk.useMode(drawing ? "select" : "cut")}
      >
        {drawing ? t("Ziehen Sie eine Linie quer durch das Gebiet.") : t("Schnitt von Hand zeichnen")}{" "}
        <Key of="cut" />
      </button>
    </div>
  );
}
