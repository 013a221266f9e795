/** Drawn signs; each stands beside its word. */

import type { Shape } from "./steps";

export function StateIcon({ shape, size = 15 }: { shape: Shape; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 18 18" aria-hidden="true" data-shape={shape}>
      {DRAWINGS[shape]}
    </svg>
  );
}

const DRAWINGS = {
  ring: <circle cx="9" cy="9" r="7" class="fill-card stroke-muted" stroke-width="2" />,
  half: (
    <>
      <circle cx="9" cy="9" r="7" class="fill-card stroke-accent" stroke-width="2" />
      <path d="M9 2a7 7 0 0 1 0 14z" class="fill-accent" />
    </>
  ),
  tick: (
    <>
      <circle cx="9" cy="9" r="8" class="fill-done" />
      <path d="M5 9.3l2.7 2.7L13 6.6" fill="none" class="stroke-card" stroke-width="2" />
    </>
  ),
  triangle: (
    <>
      <path d="M9 1.5L17 16H1z" class="fill-look" />
      <path d="M9 6.2v5M9 12.6v1.6" class="stroke-card" stroke-width="1.8" />
    </>
  ),
};

export function ErrorIcon() {
  return (
    <svg class="icon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M5.5 1h7L17 5.5v7L12.5 17h-7L1 12.5v-7z" class="fill-error" />
      <path d="M5.8 5.8l6.4 6.4M12.2 5.8l-6.4 6.4" class="stroke-card" stroke-width="1.8" />
    </svg>
  );
}

export function Arrow() {
  return (
    <svg class="icon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M3 9h11M9.5 4.5L14 9l-4.5 4.5" fill="none" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}

export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <path d="M2 3h11l3 8-7 5-7-3z" fill="#0B5A6B" />
      <path d="M15 2h9v12l-6-3z" fill="#7FB3BF" />
      <path d="M2 15l7 3 8-6 7 4v8H2z" fill="#C9A94F" />
    </svg>
  );
}
