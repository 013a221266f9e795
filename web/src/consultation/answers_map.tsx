/** The proposals of all answers on one map: conflict crossed, agreement lined, single ones dotted. */

import { useMemo, useState } from "preact/hooks";
import { NOTHING } from "../editor/selection";
import { segmentsOf } from "../package/borders";
import { firstColours } from "../package/colours";
import { baseOf, groundOf, type PackageData } from "../package/data";
import { PackageMap } from "../package/map";
import { t } from "../words";
import type { ConsultationView, Standing } from "./types";

interface Props {
  view: ConsultationView;
  data: PackageData;
  chosen: string | null;
  onChoose: (key: string | null) => void;
}

export function AnswersMap({ view, data, chosen, onChoose }: Props) {
  const still = useMemo(() => {
    const base = baseOf(data);
    const ground = groundOf(data);
    return { base, ground, segments: segmentsOf(data.blocks.path), colours: firstColours(base, ground) };
  }, [data]);
  const [said, setSaid] = useState("");
  const places = useMemo(() => new Map(data.blocks.id.map((id, place) => [id, place])), [data]);
  const one = view.suggestions.find((suggestion) => suggestion.key === chosen);
  const selection = useMemo(
    () => (one ? new Set(one.blocks.flatMap((id) => places.get(id) ?? [])) : NOTHING),
    [one, places],
  );
  const goTo = useMemo(
    () =>
      selection.size > 0 ? [...selection] : view.blocks.flatMap((block) => places.get(block.block_id) ?? []),
    [selection, places],
  );
  const comments = view.comments.map((remark, place) => ({
    number: place + 1,
    text: remark.text,
    area_id: "",
    block_id: "",
    x: remark.x === null ? null : remark.x - data.map.west,
    y: remark.y === null ? null : data.map.north - remark.y,
  }));
  const pick = (block: number) => {
    const id = data.blocks.id[block];
    setSaid(blockWords(view, id ?? ""));
    const found = view.suggestions.filter((suggestion) => suggestion.blocks.includes(id ?? ""));
    const next = found[(found.findIndex((suggestion) => suggestion.key === chosen) + 1) % found.length];
    onChoose(next?.key ?? null);
  };
  return (
    <>
      <PackageMap
        data={data}
        plan={still.base}
        base={still.base}
        ground={still.ground}
        segments={still.segments}
        colours={still.colours}
        tool="click"
        selection={selection}
        chosenArea=""
        comments={comments}
        draftAt={null}
        goTo={goTo}
        overlay={(unit) => <States view={view} data={data} places={places} unit={unit} />}
        onToggle={pick}
        onAdd={() => undefined}
        onArea={() => undefined}
        onPlace={() => undefined}
        onCursor={(block) => setSaid(blockWords(view, data.blocks.id[block] ?? ""))}
      />
      <p class="small block-words" aria-live="polite">
        {said || t("Ein Klick auf einen Baustein zeigt, wer ihn wohin möchte.")}
      </p>
    </>
  );
}

/** "Baustein 0123: Jugendamt nach 2 Steinsief; Stadtplanung nach 4 Siedlung". */
function blockWords(view: ConsultationView, id: string): string {
  const found = view.blocks.find((block) => block.block_id === id);
  if (!found) return t("Baustein {block}: niemand schlägt etwas vor.", { block: id });
  const wishes = found.targets.map(({ target, roles }) =>
    t("{role}: nach {target}", { role: roles.join(", "), target }),
  );
  return t("Baustein {block}: {wishes}", { block: id, wishes: wishes.join("; ") });
}

interface StatesProps {
  view: ConsultationView;
  data: PackageData;
  places: Map<string, number>;
  unit: number;
}

function States({ view, data, places, unit }: StatesProps) {
  const path = (state: Standing) =>
    view.blocks
      .filter((block) => block.state === state)
      .map((block) => data.blocks.path[places.get(block.block_id) ?? -1] ?? "")
      .join("");
  return (
    <g class="states">
      <Patterns unit={unit} />
      {(["single", "agreement", "conflict"] as const).map((state) => (
        <g key={state} class={state}>
          <path class="tint" d={path(state)} />
          <path d={path(state)} fill={`url(#pattern-${state})`} />
        </g>
      ))}
    </g>
  );
}

/** The tiles keep their size on the screen. */
function Patterns({ unit }: { unit: number }) {
  const size = 9 * unit;
  const tile = (state: Standing, lines: string, width: number) => (
    <pattern id={`pattern-${state}`} width={size} height={size} patternUnits="userSpaceOnUse">
      <path class={`tile ${state}`} d={lines} stroke-width={width} />
    </pattern>
  );
  const rising = `M0 ${size}L${size} 0`;
  return (
    <defs>
      {tile("conflict", `${rising}M0 0L${size} ${size}`, 1.6)}
      {tile(
        "agreement",
        `${rising}M${-size / 2} ${size / 2}L${size / 2} ${-size / 2}M${size / 2} ${1.5 * size}L${1.5 * size} ${size / 2}`,
        2.4,
      )}
      <pattern id="pattern-single" width={size} height={size} patternUnits="userSpaceOnUse">
        <circle class="tile single" cx={size / 2} cy={size / 2} r={1.6 * unit} />
      </pattern>
    </defs>
  );
}
