/** Tools above the map: the upper row chooses blocks, the lower row does something with them. Each shows its key. */

import type { ComponentChildren } from "preact";
import { t } from "../words";
import { useDesk } from "./context";
import { toggleLock } from "./desk_acts";
import { canEdit, canRedo, canUndo, type Tool } from "./desk_state";
import { shortcut } from "./key";
import { ACTS, keyOf } from "./keys";

export function Toolbar() {
  const { desk, state } = useDesk();
  const open = canEdit(state);
  const tools: Tool[] = ["click", "brush", "lasso", "rectangle"];
  return (
    <div class="tools" role="toolbar" aria-label={t("Werkzeuge")}>
      <div class="toolrow">
        {tools.map((tool) => (
          <ToolButton
            key={tool}
            letter={keyOf(tool)}
            pressed={state.tool === tool && state.mode === "select"}
            onClick={() => desk.useTool(tool)}
          >
            {ACTS[tool].words()}
          </ToolButton>
        ))}
        <span class="space" />
        <ToolButton
          letter={t("Strg+Z")}
          disabled={!canUndo(state)}
          onClick={() => void desk.undo()}
          icon={<Back />}
        >
          {t("Zurück")}
        </ToolButton>
        <ToolButton
          letter={t("Strg+Y")}
          disabled={!canRedo(state)}
          onClick={() => void desk.redo()}
          icon={<Again />}
        >
          {t("Wieder")}
        </ToolButton>
      </div>
      <div class="toolrow">
        <ToolButton
          letter={keyOf("move")}
          disabled={!open}
          pressed={state.mode === "target"}
          onClick={() => desk.move()}
        >
          {t("Verschieben")}
        </ToolButton>
        <ToolButton letter={keyOf("newArea")} disabled={!open} extra onClick={() => desk.newArea()}>
          {t("Neues Gebiet")}
        </ToolButton>
        <ToolButton
          letter={keyOf("split")}
          disabled={!open}
          pressed={state.mode === "cut"}
          onClick={() => void desk.split()}
        >
          {t("Teilen")}
        </ToolButton>
        <ToolButton letter={keyOf("merge")} disabled={!open} extra onClick={() => desk.merge()}>
          {t("Zusammenlegen")}
        </ToolButton>
        <ToolButton letter={keyOf("lock")} disabled={!open} extra onClick={() => void toggleLock(desk)}>
          {t("Sperren")}
        </ToolButton>
        <ToolButton letter={keyOf("snap")} disabled={!open} extra onClick={() => desk.snapToBarriers()}>
          {t("An Grenze schnappen")}
        </ToolButton>
      </div>
    </div>
  );
}

interface ButtonProps {
  letter: string;
  pressed?: boolean;
  disabled?: boolean;
  /** Left out in the projector mode, where its key still works. */
  extra?: boolean;
  icon?: ComponentChildren;
  onClick: () => void;
  children: ComponentChildren;
}

function ToolButton({ letter, pressed, disabled, extra, icon, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={extra ? "button extra" : "button"}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut(letter)}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
      <span class={icon ? "word" : undefined}>{children}</span>
      <span class="key" aria-hidden="true">
        {letter}
      </span>
    </button>
  );
}

function Back() {
  return (
    <svg class="icon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path
        d="M6.5 3L3 6.5 6.5 10M3.5 6.5H11a4 4 0 0 1 0 8H7"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
      />
    </svg>
  );
}

function Again() {
  return (
    <svg class="icon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path
        d="M11.5 3L15 6.5 11.5 10M14.5 6.5H7a4 4 0 0 0 0 8h4"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
      />
    </svg>
  );
}
