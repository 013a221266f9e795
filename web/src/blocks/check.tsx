/** Bausteine prüfen: faults on the map and in a list, mended only where somebody chose it. */

import { useMemo, useState } from "preact/hooks";
import { type Job, post, upload } from "../api";
import { Arrow, StateIcon } from "../icons";
import { count } from "../numbers";
import { DropZone, Waiting } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";
import { begin } from "./begun";
import { Outlook, Reasons } from "./built";
import { Misplaced } from "./coordinates";
import { ChooseAll, FaultWays } from "./fault_ways";
import { GroundMap, useGround } from "./ground_map";
import { ofKind, PlaceList } from "./place_list";
import type { Checked, GroundAnswer, Protocol } from "./types";

export function Check({ answer }: { answer: GroundAnswer }) {
  const { follow, job } = useStore();
  const busy = job?.state === "running";
  const { checked } = answer;
  if (checked) {
    return checked.misplaced ? (
      <Misplaced key={checked.number} checked={checked} />
    ) : (
      <CheckedView key={checked.number} answer={answer} checked={checked} />
    );
  }
  return (
    <>
      <DropZone
        title={t("Eine Datei mit Bausteinen prüfen")}
        hint={t(
          "Eine Geodatei mit den Ebenen „blocks“ und „municipalities“. Sie wird nur angesehen; übernommen wird erst, wenn Sie es sagen.",
        )}
        accept=".gpkg"
        disabled={busy}
        onFiles={(files) => void follow(upload("ground/check/file", "file", files))}
      />
      {answer.blocks && (
        <section class="card pad stack">
          <h2>{t("Die Bausteine des Projekts prüfen")}</h2>
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void follow(post<Job>("ground/check/project"))}
          >
            {t("Bausteine des Projekts prüfen")}
          </button>
        </section>
      )}
    </>
  );
}

function CheckedView({ answer, checked }: { answer: GroundAnswer; checked: Checked }) {
  const store = useStore();
  const shapes = useGround(`ground/map/checked/${checked.number}`);
  const [chosen, setChosen] = useState<number | null>(null);
  const [kind, setKind] = useState("");
  const [wishes, setWishes] = useState<Record<string, string>>({});
  const shown = useMemo(() => ofKind(checked.faults, kind), [checked.faults, kind]);
  const wanted = Object.keys(wishes).length;
  const repair = () => void begin(store, post<Job>("ground/check/repair", { wishes }));
  return (
    <>
      <Head checked={checked} />
      <div class="blk-two">
        {shapes ? (
          <GroundMap
            shapes={shapes}
            places={shown}
            chosen={chosen}
            onChoose={setChosen}
            label={t("Karte der geprüften Bausteine. Die Liste daneben nennt dieselben Stellen.")}
          />
        ) : (
          <Waiting />
        )}
        {checked.faults.length > 0 && (
          <div class="blk-side">
            <PlaceList
              title={plural("{count} Fehler", "{count} Fehler", checked.faults.length, {
                count: count(checked.faults.length),
              })}
              places={checked.faults}
              kind={kind}
              onKind={(next) => {
                setKind(next);
                setChosen(null);
              }}
              chosen={chosen}
              onChoose={setChosen}
              more={(fault) => <FaultWays fault={fault} wishes={wishes} onWishes={setWishes} />}
            />
            <div class="card pad blk-acts">
              <ChooseAll faults={shown} wishes={wishes} onWishes={setWishes} />
              <button
                type="button"
                class="button main"
                disabled={wanted === 0 || store.job?.state === "running"}
                onClick={repair}
              >
                {wanted === 0
                  ? t("Ausgewählte beheben")
                  : plural("{count} ausgewählten beheben", "{count} ausgewählte beheben", wanted, {
                      count: count(wanted),
                    })}
              </button>
              <p class="small quiet">
                {wanted === 0
                  ? t("Wählen Sie aus, was behoben werden soll. Alles andere bleibt, wie es ist.")
                  : t("Alles andere bleibt, wie es ist.")}
              </p>
            </div>
          </div>
        )}
      </div>
      {checked.protocol && <ProtocolCard protocol={checked.protocol} />}
      <TakeChecked answer={answer} checked={checked} />
    </>
  );
}

