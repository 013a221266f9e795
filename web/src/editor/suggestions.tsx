/** What the engine proposes. */

import { decimal } from "../numbers";
import { t } from "../words";
import { useDesk } from "./context";
import { showSuggestion } from "./desk_acts";
import { leastTold } from "./desk_state";
import { peopleWords } from "./sentences";

/** Suggestions, best first; one click shows one like a step of one's own. */
export function Suggestions({ folded = false }: { folded?: boolean }) {
  const { desk, state } = useDesk();
  const { help } = state;
  if (!help || help.kind === "cut") return null;
  const shown = state.preview?.edit;
  return (
    <section class="suggestions">
      <header class="row">
        <h2>{help.kind === "heal" ? t("Was würde helfen?") : t("Vorschläge von hier aus")}</h2>
        <button type="button" class="link small" onClick={() => desk.discard()}>
          {t("Schließen")}
        </button>
      </header>
      {!folded && help.sentence && <p class="small">{help.sentence}</p>}
      <ol>
        {help.suggestions.map(({ edit, gain, people, sentence }) => (
          <li key={sentence}>
            <button
              type="button"
              aria-pressed={
                shown !== undefined &&
                shown.area === edit.area &&
                String(shown.blocks) === String(edit.blocks)
              }
              onClick={() => showSuggestion(desk, edit)}
            >
              <span>{sentence}</span>
              <span class="small quiet">
                {t("{people} wechseln das Gebiet · Ähnlichkeit {gain}", {
                  people: peopleWords(people, leastTold(state)),
                  gain: gainWords(gain),
                })}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {help.suggestions.length === 0 && !help.sentence && (
        <p class="small">{t("Es wurde kein besserer Schritt gefunden.")}</p>
      )}
    </section>
  );
}

function gainWords(gain: number): string {
  return gain < 0 ? decimal(gain) : `+${decimal(gain)}`;
}
