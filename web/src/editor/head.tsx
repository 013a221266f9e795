/** The line above the map: what is worked on, what may be seen, search; and what stands at the left. */

import { useStore } from "../store";
import { t } from "../words";
import { useDesk } from "./context";
import { SearchBox } from "./search_box";

export type Tab = "areas" | "blocks" | "comments";

interface HeadProps {
  large: boolean;
  onLarge: () => void;
  onView: () => void;
}

export function Head({ large, onLarge, onView }: HeadProps) {
  const { state } = useDesk();
  const { state: application } = useStore();
  const { info } = state.draft;
  const { name } = state.start.municipality;
  return (
    <div class="subhead">
      <h1 tabIndex={-1}>
        {large ? t("Gebiete: {name}", { name }) : t("Gebiete zuschneiden: {name}", { name })}
      </h1>
      <span class="tag extra">
        {info.title ? `${info.title}, ${statusWords(info.status)}` : statusWords(info.status)}
      </span>
      <button
        type="button"
        class={state.view === "internal" ? "tag internaltag" : "tag view extra"}
        onClick={onView}
      >
        {state.view === "internal"
          ? t("Interne Ansicht: Werte je Baustein")
          : t("Workshop-Ansicht: Sozialdaten nur in Klassen")}
        <u>{t("ändern")}</u>
      </button>
      <span class="space" />
      {large && application.project?.notice && <span class="mark">{t("Beispielzahlen")}</span>}
      <SearchBox />
      {!large && (
        <a
          class="button"
          href={`#/plaene?teil=vergleich&alt=${info.base}&neu=${info.draft_id}&gemeinde=${info.ags}`}
        >
          {t("Mit Vorschlag vergleichen")}
        </a>
      )}
      <button type="button" class="button" aria-keyshortcuts="G" onClick={onLarge}>
        {large ? t("Großansicht beenden") : t("Großansicht")}
        {!large && (
          <span class="key" aria-hidden="true">
            G
          </span>
        )}
      </button>
    </div>
  );
}

function statusWords(status: string): string {
  if (status === "submitted") return t("eingereicht");
  if (status === "adopted") return t("beschlossen");
  return status === "closed" ? t("abgelegt") : t("in Überarbeitung");
}

export function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const { state } = useDesk();
  const open = state.comments.filter((comment) => comment.state === "open").length;
  const names: [Tab, string][] = [
    ["areas", t("Gebiete")],
    ["blocks", t("Bausteine")],
    ["comments", open > 0 ? t("Anmerkungen ({count})", { count: open }) : t("Anmerkungen")],
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons is no set of fields
    <div class="tabs" role="group" aria-label={t("Was links steht")}>
      {names.map(([key, name]) => (
        <button key={key} type="button" aria-pressed={key === tab} onClick={() => onTab(key)}>
          {name}
        </button>
      ))}
    </div>
  );
}
