import { useState } from "preact/hooks";
import { type AreasAnswer, type Impulse, post, type SupplyRow } from "../api";
import { StateIcon } from "../icons";
import { count, day, decimal, range } from "../numbers";
import { Empty, Title, Waiting } from "../parts";
import { fieldWord } from "../phrases";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import { areaLabel } from "./indicators";

interface NeedAnswer {
  values: SupplyRow[];
}

/** Need against supply, and the impulses that rules have found. */
export function Supply() {
  const need = useAnswer<NeedAnswer>("need");
  const impulses = useAnswer<Impulse[]>("impulses");
  const areas = useAnswer<AreasAnswer>("areas");
  if (!need || !impulses || !areas) return <Waiting />;
  if (need.values.length === 0) return <NothingYet />;
  const open = impulses.filter((impulse) => impulse.state === "arisen");
  const decided = impulses.filter((impulse) => impulse.state !== "arisen");
  return (
    <div class="page two">
      <Title title={t("Bedarf")}>
        {t("Kinder unter 6 Jahren und Plätze in Tageseinrichtungen. {open} von {all} Impulsen sind offen.", {
          open: count(open.length),
          all: count(impulses.length),
        })}
      </Title>
      <div class="column">
        <h2>{t("Offene Impulse")}</h2>
        {open.length === 0 && <p class="quiet">{t("Über alle Impulse ist entschieden.")}</p>}
        {open.map((impulse) => (
          <ImpulseCard key={impulse.impulse_id} impulse={impulse} areas={areas} />
        ))}
        {decided.length > 0 && <h2>{t("Entschiedene Impulse")}</h2>}
        {decided.map((impulse) => (
          <ImpulseCard key={impulse.impulse_id} impulse={impulse} areas={areas} />
        ))}
      </div>
      <aside>
        <section class="card pad stack">
          <h2>{t("Was ein Impuls ist")}</h2>
          <p class="small">
            {t(
              "Eine Regel hat in den freigegebenen Zahlen etwas gefunden, das zu prüfen lohnt. In den Bericht kommt ein Impuls erst, wenn eine zuständige Stelle ihn bestätigt.",
            )}
          </p>
        </section>
      </aside>
      <SupplyTable rows={need.values} areas={areas} />
    </div>
  );
}

function NothingYet() {
  return (
    <div class="page narrow">
      <h1 tabIndex={-1}>{t("Bedarf")}</h1>
      <Empty
        text={t(
          "Hier stehen Bedarf, Angebot und Impulse, sobald gerechnet wurde und ein Zielwert festgelegt ist.",
        )}
      >
        <a class="button main" href="#/stand">
          {t("Zum Arbeitsstand")}
        </a>
      </Empty>
    </div>
  );
}

