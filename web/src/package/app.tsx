/** The page of the package: areas left, map in the middle, what is proposed right. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { Mark } from "../icons";
import { count, day } from "../numbers";
import { plural, useCatalogue as speak, t } from "../words";
import { LoadAnswer, SaveBox } from "./answer_file";
import { AreaPanel } from "./area_panel";
import { AreaList } from "./areas";
import { ChoicePanel } from "./choice";
import { CommentForm, CommentList } from "./comments";
import type { PackageData } from "./data";
import { type Desk, useDesk } from "./desk";
import { PackageMap, type Tool } from "./map";
import { ProposalList } from "./proposals";
import { areaWords, blocksWords } from "./sentences";
import { rememberedLanguage, rememberLanguage } from "./storage";

interface AppProps {
  data: PackageData;
  words: Record<string, string | string[]>;
}

export function App({ data, words }: AppProps) {
  const [language, setLanguage] = useState(rememberedLanguage);
  speak(language, language === "en" ? words : {});
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = t("Abstimmung: {name}", { name: data.name });
    rememberLanguage(language);
  }, [language, data]);
  const desk = useDesk(data);
  return (
    <>
      <Head data={data} desk={desk} language={language} onLanguage={setLanguage} />
      <Notices desk={desk} />
      <main class="work">
        <section class="panel left" aria-labelledby="areas-title">
          <AreaList desk={desk} />
        </section>
        <section class="middle" aria-label={t("Karte")}>
          <Tools desk={desk} />
          <PackageMap
            data={data}
            plan={desk.plan}
            base={desk.base}
            ground={desk.ground}
            segments={desk.segments}
            colours={desk.colours}
            tool={desk.tool}
            selection={desk.selection}
            chosenArea={desk.area}
            comments={desk.work.comments}
            draftAt={desk.place?.point ?? null}
            onToggle={desk.toggle}
            onAdd={desk.choose}
            onArea={desk.showArea}
            onPlace={desk.pin}
            onCursor={(block) => desk.setSaid(blockWords(desk, block))}
          />
          <Legend desk={desk} />
        </section>
        <section class="panel right" aria-label={t("Vorschlagen")}>
          <p class="unseen" aria-live="polite">
            {desk.said}
          </p>
          <Doing desk={desk} />
          <ProposalList desk={desk} />
          <CommentList desk={desk} />
          <SaveBox desk={desk} />
        </section>
      </main>
    </>
  );
}

function blockWords(desk: Desk, block: number): string {
  const area = desk.plan.areas[desk.plan.area[block] ?? 0];
  const chosen = desk.selection.has(block) ? t("gewählt") : "";
  return [
    t("Baustein {block}", { block: desk.data.blocks.id[block] ?? "" }),
    t("Gebiet {code}", { code: areaWords(area) }),
    t("rund {count} Einwohner", { count: count(desk.data.blocks.people[block] ?? 0) }),
    chosen,
  ]
    .filter(Boolean)
    .join(", ");
}

/** What is being done now: a remark, a choice of blocks, or looking at an area. */
function Doing({ desk }: { desk: Desk }) {
  if (desk.place) return <CommentForm desk={desk} />;
  if (desk.selection.size > 0) return <ChoicePanel key={desk.work.history.position} desk={desk} />;
  if (desk.area) return <AreaPanel key={desk.area} desk={desk} />;
  return <Begin />;
}

function Begin() {
  return (
    <section class="part">
      <h2>{t("So geht es")}</h2>
      <ol class="how">
        <li>{t("Wählen Sie auf der Karte Bausteine, die in ein anderes Gebiet gehören.")}</li>
        <li>{t("Sagen Sie, wohin, und nennen Sie den Grund.")}</li>
        <li>{t("Speichern Sie die Antwort und senden Sie die Datei zurück.")}</li>
      </ol>
      <p class="small quiet">
        {t(
          "Die Datei {file} steht danach in Ihrem Ordner für Downloads. Diese Seite lädt nichts aus dem Netz und sendet nichts.",
          { file: "antwort-….json" },
        )}
      </p>
    </section>
  );
}

