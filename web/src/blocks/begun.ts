/** Work begun on this page: what became of it is said here, not what others began. */

import type { Job } from "../api";
import { type Store, useStore } from "../store";

const begun = new Set<string>();

/** Follow a job; its result is said on the page when it has ended. */
export function begin(store: Store, started: Promise<Job>): Promise<void> {
  return store.follow(
    started.then((job) => {
      begun.add(job.id);
      return job;
    }),
  );
}

/** The sentences of the job begun here that has just ended; [] while none has. */
export function useEnded(): string[] {
  const { job } = useStore();
  if (job?.state !== "done" || !begun.has(job.id)) return [];
  return job.result.sentences ?? [];
}
