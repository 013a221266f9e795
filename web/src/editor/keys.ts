/** A key for everything, in one list: what is shown beside the controls, told in the help and done when it is pressed. */

import { t } from "../words";
import type { Desk } from "./desk";
import { askHelp, toggleLock } from "./desk_acts";
import { canEdit, type DialogName } from "./desk_state";
import type { Arrow } from "./selection";

/** What only the page can do. */
export interface Page {
  /** Switches the projector mode. */
  large(): void;
  /** Puts the cursor into a field. */
  focus(id: string): void;
}

export const SEARCH = "editor-search";
export const COLOURS = "colour-by";

type Group = "choose" | "change" | "help" | "look" | "draft";

interface Act {
  /** One letter, or as `KeyboardEvent.key` has it. */
  key: string;
  group: Group;
  words: () => string;
  /** Changes areas: nothing happens in a draft that stands. */
  edits?: boolean;
  act: (desk: Desk, page: Page) => unknown;
}

const openDialog = (dialog: DialogName) => (desk: Desk) => desk.set({ dialog });

export const ACTS = {
  click: { key: "K", group: "choose", words: () => t("Klick"), act: (desk) => desk.useTool("click") },
  brush: { key: "P", group: "choose", words: () => t("Pinsel"), act: (desk) => desk.useTool("brush") },
  lasso: { key: "U", group: "choose", words: () => t("Umranden"), act: (desk) => desk.useTool("lasso") },
  rectangle: {
    key: "R",
    group: "choose",
    words: () => t("Rechteck"),
    act: (desk) => desk.useTool("rectangle"),
  },
  snap: {
    key: "B",
    group: "choose",
    words: () => t("An Grenze schnappen"),
    edits: true,
    act: (desk) => desk.snapToBarriers(),
  },
  move: {
    key: "V",
    group: "change",
    words: () => t("Verschieben"),
    edits: true,
    act: (desk) => desk.move(),
  },
  newArea: {
    key: "N",
    group: "change",
    words: () => t("Neues Gebiet"),
    edits: true,
    act: (desk) => desk.newArea(),
  },
  split: { key: "T", group: "change", words: () => t("Teilen"), edits: true, act: (desk) => desk.split() },
  cut: {
    key: "Q",
    group: "change",
    words: () => t("Schnitt von Hand zeichnen"),
    edits: true,
    act: (desk) => desk.useMode(desk.state.mode === "cut" ? "select" : "cut"),
  },
  merge: {
    key: "M",
    group: "change",
    words: () => t("Zusammenlegen"),
    edits: true,
    act: (desk) => desk.merge(),
  },
  lock: {
    key: "S",
    group: "change",
    words: () => t("Sperren"),
    edits: true,
    act: (desk) => toggleLock(desk),
  },
  rename: {
    key: "L",
    group: "change",
    words: () => t("Namen oder Nummer ändern"),
    edits: true,
    act: rename,
  },
  improve: {
    key: "W",
    group: "help",
    words: () => t("Von hier aus verbessern"),
    edits: true,
    act: (desk) => askHelp(desk, "improve", desk.state.area),
  },
  heal: {
    key: "H",
    group: "help",
    words: () => t("Was würde diesen Sozialraum heilen?"),
    edits: true,
    act: heal,
  },
  search: {
    key: "F",
    group: "look",
    words: () => t("Straße oder Ort suchen"),
    act: (_desk, page) => page.focus(SEARCH),
  },
  colours: {
    key: "C",
    group: "look",
    words: () => t("Farben wählen"),
    act: (_desk, page) => page.focus(COLOURS),
  },
  view: {
    key: "I",
    group: "look",
    words: () => t("Ansicht und Hintergrund wählen"),
    act: openDialog("view"),
  },
  whole: { key: "0", group: "look", words: () => t("Ganze Gemeinde zeigen"), act: (desk) => desk.showAll() },
  large: { key: "G", group: "look", words: () => t("Großansicht"), act: (_desk, page) => page.large() },
  areas: { key: "1", group: "look", words: () => t("Liste der Gebiete"), act: (desk) => tab(desk, "areas") },
  blocks: {
    key: "2",
    group: "look",
    words: () => t("Tabelle der Bausteine"),
    act: (desk) => tab(desk, "blocks"),
  },
  comments: { key: "3", group: "look", words: () => t("Anmerkungen"), act: (desk) => tab(desk, "comments") },
  remark: { key: "A", group: "draft", words: () => t("Anmerkung an eine Stelle heften"), act: remark },
  compare: {
    key: "J",
    group: "draft",
    words: () => t("Mit dem Ausgangsplan vergleichen"),
    act: ({ state: { draft } }) => {
      location.hash = compareAddress(draft.info);
    },
  },
  role: { key: "O", group: "draft", words: () => t("Rolle wechseln"), act: openDialog("role") },
  steps: {
    key: "X",
    group: "draft",
    words: () => t("Alle Schritte dieser Fassung"),
    act: openDialog("steps"),
  },
  print: { key: "D", group: "draft", words: () => t("Drucken"), act: print },
  submit: { key: "E", group: "draft", words: () => t("Einreichen, danach beschließen"), act: submit },
  keys: { key: "?", group: "look", words: () => t("Diese Liste der Tasten"), act: openDialog("keys") },
} satisfies Record<string, Act>;

