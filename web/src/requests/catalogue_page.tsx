/** "Katalog": who holds which data, as forms and as a workbook; catalogues of tables and their search. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { ErrorIcon, StateIcon } from "../icons";
import { count } from "../numbers";
import { DropZone, Findings, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { DataSetForm, SourceForm } from "./record_forms";
import { RoundTrip } from "./round_trip";
import { SearchCard } from "./search_card";
import { send } from "./send";
import { ToData } from "./to_data";
import type { CatalogueAnswer, DataSet, ImportAnswer, Source } from "./types";
import "./requests.css";

export function CataloguePage() {
  const answer = useAnswer<CatalogueAnswer>("catalogue");
  if (!answer) return <Waiting />;
  const proposed = answer.data_sets.filter((one) => !one.entered).length;
  return (
    <div class="page two rq-catalogue">
      <Title title={t("Katalog")}>
        {t("Wer welche Daten hat, wie oft sie kommen und unter welchen Bedingungen.")}
      </Title>
      <div class="column">
        <SearchCard catalogues={answer.catalogues} />
        {proposed > 0 && <Proposed number={proposed} />}
        <DataSets answer={answer} />
        <Sources answer={answer} />
      </div>
      <aside>
        <RoundTrip />
        <Import catalogues={answer.catalogues} />
      </aside>
    </div>
  );
}

function Proposed({ number }: { number: number }) {
  const { act, refresh } = useStore();
  const keep = () =>
    void act(async () => {
      await post("catalogue/proposed");
      await refresh();
    });
  return (
    <section class="card next">
      <div>
        <h2>
          {plural(
            "{count} Datensatz ist aus Lieferungen bekannt und noch nicht eingetragen.",
            "{count} Datensätze sind aus Lieferungen bekannt und noch nicht eingetragen.",
            number,
            { count: number },
          )}
        </h2>
        <p class="small quiet">{t("Danach können Sie Stelle, Rechtsgrundlage und Rhythmus ergänzen.")}</p>
      </div>
      <button type="button" class="button main" onClick={keep}>
        {t("Alle eintragen")}
      </button>
    </section>
  );
}

function DataSets({ answer }: { answer: CatalogueAnswer }) {
  const [edited, setEdited] = useState<DataSet | "new" | null>(null);
  const holders = new Map(answer.sources.map((one) => [one.source_id, one.holder]));
  return (
    <section class="card pad stack scroll">
      <div class="row">
        <h2>{t("Datensätze")}</h2>
        <button
          type="button"
          class="button"
          disabled={answer.sources.length === 0}
          onClick={() => setEdited("new")}
        >
          {t("Datensatz eintragen")}
        </button>
      </div>
      {edited && (
        <DataSetForm
          key={edited === "new" ? "new" : edited.data_set_id}
          answer={answer}
          record={edited === "new" ? null : edited}
          onDone={() => setEdited(null)}
        />
      )}
      {answer.data_sets.length === 0 ? (
        <p class="quiet">
          {answer.sources.length === 0
            ? t("Noch keine Datensätze. Tragen Sie zuerst eine Stelle ein.")
            : t("Noch keine Datensätze.")}
        </p>
      ) : (
        <table>
          <caption class="unseen">{t("Datensätze")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Titel")}</th>
              <th scope="col">{t("Stelle")}</th>
              <th scope="col">{t("Raumbezug")}</th>
              <th scope="col">{t("Rhythmus")}</th>
              <th scope="col">{t("Einsicht")}</th>
              <th scope="col">
                <span class="unseen">{t("Ändern")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.data_sets.map((one) => (
              <tr key={one.data_set_id}>
                <th scope="row">
                  {one.title}
                  <span class="small quiet rq-line">{one.theme || t("ohne Thema")}</span>
                  {!one.entered && <span class="tag">{t("aus Lieferung")}</span>}
                </th>
                <td>{holders.get(one.source_id) ?? one.source_id}</td>
                <td>{one.geography_text}</td>
                <td>{one.rhythm_text}</td>
                <td>{one.visible_text}</td>
                <td>
                  <button type="button" class="link" onClick={() => setEdited(one)}>
                    {t("ändern")}
                    <span class="unseen">: {one.title}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Sources({ answer }: { answer: CatalogueAnswer }) {
  const [edited, setEdited] = useState<Source | "new" | null>(null);
  return (
    <section class="card pad stack scroll">
      <div class="row">
        <h2>{t("Stellen")}</h2>
        <button type="button" class="button" onClick={() => setEdited("new")}>
          {t("Stelle eintragen")}
        </button>
      </div>
      {edited && (
        <SourceForm
          key={edited === "new" ? "new" : edited.source_id}
          record={edited === "new" ? null : edited}
          onDone={() => setEdited(null)}
        />
      )}
      {answer.sources.length === 0 ? (
        <p class="quiet">{t("Noch keine Stelle.")}</p>
      ) : (
        <table>
          <caption class="unseen">{t("Stellen")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Stelle")}</th>
              <th scope="col">{t("Funktion")}</th>
              <th scope="col">{t("Rechtsgrundlage")}</th>
              <th scope="col">
                <span class="unseen">{t("Ändern")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.sources.map((one) => (
              <tr key={one.source_id}>
                <th scope="row">
                  {one.holder} {!one.entered && <span class="tag">{t("aus Lieferung")}</span>}
                </th>
                <td>{one.contact || "–"}</td>
                <td>{one.legal_basis || "–"}</td>
                <td>
                  <button type="button" class="link" onClick={() => setEdited(one)}>
                    {t("ändern")}
                    <span class="unseen">: {one.holder}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Import({ catalogues }: { catalogues: CatalogueAnswer["catalogues"] }) {
  const { act, refresh } = useStore();
  const [read, setRead] = useState<ImportAnswer["files"]>([]);
  const take = (files: File[]) =>
    void act(async () => {
      setRead((await send<ImportAnswer>("catalogue/import", "files", files)).files);
      await refresh();
    });
  const remove = (key: string) =>
    void act(async () => {
      await post("catalogue/remove", { key });
      setRead([]);
      await refresh();
    });
  return (
    <>
      <DropZone
        title={t("Verzeichnis einlesen")}
        hint={t("Listen von Tabellen, wie Statistikämter sie ausgeben: Code, Titel, Zeitraum.")}
        multiple
        accept=".csv,.xlsx,.txt"
        onFiles={take}
      />
      {read.length > 0 && (
        <section class="card pad stack" aria-live="polite">
          {read.map((one) => (
            <article key={one.file} class="read">
              <h3>
                {one.problem ? <ErrorIcon /> : <StateIcon shape="tick" size={18} />} {one.file}
              </h3>
              {one.problem && (
                <>
                  <p>{one.problem.headline}</p>
                  <Findings findings={one.problem.findings} />
                  <ToData />
                </>
              )}
              <ul class="small list">
                {one.sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </article>
          ))}
        </section>
      )}
      {catalogues.length > 0 && (
        <section class="card pad stack">
          <h2>{t("Eingelesene Verzeichnisse")}</h2>
          <ul class="rq-catalogues">
            {catalogues.map((one) => (
              <li key={one.catalogue}>
                <span>
                  <b>{one.catalogue}</b>
                  <span class="small quiet">
                    {plural("{count} Eintrag", "{count} Einträge", one.entries, {
                      count: count(one.entries),
                    })}
                  </span>
                </span>
                <button type="button" class="link" onClick={() => remove(one.catalogue)}>
                  {t("entfernen")}
                  <span class="unseen">: {one.catalogue}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
