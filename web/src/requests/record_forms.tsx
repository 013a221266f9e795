/** A source or a data set as a form. */

import { t } from "../words";
import { RecordForm } from "./record_entries";
import type { CatalogueAnswer, DataSet, Source } from "./types";

const REMOVE = "catalogue/records/remove";

interface SourceProps {
  record: Source | null;
  onDone: () => void;
}

export function SourceForm({ record, onDone }: SourceProps) {
  return (
    <RecordForm
      title={record ? t("Stelle ändern") : t("Stelle eintragen")}
      mark="rq-source"
      entries={[
        { name: "holder", label: t("Stelle") },
        { name: "contact", label: t("Funktion, an die geschrieben wird (kein Name)") },
        { name: "legal_basis", label: t("Rechtsgrundlage") },
        { name: "note", label: t("Bemerkung") },
      ]}
      first={{
        holder: record?.holder ?? "",
        contact: record?.contact ?? "",
        legal_basis: record?.legal_basis ?? "",
        note: record?.note ?? "",
      }}
      path="catalogue/sources"
      body={(given) => ({ source_id: record?.source_id ?? "", ...given })}
      remove={record?.entered ? { path: REMOVE, body: { key: record.source_id } } : null}
      onDone={onDone}
    />
  );
}

interface DataSetProps {
  answer: CatalogueAnswer;
  record: DataSet | null;
  onDone: () => void;
}

export function DataSetForm({ answer, record, onDone }: DataSetProps) {
  const { choices, sources, data_sets } = answer;
  const holders = Object.fromEntries(sources.map((one) => [one.source_id, one.holder]));
  const themes = [...new Set(data_sets.map((one) => one.theme).filter((theme) => theme !== ""))];
  return (
    <RecordForm
      title={record ? t("Datensatz ändern") : t("Datensatz eintragen")}
      mark="rq-set"
      entries={[
        { name: "title", label: t("Titel") },
        { name: "source_id", label: t("Stelle"), choices: holders },
        { name: "theme", label: t("Thema"), list: themes },
        { name: "geography", label: t("Raumbezug"), choices: choices.geography },
        { name: "rhythm", label: t("Rhythmus in Monaten") },
        { name: "counts", label: t("Gezählt werden"), choices: choices.counts },
        { name: "terms", label: t("Bedingungen") },
        { name: "threshold", label: t("Schwelle, unter der nichts gesagt wird") },
        { name: "visible_to", label: t("Einsicht"), choices: choices.visible_to },
        {
          name: "recipe",
          label: t("Einleseregel"),
          choices: { "": t("noch keine"), ...choices.recipe },
        },
      ]}
      first={{
        title: record?.title ?? "",
        source_id: record?.source_id ?? sources[0]?.source_id ?? "",
        theme: record?.theme ?? "",
        geography: record?.geography ?? "area",
        rhythm: String(record?.rhythm ?? 12),
        counts: record?.counts ?? "persons",
        terms: record?.terms ?? "",
        threshold: record?.threshold ?? "",
        visible_to: record?.visible_to ?? "team",
        recipe: record?.recipe ?? "",
      }}
      path="catalogue/data-sets"
      body={(given) => ({
        data_set_id: record?.data_set_id ?? "",
        ...given,
        rhythm: Number(given.rhythm) || 0,
      })}
      remove={record?.entered ? { path: REMOVE, body: { key: record.data_set_id } } : null}
      onDone={onDone}
    />
  );
}
