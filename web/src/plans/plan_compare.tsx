/** Two plans side by side: map, figures, where the areas come from, and the blocks that moved. */

import { useState } from "preact/hooks";
import { count } from "../numbers";
import { compareCodes } from "../order";
import { Empty, TableCard, Waiting } from "../parts";
import { useAnswer } from "../store";
import { plural, t } from "../words";
import { LeftOut } from "./left_out";
import { addressOf, comparedLabel, lineageText, listed, planLabel, statusText } from "./plan_words";
import type { CompareAnswer, LineageRow, MovedRow, PlansAnswer, TownCompared, TwoMaps } from "./plans_api";
import { SwipeMap } from "./swipe_map";

export function PlanCompare({ answer, place }: { answer: PlansAnswer; place: URLSearchParams }) {
  const newest = answer.plans[0];
  const neu = place.get("neu") ?? newest?.plan_id ?? "";
  const parent = answer.plans.find((plan) => plan.plan_id === neu)?.parent;
  const alt = place.get("alt") ?? (parent || (answer.plans[1]?.plan_id ?? ""));
  const ready = alt !== "" && neu !== "" && alt !== neu;
  const found = useAnswer<CompareAnswer>(ready ? `plans/compare?old=${alt}&new=${neu}` : null);
  const choose = (next: Record<string, string>) => {
    location.hash = addressOf({ teil: "vergleich", alt, neu, ...next });
  };
  return (
    <>
      <div class="card pad compare-choice">
        <Choice
          label={t("Vorher")}
          id="old"
          value={alt}
          answer={answer}
          onChoose={(id) => choose({ alt: id })}
        />
        <Choice
          label={t("Nachher")}
          id="new"
          value={neu}
          answer={answer}
          onChoose={(id) => choose({ neu: id })}
        />
      </div>
      {!ready && <Empty text={t("Wählen Sie zwei verschiedene Pläne oder Fassungen.")} />}
      {ready && !found && <Waiting />}
      {ready && found && (
        <Compared
          found={found}
          answer={answer}
          alt={alt}
          neu={neu}
          town={place.get("gemeinde") ?? ""}
          onTown={(ags) => choose({ gemeinde: ags })}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  id: string;
  value: string;
  answer: PlansAnswer;
  onChoose: (id: string) => void;
}

function Choice({ label, id, value, answer, onChoose }: ChoiceProps) {
  return (
    <div>
      <label for={`compare-${id}`}>{label}</label>
      <select id={`compare-${id}`} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <optgroup label={t("Pläne")}>
          {answer.plans.map((plan) => (
            <option key={plan.plan_id} value={plan.plan_id}>
              {planLabel(plan, answer.blocks_version)}
            </option>
          ))}
        </optgroup>
        {answer.drafts.length > 0 && (
          <optgroup label={t("Fassungen")}>
            {answer.drafts.map((draft) => (
              <option key={draft.draft_id} value={draft.draft_id}>
                {draft.town}: {draft.title} ({statusText(draft.status)})
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </div>
  );
}

interface ComparedProps {
  found: CompareAnswer;
  answer: PlansAnswer;
  alt: string;
  neu: string;
  town: string;
  onTown: (ags: string) => void;
}

function Compared({ found, answer, alt, neu, town, onTown }: ComparedProps) {
  const changed = found.towns.filter((row) => row.changed);
  const chosen = found.towns.find((row) => row.ags === town) ?? changed[0] ?? found.towns[0];
  const query = chosen ? `?old=${alt}&new=${neu}` : "";
  const maps = useAnswer<TwoMaps>(chosen ? `plans/compare/${chosen.ags}${query}` : null);
  const lineage = found.lineage.filter((row) => row.ags === chosen?.ags);
  const moved = found.moved.filter((row) => row.ags === chosen?.ags);
  if (!chosen) return <Empty text={t("Es gibt noch keine Gemeinden.")} />;
  return (
    <>
      {found.notes.map((note) => (
        <p class="small" key={note}>
          {note}
        </p>
      ))}
      <section class="card pad">
        <div class="compare-head">
          <div>
            <label for="compare-town">{t("Gemeinde")}</label>
            <select
              id="compare-town"
              value={chosen.ags}
              onChange={(event) => onTown(event.currentTarget.value)}
            >
              {found.towns.map((row) => (
                <option key={row.ags} value={row.ags}>
                  {row.name}
                  {row.changed ? ` (${t("geändert")})` : ""}
                </option>
              ))}
            </select>
          </div>
          <p role="status">{changedSentence(changed)}</p>
          <a
            class="button strong"
            href={`/api/print/compare.pdf?old=${alt}&new=${neu}&ags=${chosen.ags}&paper=A3`}
            target="_blank"
            rel="noreferrer"
          >
            {t("Vergleich drucken")}
            <span class="unseen"> {t("(PDF, A3, neues Fenster)")}</span>
          </a>
        </div>
        {maps ? (
          <SwipeMap
            key={chosen.ags + alt + neu}
            maps={maps}
            town={chosen.name}
            before={comparedLabel(found.old, found.new, answer.plans)}
            after={comparedLabel(found.new, found.old, answer.plans)}
          />
        ) : (
          <Waiting />
        )}
      </section>
      <Towns towns={found.towns} />
      <Moved key={chosen.ags} rows={moved} town={chosen.name} />
      <Lineage rows={lineage} town={chosen.name} />
    </>
  );
}

function changedSentence(changed: TownCompared[]): string {
  if (changed.length === 0) return t("Beide haben dieselben Gebiete.");
  const persons = changed.reduce((sum, row) => sum + row.persons_moved, 0);
  const towns = listed(changed.map((row) => row.name));
  return plural(
    "Geändert in {towns}: {count} Person lebt in einem anders geschnittenen Gebiet.",
    "Geändert in {towns}: {count} Personen leben in einem anders geschnittenen Gebiet.",
    persons,
    { towns, count: count(persons) },
  );
}

function Towns({ towns }: { towns: TownCompared[] }) {
  return (
    <TableCard label={t("Gemeinden vorher und nachher")}>
      <table>
        <caption>{t("Gemeinden vorher und nachher")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gemeinde")}</th>
            <th scope="col" class="number">
              {t("Gebiete")}
            </th>
            <th scope="col" class="number">
              {t("Bausteine mit neuem Gebiet")}
            </th>
            <th scope="col" class="number">
              {t("Personen dort")}
            </th>
            <th scope="col" class="number">
              {t("Ähnlichkeit innen, von 100")}
            </th>
          </tr>
        </thead>
        <tbody>
          {towns.map((row) => (
            <tr key={row.ags} class={row.changed ? "hot" : undefined}>
              <th scope="row">{row.name}</th>
              <td class="number">{fromTo(row.areas_before, row.areas_after, 0)}</td>
              <td class="number">{count(row.blocks_moved)}</td>
              <td class="number">{count(row.persons_moved)}</td>
              <td class="number">{fromTo(row.likeness_before, row.likeness_after, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small quiet">
        {t(
          "Wenige große Gebiete sind innen immer gemischter als viele kleine; die Zahl taugt zum Vergleich vorher–nachher, nicht zwischen Gemeinden.",
        )}
      </p>
    </TableCard>
  );
}

function fromTo(before: number | null, after: number | null, places: number): string {
  if (before === null || after === null) return "–";
  const [first, second] = [count(Number(before.toFixed(places))), count(Number(after.toFixed(places)))];
  return first === second ? first : t("{before}, dann {after}", { before: first, after: second });
}

function Moved({ rows, town }: { rows: MovedRow[]; town: string }) {
  const [open, setOpen] = useState("");
  if (rows.length === 0) return null;
  return (
    <TableCard label={t("Bausteine mit neuem Gebiet")}>
      <table>
        <caption>{t("{town}: Bausteine mit neuem Gebiet", { town })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("von")}</th>
            <th scope="col">{t("nach")}</th>
            <th scope="col" class="number">
              {t("Bausteine")}
            </th>
            <th scope="col" class="number">
              {t("Personen")}
            </th>
            <th scope="col">{t("Grund")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = `${row.from_code} ${row.to_code}`;
            return (
              <tr key={key}>
                <td>{row.from_code}</td>
                <td>{row.to_code}</td>
                <td class="number">
                  <button
                    type="button"
                    class="link"
                    aria-expanded={open === key}
                    onClick={() => setOpen(open === key ? "" : key)}
                  >
                    {count(row.blocks.length)}
                    <span class="unseen"> {t("Bausteine nennen")}</span>
                  </button>
                  {open === key && <span class="block-names small">{row.blocks.join(", ")}</span>}
                </td>
                <td class="number">{count(row.persons)}</td>
                <td>
                  <Reasons row={row} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.some((row) => row.internal.length > 0) && <LeftOut />}
    </TableCard>
  );
}

function Reasons({ row }: { row: MovedRow }) {
  if (row.why.length + row.internal.length === 0)
    return <span class="quiet">{t("kein Grund festgehalten")}</span>;
  return (
    <>
      {row.why.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {row.why.length === 0 && <span class="printed-only">{t("nicht veröffentlicht")}</span>}
      {row.internal.map((text) => (
        <p key={text} class="internal-text">
          {text} <span class="tag look">{t("intern, wird nicht gedruckt")}</span>
        </p>
      ))}
    </>
  );
}

function Lineage({ rows, town }: { rows: LineageRow[]; town: string }) {
  const ordered = [...rows].sort(
    (a, b) => compareCodes(a.old_code, b.old_code) || compareCodes(a.new_code, b.new_code),
  );
  return (
    <TableCard label={t("Woraus die Gebiete entstanden sind")}>
      <table>
        <caption>{t("{town}: woraus die Gebiete entstanden sind", { town })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("vorher")}</th>
            <th scope="col">{t("nachher")}</th>
            <th scope="col">{t("Gebiet ist")}</th>
            <th scope="col" class="number">
              {t("Bausteine")}
            </th>
            <th scope="col" class="number">
              {t("Personen")}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((row) => (
            <tr key={`${row.old_code} ${row.new_code}`} class={row.kind === "U" ? undefined : "hot"}>
              <td>
                <b>{row.old_code}</b> {row.old_name}
              </td>
              <td>
                <b>{row.new_code}</b> {row.new_name}
              </td>
              <td>{lineageText(row.kind)}</td>
              <td class="number">{count(row.blocks)}</td>
              <td class="number">{count(row.persons)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}