export type ActId = keyof typeof ACTS;

export function keyOf(act: ActId): string {
  return ACTS[act].key;
}

const BY_KEY = new Map<string, Act>(Object.values(ACTS).map((one: Act) => [one.key.toLowerCase(), one]));

export function compareAddress(info: { base: string; draft_id: string; ags: string }): string {
  return `#/plaene?teil=vergleich&alt=${info.base}&neu=${info.draft_id}&gemeinde=${info.ags}`;
}

function tab(desk: Desk, shown: "areas" | "blocks" | "comments"): void {
  desk.set({ tab: shown });
}

function remark(desk: Desk): void {
  const pinning = desk.state.mode === "pin";
  desk.useMode(pinning ? "select" : "pin");
  if (pinning) return;
  desk.set({ tab: "comments", said: t("Klicken Sie auf die Stelle der Karte.") });
}

function rename(desk: Desk): void {
  const area = desk.meant();
  if (!area) {
    desk.tell(t("Wählen Sie zuerst ein Gebiet: in der Liste oder durch einen seiner Bausteine."));
    return;
  }
  desk.discard();
  desk.set({ area, naming: true });
}

function heal(desk: Desk): unknown {
  const area = desk.meant();
  if (area) return askHelp(desk, "heal", area);
  desk.tell(t("Wählen Sie zuerst ein Gebiet: in der Liste oder durch einen seiner Bausteine."));
  return null;
}

function print(desk: Desk): void {
  if (desk.state.view === "workshop") desk.set({ dialog: "print" });
  else desk.tell(t("Die interne Ansicht lässt sich nicht drucken."));
}

function submit(desk: Desk): void {
  const { status } = desk.state.draft.info;
  if (status === "in_revision") desk.set({ dialog: "submit" });
  else if (status === "submitted") desk.set({ dialog: "adopt" });
  else desk.tell(t("Diese Fassung steht fest."));
}

const WRITES = new Set(["INPUT", "SELECT", "TEXTAREA"]);

/** True when the key was meant for the editor. */
export function pressed(desk: Desk, event: KeyboardEvent, page: Page): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest("dialog") || document.querySelector("dialog[open]")) return false;
  const writing = target !== null && isWriting(target);
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return withControl(desk, event, writing);
  if (event.altKey) return false;
  if (event.key === "Escape") {
    desk.leave();
    return true;
  }
  if (writing) return false;
  const found = BY_KEY.get(event.key.toLowerCase());
  if (!found) return false;
  if (found.edits && !canEdit(desk.state)) {
    desk.tell(t("Diese Fassung steht fest. Für Änderungen legen Sie eine Variante an."));
  } else found.act(desk, page);
  return true;
}

function isWriting(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement && target.type === "checkbox") return false;
  return WRITES.has(target.tagName) || target.isContentEditable;
}

function withControl(desk: Desk, event: KeyboardEvent, writing: boolean): boolean {
  const key = event.key.toLowerCase();
  // The reason has just been typed: the step can be taken from its field.
  if (key === "enter" && desk.state.preview) void desk.take();
  else if (writing) return false;
  else if (key === "z" && !event.shiftKey) void desk.undo();
  else if (key === "y" || key === "z") void desk.redo();
  else return false;
  return true;
}

/** Keys on the map itself: arrows go from block to block, Enter and Space choose, or pin a remark there. */
export function pressedOnMap(desk: Desk, event: KeyboardEvent, zoom: (by: number) => void): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key.startsWith("Arrow")) desk.walk(event.key as Arrow);
  else if ((event.key === "Enter" || event.key === " ") && desk.state.focus >= 0) {
    desk.pick(desk.state.focus, { add: true, remove: false });
  } else if (event.key === "+") zoom(0.5);
  else if (event.key === "-") zoom(-0.5);
  else return false;
  return true;
}

/** Keys that are no letters, for the help. */
export function otherKeys(): [string, string][] {
  const control = t("Strg");
  return [
    [t("Pfeiltasten"), t("auf der Karte von Baustein zu Baustein")],
    [t("Eingabe, Leertaste"), t("Baustein wählen, Gebiet nennen oder Anmerkung anheften")],
    ["+ −", t("Karte näher oder weiter")],
    [t("Strg+Eingabe"), t("Gezeigte Änderung übernehmen")],
    ["Esc", t("Zurück zum Schritt davor: Werkzeug, Vorschau, Auswahl")],
    [`${control}+Z`, t("Zurück")],
    [`${control}+Y`, t("Wieder")],
  ];
}

export function groupsOfKeys(): [string, Act[]][] {
  const titles: [Group, string][] = [
    ["choose", t("Auswählen")],
    ["change", t("Zuschnitt ändern")],
    ["help", t("Vorschläge holen")],
    ["look", t("Ansehen")],
    ["draft", t("Anmerken und abschließen")],
  ];
  const acts: Act[] = Object.values(ACTS);
  return titles.map(([group, title]) => [title, acts.filter((one) => one.group === group)]);
}
