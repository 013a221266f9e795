/** By what each feature is divided, why, and how to choose otherwise. */

import { useId, useState } from "preact/hooks";
import { post } from "../api";
import { useAttempt } from "../deliveries/attempt";
import { ProblemBox } from "../parts";
import { useStore } from "../store";
import { t } from "../words";
import type { GeographyAnswer, Way } from "./types";

interface Props {
  answer: GeographyAnswer;
  busy: boolean;
}

export function WaysCard({ answer, busy }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  // features with values first, the rule for all others last
  const ways = [...answer.ways.slice(1), ...answer.ways.slice(0, 1)];
  return (
    <section class="card pad stack" aria-labelledby="cy-ways">
      <h2 id="cy-ways">{t("Wonach geteilt wird")}</h2>
      <ul class="cy-ways">
        {ways.map((way) => (
          <li key={way.feature}>
            <div class="cy-way">
              <div>
                <h3>
                  {way.title}: {way.method}
                </h3>
                <p class="small">
                  {way.chosen && <b>{t("Gewählt, Grund: ")}</b>}
                  {[way.sentence, ...way.sentences].join(" ")}
                </p>
              </div>
              {way.alternatives.length > 1 && (
                <button
                  type="button"
                  class="button"
                  disabled={busy}
                  aria-expanded={open === way.feature}
                  onClick={() => setOpen(open === way.feature ? null : way.feature)}
                >
                  {t("Ändern")}
                  <span class="unseen"> {way.title}</span>
                </button>
              )}
            </div>
            {open === way.feature && (
              <Choosing code={answer.code} way={way} busy={busy} onDone={() => setOpen(null)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChoosingProps {
  code: string;
  way: Way;
  busy: boolean;
  onDone: () => void;
}

function Choosing({ code, way, busy, onDone }: ChoosingProps) {
  const { refresh } = useStore();
  const { problem, working, attempt } = useAttempt();
  const [kind, setKind] = useState(way.kind);
  const [reason, setReason] = useState(way.chosen ? way.reason : "");
  const name = useId();
  const send = async (wanted: string) => {
    const wish = { feature: way.feature, kind: wanted, reason: wanted ? reason : "" };
    if (!(await attempt(() => post(`carrying/${code}/choose`, wish)))) return;
    await refresh();
    onDone();
  };
  return (
    <form
      class="cy-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(kind);
      }}
    >
      <fieldset class="choicelist">
        <legend>{t("Geteilte Einheiten übertragen")}</legend>
        {way.alternatives.map((one) => (
          <label key={one.kind}>
            <input
              type="radio"
              name={name}
              value={one.kind}
              checked={kind === one.kind}
              onChange={() => setKind(one.kind)}
            />
            <span>
              {one.method} <span class="small quiet">{one.what}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        {t("Grund")}
        <input
          type="text"
          maxLength={200}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <div class="cy-end">
        <button type="submit" class="button main" disabled={busy || working}>
          {t("Übernehmen")}
        </button>
        {way.chosen && (
          <button type="button" class="button" disabled={busy || working} onClick={() => void send("")}>
            {t("Wahl zurücknehmen")}
          </button>
        )}
        <button type="button" class="link" onClick={onDone}>
          {t("Abbrechen")}
        </button>
      </div>
      {problem && <ProblemBox problem={problem} />}
    </form>
  );
}
