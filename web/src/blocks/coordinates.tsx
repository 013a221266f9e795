/** Layers of a checked file that lie elsewhere: what is wrong, how they could be read, where they would lie then. */

import { useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Arrow, ErrorIcon } from "../icons";
import { Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import type { Checked, MisplacedLayer } from "./types";
import { WhereMap } from "./where_map";

export function Misplaced({ checked }: { checked: Checked }) {
  const layers = useAnswer<MisplacedLayer[]>(`ground/check/coordinates?state=${checked.number}`);
  const { act, refresh } = useStore();
  const close = async () => {
    if (await act(() => post("ground/check/close"))) await refresh();
  };
  return (
    <section class="card pad stack">
      <h2>{t("{file}: Die Koordinaten liegen nicht, wo sie sollten", { file: checked.file })}</h2>
      <p>{t("Erst wenn geklärt ist, wie sie gelesen werden, lassen sich die Bausteine prüfen.")}</p>
      {layers ? <Layers layers={layers} /> : <Waiting />}
      <button type="button" class="link" onClick={() => void close()}>
        {t("Prüfung schließen")}
      </button>
    </section>
  );
}

function Layers({ layers }: { layers: MisplacedLayer[] }) {
  const { follow, job } = useStore();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const readings = Object.fromEntries(
    layers.map((layer) => [layer.layer, typed[layer.layer] ?? layer.readings[0]?.value ?? ""]),
  );
  const open = Object.values(readings).some((reading) => reading === "");
  return (
    <>
      <ul class="blk-layers">
        {layers.map((layer) => (
          <li key={layer.layer}>
            <div class="stack">
              <h3>{layer.title}</h3>
              <p>
                <ErrorIcon /> {layer.sentence}
              </p>
              {layer.readings.length === 1 && (
                <p>{t("Angeboten: {system}", { system: layer.readings[0]?.title ?? "" })}</p>
              )}
              {layer.readings.length > 1 && (
                <label>
                  {t("Lesen als")}
                  <select
                    value={readings[layer.layer]}
                    onChange={(event) => setTyped({ ...typed, [layer.layer]: event.currentTarget.value })}
                  >
                    {layer.readings.map((one) => (
                      <option key={one.value} value={one.value}>
                        {one.title}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              {layer.readings.length === 0 && <p class="small">{layer.todo}</p>}
            </div>
            {layer.readings.length > 0 && <WhereMap where={layer.where} />}
          </li>
        ))}
      </ul>
      {!open && (
        <button
          type="button"
          class="button main"
          disabled={job?.state === "running"}
          onClick={() => void follow(post<Job>("ground/check/readings", { readings }))}
        >
          {t("So lesen")} <Arrow />
        </button>
      )}
    </>
  );
}
