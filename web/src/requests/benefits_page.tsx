/** "Namen von Leistungen": what a benefit is called when, as a form and as a workbook. */

import { Title, Waiting } from "../parts";
import { useAnswer } from "../store";
import { t } from "../words";
import { RecordForm } from "./record_entries";
import { RecordsCard } from "./records_card";
import { RoundTrip } from "./round_trip";
import type { BenefitName, BenefitsAnswer } from "./types";
import "./requests.css";

export function BenefitsPage() {
  const answer = useAnswer<BenefitsAnswer>("benefits");
  return (
    <div class="page two rq-catalogue">
      <Title title={t("Namen von Leistungen")}>
        {t("Bericht und Indikatoren nennen eine Leistung so, wie sie am Stichtag der Zahlen hieß.")}
      </Title>
      <div class="column">
        {answer ? <Names answer={answer} /> : <Waiting />}
        {answer && <Used answer={answer} />}
        <p class="small">
          <a href="#/katalog">{t("Zurück zum Katalog")}</a>
        </p>
      </div>
      <aside>
        <RoundTrip
          path="benefits"
          hint={t("Alle Namen mit ihrer Geltung in einer Arbeitsmappe, zum Ändern und Zurücklesen.")}
        />
      </aside>
    </div>
  );
}

function Names({ answer }: { answer: BenefitsAnswer }) {
  return (
    <RecordsCard
      title={t("Namen und Geltung")}
      add={t("Namen eintragen")}
      records={answer.names}
      empty={t("Noch keine Leistung.")}
      heads={[t("Name"), t("Leistung"), t("gilt"), t("auf Englisch")]}
      keyOf={(one) => `${one.code} ${one.since}`}
      nameOf={(one) => one.de}
      cells={(one) => [one.de, one.title, one.validity, one.en || "–"]}
      form={(record, onDone) => <NameForm answer={answer} record={record} onDone={onDone} />}
    />
  );
}

interface FormProps {
  answer: BenefitsAnswer;
  record: BenefitName | null;
  onDone: () => void;
}

function NameForm({ answer, record, onDone }: FormProps) {
  const titles = [...new Set(answer.names.map((one) => one.title))];
  return (
    <RecordForm
      title={record ? t("Namen ändern oder beenden") : t("Namen eintragen")}
      mark="bn"
      entries={[
        { name: "title", label: t("Leistung"), list: titles },
        { name: "de", label: t("Name") },
        { name: "en", label: t("Name auf Englisch (kann leer bleiben)") },
        { name: "since", label: t("gilt ab (leer: von Anfang an)"), day: true },
        { name: "until", label: t("gilt bis (leer: bis zum nächsten Namen)"), day: true },
      ]}
      first={{
        title: record?.title ?? titles[0] ?? "",
        de: record?.de ?? "",
        en: record?.en ?? "",
        since: record?.since ?? "",
        until: record?.until ?? "",
      }}
      path="benefits"
      body={(given) => ({ code: record?.code ?? "", before: record ? record.since : null, ...given })}
      remove={record ? { path: "benefits/remove", body: { code: record.code, since: record.since } } : null}
      onDone={onDone}
    />
  );
}

function Used({ answer }: { answer: BenefitsAnswer }) {
  const titles = new Map(answer.names.map((one) => [one.code, one.title]));
  return (
    <section class="card pad stack">
      <h2>{t("Wo die Namen stehen")}</h2>
      <ul class="small list">
        {[...titles].map(([code, title]) => {
          const used = answer.used[code] ?? [];
          return (
            <li key={code}>
              <b>{title}</b>: {used.length > 0 ? used.join("; ") : t("in keinem Text eines Indikators")}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
