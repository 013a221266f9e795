import type { ComponentChildren } from "preact";
import { type Alternative, type ProposalsAnswer, post } from "../api";
import { useModal } from "../modal";
import { count } from "../numbers";
import { ProblemBox } from "../parts";
import { MapLegend, PlanMap } from "../propose_map";
import { useStore } from "../store";
import { plural, t } from "../words";
import { mapWords, Proof, TakeButton } from "./propose_card";

interface DialogProps {
  label: string;
  kind: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A dialog of the browser: it keeps the focus, Escape leaves it. */
function Dialog({ label, kind, onClose, children }: DialogProps) {
  const modal = useModal(onClose);
  return (
    <dialog {...modal} class={kind} aria-label={label}>
      {children}
    </dialog>
  );
}

interface EnlargedProps {
  answer: ProposalsAnswer;
  colours: Map<string, Map<string, string>>;
  shown: string;
  onShow: (key: string) => void;
  onTake: (one: Alternative) => void;
  onClose: () => void;
}

/** One proposal as a large map, with its areas as a list; the others are one step away. */
export function Enlarged({ answer, colours, shown, onShow, onTake, onClose }: EnlargedProps) {
  const { alternatives, ground, present, municipality: town } = answer;
  const one = alternatives.find((alternative) => alternative.key === shown) ?? alternatives[0];
  if (!one) return null;
  return (
    <Dialog
      kind="enlarged"
      label={t("{title} für {name}", { title: one.title, name: town.name })}
      onClose={onClose}
    >
      <header class="row">
        <h2>{town.name}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons is no set of fields */}
        <div class="together" role="group" aria-label={t("Vorschlag auf der Karte")}>
          {alternatives.map((other) => (
            <button
              key={other.key}
              type="button"
              class="button"
              aria-pressed={other.key === one.key}
              onClick={() => onShow(other.key)}
            >
              {other.title}
            </button>
          ))}
        </div>
        <button type="button" class="button" onClick={onClose}>
          {t("Schließen")}
        </button>
      </header>
      <div class="enlargedbody">
        <figure>
          <PlanMap
            ground={ground}
            areas={one.areas}
            colours={colours.get(one.key) ?? new Map()}
            present={one.left}
            label={mapWords(one)}
            large
          />
          <MapLegend ground={ground} present={present !== null} />
        </figure>
        <div class="enlargedside">
          <p>{one.sentence}</p>
          <Proof figures={one.figures} />
          <AreaTable one={one} />
          <TakeButton one={one} answer={answer} main onTake={() => onTake(one)} />
        </div>
      </div>
    </Dialog>
  );
}

function AreaTable({ one }: { one: Alternative }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll areatable" tabIndex={0} aria-label={t("Gebiete des Vorschlags")}>
      <table class="small">
        <thead>
          <tr>
            <th scope="col">{t("Gebiet")}</th>
            <th scope="col" class="number">
              {t("Einwohner")}
            </th>
          </tr>
        </thead>
        <tbody>
          {one.areas.map((area) => (
            <tr key={area.code}>
              <th scope="row">
                <b>{area.code}</b> {area.name}
              </th>
              <td class="number">{count(area.population)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface TakeProps {
  one: Alternative;
  answer: ProposalsAnswer;
  onClose: () => void;
}

/** What happens when a proposal is taken, before it happens. */
export function TakeDialog({ one, answer, onClose }: TakeProps) {
  const { act, refresh, go, problem, job } = useStore();
  const { municipality: town, present } = answer;
  const take = async () => {
    const done = await act(() => post(`proposals/${town.ags}/take`, { key: one.key }));
    if (!done) return;
    await refresh();
    go(`gebiete?uebernommen=${town.ags}`);
  };
  const values = { title: one.title, name: town.name };
  return (
    <Dialog kind="taking" label={t("{title} übernehmen", values)} onClose={onClose}>
      <h2>{t("{title} für {name} übernehmen?", values)}</h2>
      <ul class="list">
        <li>{replaceWords(one, answer)}</li>
        <li>{t("Die anderen Gemeinden bleiben, wie sie sind.")}</li>
        {present?.adopted && (
          <li>
            {t("Der jetzige Zuschnitt ist beschlossen. Der neue ist bis zu einem Beschluss ein Vorschlag.")}
          </li>
        )}
        <li>{t("Indikatoren, Index und Bericht sind danach neu zu rechnen.")}</li>
        <li>
          {t(
            "Der jetzige Zuschnitt bleibt gespeichert; Sie können den Schritt rückgängig machen oder einen anderen Vorschlag übernehmen.",
          )}
        </li>
      </ul>
      {problem && <ProblemBox problem={problem} />}
      <div class="together">
        <button
          type="button"
          class="button main"
          disabled={job?.state === "running"}
          onClick={() => void take()}
        >
          {t("Übernehmen")}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t("Nicht übernehmen")}
        </button>
      </div>
      {job?.state === "running" && (
        <p class="small">{t("Es wird noch gerechnet. Danach geht es hier weiter.")}</p>
      )}
    </Dialog>
  );
}

function replaceWords(one: Alternative, { municipality, present }: ProposalsAnswer): string {
  const values = { count: one.areas.length, name: municipality.name, now: present?.areas ?? 0 };
  if (!present) {
    return plural(
      "{name} bekommt {count} Gebiet.",
      "{name} bekommt {count} Gebiete.",
      one.areas.length,
      values,
    );
  }
  return plural(
    "{name} bekommt {count} Gebiet statt der jetzigen {now}.",
    "{name} bekommt {count} Gebiete statt der jetzigen {now}.",
    one.areas.length,
    values,
  );
}
