/** "Lieferung prüfen": the file as it was read at the left, what is to be decided at the right. */

import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { get, post, Refused } from "../api";
import { Waiting } from "../parts";
import { useStore } from "../store";
import { t } from "../words";
import "./deliveries.css";
import { Desk } from "./desk";
import { ClosedCard, TakenCard } from "./ended";
import { Trail } from "./trail";
import type { Review, Taken } from "./types";

function idInAddress(): string {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("id") ?? "";
}

export function DeliveryPage() {
  const { job, act, go, refresh } = useStore();
  const [id, setId] = useState(idInAddress());
  const [gone, setGone] = useState(false);
  const taken = takenOf(job?.state === "done" ? job.result.taken : undefined, id);
  const [kept, setKept] = useState<Taken | null>(null);
  const done = taken ?? (kept?.review_id === id ? kept : null);
  const { answer, lost } = useReviewOf(id && !done && !gone ? id : "");
  useLayoutEffect(() => {
    const change = () => setId(idInAddress());
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  // a job that comes later ("Neu berechnen") must not take the sentence away
  useLayoutEffect(() => {
    if (taken) setKept(taken);
  }, [taken]);
  const putBack = () =>
    void act(async () => {
      await post(`reviews/${encodeURIComponent(id)}/put-back`);
      setGone(true);
      go("daten");
      await refresh();
    });
  const title = done?.title ?? answer?.title ?? "";
  return (
    <div class="page dl-page">
      <header class="dl-title">
        <div>
          <p class="small quiet">
            <a href="#/daten">{t("Daten")}</a>
            {answer?.holder && ` › ${answer.holder}`}
            {answer && ` › ${answer.file_name}`}
          </p>
          <h1 tabIndex={-1}>{headline(title, done !== null)}</h1>
        </div>
        {answer && !done && !closed(answer) && <Trail review={answer} />}
      </header>
      {done && (
        <div>
          <TakenCard taken={done} />
        </div>
      )}
      {!done && answer && closed(answer) && (
        <div>
          <ClosedCard review={answer} onPutBack={putBack} />
        </div>
      )}
      {!done && answer && !closed(answer) && <Desk loaded={answer} onPutBack={putBack} />}
      {!done && lost && <LostCard />}
      {!done && !answer && !lost && <Waiting />}
    </div>
  );
}

/** A review that is no longer there: put back here, or in another window. */
function LostCard() {
  return (
    <section class="card dl-closed" aria-live="polite">
      <h2>{t("Diese Lieferung wurde zurückgelegt.")}</h2>
      <div class="row">
        <a class="button" href="#/daten">
          {t("Zu den Daten")}
        </a>
      </div>
    </section>
  );
}

interface Found {
  id: string;
  answer: Review | null;
  lost: boolean;
}

/** The review of the address, read again whenever the project changed; lost where there is none of this name. */
function useReviewOf(id: string): Omit<Found, "id"> {
  const { revision, language, refused, dismiss } = useStore();
  const [found, setFound] = useState<Found>({ id: "", answer: null, lost: false });
  useEffect(() => {
    let wanted = true;
    if (id) {
      get<Review>(`reviews/${encodeURIComponent(id)}`)
        .then((answer) => wanted && setFound({ id, answer, lost: false }))
        .catch((error: unknown) => {
          if (!wanted) return;
          const lost = error instanceof Refused && error.status === 409;
          setFound({ id, answer: null, lost });
          // what was clicked before it was known to be gone needs no message of its own
          if (lost) dismiss();
          else refused(error);
        });
    }
    return () => {
      wanted = false;
    };
  }, [id, revision, language, refused]);
  return found.id === id ? found : { answer: null, lost: false };
}

function headline(title: string, done: boolean): string {
  if (done) return t("Lieferung übernommen: {title}", { title });
  return title ? t("Lieferung prüfen: {title}", { title }) : t("Lieferung prüfen");
}

/** Nothing to decide any more: the same file again, taken over before, or nothing that could be shown. */
function closed(review: Review): boolean {
  if (review.state === "unchanged" || review.state === "taken") return true;
  return review.state === "refused" && review.preview === null;
}

function takenOf(all: Taken[] | undefined, id: string): Taken | null {
  return all?.find((one) => one.review_id === id) ?? null;
}
