/** Something sent from a form that stays as it is when the server refuses: what was typed is not lost. */

import { useState } from "preact/hooks";
import type { Problem } from "../api";
import { problemOf } from "../store";

export function useAttempt() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [working, setWorking] = useState(false);
  /** Whether it was done; what was refused stands in `problem` until the next attempt. */
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setProblem(null);
    setWorking(true);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setWorking(false);
    }
  };
  return { problem, working, attempt };
}
