/** After a register was taken over: what was done, what stayed, and the street grid written again. */

import { ErrorIcon, StateIcon } from "../icons";
import { Findings } from "../parts";
import { t } from "../words";
import type { TakenAnswer } from "./types";

export function TakenCard({ taken }: { taken: TakenAnswer }) {
  const { grid } = taken;
  const written = grid.files.length > 0;
  return (
    <section class="card pad stack" aria-live="polite">
      <h2>
        <StateIcon shape="tick" size={18} /> {taken.sentences[0]}
      </h2>
      <ul class="list">
        {taken.sentences.slice(1).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {grid.plan && (
        <p>
          {t("Der Plan „{title}“ ist derselbe wie vorher; kein Gebiet hat sich geändert.", {
            title: grid.plan,
          })}
        </p>
      )}
      {grid.plan_id && (
        <div class="ad-grid">
          <h3>
            {written ? <StateIcon shape="tick" size={18} /> : <ErrorIcon />}{" "}
            {written
              ? t("Straßenraster geprüft und neu geschrieben")
              : t("Straßenraster noch nicht neu geschrieben")}
          </h3>
          {grid.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {written && grid.findings.length === 0 && <p>{t("Die Prüfung ergab keinen Befund.")}</p>}
          <Findings findings={grid.findings} />
          {written ? (
            <ul class="ad-downloads">
              {grid.files.map((name) => (
                <li key={name}>
                  <a
                    class="button"
                    download
                    href={`/api/street-grid/files/${grid.plan_id}/${encodeURIComponent(name)}`}
                  >
                    {t("{file} speichern", { file: name })}
                  </a>
                </li>
              ))}
            </ul>
          ) : (
            <a class="button" href="#/strassenraster">
              {t("Zum Straßenraster")}
            </a>
          )}
        </div>
      )}
    </section>
  );
}