function Head({ checked }: { checked: Checked }) {
  const name = checked.file || t("die Bausteine des Projekts");
  const readings = [...new Set(checked.readings.map((one) => one.title))];
  return (
    <div class="blk-head">
      <p>
        <b>{t("Geprüft: {name}", { name })}</b>
        {readings.length > 0 && [" · ", t("gelesen als {system}", { system: readings.join("; ") })]}
      </p>
      {checked.faults.length === 0 && (
        <p>
          <StateIcon shape="tick" />{" "}
          {t("Die Bausteine decken ihre Gemeinden ohne Lücke und ohne Überlappung.")}
        </p>
      )}
    </div>
  );
}

function ProtocolCard({ protocol }: { protocol: Protocol }) {
  return (
    <section class="card pad stack">
      <div class="blk-placeshead">
        <h2>{t("Protokoll")}</h2>
        <a class="button" download href="/api/ground/check/protocol.xlsx">
          {t("Protokoll speichern")}
        </a>
      </div>
      <p>
        {protocol.sentence}{" "}
        {protocol.rows.length < protocol.count &&
          t("Hier stehen die ersten {count}, im gespeicherten Protokoll alle.", {
            count: count(protocol.rows.length),
          })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={t("Protokoll der Berichtigung")}>
        <table class="figures">
          <thead>
            <tr>
              {protocol.head.map((title, place) => (
                <th scope="col" key={title} class={place > 2 ? "number" : ""}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {protocol.rows.map((row) => (
              <tr key={row.join(" ")}>
                {row.map((cell, place) => (
                  <td key={protocol.head[place]} class={typeof cell === "number" ? "number" : ""}>
                    {typeof cell === "number" ? count(cell) : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function TakeChecked({ answer, checked }: { answer: GroundAnswer; checked: Checked }) {
  const store = useStore();
  const { act, refresh, job } = store;
  const [why, setWhy] = useState("");
  const [role, setRole] = useState("");
  const errors = checked.faults.filter((fault) => fault.severity === "error").length;
  const { blocks } = answer;
  const renewed = blocks !== null && (checked.file === "" || blocks.version > 1 || blocks.rests.length > 0);
  const nothing = checked.file === "" && !checked.protocol;
  const step = async (path: string) => {
    if (await act(() => post(`ground/check/${path}`))) await refresh();
  };
  const take = (event: Event) => {
    event.preventDefault();
    void begin(store, post<Job>("ground/check/take", { why, role }));
  };
  const reason = errors > 0 ? t("Übernehmen geht erst, wenn kein Fehler mehr offen ist.") : "";
  const open = renewed && (!why.trim() || !role.trim());
  return (
    <form class="card pad stack blk-take" onSubmit={take}>
      {!nothing && (
        <>
          <h2>{renewed ? t("Als neuen Stand übernehmen") : t("Übernehmen")}</h2>
          {renewed && <Outlook rests={blocks.rests} sentences={[]} />}
          {renewed && errors === 0 && (
            <Reasons why={why} onWhy={setWhy} role={role} onRole={setRole} id="checked" />
          )}
        </>
      )}
      <div class="blk-acts">
        {!nothing && (
          <button
            type="submit"
            class={errors > 0 || open ? "button" : "button main"}
            disabled={errors > 0 || open || job?.state === "running"}
          >
            {t("Bausteine übernehmen")} <Arrow />
          </button>
        )}
        {checked.protocol && (
          <button type="button" class="link" onClick={() => void step("again")}>
            {t("Berichtigungen zurücknehmen")}
          </button>
        )}
        <button type="button" class="link" onClick={() => void step("close")}>
          {t("Prüfung schließen")}
        </button>
        {!nothing && (reason || open) && (
          <p class="small quiet">{reason || t("Es fehlen noch Grund und Rolle.")}</p>
        )}
      </div>
    </form>
  );
}