interface HeadProps {
  data: PackageData;
  desk: Desk;
  language: "de" | "en";
  onLanguage: (language: "de" | "en") => void;
}

function Head({ data, desk, language, onLanguage }: HeadProps) {
  const other = language === "de" ? "en" : "de";
  return (
    <header class="top">
      <Mark />
      <div class="what">
        <h1>{t("Gebiete abstimmen: {name}", { name: data.name })}</h1>
        <p class="small quiet">
          {data.project} · {standWords(data)}
        </p>
      </div>
      {data.notice && <span class="mark">{t("Beispielzahlen")}</span>}
      <div class="side">
        <LoadAnswer desk={desk} />
        <button type="button" class="button" onClick={() => print()}>
          {t("Drucken")}
        </button>
        <button type="button" class="link" lang={other} onClick={() => onLanguage(other)}>
          {other === "en" ? "English" : "Deutsch"}
        </button>
      </div>
    </header>
  );
}

function standWords(data: PackageData): string {
  const size = plural("{count} Gebiet", "{count} Gebiete", data.areas.length, { count: data.areas.length });
  return t("{title}, {size}, Stand {day}", { title: data.title, size, day: day(data.written) });
}

function Notices({ desk }: { desk: Desk }) {
  if (!desk.notice) return null;
  return (
    <div class={`notice ${desk.notice.kind}`} role="status">
      <p>{desk.notice.text()}</p>
      {desk.notice.action && (
        <button type="button" class="button" onClick={desk.notice.action.act}>
          {desk.notice.action.title()}
        </button>
      )}
      <button type="button" class="link" onClick={() => desk.tell(null)}>
        {t("Schließen")}
      </button>
    </div>
  );
}

const TOOLS: { tool: Tool; key: string; title: () => string }[] = [
  { tool: "click", key: "K", title: () => t("Klick") },
  { tool: "rectangle", key: "R", title: () => t("Rechteck") },
  { tool: "lasso", key: "U", title: () => t("Umranden") },
  { tool: "comment", key: "A", title: () => t("Anmerken") },
  { tool: "pan", key: "V", title: () => t("Ansehen") },
];

function Tools({ desk }: { desk: Desk }) {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const into = (event.target as HTMLElement).closest("input, select, textarea");
      if (into) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        if (event.shiftKey) desk.again();
        else desk.back();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const found = TOOLS.find(({ key }) => key === event.key.toUpperCase());
      if (found) desk.setTool(found.tool);
      if (event.key === "Escape") desk.leave();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [desk]);
  const { position, edits } = desk.work.history;
  return (
    <fieldset class="tools">
      <legend class="unseen">{t("Werkzeuge")}</legend>
      {TOOLS.map(({ tool, key, title }) => (
        <button
          key={tool}
          type="button"
          class="button"
          aria-pressed={desk.tool === tool}
          aria-keyshortcuts={key}
          onClick={() => desk.setTool(tool)}
        >
          {title()} <kbd>{key}</kbd>
        </button>
      ))}
      <span class="gap" />
      <button type="button" class="button" disabled={position === 0} onClick={desk.back}>
        {t("Zurück")}
      </button>
      <button type="button" class="button" disabled={position === edits.length} onClick={desk.again}>
        {t("Wieder")}
      </button>
    </fieldset>
  );
}

function Legend({ desk }: { desk: Desk }) {
  const key = (name: string, text: ComponentChildren) => (
    <li>
      <i class={`key ${name}`} aria-hidden="true" />
      {text}
    </li>
  );
  const locked = desk.data.blocks.locked.length;
  return (
    <ul class="legend small">
      {key("key-selected", t("gewählt"))}
      {key("key-proposed", t("von Ihnen vorgeschlagen"))}
      {key("key-open", t("unbewohnt"))}
      {locked > 0 && <li>{t("{blocks} sind festgelegt.", { blocks: blocksWords(locked) })}</li>}
    </ul>
  );
}
