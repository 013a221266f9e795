/** The line above the map: what is worked on, what may be seen, search; and what stands at the left. */

import { useStore } from "../store";
import { t } from "../words";
import { useDesk } from "./context";
import type { Tab } from "./desk_state";
import { Key } from "./key";
import { compareAddress, keyOf } from "./keys";
import { SearchBox } from "./search_box";

interface HeadProps {
  large: boolean;
  onLarge: () => void;
}

export function Head({ large, onLarge }: HeadProps) {
  const { desk, state } = useDesk();
  const { state: application } = useStore();
  const { info } = state.draft;
  const { name } = state.start.municipality;
  const told = info.title ? `${info.title}, ${statusWords(info.status)}` : statusWords(info.status);
  return (
    <div class="subhead">
      <h1 tabIndex={-1} title={name}>
        {large ? t("Gebiete: {name}", { name }) : t("Gebiete zuschneiden: {name}", { name })}
      </h1>
      <span class="tag extra drafttitle" title={told}>
        {told}
      </span>
      <button
        type="button"
        class={state.view === "internal" ? "tag internaltag" : "tag view extra"}
        aria-keyshortcuts={keyOf("view")}
        onClick={() => desk.set({ dialog: "view" })}
      >
        {state.view === "internal"
          ? t("Interne Ansicht: Werte je Baustein")
          : t("Workshop-Ansicht: Sozialdaten nur in Klassen")}
        <u>{t("ändern")}</u> <Key of="view" />
      </button>
      <span class="space" />
      {large && application.project?.notice && <span class="mark">{t("Beispielzahlen")}</span>}
      <SearchBox />
      {!large && (
        <a class="button" aria-keyshortcuts={keyOf("compare")} href={compareAddress(info)}>
          {t("Mit dem Ausgangsplan vergleichen")} <Key of="compare" />
        </a>
      )}
      <button type="button" class="button" aria-keyshortcuts={keyOf("large")} onClick={onLarge}>
        {large ? t("Großansicht beenden") : t("Großansicht")}
        {!large && <Key of="large" />}
      </button>
    </div>
  );
}

function statusWords(status: string): string {
  if (status === "submitted") return t("eingereicht");
  if (status === "adopted") return t("beschlossen");
  return status === "closed" ? t("abgelegt") : t("in Überarbeitung");
}

export function Tabs() {
  const { desk, state } = useDesk();
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
        <button
          key={key}
          type="button"
          aria-pressed={key === state.tab}
          aria-keyshortcuts={keyOf(key)}
          onClick={() => desk.set({ tab: key })}
        >
          {name} <Key of={key} />
        </button>
      ))}
    </div>
  );
}
