/** The frame around every page: project, seven steps, Auskunft, Hilfe, language. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { AddressesPage } from "./addresses/page";
import { BlocksPage } from "./blocks/page";
import { CarryingPage } from "./carrying/page";
import { Consultation } from "./consultation/page";
import { DeliveryPage } from "./deliveries/page";
import { Mark, StateIcon } from "./icons";
import { Areas } from "./pages/areas";
import { Data } from "./pages/data";
import { Editor } from "./pages/editor";
import { Help, Information } from "./pages/help";
import { Indicators } from "./pages/indicators";
import { NeedIndex } from "./pages/need_index";
import { Overview } from "./pages/overview";
import { Plans } from "./pages/plans";
import { Populations } from "./pages/populations";
import { Propose } from "./pages/propose";
import { ReleasePage } from "./pages/release";
import { Report } from "./pages/report";
import { Start } from "./pages/start";
import { Supply } from "./pages/supply";
import { ProblemBox } from "./parts";
import { Recipes } from "./recipes/page";
import { BenefitsPage } from "./requests/benefits_page";
import { CataloguePage } from "./requests/catalogue_page";
import { GapsPage } from "./requests/gaps_page";
import { QueriesPage } from "./requests/queries_page";
import { PARTS_OF_STEPS, STEP_PAGES, shapeOf, stateWord } from "./steps";
import { type Store, StoreContext, useApplication } from "./store";
import { StreetGridPage } from "./street_grid/page";
import { WithdrawnNote } from "./trace/withdrawn_note";
import { WindowDrop } from "./window_drop";
import { t } from "./words";

// Pages that show a problem at its place instead of above everything.
const SHOWS_PROBLEMS = new Set(["vorschlagen", "zuschnitt"]);

const PAGES: Record<string, () => preact.JSX.Element> = {
  stand: Overview,
  gebiete: Areas,
  bausteine: BlocksPage,
  abstimmung: Consultation,
  vorschlagen: Propose,
  plaene: Plans,
  zuschnitt: Editor,
  daten: Data,
  einleseregeln: Recipes,
  einwohnerzahlen: Populations,
  lieferung: DeliveryPage,
  luecken: GapsPage,
  katalog: CataloguePage,
  leistungen: BenefitsPage,
  rueckfragen: QueriesPage,
  adressen: AddressesPage,
  uebertragung: CarryingPage,
  indikatoren: Indicators,
  index: NeedIndex,
  bedarf: Supply,
  freigabe: ReleasePage,
  bericht: Report,
  strassenraster: StreetGridPage,
  auskunft: Information,
  hilfe: Help,
};

export function App() {
  const { store, ready } = useApplication();
  return (
    <StoreContext.Provider value={store}>
      {/* biome-ignore lint/a11y/useValidAnchor: it goes to a place on this page; the address keeps the page */}
      <a class="skip" href="#inhalt" onClick={skipToContent}>
        {t("Zum Inhalt")}
      </a>
      <TopBar store={store} />
      <main id="inhalt" tabIndex={-1}>
        <WindowDrop />
        {ready && <Page store={store} />}
      </main>
      <Foot store={store} />
    </StoreContext.Provider>
  );
}

function skipToContent(event: Event) {
  event.preventDefault();
  document.getElementById("inhalt")?.focus();
}

function Page({ store }: { store: Store }) {
  const open = store.state.project !== null;
  const name = open ? store.page || "stand" : store.page === "hilfe" ? "hilfe" : "start";
  const Found = open || name === "hilfe" ? (PAGES[name] ?? Start) : Start;
  const first = useRef(true);
  useLayoutEffect(() => {
    const heading = document.querySelector<HTMLElement>("main h1");
    document.title = `${heading?.textContent ?? "sozialraum"} – sozialraum`;
    if (!first.current) {
      heading?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [name, store.language]);
  return (
    <>
      {store.problem && !SHOWS_PROBLEMS.has(name) && (
        <div class="narrow">
          <ProblemBox problem={store.problem} onDismiss={store.dismiss} />
        </div>
      )}
      {open && <WithdrawnNote page={name} />}
      <Found key={`${name} ${store.language}`} />
    </>
  );
}

function TopBar({ store }: { store: Store }) {
  const { project, steps } = store.state;
  return (
    <header class="top">
      <a class="brand" href="#/start">
        <Mark />
        <span>sozialraum</span>
        {project && <small>{project.name}</small>}
      </a>
      {project && (
        <nav class="steps" aria-label={t("Arbeitsschritte")}>
          <ol>
            <li>
              <a href="#/stand" aria-current={current(store, "stand")}>
                {t("Arbeitsstand")}
              </a>
            </li>
            {steps.map((step) => (
              <li key={step.key}>
                <a href={`#/${STEP_PAGES[step.key]}`} aria-current={current(store, STEP_PAGES[step.key])}>
                  <StateIcon shape={shapeOf(step.state)} />
                  {step.title}
                  <span class="unseen">, {stateWord(step.state)}</span>
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="side">
        {project?.notice && <span class="mark">{t("Beispielzahlen")}</span>}
        {project && <a href="#/auskunft">{t("Auskunft")}</a>}
        <a href="#/hilfe">{t("Hilfe")}</a>
        <button
          type="button"
          class="link"
          lang={store.language === "de" ? "en" : "de"}
          onClick={() => void store.setLanguage(store.language === "de" ? "en" : "de")}
        >
          {store.language === "de" ? "English" : "Deutsch"}
        </button>
      </div>
    </header>
  );
}

function current(store: Store, page: string): "page" | "true" | undefined {
  const shown = store.page || "stand";
  if (shown === page) return "page";
  return PARTS_OF_STEPS[shown] === page ? "true" : undefined;
}

function Foot({ store }: { store: Store }) {
  const notice = store.state.project?.notice;
  if (!notice) return null;
  return <footer class="foot small">{notice}</footer>;
}
