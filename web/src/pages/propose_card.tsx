import type { ComponentChildren } from "preact";
import type { Alternative, AlternativeFigures, ProposalsAnswer } from "../api";
import { StateIcon } from "../icons";
import { count, decimal, percent } from "../numbers";
import { PlanMap } from "../propose_map";
import { FAMILIES, familyWord } from "../propose_wishes";
import { plural, t } from "../words";

interface Props {
  one: Alternative;
  answer: ProposalsAnswer;
  colours: Map<string, string>;
  onEnlarge: () => void;
  onTake: () => void;
}

/** One proposal: its map, its sentence, its figures, what is proven, and the button to take it. */
export function AlternativeCard({ one, answer, colours, onEnlarge, onTake }: Props) {
  const id = `alternative-${one.key}`;
  return (
    <article class="card alternative" aria-labelledby={id}>
      <div class="row">
        <h3 id={id}>{one.title}</h3>
        {one.moved?.same && (
          <span class="tag done">
            <StateIcon shape="tick" size={13} /> {t("gilt jetzt")}
          </span>
        )}
      </div>
      <button type="button" class="enlarge" onClick={onEnlarge}>
        <PlanMap
          ground={answer.ground}
          areas={one.areas}
          colours={colours}
          present={one.left}
          label={mapWords(one)}
        />
        <span class="small">{t("Vergrößern")}</span>
      </button>
      <p class="sentence">{one.sentence}</p>
      <Figures one={one} answer={answer} />
      <Proof figures={one.figures} />
      <Notes notes={one.notes} />
      <TakeButton one={one} answer={answer} onTake={onTake} />
    </article>
  );
}

interface TakeProps {
  one: Alternative;
  answer: ProposalsAnswer;
  main?: boolean;
  onTake: () => void;
}

/** The button, and beside it the reason where it is blocked. */
export function TakeButton({ one, answer, main = false, onTake }: TakeProps) {
  const blocked = one.moved?.same
    ? t("Dieser Zuschnitt gilt schon.")
    : answer.takeable
      ? ""
      : t("Rechnen Sie zuerst unter „Gebiete“ einen Vorschlag für alle Gemeinden.");
  return (
    <div class="take">
      <button
        type="button"
        class={main ? "button main" : "button strong"}
        disabled={blocked !== ""}
        onClick={onTake}
      >
        {t("Diesen Vorschlag übernehmen")}
        <span class="unseen">, {one.title}</span>
      </button>
      {blocked && <p class="small quiet">{blocked}</p>}
    </div>
  );
}

export function mapWords(one: Alternative): string {
  return plural("Karte: {title}, {count} Gebiet", "Karte: {title}, {count} Gebiete", one.areas.length, {
    title: one.title,
    count: one.areas.length,
  });
}

function Figures({ one, answer }: { one: Alternative; answer: ProposalsAnswer }) {
  const { figures } = one;
  const population = answer.municipality.population;
  const lines = answer.ground.lines.length > 0;
  return (
    <table class="quality small">
      <caption class="unseen">{t("Zahlen zu {title}", { title: one.title })}</caption>
      <tbody>
        <Row name={t("Zahl der Gebiete")}>{count(figures.areas)}</Row>
        <Row name={t("kleinstes bis größtes")}>
          {count(figures.smallest)}–{count(figures.largest)}
        </Row>
        <Row name={t("unter 1.000 Einwohner")}>{belowWords(figures.below_1000)}</Row>
        <Likeness name={t("Ähnlichkeit, 0 bis 100")} value={figures.likeness_all} strong />
        {FAMILIES.filter((family) => family in figures.likeness).map((family) => (
          <Likeness key={family} name={familyWord(family)} value={figures.likeness[family] ?? null} />
        ))}
        <Likeness
          name={t("Rundheit, 0 bis 100")}
          value={figures.compactness === null ? null : 100 * figures.compactness}
          strong
        />
        {lines && <Row name={t("zerschnitten")}>{crossedWords(figures)}</Row>}
        {lines && (
          <Row name={t("Grenzen an Linien")}>
            {t("{number} km", { number: decimal(figures.along_barriers_km) })}
          </Row>
        )}
        {figures.bridges > 0 && <Row name={t("über Brücken verbunden")}>{count(figures.bridges)}</Row>}
        {one.moved && (
          <Row name={t("wechseln das Gebiet")}>{percent(one.moved.people / Math.max(1, population), 0)}</Row>
        )}
      </tbody>
    </table>
  );
}

function belowWords(areas: number): string {
  return areas === 0 ? t("keines") : plural("{count} Gebiet", "{count} Gebiete", areas, { count: areas });
}

function crossedWords({ barriers_crossed: lines, crossed_metres: metres }: AlternativeFigures): string {
  if (lines === 0) return t("keine Linie");
  return plural("{count} Linie, {number} km", "{count} Linien, {number} km", lines, {
    count: lines,
    number: decimal(metres / 1000),
  });
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{children}</td>
    </tr>
  );
}

interface LikenessProps {
  name: string;
  value: number | null;
  strong?: boolean;
}

/** A figure out of 100 with its bar. */
function Likeness({ name, value, strong = false }: LikenessProps) {
  if (value === null) return null;
  const width = Math.min(100, Math.max(0, value));
  return (
    <tr class={strong ? undefined : "part"}>
      <th scope="row">{name}</th>
      <td class="number">
        <span class="measure">
          <span class="bar small-bar" aria-hidden="true">
            <i style={{ width: `${width}%` }} />
          </span>
          {count(value)}
          <span class="unseen"> {t("von 100")}</span>
        </span>
      </td>
    </tr>
  );
}

/** What planners should know of this division; nothing where there is nothing. */
export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return <div class="notes" />;
  return (
    <details class="small notes">
      <summary>
        {plural("{count} Hinweis", "{count} Hinweise", notes.length, { count: notes.length })}
      </summary>
      <ul class="list">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

/** What is proven, in plain words; nothing where nothing is. */
export function Proof({ figures }: { figures: AlternativeFigures }) {
  const words = proofWords(figures);
  return (
    <p class="small proof">
      {words && (
        <>
          <StateIcon shape="tick" /> <span>{words}</span>
        </>
      )}
    </p>
  );
}

export function proofWords({ proof, gap }: Pick<AlternativeFigures, "proof" | "gap">): string {
  if (proof === "optimal") return t("Mit diesen Vorgaben ist kein besserer Zuschnitt möglich (bewiesen).");
  const parts = [];
  if (proof !== "none" && proof !== "") {
    parts.push(t("Kein Tausch zwischen zwei Nachbargebieten kann ihn verbessern (geprüft)."));
  }
  if (gap !== null && gap >= 0 && gap < 1) {
    parts.push(t("Höchstens {share} besser möglich (bewiesen).", { share: percent(gap) }));
  }
  return parts.join(" ");
}
