import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { AreasAnswer } from "../api";
import { AreaList } from "../editor/area_list";
import { BeginDialog, RoleField, type TownName } from "../editor/begin_dialog";
import { BlockTable } from "../editor/block_table";
import { EditorLegend } from "../editor/colour_choice";
import { Comments, PinDialog } from "../editor/comments";
import { DeskContext, useDesk } from "../editor/context";
import type { Desk } from "../editor/desk";
import { allowNames } from "../editor/desk_acts";
import { problemOf } from "../editor/desk_core";
import type { DialogName } from "../editor/desk_state";
import { Dialog } from "../editor/dialog";
import { Head, Tabs } from "../editor/head";
import { Key } from "../editor/key";
import { keyOf, pressed } from "../editor/keys";
import { KeysDialog } from "../editor/keys_dialog";
import { deskOf, type Loading, useLoading } from "../editor/loading";
import { Locator } from "../editor/locator";
import type { View } from "../editor/map_adapter";
import { MapView } from "../editor/map_view";
import { SidePanel } from "../editor/side_panel";
import { ConflictDialog } from "../editor/step_dialogs";
import { Toolbar } from "../editor/toolbar";
import { VersionLine } from "../editor/version_line";
import { ViewDialog } from "../editor/view_dialog";
import { ProblemBox, Waiting } from "../parts";
import { pageOf, useAnswer } from "../store";
import { t } from "../words";
import "../editor/editor.css";

