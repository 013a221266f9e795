import { useState } from "preact/hooks";
import { type Job, post } from "../api";
import { Arrow } from "../icons";
import { JobCard, Title } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";

interface Found {
  name: string;
  folder: string;
}

/** The first page: a new project, one that is there, or the example. */
export function Start() {
  const { state, job, cancel } = useStore();
  const running = job?.state === "running" ? job : null;
  return (
    <div class="page narrow">
      <Title title={t("Willkommen bei sozialraum")}>
        {t(
          "Von Bausteinen und amtlichen Dateien zu Gebieten, Indikatoren und einem gedruckten Sozialbericht.",
        )}
      </Title>
      {state.project && <GoOn name={state.project.name} />}
      {running && <JobCard job={running} onCancel={cancel} />}
      <div class="choices">
        <NewProject />
        <OpenProject />
        <Example busy={running !== null} />
      </div>
      <p class="small quiet">
        {t("Alles bleibt auf diesem Rechner. Projekte liegen im Ordner {folder}.", { folder: state.home })}
      </p>
    </div>
  );
}

function GoOn({ name }: { name: string }) {
  return (
    <section class="card next">
      <div>
        <p class="small quiet">{t("Geöffnet")}</p>
        <h2>{name}</h2>
      </div>
      <a class="button main" href="#/stand">
        {t("Zum Arbeitsstand")} <Arrow />
      </a>
    </section>
  );
}

function NewProject() {
  const { act, refresh, go } = useStore();
  const [name, setName] = useState("");
  const create = async (event: Event) => {
    event.preventDefault();
    const made = await act(() => post("projects", { name }));
    if (!made) return;
    await refresh();
    go("stand");
  };
  return (
    <section class="card choice">
      <h2>{t("Neues Projekt")}</h2>
      <p>{t("Ein leeres Projekt für Ihren Kreis oder Ihre Stadt. Danach lesen Sie die Bausteine ein.")}</p>
      <form onSubmit={create}>
        <label for="new-name">{t("Name des Projekts")}</label>
        <input
          id="new-name"
          value={name}
          placeholder={t("z. B. Sozialbericht 2027")}
          onInput={(event) => setName(event.currentTarget.value)}
          required
        />
        <button class="button" type="submit">
          {t("Projekt anlegen")}
        </button>
      </form>
    </section>
  );
}

function OpenProject() {
  const { act, refresh, go } = useStore();
  const found = useAnswer<Found[]>("projects");
  const [folder, setFolder] = useState("");
  const open = async (path: string) => {
    const opened = await act(() => post("projects/open", { folder: path }));
    if (!opened) return;
    await refresh();
    go("stand");
  };
  return (
    <section class="card choice">
      <h2>{t("Projekt öffnen")}</h2>
      <p>{t("Weiterarbeiten, wo Sie aufgehört haben.")}</p>
      {found && found.length > 0 && (
        <ul class="found">
          {found.map((project) => (
            <li key={project.folder}>
              <button type="button" class="button" onClick={() => void open(project.folder)}>
                {project.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {found && found.length === 0 && <p class="small quiet">{t("Hier liegt noch kein Projekt.")}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void open(folder);
        }}
      >
        <label for="open-folder">{t("Anderer Ordner")}</label>
        <input
          id="open-folder"
          value={folder}
          placeholder={t("Pfad des Projektordners")}
          onInput={(event) => setFolder(event.currentTarget.value)}
          required
        />
        <button class="button" type="submit">
          {t("Ordner öffnen")}
        </button>
      </form>
    </section>
  );
}

function Example({ busy }: { busy: boolean }) {
  const { follow, go, state } = useStore();
  const begin = async () => {
    await follow(post<Job>("demo"));
  };
  const isOpen = state.project?.notice;
  return (
    <section class="card choice">
      <h2>{t("Beispiel ansehen")}</h2>
      <p>
        {t(
          "Ein erfundener Kreis mit neun Gemeinden, von den Bausteinen bis zum fertigen Bericht. Das Einrichten dauert etwa eine Minute.",
        )}
      </p>
      <p class="small quiet">{t("Orte und Zahlen sind erfunden.")}</p>
      {isOpen ? (
        <button type="button" class="button main" onClick={() => go("stand")}>
          {t("Beispiel ansehen")} <Arrow />
        </button>
      ) : (
        <button type="button" class="button main" disabled={busy} onClick={() => void begin()}>
          {t("Beispiel einrichten")} <Arrow />
        </button>
      )}
    </section>
  );
}
