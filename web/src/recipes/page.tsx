/** "Einleseregeln": the sources that can be read; one of them as a form; the signs of a source as a form. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { useTyped } from "../typed";
import { plural, t } from "../words";
import { Changing } from "./changing";
import { isChanged, tablesOf, withFixed, withRow } from "./filled";
import { Form } from "./form";
import { RecipeTable } from "./list";
import { SignsCard } from "./signs";
import type {
  Change,
  Fault,
  RecipeForm,
  RecipeList,
  Section,
  SignsExplained,
  SignsForm,
  Tables,
} from "./types";
import "./recipes.css";

function wanted(): { recipe: string; signs: string } {
  const asked = new URLSearchParams(location.hash.split("?")[1] ?? "");
  return { recipe: asked.get("regel") ?? "", signs: asked.get("zeichen") ?? "" };
}

export function Recipes() {
  const [asked, setAsked] = useState(wanted());
  useLayoutEffect(() => {
    const change = () => setAsked(wanted());
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  // the page stays while its address changes, so the heading takes the focus here, before anybody types
  const place = `${asked.recipe} ${asked.signs}`;
  const shown = useRef(place);
  useLayoutEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [place]);
  if (asked.recipe) return <OneRecipe key={place} code={asked.recipe} />;
  if (asked.signs) return <OneSigns key={place} code={asked.signs} />;
  return <Listed />;
}

function Listed() {
  const list = useAnswer<RecipeList>("recipes");
  useWindowTitle(t("Einleseregeln"));
  return (
    <div class="page two">
      <Title title={t("Einleseregeln")}>
        {list &&
          plural(
            "{count} Quelle kann gelesen werden",
            "{count} Quellen können gelesen werden",
            list.recipes.length,
            {
              count: list.recipes.length,
            },
          )}
      </Title>
      <div class="column">{list ? <RecipeTable rows={list.recipes} /> : <Waiting />}</div>
      <aside>
        <section class="card pad stack">
          <h2>{t("Neue Quelle")}</h2>
          <p>{t("Legen Sie eine Datei der Quelle auf der Seite „Daten“ ab; die Regel entsteht dabei.")}</p>
          <a class="button main" href="#/daten">
            {t("Datei ablegen")}
          </a>
        </section>
        {list && <SignsList list={list} />}
      </aside>
    </div>
  );
}

function SignsList({ list }: { list: RecipeList }) {
  return (
    <section class="card pad stack">
      <h2>{t("Zeichen in Tabellen")}</h2>
      <p class="small quiet">{t("Was „*“, „-“ oder „.“ bedeutet, hängt von der Quelle ab.")}</p>
      <ul class="rc-list">
        {list.signs.map((one) => (
          <li key={one.code}>
            <a href={`#/einleseregeln?zeichen=${encodeURIComponent(one.code)}`}>{one.title}</a>
            {one.examples.length > 0 && (
              <span class="small quiet rc-examples">{one.examples.slice(0, 6).join("  ")}</span>
            )}
          </li>
        ))}
      </ul>
      <a class="button" href="#/einleseregeln?zeichen=neu">
        {t("Zeichen einer Quelle erklären")}
      </a>
    </section>
  );
}

function Back() {
  return (
    <p class="small quiet rc-back">
      <a href="#/daten">{t("Daten")}</a> {"›"} <a href="#/einleseregeln">{t("Einleseregeln")}</a>
    </p>
  );
}

function useWindowTitle(words: string) {
  useLayoutEffect(() => {
    document.title = `${words} – sozialraum`;
  }, [words]);
}

const FIXED = ["code", "version"];

function OneRecipe({ code }: { code: string }) {
  const path = `recipes/${encodeURIComponent(code)}`;
  const form = useAnswer<RecipeForm>(path);
  return (
    <Definition
      path={path}
      title={form?.title ?? t("Einleseregel")}
      about={form ? about(form) : ""}
      sections={form?.sections}
      fixed={FIXED}
      signs={form?.signs ?? []}
    />
  );
}

function about(form: RecipeForm): string {
  const whose = form.own ? t("eigene Fassung {version}", { version: form.version }) : t("mitgeliefert");
  const specimen = form.specimen ? t("nach einer echten Datei gemacht") : t("ohne echte Datei gemacht");
  return `${form.holder} · ${form.kinds.join(", ")} · ${whose} · ${specimen}`;
}

function OneSigns({ code }: { code: string }) {
  const { go } = useStore();
  const path = `signs/${encodeURIComponent(code)}`;
  const form = useAnswer<SignsForm>(path);
  const made = code === "neu";
  const title = t("Zeichen: {title}", { title: form?.title ?? "" });
  return (
    <Definition
      path={path}
      title={made ? t("Zeichen einer Quelle erklären") : title}
      about={form && !made ? (form.own ? t("eigene Fassung") : t("mitgeliefert")) : ""}
      sections={form?.sections}
      fixed={made ? [] : ["code"]}
      signs={form && !made ? [form] : []}
      onSaved={(change) => made && go(`einleseregeln?zeichen=${encodeURIComponent(change.code)}`)}
    />
  );
}

interface DefinitionProps {
  /** 'recipes/youth_office' or 'signs/neu'. */
  path: string;
  title: string;
  about: string;
  /** undefined while they are on their way. */
  sections: Section[] | undefined;
  /** Entries that cannot be changed. */
  fixed: string[];
  /** Signs that are explained beside the form. */
  signs: SignsExplained[];
  onSaved?: (change: Change) => void;
}

/** A rule or an explanation of signs as a form, with what it would change beside it. */
function Definition({ path, title, about, sections, fixed, signs, onSaved }: DefinitionProps) {
  const { refresh } = useStore();
  const [faults, setFaults] = useState<Fault[]>([]);
  const filled = useTyped<Tables>(begun(sections ?? [], path.endsWith("/neu")), sections);
  const tables = withFixed(filled.entries, sections ?? [], fixed);
  const saved = (change: Change, sent: Tables) => {
    filled.settle(sent);
    onSaved?.(change);
    void refresh();
  };
  useWindowTitle(title);
  return (
    <div class="page two rc-page">
      <Title title={title}>{about}</Title>
      <Back />
      <div class="column">
        {!sections && <Waiting />}
        {sections && (
          <Form sections={sections} tables={tables} onTables={filled.type} faults={faults} fixed={fixed} />
        )}
      </div>
      <aside>
        {sections && (
          <Changing
            onFaults={setFaults}
            path={path}
            tables={tables}
            changed={isChanged(tables, sections)}
            onSaved={saved}
          />
        )}
        {signs.length > 0 && <SignsCard signs={signs} />}
      </aside>
    </div>
  );
}

/** What stands in the form at first: the signs as they are kept, or a first row to be filled in. */
function begun(sections: Section[], made: boolean): Tables {
  const tables = tablesOf(sections);
  const first = sections[0];
  return made && first && tables[""]?.length === 0 ? withRow(tables, first) : tables;
}
