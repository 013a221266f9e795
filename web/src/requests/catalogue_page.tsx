/** "Katalog": who holds which data, as forms and as a workbook; catalogues of tables and their search. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { count } from "../numbers";
import { DropZone, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { ReadFiles } from "./read_files";
import { DataSetForm, SourceForm } from "./record_forms";
import { RecordsCard } from "./records_card";
import { RoundTrip } from "./round_trip";
import { catalogueTitle, SearchCard } from "./search_card";
import { send } from "./send";
import type { CatalogueAnswer, ImportAnswer } from "./types";
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
        <RoundTrip
          path="catalogue/records"
          hint={t("Alle Stellen und Datensätze in einer Arbeitsmappe, zum Ändern und Zurücklesen.")}
        />
        <Import catalogues={answer.catalogues} />
        <section class="card pad stack">
          <h2>{t("Namen von Leistungen")}</h2>
          <p class="small quiet">{t("Wie eine Leistung heißt, hängt vom Datum ab.")}</p>
          <a class="button" href="#/leistungen">
            {t("Namen ansehen und ändern")}
          </a>
        </section>
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
  const holders = new Map(answer.sources.map((one) => [one.source_id, one.holder]));
  return (
    <RecordsCard
      title={t("Datensätze")}
      add={t("Datensatz eintragen")}
      can={answer.sources.length > 0}
      records={answer.data_sets}
      empty={
        answer.sources.length === 0
          ? t("Noch keine Datensätze. Tragen Sie zuerst eine Stelle ein.")
          : t("Noch keine Datensätze.")
      }
      heads={[t("Titel"), t("Stelle"), t("Raumbezug"), t("Rhythmus"), t("Einsicht")]}
      keyOf={(one) => one.data_set_id}
      nameOf={(one) => one.title}
      cells={(one) => [
        <>
          {one.title}
          <span class="small quiet rq-line">{one.theme || t("ohne Thema")}</span>
          {!one.entered && <span class="tag">{t("aus Lieferung")}</span>}
        </>,
        holders.get(one.source_id) ?? t("unbekannt"),
        one.geography_text,
        one.rhythm_text,
        one.visible_text,
      ]}
      form={(record, onDone) => <DataSetForm answer={answer} record={record} onDone={onDone} />}
    />
  );
}

function Sources({ answer }: { answer: CatalogueAnswer }) {
  return (
    <RecordsCard
      title={t("Stellen")}
      add={t("Stelle eintragen")}
      records={answer.sources}
      empty={t("Noch keine Stelle.")}
      heads={[t("Stelle"), t("Funktion"), t("Rechtsgrundlage")]}
      keyOf={(one) => one.source_id}
      nameOf={(one) => one.holder}
      cells={(one) => [
        <>
          {one.holder} {!one.entered && <span class="tag">{t("aus Lieferung")}</span>}
        </>,
        one.contact || "–",
        one.legal_basis || "–",
      ]}
      form={(record, onDone) => <SourceForm record={record} onDone={onDone} />}
    />
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
        hint={t("Listen von Tabellen, wie Statistikämter sie ausgeben: Nummer, Titel, Zeitraum.")}
        multiple
        accept=".csv,.xlsx,.txt"
        onFiles={take}
      />
      {read.length > 0 && (
        <ReadFiles
          files={read}
          result={(one) => (
            <ul class="small list">
              {one.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        />
      )}
      {catalogues.length > 0 && (
        <section class="card pad stack">
          <h2>{t("Eingelesene Verzeichnisse")}</h2>
          <ul class="rq-catalogues">
            {catalogues.map((one) => (
              <li key={one.catalogue}>
                <span>
                  <b>{catalogueTitle(one)}</b>
                  <span class="small quiet">
                    {one.provider && t("aus der Datei „{file}“: ", { file: one.catalogue })}
                    {plural("{count} Eintrag", "{count} Einträge", one.entries, {
                      count: count(one.entries),
                    })}
                  </span>
                </span>
                <button type="button" class="link" onClick={() => remove(one.catalogue)}>
                  {t("entfernen")}
                  <span class="unseen">: {catalogueTitle(one)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