function ImpulseCard({ impulse, areas }: { impulse: Impulse; areas: AreasAnswer }) {
  const towns = new Map(areas.municipalities.map((row) => [row.ags, row.name]));
  const area = areas.areas.find((row) => row.area_id === impulse.area_id);
  return (
    <article class={impulse.state === "arisen" ? "card impulse" : "card impulse settled"}>
      <p class="small quiet">{area ? areaLabel(area, towns) : impulse.area_id}</p>
      <h3>{t("Plätze in Tageseinrichtungen: {what}", { what: fieldWord(impulse.field) })}</h3>
      {impulse.sentence && <p>{impulse.sentence}</p>}
      {impulse.facts && impulse.facts.length > 0 && (
        <ul class="small list">
          {impulse.facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {impulse.state === "arisen" ? <Decide impulse={impulse} /> : <Decided impulse={impulse} />}
    </article>
  );
}

function Decided({ impulse }: { impulse: Impulse }) {
  const confirmed = impulse.state === "confirmed";
  return (
    <p class="small">
      <StateIcon shape={confirmed ? "tick" : "ring"} /> {confirmed ? t("bestätigt") : t("verworfen")}
      {`: ${impulse.role}, ${day(impulse.decided_on)}`}
      {impulse.reason && `. ${t("Grund: {reason}", { reason: impulse.reason })}`}
    </p>
  );
}

function Decide({ impulse }: { impulse: Impulse }) {
  const { act, refresh } = useStore();
  const [role, setRole] = useState(lastRole);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState("");
  const decide = async (state: "confirmed" | "rejected") => {
    if (!role.trim()) return setMissing(t("Geben Sie an, welche Stelle entscheidet."));
    if (state === "rejected" && !reason.trim()) return setMissing(t("Geben Sie einen Grund an."));
    setMissing("");
    lastRole = role;
    const path = `impulses/${encodeURIComponent(impulse.impulse_id)}`;
    if (await act(() => post(path, { state, role, reason }))) await refresh();
  };
  const id = impulse.impulse_id.replace(/\W/g, "-");
  return (
    <div class="decide">
      <div>
        <label for={`role-${id}`}>{t("Entscheidende Stelle")}</label>
        <input
          id={`role-${id}`}
          value={role}
          placeholder={t("z. B. Jugendhilfeausschuss")}
          onInput={(event) => setRole(event.currentTarget.value)}
        />
      </div>
      <div>
        <label for={`reason-${id}`}>{t("Grund")}</label>
        <input
          id={`reason-${id}`}
          value={reason}
          placeholder={t("nötig, wenn verworfen wird")}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      <button type="button" class="button strong" onClick={() => void decide("confirmed")}>
        {t("Impuls bestätigen")}
      </button>
      <button type="button" class="button" onClick={() => void decide("rejected")}>
        {t("Impuls verwerfen")}
      </button>
      {missing && (
        <p class="small error" role="alert">
          {missing}
        </p>
      )}
    </div>
  );
}

// One body usually decides several impulses in a row.
let lastRole = "";

function SupplyTable({ rows, areas }: { rows: SupplyRow[]; areas: AreasAnswer }) {
  const towns = new Map(areas.municipalities.map((row) => [row.ags, row.name]));
  const latest = rows.reduce((last, row) => Math.max(row.period, last), "");
  const byUnit = new Map(rows.filter((row) => row.period === latest).map((row) => [row.unit, row]));
  return (
    <section class="card pad scroll table-card" aria-label={t("Bedarf und Angebot")}>
      <table class="figures">
        <caption>{t("Bedarf und Angebot je Gebiet, {day}", { day: day(latest) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gebiet")}</th>
            <th scope="col" class="number">
              {t("Kinder unter 6 Jahren")}
            </th>
            <th scope="col" class="number">
              {t("Plätze")}
            </th>
            <th scope="col" class="number">
              {t("Plätze je 100 Kinder")}
            </th>
            <th scope="col" class="number">
              {t("fehlende Plätze")}
            </th>
            <th scope="col">{t("Einordnung")}</th>
          </tr>
        </thead>
        <tbody>
          {areas.areas.map((area) => {
            const row = byUnit.get(area.area_id);
            return (
              <tr key={area.area_id}>
                <th scope="row">{areaLabel(area, towns)}</th>
                <td class="number">{numberCell(row?.children_low, row?.children_high, count)}</td>
                <td class="number">{numberCell(row?.places_low, row?.places_high, count)}</td>
                <td class="number">
                  {numberCell(row?.coverage_low, row?.coverage_high, (share) => decimal(100 * share, 0))}
                </td>
                <td class="number">{gapCell(row)}</td>
                <td>{row ? fieldWord(row.field) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function numberCell(
  low: number | null | undefined,
  high: number | null | undefined,
  show: (value: number) => string,
): string {
  return low === null || low === undefined || high === null || high === undefined
    ? "–"
    : range(low, high, show);
}

function gapCell(row: SupplyRow | undefined): string {
  if (!row || row.gap_low === null || row.gap_high === null) return "–";
  if (row.gap_high <= 0) return t("keine");
  return range(Math.max(0, row.gap_low), row.gap_high, count);
}
