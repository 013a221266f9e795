/** What every page knows: the state of the project, the job that runs, and how to move on. */

import { createContext } from "preact";
import { useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { get, type Job, type Problem, post, Refused, type State } from "./api";
import { type Language, useCatalogue as speak } from "./words";

export interface Store {
  state: State;
  page: string;
  job: Job | null;
  problem: Problem | null;
  language: Language;
  revision: number;
  go: (page: string) => void;
  refresh: () => Promise<void>;
  follow: (start: Promise<Job>) => Promise<void>;
  act: (work: () => Promise<unknown>) => Promise<boolean>;
  cancel: () => void;
  dismiss: () => void;
  refused: (error: unknown) => void;
  setLanguage: (language: Language) => Promise<void>;
}

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("a page outside the application");
  return store;
}

const EMPTY: State = { home: "", project: null, steps: [], events: [], job: null };

export function pageOf(hash: string): string {
  return hash.replace(/^#\/?/, "").split("?")[0] || "";
}

export function useApplication(): { store: Store; ready: boolean } {
  const [state, setState] = useState<State>(EMPTY);
  const [ready, setReady] = useState(false);
  const [page, setPage] = useState(pageOf(location.hash));
  const [job, setJob] = useState<Job | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [language, setLanguageState] = useState<Language>("de");
  const [revision, setRevision] = useState(0);
  const source = useRef<EventSource | null>(null);
  const asked = useRef(0);

  const refresh = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const next = await get<State>("state");
      // An answer that was overtaken may be older, or in the language that was left.
      if (mine !== asked.current) return;
      setState(next);
      setRevision((number) => number + 1);
      if (next.job && !source.current) listen(next.job);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setReady(true);
  }, []);

  const listen = useCallback(
    (started: Job) => {
      source.current?.close();
      setJob(started);
      const events = new EventSource(`/api/jobs/${started.id}/events`);
      source.current = events;
      events.onmessage = (message) => {
        const next = JSON.parse(message.data as string) as Job;
        setJob(next);
        if (next.state === "running") return;
        events.close();
        source.current = null;
        setProblem(next.problem);
        void refresh();
      };
      events.onerror = () => {
        events.close();
        source.current = null;
        void refresh();
      };
    },
    [refresh],
  );

  const act = useCallback(async (work: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    }
  }, []);

  const refused = useCallback((error: unknown) => setProblem(problemOf(error)), []);

  const follow = useCallback(
    async (start: Promise<Job>) => {
      await act(async () => listen(await start));
    },
    [act, listen],
  );

  const setLanguage = useCallback(
    async (next: Language) => {
      speak(next, next === "de" ? {} : await get(`words?lang=${next}`));
      document.documentElement.lang = next;
      remember(next);
      setLanguageState(next);
      await refresh();
    },
    [refresh],
  );

  useLayoutEffect(() => {
    const change = () => {
      setPage(pageOf(location.hash));
      setProblem(null);
    };
    addEventListener("hashchange", change);
    void setLanguage(remembered());
    return () => removeEventListener("hashchange", change);
  }, [setLanguage]);

  const store: Store = {
    state,
    page,
    job,
    problem,
    language,
    revision,
    go: (next) => {
      location.hash = `/${next}`;
    },
    refresh,
    follow,
    act,
    cancel: () => {
      if (job) void act(() => post(`jobs/${job.id}/cancel`));
    },
    dismiss: () => setProblem(null),
    refused,
    setLanguage,
  };
  return { store, ready };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return { headline: String(error), findings: [], todo: "" };
}

function remember(language: Language): void {
  try {
    localStorage.setItem("language", language);
  } catch {
    // A browser that keeps nothing starts in German the next time.
  }
}

function remembered(): Language {
  try {
    return localStorage.getItem("language") === "en" ? "en" : "de";
  } catch {
    return "de";
  }
}

/** Ask the server for something whenever the project changed; null while it is on its way. */
export function useAnswer<Answer>(path: string | null): Answer | null {
  const { revision, language, refused } = useStore();
  const [answer, setAnswer] = useState<{ path: string; data: Answer } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (path !== null) {
      get<Answer>(path)
        .then((data) => wanted && setAnswer({ path, data }))
        .catch((error: unknown) => {
          if (!wanted) return;
          setAnswer(null);
          refused(error);
        });
    }
    return () => {
      wanted = false;
    };
  }, [path, revision, language, refused]);
  return answer && answer.path === path ? answer.data : null;
}
