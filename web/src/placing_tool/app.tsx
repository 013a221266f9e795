/** The page of the tool: a list goes in, counts or the same list with areas come out. Nothing is kept. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { Mark } from "../icons";
import { count, day, percent } from "../numbers";
import { type Language, plural, useCatalogue as speak, t } from "../words";
import { ColumnsStep } from "./columns_step";
import { CompleteForm } from "./complete_form";
import { CountForm } from "./count_form";
import type { ToolData } from "./data";
import { type Desk, useDesk } from "./desk";
import { DropField } from "./drop_field";
import { PlacedStep } from "./placed_step";

interface AppProps {
  data: ToolData;
  words: Record<string, string | string[]>;
}

export function App({ data, words }: AppProps) {
  const [language, setLanguage] = useState<Language>("de");
  speak(language, language === "en" ? words : {});
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = t("Adressen zuordnen: {name}", { name: data.project });
  }, [language, data]);
  const desk = useDesk(data);
  return (
    <>
      <Head data={data} language={language} onLanguage={setLanguage} />
      <main class="pt-main">
        <Step number={1} title={t("Liste öffnen")}>
          <DropField desk={desk} />
        </Step>
        {desk.book && (
          <Step number={2} title={t("Wo steht die Anschrift?")}>
            <ColumnsStep desk={desk} />
          </Step>
        )}
        {desk.busy !== null && <Progress part={desk.busy} />}
        {desk.placed && (
          <Step number={3} title={t("So wurde zugeordnet")}>
            <PlacedStep desk={desk} />
          </Step>
        )}
        {desk.book && (
          // what was typed stays while other columns are chosen
          <div hidden={!desk.placed}>
            <Ways key={desk.opened} desk={desk} />
          </div>
        )}
      </main>
      <Foot />
    </>
  );
}

function Head({
  data,
  language,
  onLanguage,
}: {
  data: ToolData;
  language: Language;
  onLanguage: (next: Language) => void;
}) {
  const other = language === "de" ? "en" : "de";
  const size = plural("{count} Gebiet", "{count} Gebiete", data.areas.length, {
    count: count(data.areas.length),
  });
  return (
    <header class="top pt-top">
      <Mark />
      <div class="pt-what">
        <h1>{t("Adressen zuordnen: {name}", { name: data.project })}</h1>
        <p class="small quiet">
          {t("{plan}, {size}, Stand {day}", { plan: data.plan, size, day: day(data.written) })}
        </p>
      </div>
      {data.notice && <span class="mark">{t("Beispielzahlen")}</span>}
      <button type="button" class="link" lang={other} onClick={() => onLanguage(other)}>
        {other === "en" ? "English" : "Deutsch"}
      </button>
    </header>
  );
}

export function Step({
  number,
  title,
  children,
}: {
  number: number;
  title: string;
  children: ComponentChildren;
}) {
  return (
    <section class="pt-step" aria-labelledby={`step-${number}`}>
      <h2 id={`step-${number}`}>
        <span class="pt-number">{number}</span> {title}
      </h2>
      {children}
    </section>
  );
}

function Progress({ part }: { part: number }) {
  return (
    <div class="pt-step" role="status">
      <p>
        {part > 0
          ? t("Adressen werden zugeordnet: {part}", { part: percent(part, 0) })
          : t("Die Liste wird gelesen.")}
      </p>
      <progress class="pt-progress" value={part} aria-label={t("Fortschritt")} />
    </div>
  );
}

type Way = "count" | "complete";

/** What comes out; both forms keep what was typed while one looks at the other. */
function Ways({ desk }: { desk: Desk }) {
  const [way, setWay] = useState<Way>("count");
  const choice = (value: Way, title: string, text: string) => (
    <label class={way === value ? "pt-way chosen" : "pt-way"}>
      <input type="radio" name="way" value={value} checked={way === value} onChange={() => setWay(value)} />
      <span>
        <b>{title}</b>
        <span class="small quiet">{text}</span>
      </span>
    </label>
  );
  return (
    <Step number={4} title={t("Was soll herauskommen?")}>
      <fieldset class="pt-ways">
        <legend class="unseen">{t("Was soll herauskommen?")}</legend>
        {choice("count", t("Zählen"), t("Nur Anzahlen je Gebiet verlassen diese Seite."))}
        {choice("complete", t("Adressliste ergänzen"), t("Dieselbe Liste, mit dem Gebiet jeder Adresse."))}
      </fieldset>
      <div hidden={way !== "count"}>
        <CountForm desk={desk} />
      </div>
      <div hidden={way !== "complete"}>
        <CompleteForm desk={desk} />
      </div>
    </Step>
  );
}

function Foot() {
  const licences = () => document.getElementById("licences")?.textContent ?? "";
  const [open, setOpen] = useState(false);
  return (
    <footer class="pt-foot small quiet">
      <p>
        {t(
          "Diese Seite lädt nichts aus dem Netz, sendet nichts und speichert nichts. Wenn Sie sie schließen, ist die Liste weg.",
        )}
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("Verwendete Programme und ihre Lizenzen")}</summary>
        {open && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <pre class="pt-licences" tabIndex={0}>
            {licences()}
          </pre>
        )}
      </details>
    </footer>
  );
}