/** Experts redraw the areas of one municipality and see at once what it does. */
export function Editor() {
  const areas = useAnswer<AreasAnswer>("areas");
  const [wanted, setWanted] = useState(townInAddress());
  // Whoever came without a municipality may choose one, and choose again.
  const [unnamed, setUnnamed] = useState(wanted === "");
  useLayoutEffect(() => {
    const change = () => {
      if (pageOf(location.hash) !== "zuschnitt") return;
      setWanted(townInAddress());
      setUnnamed(townInAddress() === "");
    };
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  const rows = areas?.municipalities ?? [];
  const choose = (ags: string) => {
    history.replaceState(null, "", `#/zuschnitt?gemeinde=${ags}`);
    setWanted(ags);
  };
  const ags = wanted ? rows.find((row) => row.ags === wanted)?.ags : rows[0]?.ags;
  if (areas && wanted && !ags) return <Unknown ags={wanted} towns={rows} />;
  if (!ags) return <Waiting />;
  return <Opened key={ags} ags={ags} towns={unnamed ? rows : []} onTown={choose} />;
}

/** "#/zuschnitt?gemeinde=05999024" names the municipality. */
function townInAddress(): string {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("gemeinde") ?? "";
}

/** The address names a municipality that the project does not have. */
function Unknown({ ags, towns }: { ags: string; towns: TownName[] }) {
  return (
    <div class="page narrow">
      <h1 tabIndex={-1}>{t("Gebiete zuschneiden")}</h1>
      <p class="notice" role="alert">
        {t("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht. Wählen Sie eine der folgenden.", { ags })}
      </p>
      <ul class="stack">
        {towns.map((town) => (
          <li key={town.ags}>
            <a href={`#/zuschnitt?gemeinde=${town.ags}`}>{town.name}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OpenedProps {
  ags: string;
  towns: TownName[];
  onTown: (ags: string) => void;
}

/** What lay on the desk: another language draws the page anew, and nobody wants to be asked again. */
let lastOpened: { ags: string; draft: string; role: string } | null = null;

function Opened({ ags, towns, onTown }: OpenedProps) {
  const loading = useLoading(ags);
  const [desk, setDesk] = useState<Desk | null>(null);
  const [problem, setProblem] = useState(loading.problem);
  const { start, loaded, server } = loading;
  const open = async (found: ReturnType<typeof server.draft>, role: string) => {
    try {
      rememberRole(role);
      setDesk(deskOf(loading, await found, role));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const ready = start !== null && loaded !== null;
  const again = lastOpened?.ags === ags && !desk;
  useEffect(() => {
    if (ready && again && lastOpened) void open(server.draft(lastOpened.draft), lastOpened.role);
  }, [ready, again]);
  useLayoutEffect(
    () =>
      desk?.subscribe(() => {
        lastOpened = { ags, draft: desk.state.draft.info.draft_id, role: desk.state.role };
      }),
    [desk, ags],
  );
  const shown = problem ?? loading.problem;
  if (shown) {
    return (
      <div class="page narrow">
        <h1 tabIndex={-1}>{t("Gebiete zuschneiden")}</h1>
        <ProblemBox problem={shown} />
      </div>
    );
  }
  if (desk && loaded) return <Workshop desk={desk} loading={loading} />;
  return (
    <div class="page narrow">
      <h1 tabIndex={-1}>{t("Gebiete zuschneiden")}</h1>
      <Waiting />
      {start && loaded && !again && (
        <BeginDialog
          start={start}
          role={rememberedRole()}
          towns={towns}
          onTown={onTown}
          onBegin={(fields) => void open(server.begin(fields), fields.role)}
          onOpen={(draft, role) => void open(server.draft(draft.draft_id), role)}
        />
      )}
    </div>
  );
}

function Workshop({ desk, loading }: { desk: Desk; loading: Loading }) {
  const [large, setLarge] = useState(false);
  useLayoutEffect(() => {
    document.documentElement.classList.toggle("gross", large);
    return () => document.documentElement.classList.remove("gross");
  }, [large]);
  useLayoutEffect(() => {
    desk.set({ comments: loading.comments });
  }, [desk, loading.comments]);
  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => {
      const page = {
        large: () => setLarge((before) => !before),
        focus: (id: string) => document.getElementById(id)?.focus(),
      };
      if (pressed(desk, event, page)) event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [desk]);
  return (
    <DeskContext.Provider value={desk}>
      <Room loading={loading} large={large} onLarge={() => setLarge(!large)} />
    </DeskContext.Provider>
  );
}

function Room({ loading, large, onLarge }: { loading: Loading; large: boolean; onLarge: () => void }) {
  const { desk, state } = useDesk();
  const [view, setView] = useState<View | null>(null);
  const { tab, dialog, pin } = state;
  const close = (closing: DialogName) => () => desk.closeDialog(closing);
  const internal = state.view === "internal";
  useLayoutEffect(() => {
    document.documentElement.classList.toggle("internal", internal);
    return () => document.documentElement.classList.remove("internal");
  }, [internal]);
  useLayoutEffect(() => {
    if (state.openComment) desk.set({ tab: "comments" });
  }, [state.openComment]);
  const map = useMemo(() => {
    const { loaded, worker } = loading;
    if (!loaded || !worker) return null;
    return (
      <MapView shapes={loaded.shapes} worker={worker} background={loading.background} onView={setView} />
    );
  }, [loading.loaded, loading.worker, loading.background]);
  return (
    <div class={large ? "page work editor large" : "page work editor"}>
      {internal && (
        <p class="internalname" role="note">
          {t("Interne Ansicht – nicht zeigen, nicht drucken")}
        </p>
      )}
      <Head large={large} onLarge={onLarge} />
      <div class="editorbody">
        <section class="panel left" aria-label={t("Gebiete, Bausteine, Anmerkungen")}>
          <Tabs />
          <div class="leftbody">
            {tab === "areas" && <AreaList />}
            {tab === "blocks" && <BlockTable />}
            {tab === "comments" && <Comments />}
          </div>
          {loading.loaded && tab === "areas" && <Locator shapes={loading.loaded.shapes} view={view} />}
        </section>
        <section class="editorside">
          <Toolbar />
          <div class="mapbox">
            {map}
            <button
              type="button"
              class="button small wholetown"
              aria-keyshortcuts={keyOf("whole")}
              onClick={() => desk.showAll()}
            >
              {t("Ganze Gemeinde zeigen")} <Key of="whole" />
            </button>
            <EditorLegend />
            {state.start.wms && (
              <p class="small card wmsnote">{t("Hintergrund von {host}", { host: state.start.wms.host })}</p>
            )}
          </div>
        </section>
        <section class="panel right" aria-label={t("Was sich ändert")}>
          <SidePanel />
        </section>
      </div>
      <VersionLine />
      <p class="unseen internal-text" role="status" aria-live="polite">
        {state.said}
      </p>
      <p class="printed">
        {t(
          "Die interne Ansicht lässt sich nicht drucken: Sie zeigt Werte, die nicht nach außen gehen. Wechseln Sie zur Workshop-Ansicht.",
        )}
      </p>
      {!internal && (
        <p class="withheld">
          {t(
            "Interne Texte sind weggelassen: Gründe und Anmerkungen, die nicht zur Veröffentlichung freigegeben sind.",
          )}
        </p>
      )}
      {pin && <PinDialog at={pin} />}
      {state.conflict && <ConflictDialog />}
      {dialog === "view" && <ViewDialog onClose={close("view")} />}
      {dialog === "keys" && <KeysDialog onClose={close("keys")} />}
      {dialog === "role" && (
        <Dialog title={t("Rolle")} onClose={close("role")}>
          <RoleField
            roles={state.start.roles}
            role={state.role}
            onChange={(role) => {
              rememberRole(role);
              desk.set({ role });
            }}
          />
          <AboutFields />
        </Dialog>
      )}
    </div>
  );
}

/** What is noted with every step besides the role; a name only where the project allows names. */
function AboutFields() {
  const { desk, state } = useDesk();
  const { caseNumber, person } = state.about;
  return (
    <>
      <div>
        <label for="case-number">{t("Aktenzeichen (freigestellt)")}</label>
        <input
          id="case-number"
          value={caseNumber}
          onInput={(event) => desk.set({ about: { ...state.about, caseNumber: event.currentTarget.value } })}
        />
      </div>
      <label class="ticked">
        <input
          type="checkbox"
          checked={state.start.names_allowed}
          onChange={(event) => void allowNames(desk, event.currentTarget.checked)}
        />
        <span>
          {t("Namen erlauben")}
          <br />
          <span class="small quiet">
            {t(
              "Dann kann in diesem Projekt neben der Rolle ein Name stehen; er bleibt bei jedem Schritt gespeichert.",
            )}
          </span>
        </span>
      </label>
      {state.start.names_allowed && (
        <div>
          <label for="person">{t("Name (freigestellt)")}</label>
          <input
            id="person"
            value={person}
            onInput={(event) => desk.set({ about: { ...state.about, person: event.currentTarget.value } })}
          />
        </div>
      )}
    </>
  );
}

const ROLE = "editor-role";

function rememberRole(role: string): void {
  try {
    localStorage.setItem(ROLE, role);
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}

function rememberedRole(): string {
  try {
    return localStorage.getItem(ROLE) ?? "";
  } catch {
    return "";
  }
}
