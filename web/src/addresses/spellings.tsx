/** Spellings that are likely but not sure: chosen in bulk, then confirmed or refused. */

import { useState } from "preact/hooks";
import { count } from "../numbers";
import { plural, t } from "../words";
import type { ListAnswer, Spelling } from "./types";

interface Props {
  answer: ListAnswer;
  busy: boolean;
  onConfirm: (keys: string[]) => void;
  onRefuse: (keys: string[]) => void;
}

export function Spellings({ answer, busy, onConfirm, onRefuse }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const keys = answer.spellings.map((one) => one.key);
  const all = chosen.size === keys.length;
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  const picked = keys.filter((key) => chosen.has(key));
  return (
    <div class="stack">
      <h3>
        {plural(
          "Gemeint ist wohl: {count} Schreibweise",
          "Gemeint ist wohl: {count} Schreibweisen",
          keys.length,
          {
            count: count(keys.length + answer.more),
          },
        )}
      </h3>
      <p class="small quiet">
        {t(
          "Was Sie bestätigen, gilt als sicher. Schreibweisen von Straßen werden für spätere Listen gemerkt.",
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll ad-spellings" tabIndex={0} aria-label={t("Schreibweisen")}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={t("Alle auswählen")}
                  checked={all}
                  onChange={() => setChosen(new Set(all ? [] : keys))}
                />
              </th>
              <th scope="col">{t("In der Liste")}</th>
              <th scope="col">{t("Im Adressregister")}</th>
              <th scope="col">{t("Warum nicht sicher")}</th>
              <th scope="col" class="number">
                {t("Adressen")}
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.spellings.map((one) => (
              <Row key={one.key} one={one} chosen={chosen.has(one.key)} onToggle={() => toggle(one.key)} />
            ))}
          </tbody>
        </table>
      </section>
      {answer.more > 0 && (
        <p class="small">
          {t("{count} weitere folgen, wenn über diese entschieden ist.", { count: count(answer.more) })}
        </p>
      )}
      <div class="ad-end">
        <button
          type="button"
          class="button strong"
          disabled={busy || picked.length === 0}
          onClick={() => onConfirm(picked)}
        >
          {picked.length === 0
            ? t("Ausgewählte bestätigen")
            : plural("{count} Schreibweise bestätigen", "{count} Schreibweisen bestätigen", picked.length, {
                count: count(picked.length),
              })}
        </button>
        <button
          type="button"
          class="link"
          disabled={busy || picked.length === 0}
          onClick={() => onRefuse(picked)}
        >
          {t("Passt nicht")}
        </button>
      </div>
    </div>
  );
}

function Row({ one, chosen, onToggle }: { one: Spelling; chosen: boolean; onToggle: () => void }) {
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t("{name} auswählen", { name: one.written })}
          checked={chosen}
          onChange={onToggle}
        />
      </td>
      <td>{one.written}</td>
      <td>{one.offer || t("zwischen den Nachbarn")}</td>
      <td class="small">{one.why}</td>
      <td class="number">{count(one.rows)}</td>
    </tr>
  );
}
