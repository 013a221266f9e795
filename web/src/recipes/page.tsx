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
import type { Change, Fault, RecipeForm, RecipeList, Section, SignsForm, Tables } from "./types";
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
  const { refresh } = useStore();
  const form = useAnswer<RecipeForm>(`recipes/${encodeURIComponent(code)}`);
  const filled = useTyped<Tables>(tablesOf(form?.sections ?? []), form);
  const tables = withFixed(filled.entries, form?.sections ?? [], FIXED);
  const [faults, setFaults] = useState<Fault[]>([]);
  const title = form?.title ?? t("Einleseregel");
  useWindowTitle(title);
  return (
    <div class="page two rc-page">
      <Title title={title}>{form && about(form)}</Title>
      <Back />
      <div class="column">
        {!form && <Waiting />}
        {form && (
          <Form
            sections={form.sections}
            tables={tables}
            onTables={filled.type}
            faults={faults}
            fixed={FIXED}
          />
        )}
      </div>
      <aside>
        {form && (
          <>
            <Changing
              onFaults={setFaults}
              path={`recipes/${encodeURIComponent(code)}`}
              tables={tables}
              changed={isChanged(tables, form.sections)}
              onSaved={(_change, sent) => {
                filled.settle(sent);
                void refresh();
              }}
            />
            <SignsCard signs={form.signs} />
          </>
        )}
      </aside>
    </div>
  );
}

function about(form: RecipeForm): string {
  const whose = form.own ? t("eigene Fassung {version}", { version: form.version }) : t("mitgeliefert");
  const specimen = form.specimen ? t("nach einer echten Datei gemacht") : t("ohne echte Datei gemacht");
  return `${form.holder} · ${form.kinds.join(", ")} · ${whose} · ${specimen}`;
}

function OneSigns({ code }: { code: string }) {
  const { refresh, go } = useStore();
  const form = useAnswer<SignsForm>(`signs/${encodeURIComponent(code)}`);
  const [faults, setFaults] = useState<Fault[]>([]);
  const made = code === "neu";
  const filled = useTyped<Tables>(begun(form?.sections ?? [], made), form);
  const tables = filled.entries;
  const title = made
    ? t("Zeichen einer Quelle erklären")
    : t("Zeichen: {title}", { title: form?.title ?? "" });
  useWindowTitle(title);
  const saved = (change: Change, sent: Tables) => {
    filled.settle(sent);
    if (made) go(`einleseregeln?zeichen=${encodeURIComponent(change.code)}`);
    void refresh();
  };
  return (
    <div class="page two rc-page">
      <Title title={title}>{form && !made && (form.own ? t("eigene Fassung") : t("mitgeliefert"))}</Title>
      <Back />
      <div class="column">
        {!form && <Waiting />}
        {form && (
          <Form
            sections={form.sections}
            tables={tables}
            onTables={filled.type}
            faults={faults}
            fixed={made ? [] : ["code"]}
          />
        )}
      </div>
      <aside>
        {form && (
          <Changing
            onFaults={setFaults}
            path={`signs/${encodeURIComponent(code)}`}
            tables={tables}
            changed={isChanged(tables, form.sections)}
            onSaved={saved}
          />
        )}
        {form && !made && <SignsCard signs={[form]} />}
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
