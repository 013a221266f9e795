/** What was built: sentences, map and list of doubtful places, and the taking over. */

import { useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Arrow } from "../icons";
import { RoleField } from "../plans/role_field";
import { useStore } from "../store";
import { t } from "../words";
import { begin } from "./begun";
import { DoubtfulPlaces, MergedTable } from "./doubtful";
import type { Built, GroundAnswer } from "./types";

export function BuiltView({ answer, built }: { answer: GroundAnswer; built: Built }) {
  return (
    <>
      <section class="card pad stack">
        <h2>{t("Was gebildet wurde")}</h2>
        <ul class="list">
          {built.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <details>
          <summary>{t("Nach welcher Regel")}</summary>
          <p class="small">{built.rule}</p>
          <MergedTable merged={built.merged} />
        </details>
      </section>
      <DoubtfulPlaces
        key={built.number}
        path={`ground/map/built/${built.number}`}
        places={built.places}
        label={t("Karte der gebildeten Bausteine. Die Liste daneben nennt dieselben Stellen.")}
      />
      <Take key={`take ${built.number}`} answer={answer} built={built} />
    </>
  );
}

function Take({ answer, built }: { answer: GroundAnswer; built: Built }) {
  const store = useStore();
  const { act, refresh, job } = store;
  const rests = answer.blocks?.rests ?? [];
  const renewed = rests.length > 0;
  const [why, setWhy] = useState("");
  const [role, setRole] = useState("");
  const [low, setLow] = useState("1000");
  const [high, setHigh] = useState("8500");
  const take = (event: Event) => {
    event.preventDefault();
    void begin(store, post<Job>("ground/take", { why, role, low: Number(low), high: Number(high) }));
  };
  const discard = async () => {
    if (await act(() => post("ground/clear"))) await refresh();
  };
  const open = renewed && (!why.trim() || !role.trim());
  return (
    <form class="card pad stack blk-take" onSubmit={take}>
      <h2>{renewed ? t("Als neuen Stand übernehmen") : t("Übernehmen")}</h2>
      {renewed && <Outlook rests={rests} sentences={built.outlook} />}
      {built.obstacles.map((sentence) => (
        <p class="error" key={sentence}>
          {sentence}
        </p>
      ))}
      {renewed && built.obstacles.length === 0 && (
        <Reasons why={why} onWhy={setWhy} role={role} onRole={setRole} id="take" />
      )}
      {!renewed && !built.sized && built.obstacles.length === 0 && (
        <fieldset class="blk-sizes">
          <legend>{t("Wie viele Einwohnerinnen und Einwohner soll ein Gebiet haben?")}</legend>
          <label>
            {t("mindestens")}
            <input
              type="number"
              min="1"
              required
              value={low}
              onInput={(e) => setLow(e.currentTarget.value)}
            />
          </label>
          <label>
            {t("höchstens")}
            <input
              type="number"
              min="1"
              required
              value={high}
              onInput={(e) => setHigh(e.currentTarget.value)}
            />
          </label>
        </fieldset>
      )}
      <div class="blk-acts">
        <button
          type="submit"
          class="button main large"
          disabled={built.obstacles.length > 0 || open || job?.state === "running"}
        >
          {t("Bausteine übernehmen")} <Arrow />
        </button>
        <button type="button" class="link" onClick={() => void discard()}>
          {t("Verwerfen")}
        </button>
        {open && built.obstacles.length === 0 && (
          <p class="small quiet">{t("Es fehlen noch Grund und Rolle.")}</p>
        )}
      </div>
    </form>
  );
}

/** What rests on the blocks there are, and what a new version would do. */
export function Outlook({ rests, sentences }: { rests: string[]; sentences: string[] }) {
  return (
    <>
      {rests.length > 0 && (
        <p>
          {t("Auf den bisherigen Bausteinen ruhen: {things}. Alles bleibt, wie es ist, auf seinem Stand.", {
            things: rests.join(", "),
          })}
        </p>
      )}
      <ul class="small list">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

/** Why there is a new version, and who decides. */
export function Reasons({
  why,
  onWhy,
  role,
  onRole,
  id,
}: {
  why: string;
  onWhy: (why: string) => void;
  role: string;
  onRole: (role: string) => void;
  id: string;
}) {
  return (
    <div class="blk-reasons">
      <div>
        <label for={`${id}-why`}>{t("Warum gibt es neue Bausteine?")}</label>
        <input id={`${id}-why`} value={why} onInput={(event) => onWhy(event.currentTarget.value)} />
      </div>
      <RoleField id={`${id}-role`} role={role} onRole={onRole} />
    </div>
  );
}
