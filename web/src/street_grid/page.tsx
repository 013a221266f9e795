/** The street grid of the employment agency: what will be written, delivery groups, files, check. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { Arrow } from "../icons";
import { count, moment } from "../numbers";
import { DropZone, Empty, Findings, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { CheckCard } from "./check";
import { FormCard } from "./form";
import { GroupsCard } from "./groups";
import "./street_grid.css";
import { type CheckAnswer, check, type GridAnswer, type GridTown, type WrittenAnswer } from "./types";

export function StreetGridPage() {
  const [chosen, setChosen] = useState("");
  const answer = useAnswer<GridAnswer>(`street-grid?plan=${encodeURIComponent(chosen)}`);
  const [checked, setChecked] = useState<CheckAnswer | null>(null);
  const { act } = useStore();
  const look = (files: File[]) => void act(async () => setChecked(await check(files)));
  return (
    <div class="page two grid-page">
      <Title title={t("Straßenraster")}>
        {t(
          "Mit zwei Dateien erfährt die Agentur für Arbeit, welche Anschrift zu welchem Gebiet gehört. Danach liefert sie ihre Tabellen.",
        )}
      </Title>
      <div class="column">
        {checked && <CheckCard answer={checked} onClose={() => setChecked(null)} />}
        {answer ? <Content answer={answer} /> : <Waiting />}
      </div>
      <aside>
        {answer?.plan && <WriteCard key={answer.plan.plan_id} answer={answer} onPlan={setChosen} />}
        <DropZone
          title={t("Dateien prüfen")}
          hint={t(
            "Die Dateien „zu“ und „ra“, wo immer sie geschrieben wurden. Sie werden nur gelesen, nicht übernommen.",
          )}
          multiple
          accept=".csv,.txt"
          onFiles={look}
        />
        <p class="small">
          {t("Neues Adressregister? Danach wird das Straßenraster neu geschrieben.")}{" "}
          <a href="#/adressen">{t("Adressen fortschreiben")}</a>
        </p>
      </aside>
    </div>
  );
}

function Content({ answer }: { answer: GridAnswer }) {
  if (answer.missing) {
    return (
      <>
        <Empty text={answer.missing.headline}>
          {answer.missing.todo && <p>{answer.missing.todo}</p>}
          <a class="button main" href="#/gebiete">
            {t("Zu den Gebieten")}
          </a>
        </Empty>
        <FormCard answer={answer.form} levels={answer.levels} />
      </>
    );
  }
  return (
    <>
      <TownsCard answer={answer} />
      <GroupsCard answer={answer} />
      {answer.findings.length > 0 && (
        <section class="card pad stack">
          <h2>{t("Zu prüfen")}</h2>
          <Findings findings={answer.findings} />
        </section>
      )}
      <FormCard answer={answer.form} levels={answer.levels} />
    </>
  );
}

function TownsCard({ answer }: { answer: GridAnswer }) {
  const sum = (part: (town: GridTown) => number) =>
    count(answer.towns.reduce((all, town) => all + part(town), 0));
  return (
    <section class="card pad stack scroll">
      <table class="figures">
        <caption>{t("Was geschrieben wird")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gemeinde")}</th>
            <th scope="col" class="number">
              {t("Stadtviertel")}
            </th>
            <th scope="col" class="number">
              {t("Einwohner/-innen")}
            </th>
            <th scope="col" class="number">
              {t("davon im kleinsten")}
            </th>
            <th scope="col" class="number">
              {t("Straßen")}
            </th>
            <th scope="col" class="number">
              {t("Zeilen")}
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.towns.map((town) => (
            <tr key={town.ags}>
              <th scope="row">{town.name}</th>
              <td class="number">{count(town.viertel)}</td>
              <td class="number">{count(town.people)}</td>
              <td class="number">{town.smallest === null ? "–" : count(town.smallest)}</td>
              <td class="number">{count(town.streets)}</td>
              <td class="number">{count(town.lines)}</td>
            </tr>
          ))}
          <tr class="subtotal">
            <th scope="row">{t("zusammen")}</th>
            <td class="number">{sum((town) => town.viertel)}</td>
            <td class="number">{sum((town) => town.people)}</td>
            <td class="number" />
            <td class="number">{sum((town) => town.streets)}</td>
            <td class="number">{sum((town) => town.lines)}</td>
          </tr>
        </tbody>
      </table>
      <p class="small quiet">{answer.sentences[1]}</p>
    </section>
  );
}

function WriteCard({ answer, onPlan }: { answer: GridAnswer; onPlan: (plan: string) => void }) {
  const { act, refresh } = useStore();
  const [files, setFiles] = useState<WrittenAnswer | null>(null);
  const plan = answer.plan;
  if (!plan) return null;
  const open = answer.groups.filter((group) => group.state === "proposed").length;
  const write = () =>
    void act(async () => {
      setFiles(await post<WrittenAnswer>("street-grid/write", { plan_id: plan.plan_id }));
      await refresh();
    });
  return (
    <section class="card pad stack" aria-live="polite">
      <h2>{t("Dateien schreiben")}</h2>
      {answer.plans.length > 1 ? (
        <label class="stacked">
          {t("Plan")}
          <select value={plan.plan_id} onChange={(event) => onPlan(event.currentTarget.value)}>
            {answer.plans.map((one) => (
              <option key={one.plan_id} value={one.plan_id}>
                {one.title} ({statusWord(one.status)})
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p class="small">{t("Plan: {title}", { title: plan.title })}</p>
      )}
      {plan.status !== "adopted" && (
        <p class="small fault">
          <span aria-hidden="true">!</span>
          <span>{t("Dieser Plan ist nicht beschlossen. Die Agentur braucht Gebiete, die bleiben.")}</span>
        </p>
      )}
      {open > 0 && (
        <p class="small">
          {plural(
            "Vorher ist {count} Liefergruppe zu bestätigen.",
            "Vorher sind {count} Liefergruppen zu bestätigen.",
            open,
            { count: count(open) },
          )}
        </p>
      )}
      <button type="button" class="button main" onClick={write} disabled={open > 0}>
        {t("Dateien schreiben")} <Arrow />
      </button>
      {files && (
        <ul class="downloads">
          {files.files.map((file) => (
            <li key={file.name}>
              <a
                class="button"
                download
                href={`/api/street-grid/files/${files.plan_id}/${encodeURIComponent(file.name)}`}
              >
                {t("{file} speichern", { file: file.name })}
              </a>
              <span class="small quiet">
                {plural("{count} Zeile", "{count} Zeilen", file.lines, { count: count(file.lines) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {answer.written && (
        <p class="small quiet">{t("Zuletzt geschrieben: {when}", { when: moment(answer.written) })}</p>
      )}
    </section>
  );
}

function statusWord(status: string): string {
  if (status === "adopted") return t("beschlossen");
  if (status === "superseded") return t("abgelöst");
  if (status === "submitted") return t("eingereicht");
  return status === "in_revision" ? t("in Überarbeitung") : t("Vorschlag");
}
