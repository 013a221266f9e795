import { useState } from "preact/hooks";
import {
  type AreasAnswer,
  type Impulse,
  type ImpulseFigures,
  post,
  type SupplyRow,
  type Target,
} from "../api";
import { StateIcon } from "../icons";
import { count, day, decimal, percent, range } from "../numbers";
import { Empty, TableCard, Title, Waiting } from "../parts";
import { fieldWord } from "../phrases";
import { useAnswer, useStore } from "../store";
import { TracedFigure, TracedHint } from "../trace/where_from";
import { t } from "../words";
import { areaLabel } from "./indicators";

/** What the project calls its group, the places and the coverage. */
interface SupplyWords {
  group: string;
  places: string;
  unit: string;
}

interface NeedAnswer {
  values: SupplyRow[];
  target: Target | null;
  words: SupplyWords;
}

/** Need against supply, and the impulses that rules have found. */
export function Supply() {
  const need = useAnswer<NeedAnswer>("need");
  const impulses = useAnswer<Impulse[]>("impulses");
  const areas = useAnswer<AreasAnswer>("areas");
  if (!need || !impulses || !areas) return <Waiting />;
  if (need.values.length === 0) return <NothingYet target={need.target} />;
  const open = impulses.filter((impulse) => impulse.state === "arisen");
  const decided = impulses.filter((impulse) => impulse.state !== "arisen");
  return (
    <div class="page two">
      <Title title={t("Bedarf")}>
        {t("{group} und {places}. {open} von {all} Impulsen sind offen.", {
          ...need.words,
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
        {need.target?.rate != null && <TargetCard target={need.target} rate={need.target.rate} />}
      </aside>
      <SupplyTable rows={need.values} areas={areas} words={need.words} />
    </div>
  );
}

function NothingYet({ target }: { target: Target | null }) {
  return (
    <div class="page narrow">
      <h1 tabIndex={-1}>{t("Bedarf")}</h1>
      {!target && <SetTarget target={null} />}
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
      <Evidence figures={impulse.figures} />
      {impulse.state === "arisen" ? <Decide impulse={impulse} /> : <Decided impulse={impulse} />}
    </article>
  );
}

/** The figures that fired the rule, beside those of the whole Kreis. */
function Evidence({ figures }: { figures: ImpulseFigures }) {
  if (!figures.supply || !figures.region) return null;
  const { supply, need, region } = figures;
  const per100 = (share: number) => decimal(100 * share, 0);
  const rows: [string, string, string][] = [
    [t("Kinder unter 6 Jahren"), both(supply, "children", count), both(region, "children", count)],
    [t("Plätze"), both(supply, "places", count), both(region, "places", count)],
    [t("Plätze je 100 Kinder"), both(supply, "coverage", per100), both(region, "coverage", per100)],
    [t("fehlende Plätze"), both(supply, "gap", missing), both(region, "gap", missing)],
    [t("Kinder in Bedarfsgemeinschaften"), both(need, "share", percent), both(region, "share", percent)],
  ];
  return (
    <table class="figures evidence small">
      <thead>
        <tr>
          <th scope="col">{t("Zahlen zur Regel, {day}", { day: day(figures.period) })}</th>
          <th scope="col" class="number">
            {t("Gebiet")}
          </th>
          <th scope="col" class="number">
            {t("Kreis insgesamt")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([title, own, all]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td class="number">{own}</td>
            <td class="number">{all}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function both(bounds: Record<string, number | null>, name: string, show: (value: number) => string): string {
  return numberCell(bounds[`${name}_low`], bounds[`${name}_high`], show);
}

function missing(places: number): string {
  return places > 0 ? count(places) : t("keine");
}

function TargetCard({ target, rate }: { target: Target; rate: number }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="card pad stack">
      <h2>{t("Zielwert")}</h2>
      <p>
        <span class="big">{decimal(100 * rate, 0)}</span> {t("Plätze je 100 Kinder unter 6 Jahren")}
      </p>
      <p class="small quiet">
        {target.source}, {day(target.date)}
      </p>
      {open ? (
        <SetTarget target={target} />
      ) : (
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t("Zielwert ändern")}
        </button>
      )}
    </section>
  );
}

function SetTarget({ target }: { target: Target | null }) {
  const { act, refresh } = useStore();
  const [rate, setRate] = useState(target?.rate ? String(Math.round(100 * target.rate)) : "");
  const [source, setSource] = useState(target?.source ?? "");
  const [date, setDate] = useState(target?.date ?? "");
  const save = async (event: Event) => {
    event.preventDefault();
    if (await act(() => post("target", { rate: Number(rate) / 100, source, date }))) await refresh();
  };
  return (
    <form class="card pad stack" onSubmit={save}>
      <h2>{t("Zielwert festlegen")}</h2>
      <p class="small">
        {t("Wie viele Plätze je 100 Kinder unter 6 Jahren sollen es sein? Danach wird neu gerechnet.")}
      </p>
      <div>
        <label for="target-rate">{t("Plätze je 100 Kinder")}</label>
        <input
          id="target-rate"
          type="number"
          min="1"
          max="200"
          value={rate}
          onInput={(event) => setRate(event.currentTarget.value)}
          required
        />
      </div>
      <div>
        <label for="target-source">{t("Wer hat ihn festgelegt?")}</label>
        <input
          id="target-source"
          value={source}
          placeholder={t("z. B. Jugendhilfeausschuss")}
          onInput={(event) => setSource(event.currentTarget.value)}
          required
        />
      </div>
      <div>
        <label for="target-date">{t("Wann?")}</label>
        <input
          id="target-date"
          type="date"
          value={date}
          onInput={(event) => setDate(event.currentTarget.value)}
          required
        />
      </div>
      <button type="submit" class={target ? "button" : "button main"}>
        {t("Zielwert festlegen")}
      </button>
    </form>
  );
}

function Decided({ impulse }: { impulse: Impulse }) {
  const confirmed = impulse.state === "confirmed";
  return (
    <p class="small">
      <StateIcon shape={confirmed ? "tick" : "ring"} /> {confirmed ? t("bestätigt") : t("verworfen")}
      {`: ${impulse.role}, ${day(impulse.decided_on)}`}
      {impulse.reason && ". "}
      {impulse.reason && t("Grund: {reason}", { reason: impulse.reason })}
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

function SupplyTable({ rows, areas, words }: { rows: SupplyRow[]; areas: AreasAnswer; words: SupplyWords }) {
  const towns = new Map(areas.municipalities.map((row) => [row.ags, row.name]));
  const latest =
    rows
      .map((row) => row.period)
      .sort()
      .at(-1) ?? "";
  const byUnit = new Map(rows.filter((row) => row.period === latest).map((row) => [row.unit, row]));
  return (
    <TableCard label={t("Bedarf und Angebot")}>
      <TracedHint />
      <table class="figures">
        <caption>{t("Bedarf und Angebot je Gebiet, {day}", { day: day(latest) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gebiet")}</th>
            <th scope="col" class="number">
              {words.group}
            </th>
            <th scope="col" class="number">
              {t("Plätze")}
            </th>
            <th scope="col" class="number">
              {words.unit}
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
                <td class="number">
                  <Traced row={row}>{numberCell(row?.children_low, row?.children_high, count)}</Traced>
                </td>
                <td class="number">
                  <Traced row={row}>{numberCell(row?.places_low, row?.places_high, count)}</Traced>
                </td>
                <td class="number">
                  <Traced row={row}>
                    {numberCell(row?.coverage_low, row?.coverage_high, (share) => decimal(100 * share, 0))}
                  </Traced>
                </td>
                <td class="number">{gapCell(row)}</td>
                <td>{row ? fieldWord(row.field) : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableCard>
  );
}

/** A figure of need and supply: children and places stand together in one chain. */
function Traced({ row, children }: { row: SupplyRow | undefined; children: string }) {
  if (!row) return <>{children}</>;
  return (
    <TracedFigure kind="supply" name="" unit={row.unit} period={row.period}>
      {children}
    </TracedFigure>
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
