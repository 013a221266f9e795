/** What the page needs before it can show anything: the start, the blocks, the draft. */

import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api";
import { t } from "../words";
import type { Background, Comment, DraftState, EditorStart } from "./answers";
import { keepColours } from "./area_colours";
import type { Ask, Loaded, Told } from "./block_worker";
import { Desk } from "./desk";
import { draftOf, planOf, problemOf } from "./desk_core";
import { freshState } from "./desk_state";
import { type EditorServer, serverOf } from "./server";

export interface Loading {
  server: EditorServer;
  start: EditorStart | null;
  loaded: Loaded | null;
  /** Paints the blocks; it lives as long as the page. */
  worker: Worker | null;
  background: Background | null;
  comments: Comment[];
  problem: Problem | null;
}

/** Everything at once; the blocks are fetched and read beside the page. */
export function useLoading(ags: string): Loading {
  const [found, setFound] = useState<Loading>(() => fresh(ags));
  useEffect(() => {
    let wanted = true;
    const first = fresh(ags);
    const set = (change: Partial<Loading>) => wanted && setFound((before) => ({ ...before, ...change }));
    setFound(first);
    first.server
      .start()
      .then((start) => set({ start }))
      .catch((error) => set({ problem: problemOf(error) }));
    first.server
      .background()
      .then((background) => set({ background }))
      .catch(() => {
        // The map is readable without a background.
      });
    first.server
      .comments()
      .then((comments) => set({ comments }))
      .catch(() => {
        // Remarks come with the next change.
      });
    const worker = new Worker(new URL("./block_worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<Told>) => {
      if ("loaded" in event.data) {
        performance.mark("editor-loaded", { detail: event.data.loaded.took });
        set({ loaded: event.data.loaded, worker });
      }
      if ("failed" in event.data) set({ problem: unread() });
    });
    worker.addEventListener("error", () => set({ problem: unread() }));
    worker.postMessage({ load: `/api/editor/${ags}/ground` } satisfies Ask);
    return () => {
      wanted = false;
      worker.terminate();
    };
  }, [ags]);
  return found;
}

function fresh(ags: string): Loading {
  return {
    server: serverOf(ags),
    start: null,
    loaded: null,
    background: null,
    comments: [],
    worker: null,
    problem: null,
  };
}

function unread(): Problem {
  return {
    headline: t("Die Bausteine lassen sich nicht laden."),
    findings: [],
    todo: t("Laden Sie die Seite neu. Bleibt es dabei, prüfen Sie die Anwendung."),
  };
}

/** A desk on which a draft lies. */
export function deskOf(loading: Loading, draft: DraftState, role: string): Desk | null {
  const { start, loaded, server, comments } = loading;
  if (!start || !loaded) return null;
  const { ground } = loaded;
  const plan = planOf(draft, ground.ids);
  const colours = keepColours(plan, ground, new Map());
  return new Desk(
    freshState({ start, ground, plan, draft: draftOf(draft), colours, role, comments }),
    server,
  );
}
