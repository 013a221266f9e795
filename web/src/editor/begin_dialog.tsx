/** Before anything is changed: who works here, and on what. The role is shown with every step; it protects nothing. */

import { useState } from "preact/hooks";
import { day } from "../numbers";
import { t } from "../words";
import type { DraftInfo, EditorStart } from "./answers";
import { Dialog } from "./dialog";
import type { NewDraftFields } from "./server";

export interface TownName {
  ags: string;
  name: string;
}

interface Props {
  start: EditorStart;
  role: string;
  /** Municipalities to choose from; with fewer than two there is no choice. */
  towns: TownName[];
  onTown: (ags: string) => void;
  onBegin: (fields: NewDraftFields) => void;
  onOpen: (draft: DraftInfo, role: string) => void;
}

export function BeginDialog({ start, role: before, towns, onTown, onBegin, onOpen }: Props) {
  const running = start.drafts.filter((draft) => draft.status === "in_revision");
  const [role, setRole] = useState(before || start.roles[0] || "");
  const [title, setTitle] = useState("");
  const [choice, setChoice] = useState(running[0]?.draft_id ?? "");
  const submit = (event: Event) => {
    event.preventDefault();
    const draft = running.find((one) => one.draft_id === choice);
    if (draft) onOpen(draft, role);
    else onBegin({ role, title });
  };
  return (
    <Dialog title={t("Gebiete zuschneiden: {name}", { name: start.municipality.name })}>
      <form class="stack" onSubmit={submit}>
        {towns.length > 1 && (
          <div>
            <label for="begin-town">{t("In welcher Gemeinde?")}</label>
            <select
              id="begin-town"
              value={start.municipality.ags}
              onChange={(event) => onTown(event.currentTarget.value)}
            >
              {towns.map((town) => (
                <option key={town.ags} value={town.ags}>
                  {town.name}
                </option>
              ))}
            </select>
          </div>
        )}
        <RoleField roles={start.roles} role={role} onChange={setRole} />
        {running.length > 0 && (
          <fieldset class="choicelist">
            <legend>{t("Woran arbeiten Sie?")}</legend>
            {running.map((draft) => (
              <label key={draft.draft_id}>
                <input
                  type="radio"
                  name="draft"
                  checked={choice === draft.draft_id}
                  onChange={() => setChoice(draft.draft_id)}
                />
                <span>
                  {t("Weiter an „{title}“", { title: draft.title })}
                  <span class="small quiet">
                    {" "}
                    {t("begonnen {day}, {role}", { day: day(draft.created), role: draft.role })}
                  </span>
                </span>
              </label>
            ))}
            <label>
              <input type="radio" name="draft" checked={choice === ""} onChange={() => setChoice("")} />
              <span>{t("Eine neue Fassung beginnen")}</span>
            </label>
          </fieldset>
        )}
        {choice === "" && (
          <div>
            <label for="draft-title">{t("Titel der Fassung (freigestellt)")}</label>
            <input id="draft-title" value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
            <p class="small quiet">
              {start.plan
                ? t("Grundlage: {title}. Sie bleibt, wie sie ist.", { title: start.plan.title })
                : t("Es gibt noch keinen Vorschlag.")}
            </p>
          </div>
        )}
        <div class="together">
          <button type="submit" class="button main large" disabled={!role || (!start.plan && choice === "")}>
            {choice === "" ? t("Fassung beginnen") : t("Fassung öffnen")}
          </button>
          <a class="button large" href="#/gebiete">
            {t("Zurück zu den Gebieten")}
          </a>
        </div>
      </form>
    </Dialog>
  );
}

interface RoleProps {
  roles: string[];
  role: string;
  onChange: (role: string) => void;
}

export function RoleField({ roles, role, onChange }: RoleProps) {
  const shown = role && !roles.includes(role) ? [role, ...roles] : roles;
  return (
    <div>
      <label for="role">{t("In welcher Rolle arbeiten Sie?")}</label>
      <select id="role" value={role} onChange={(event) => onChange(event.currentTarget.value)}>
        {shown.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <p class="small quiet">{t("Die Rolle steht bei jedem Schritt. Sie regelt keinen Zugang.")}</p>
    </div>
  );
}
