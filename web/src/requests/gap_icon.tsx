/** The states of a cell, told apart by their shape; each stands beside its word. */

import { StateIcon } from "../icons";
import type { GapState } from "./types";

export function GapIcon({ state, size = 15 }: { state: GapState; size?: number }) {
  if (state === "there") return <StateIcon shape="tick" size={size} />;
  if (state === "late") return <StateIcon shape="triangle" size={size} />;
  if (state === "missing") return <StateIcon shape="ring" size={size} />;
  if (state === "coming")
    return (
      <svg class="icon" width={size} height={size} viewBox="0 0 18 18" aria-hidden="true" data-shape="dots">
        <path d="M3 9h2M8 9h2M13 9h2" class="stroke-muted" stroke-width="2.4" />
      </svg>
    );
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 18 18" aria-hidden="true" data-shape="dash">
      <path d="M3 9h12" class="stroke-muted" stroke-width="2.4" />
    </svg>
  );
}
