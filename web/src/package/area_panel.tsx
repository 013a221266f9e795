/** One area: its name, what was released about it, its blocks as a list. */

import { useState } from "preact/hooks";
import { LONGEST_NAME, oneLine, plainText } from "../area_text";
import { makeEdit } from "../editor/edit";
import { blocksIn } from "../editor/plan";
import { count } from "../numbers";
import { t } from "../words";
import { SizeBar } from "./areas";
import type { Desk } from "./desk";
import { FigureTable } from "./figures";
import { areaWords, blocksWords, sizeWords } from "./sentences";

export function AreaPanel({ desk }: { desk: Desk }) {
  const figures = desk.figures.find((one) => one.area_id === desk.area);
  if (!figures) return null;
  return (
    <section class="part area-panel" aria-labelledby="area-title">
      <h2 id="area-title">{areaWords(figures)}</h2>
      <p>
        <b class="big">{t("rund {count}", { count: count(figures.people) })}</b> {t("Einwohner")}{" "}
        <span class={`tag ${figures.word}`}>{sizeWords(figures.word)}</span>
      </p>
      <SizeBar area={figures} desk={desk} />
      {!figures.connected && (
        <p class="error">{t("Gebiet {code} hängt nicht zusammen.", { code: figures.code })}</p>
      )}
      <div class="row">
        <button type="button" class="button" onClick={() => desk.pin(null, -1, desk.area)}>
          {t("Zum Gebiet anmerken")}
        </button>
        <button type="button" class="link" onClick={desk.leave}>
          {t("Schließen")}
        </button>
      </div>
      <Rename desk={desk} name={figures.name} />
      <FigureTable desk={desk} areaId={desk.area} />
      <BlockList desk={desk} />
    </section>
  );
}

function Rename({ desk, name }: { desk: Desk; name: string }) {
  const [next, setNext] = useState(name);
  const [why, setWhy] = useState("");
  const same = next.trim() === name || !next.trim();
  const propose = () => {
    const edit = {
      kind: "rename" as const,
      area: desk.area,
      name: oneLine(next, LONGEST_NAME),
      role: desk.work.role,
      why: plainText(why),
    };
    if (desk.propose(makeEdit(edit))) setWhy("");
  };
  return (
    <div class="rename">
      <label for="rename">{t("Name des Gebiets")}</label>
      <div class="row">
        <input
          id="rename"
          value={next}
          maxLength={LONGEST_NAME}
          onInput={(event) => setNext(event.currentTarget.value)}
          autocomplete="off"
        />
        <button type="button" class="button" disabled={same} onClick={propose}>
          {t("Namen vorschlagen")}
        </button>
      </div>
      {!same && (
        <>
          <label for="rename-why">
            <b>{t("Warum?")}</b> {t("lesen nur Planung und Gemeinde")}
          </label>
          <input
            id="rename-why"
            value={why}
            placeholder={t("in eigenen Worten")}
            onInput={(event) => setWhy(event.currentTarget.value)}
            autocomplete="off"
          />
        </>
      )}
    </div>
  );
}

/** The same choice as on the map, for those who do not use it. */
function BlockList({ desk }: { desk: Desk }) {
  const place = desk.plan.areas.findIndex((area) => area.area_id === desk.area);
  const blocks = blocksIn(desk.plan, place);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const flip = (block: number) =>
    setChosen((now) =>
      now.has(block) ? new Set([...now].filter((one) => one !== block)) : new Set([...now, block]),
    );
  return (
    <details>
      <summary>{t("Bausteine als Liste ({blocks})", { blocks: blocksWords(blocks.length) })}</summary>
      <ul class="blocklist">
        {blocks.map((block) => (
          <li key={block}>
            <label>
              <input type="checkbox" checked={chosen.has(block)} onChange={() => flip(block)} />
              {desk.data.blocks.id[block]}
              <span class="small quiet">
                {t("rund {count} Einwohner", { count: count(desk.data.blocks.people[block] ?? 0) })}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button"
        disabled={chosen.size === 0}
        onClick={() => desk.choose([...chosen])}
      >
        {t("Diese Bausteine wählen")}
      </button>
    </details>
  );
}
