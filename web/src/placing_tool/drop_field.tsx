/** Where a list is dropped or chosen. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ErrorIcon } from "../icons";
import { t } from "../words";
import type { Desk } from "./desk";

const ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.txt";

export function DropField({ desk }: { desk: Desk }) {
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(desk);
  latest.current = desk;
  const [over, setOver] = useState(false);
  // a file dropped beside the field would be opened by the browser in place of this page
  useLayoutEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === "dragover");
    };
    const drop = (event: DragEvent) => {
      drag(event);
      const file = event.dataTransfer?.files[0];
      if (file) void latest.current.open(file);
    };
    addEventListener("dragover", drag);
    addEventListener("dragleave", drag);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", drag);
      removeEventListener("dragleave", drag);
      removeEventListener("drop", drop);
    };
  }, []);
  const choose = () => {
    const file = input.current?.files?.[0];
    if (input.current && file) {
      void desk.open(file);
      input.current.value = ""; // the same file can be chosen again after it was changed
    }
  };
  return (
    <div class={over ? "pt-drop over" : "pt-drop"}>
      <input
        ref={input}
        class="hidden"
        type="file"
        accept={ACCEPTED}
        tabIndex={-1}
        onChange={choose}
        aria-label={t("Liste wählen")}
      />
      {desk.book ? (
        <p>
          <b>{desk.book.name}</b>
        </p>
      ) : (
        <Begin />
      )}
      <button
        type="button"
        class={desk.book ? "button" : "button main"}
        onClick={() => input.current?.click()}
      >
        {desk.book ? t("Andere Liste wählen") : t("Liste wählen")}
      </button>
      {desk.problem && (
        <p class="error pt-problem" role="alert">
          <ErrorIcon /> {desk.problem}
        </p>
      )}
    </div>
  );
}

function Begin() {
  return (
    <>
      <p>
        {t(
          "Ziehen Sie eine Liste mit Anschriften hierher: Excel-Arbeitsmappe oder Textdatei mit Trennzeichen. Die Liste bleibt auf diesem Rechner.",
        )}
      </p>
      <ol class="pt-how">
        <li>{t("Zu jeder Anschrift wird das Gebiet gesucht. Was unsicher ist, bestätigen Sie.")}</li>
        <li>{t("Sie zählen die Fälle je Gebiet aus und speichern nur die Anzahlen.")}</li>
        <li>
          {t("Oder Sie speichern dieselbe Liste mit dem Gebiet jeder Anschrift, für Ihre eigene Arbeit.")}
        </li>
      </ol>
    </>
  );
}
