/** The work on one review: what was clicked becomes a correction, a decision or a line of a letter. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { get, type Job, post } from "../api";
import { DropZone, JobCard } from "../parts";
import { useStore } from "../store";
import { receiveFiles } from "../window_drop";
import { t } from "../words";
import { AboutCard } from "./about";
import { AcceptDialog } from "./accept_dialog";
import { CellDialog, type Kind } from "./cell_dialog";
import { Corrected } from "./corrected";
import { DateCard } from "./date_card";
import { Differences } from "./differences";
import { FileCard } from "./file_card";
import { FindingsCard } from "./findings";
import { Foot } from "./foot";
import type { Cell, ShownCell } from "./preview";
import { QueryBox } from "./query_box";
import { KnownSources, QuestionsCard } from "./questions";
import { type Act, correctionBy, hindrance, placeOf } from "./reading";
import type { Corrections, Review, ReviewFinding } from "./types";

interface Opened {
  cell: Cell;
  first?: Kind;
}

export function Desk({ loaded, onPutBack }: { loaded: Review; onPutBack: () => void }) {
  const store = useStore();
  const { follow, job, cancel } = store;
  const { review, working, during, change, send } = useReview(loaded);
  const [chosen, setChosen] = useState("");
  const [shown, setShown] = useState<ShownCell>({ cell: "" });
  const [asking, setAsking] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<Opened | null>(null);
  const [accepting, setAccepting] = useState<ReviewFinding | null>(null);
  const busy = working || job?.state === "running";
  const open = review.findings.filter((one) => asking.has(one.id) && !one.asked && !one.decision);

  const correct = (corrections: Partial<Corrections>) => void send("corrections", { change: corrections });
  const choose = (finding: ReviewFinding) => {
    setChosen(finding.id);
    // a finding about a whole row is shown at the beginning of its row
    const row = finding.row === null ? "" : `${review.preview?.letters[0] ?? ""}${finding.row}`;
    setShown({ cell: finding.cell || row });
  };
  const ask = (finding: ReviewFinding) => {
    const next = new Set(asking);
    if (!next.delete(finding.id)) next.add(finding.id);
    setAsking(next);
  };
  const onAct = (done: Act, finding: ReviewFinding) => {
    const corrections = correctionBy(done, finding);
    choose(finding);
    if (corrections) correct(corrections);
    else if (done === "ask") ask(finding);
    else if (done === "accept") setAccepting(finding);
    else if (done === "place" && review.preview) {
      const cell = placeOf(finding.cell, review.preview.letters);
      if (cell) setOpened({ cell, first: "place" });
    }
  };
  const openCell = (cell: Cell, name: string) => {
    setChosen(review.findings.find((one) => one.cell === name)?.id ?? "");
    setShown({ cell: name });
    setOpened({ cell });
  };
  const takeOver = () => void during(() => follow(post<Job>(`reviews/${review.review_id}/take-over`, {})));
  const offers = (findings: ReviewFinding[]) =>
    correct({ keys: Object.fromEntries(findings.map((one) => [one.found, one.offer])) });

  return (
    <>
      <div class="dl-desk">
        <div class="dl-left">
          <FileCard
            review={review}
            shown={shown}
            busy={busy}
            onCell={openCell}
            onCorrections={(all) => void send("corrections", { all })}
            onAnswers={(answers) => send("answers", { answers })}
          >
            {review.earlier && (
              <Differences
                differences={review.differences}
                heads={review.corrections.heads}
                partly={review.findings.some((one) => one.severity === "error")}
                busy={busy}
                onSame={(one) => correct({ heads: { [one.found]: one.offer } })}
              />
            )}
          </FileCard>
        </div>
        <div class="dl-right">
          {job?.state === "running" && <JobCard job={job} onCancel={cancel} />}
          <Corrected review={review} busy={busy} onSay={(to) => change("corrects", { to })} />
          <QuestionsCard
            review={review}
            busy={busy}
            onAnswer={(answers) => void send("answers", { answers })}
            onCell={(cell) => setShown({ cell })}
          />
          <DateCard asked review={review} busy={busy} onDate={(period) => correct({ period })} />
          {(review.recipe || review.findings.length > 0) && (
            <FindingsCard
              review={review}
              chosen={chosen}
              asking={asking}
              busy={busy}
              onChoose={choose}
              onAct={onAct}
              onOffers={offers}
            />
          )}
          <QueryBox review={review} findings={open} busy={busy} onAsked={() => void send("", null)} />
          {!hindrance(review).free && (
            <div class="dl-again">
              <DropZone
                title={t("Berichtigte Datei oder Antwort")}
                hint={t("Berichtigte Datei oder Antwort hier ablegen.")}
                disabled={busy}
                onFiles={(files) => receiveFiles(store, files)}
              />
            </div>
          )}
          <KnownSources review={review} busy={busy} onRecipe={(code) => void send("recipe", { code })} />
          <DateCard asked={false} review={review} busy={busy} onDate={(period) => correct({ period })} />
          <AboutCard review={review} busy={busy} onSave={(about) => send("about", about)} />
        </div>
      </div>
      <Foot review={review} working={working} busy={busy} onPutBack={onPutBack} onTakeOver={takeOver} />
      {opened && (
        <CellDialog
          review={review}
          cell={opened.cell}
          {...(opened.first ? { first: opened.first } : {})}
          onCorrect={(corrections) => {
            setOpened(null);
            correct(corrections);
          }}
          onAnswer={(answers) => {
            setOpened(null);
            void send("answers", { answers });
          }}
          onClose={() => setOpened(null)}
        />
      )}
      {accepting && (
        <AcceptDialog
          finding={accepting}
          alike={
            accepting.severity === "warning"
              ? review.findings.filter(
                  (one) =>
                    one.code === accepting.code && one.severity === "warning" && !one.decision && !one.asked,
                )
              : [accepting]
          }
          onAccept={async (findings, reason, role) => {
            await change("decisions", { findings, reason, role });
            setAccepting(null);
          }}
          onClose={(refused) => {
            setAccepting(null);
            // it may have been put back or taken over in another window
            if (refused) void store.refresh();
          }}
        />
      )}
    </>
  );
}

/** The review as it is after the last click, and how to send the next one. */
function useReview(loaded: Review) {
  const { act, refresh } = useStore();
  const [changed, setChanged] = useState<{ review: Review; loaded: Review } | null>(null);
  const latest = useRef(loaded);
  latest.current = loaded;
  const [working, setWorking] = useState(false);
  const focus = useRef(false);
  useLayoutEffect(() => {
    if (!focus.current) return;
    focus.current = false;
    // the button that was pressed may be gone with its finding
    if (document.activeElement === document.body) {
      document.querySelector<HTMLElement>(".dl-findings h2")?.focus({ preventScroll: true });
    }
  }, [changed]);
  // what the page loads later holds the click as well
  const review = changed?.loaded === loaded ? changed.review : loaded;
  const during = async <Done,>(work: () => Promise<Done>): Promise<Done> => {
    setWorking(true);
    try {
      return await work();
    } finally {
      setWorking(false);
    }
  };
  /** Rejects where the server refuses. */
  const change = (what: string, body: unknown): Promise<void> =>
    during(async () => {
      const path = `reviews/${encodeURIComponent(review.review_id)}`;
      const next = what ? await post<Review>(`${path}/${what}`, body) : await get<Review>(path);
      focus.current = true;
      setChanged({ review: next, loaded: latest.current });
    });
  const send = async (what: string, body: unknown): Promise<boolean> => {
    const done = await act(() => change(what, body));
    // it may have been put back or taken over in another window
    if (!done) await during(refresh);
    return done;
  };
  return { review, working, during, change, send };
}
