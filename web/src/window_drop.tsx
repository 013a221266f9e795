/** Files dropped beside a field: never opened by the browser in place of the page, and received where that is meant. */

import { useEffect, useRef, useState } from "preact/hooks";
import { upload } from "./api";
import { type Store, useStore } from "./store";
import { t } from "./words";

/** Pages on which a file dropped anywhere is a delivery. */
const RECEIVING = new Set(["daten", "lieferung"]);
// whether the files that are being read were dropped by this window, which then shows what became of them
const reading = { here: false, before: "" };

/** Receive files as deliveries; one file leads straight to its review, several to the list. */
export function receiveFiles(store: Store, files: File[]): void {
  if (files.length === 0) return;
  reading.here = true;
  reading.before = store.job?.id ?? "";
  void store.follow(upload("reviews", "files", files));
}

/** The window as a whole; shows one sentence where a dropped file was not meant. */
export function WindowDrop() {
  const store = useStore();
  const latest = useRef(store);
  latest.current = store;
  const [said, setSaid] = useState("");
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      // a field that takes files has prevented it already
      const taken = event.defaultPrevented;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      setSaid("");
      if (taken || files.length === 0) return;
      const now = latest.current;
      if (!now.state.project || !RECEIVING.has(now.page)) {
        setSaid(
          document.querySelector("main .drop")
            ? t("Legen Sie Dateien bitte in das gestrichelte Feld.")
            : t("Dateien legen Sie auf der Seite „Daten“ ab."),
        );
      } else if (now.job?.state === "running") {
        setSaid(t("Es wird noch gerechnet. Danach geht es hier weiter."));
      } else receiveFiles(now, files);
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("drop", drop);
    };
  }, []);
  useEffect(() => setSaid(""), [store.page]);
  useShown(store);
  return (
    <div role="status" class={said ? "narrow" : ""}>
      {said && (
        <p class="card pad">
          {said}{" "}
          <button type="button" class="link" onClick={() => setSaid("")}>
            {t("Meldung schließen")}
          </button>
        </p>
      )}
    </div>
  );
}

/** What was dropped here is shown as soon as it is read. */
function useShown(store: Store): void {
  const { job, go, page } = store;
  useEffect(() => {
    if (!reading.here || !job || job.state === "running" || job.id === reading.before) return;
    const received = job.result.received;
    if (!received) return; // stopped, or another job
    reading.here = false;
    const only = received.length === 1 ? received[0] : undefined;
    if (only?.review_id && only.state !== "unchanged")
      go(`lieferung?id=${encodeURIComponent(only.review_id)}`);
    else if (page !== "daten") go("daten");
  }, [job, go, page]);
}
