import { useMemo, useState } from "preact/hooks";
import type { AreasAnswer, IndexRow, IndicatorsAnswer } from "../api";
import { type Mark, NEED_COLOURS, tally } from "../classes";
import { Legend } from "../legend";
import { AreaMap, useShapes } from "../map";
import { count, day } from "../numbers";
import { Empty, TableCard, Waiting } from "../parts";
import { dynamicsWord, needForAction, socialStatus } from "../phrases";
import { ProfilePanel } from "../profile";
import { useAnswer } from "../store";
import { TracedFigure, TracedHint } from "../trace/where_from";
import { t } from "../words";
import { fillOf } from "./indicators";

interface Sizes {
  sentence: string;
  titles: string[];
  /** Size class of each area, -1 = not known. */
  classes: Record<string, number>;
  within: IndexRow[];
  fewest: number;
}

interface IndexAnswer {
  values: IndexRow[];
  /** Where small and large areas are mixed, otherwise null. */
  sizes: Sizes | null;
  record: { editions?: { period: string; reference_set: string[] }[] };
}

/** Where action is needed: four classes and how they change. */
export function NeedIndex() {
  const answer = useAnswer<IndexAnswer>("index");
  const areas = useAnswer<AreasAnswer>("areas");
  const indicators = useAnswer<IndicatorsAnswer>("indicators");
  if (!answer || !areas || !indicators) return <Waiting />;
  if (answer.values.length === 0) {
    return (
      <div class="page narrow">
        <h1 tabIndex={-1}>{t("Index")}</h1>
        <Empty text={t("Hier steht der Handlungsbedarf der Gebiete, sobald die Indikatoren gerechnet sind.")}>
          <a class="button main" href="#/stand">
            {t("Zum Arbeitsstand")}
          </a>
        </Empty>
      </div>
    );
  }
  return <IndexPage answer={answer} areas={areas} indicators={indicators} />;
}

interface PageProps {
  answer: IndexAnswer;
  areas: AreasAnswer;
  indicators: IndicatorsAnswer;
}

function IndexPage({ answer, areas, indicators }: PageProps) {
  const found = useShapes();
  const periods = [...new Set(answer.values.map((row) => row.period))].sort();
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const period = periods.includes(wanted) ? wanted : (periods[periods.length - 1] ?? "");
  const [compared, setCompared] = useState("all");
  const rows = useMemo(() => shownRows(answer, period, compared), [answer, period, compared]);
  const marks = useMemo(() => new Map(rows.map((row) => [row.unit, classMark(row)])), [rows]);
  const fills = useMemo(
    () => new Map([...marks].map(([id, mark]) => [id, fillOf(mark, NEED_COLOURS)])),
    [marks],
  );
  const towns = new Map(areas.municipalities.map((row) => [row.ags, row.name]));
  const area = areas.areas.find((one) => one.area_id === chosen);
  return (
    <div class="page atlas">
      <div class="heading with-control">
        <div>
          <h1 tabIndex={-1}>{t("Handlungsbedarf")}</h1>
          <p class="lead">{t("Zusammengefasst aus mehreren Indikatoren, {day}.", { day: day(period) })}</p>
          {answer.sizes && <p class="lead sizes-said">{answer.sizes.sentence}</p>}
        </div>
        {answer.sizes && <SizeChoice sizes={answer.sizes} compared={compared} onCompare={setCompared} />}
        <div>
          <label for="index-period">{t("Stichtag")}</label>
          <select id="index-period" value={period} onChange={(event) => setWanted(event.currentTarget.value)}>
            {[...periods].reverse().map((one) => (
              <option key={one} value={one}>
                {day(one)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <section class="mapcard">
        {found ? (
          <AreaMap
            shapes={found}
            fills={fills}
            chosen={chosen}
            onChoose={setChosen}
            label={t("Karte des Handlungsbedarfs. Die Tabelle darunter zeigt dasselbe.")}
          />
        ) : (
          <Waiting />
        )}
        <Legend
          title={t("Handlungsbedarf.")}
          direction={t("Dunkel = hoher Handlungsbedarf. In Klammern: Zahl der Gebiete.")}
          words={[1, 2, 3, 4].map(needForAction)}
          colours={NEED_COLOURS}
          noClass={t("keine Einstufung")}
          {...tally(marks.values(), NEED_COLOURS.length)}
        />
      </section>
      <div class="side-column">
        {chosen && area ? (
          <ProfilePanel
            areaId={chosen}
            definition={null}
            definitions={indicators.definitions.filter((one) => one.in_index)}
            period={period}
            town={towns.get(area.municipality) ?? ""}
            onClose={() => setChosen(null)}
          />
        ) : (
          <Explanation
            indicators={indicators}
            compared={compared === "all" ? comparedWith(answer, period) : 0}
            within={compared !== "all"}
          />
        )}
      </div>
      <IndexTable
        areas={shownAreas(areas, rows)}
        rows={rows}
        chosen={chosen}
        traced={compared === "all"}
        onChoose={setChosen}
      />
    </div>
  );
}

/** The rows of a date: against all areas, or against those of the same size; of all or of one size class. */
function shownRows({ values, sizes }: IndexAnswer, period: string, compared: string): IndexRow[] {
  const within = compared !== "all" && sizes !== null;
  const dated = (within ? sizes.within : values).filter((row) => row.period === period);
  if (!within || compared === "same") return dated;
  return dated.filter((row) => String(sizes.classes[row.unit]) === compared);
}

/** The areas that have a row: with one size class the others stay out of the table. */
function shownAreas(areas: AreasAnswer, rows: IndexRow[]): AreasAnswer {
  const shown = new Set(rows.map((row) => row.unit));
  const own = areas.areas.filter((area) => shown.has(area.area_id));
  const towns = new Set(own.map((area) => area.municipality));
  return { ...areas, areas: own, municipalities: areas.municipalities.filter((row) => towns.has(row.ags)) };
}

interface SizeChoiceProps {
  sizes: Sizes;
  compared: string;
  onCompare: (compared: string) => void;
}

/** Compare with all areas or only with those of similar size. */
function SizeChoice({ sizes, compared, onCompare }: SizeChoiceProps) {
  const areas = (number: number) => Object.values(sizes.classes).filter((one) => one === number).length;
  return (
    <div>
      <label for="index-sizes">{t("Verglichen mit")}</label>
      <select id="index-sizes" value={compared} onChange={(event) => onCompare(event.currentTarget.value)}>
        <option value="all">{t("allen Gebieten")}</option>
        <option value="same">{t("Gebieten derselben Größenklasse")}</option>
        <optgroup label={t("nur eine Größenklasse")}>
          {sizes.titles.map((title, number) => (
            <option key={title} value={String(number)} disabled={areas(number) < sizes.fewest}>
              {`${title} (${count(areas(number))})`}
            </option>
          ))}
        </optgroup>
      </select>
    </div>
  );
}

function classMark(row: IndexRow): Mark {
  return row.status_class > 0 ? { class: row.status_class - 1 } : { hatch: "missing" };
}

/** How many areas the index of an edition was measured against. */
function comparedWith(answer: IndexAnswer, period: string): number {
  const edition = answer.record.editions?.find((one) => one.period === period);
  return edition?.reference_set.length ?? 0;
}

interface ExplanationProps {
  indicators: IndicatorsAnswer;
  compared: number;
  within: boolean;
}

function Explanation({ indicators, compared, within }: ExplanationProps) {
  const used = indicators.definitions.filter((definition) => definition.in_index);
  return (
    <section class="card profile">
      <h2>{t("So lesen Sie die Karte")}</h2>
      <p>
        {t(
          "Dunkle Gebiete haben mehr Belastung als andere Gebiete im Kreis. Das sagt nichts über die Menschen, die dort leben, und nichts darüber, woran es liegt.",
        )}
      </p>
      {within && <p>{t("Gezeigt ist der Vergleich mit Gebieten derselben Größenklasse.")}</p>}
      <details open={false}>
        <summary>{t("Wie gerechnet?")}</summary>
        <p class="small">{t("Diese Indikatoren gehen mit gleichem Gewicht ein:")}</p>
        <ul class="small list">
          {used.map((definition) => (
            <li key={definition.id}>{definition.measured}</li>
          ))}
        </ul>
        <p class="small">
          {t(
            "Jeder Indikator wird am Durchschnitt aller Gebiete gemessen und so geteilt, dass alle gleich stark wirken. Der Mittelwert daraus ordnet die Gebiete in vier Klassen. Fehlt einem Gebiet eine Angabe, erhält es keine Klasse.",
          )}
        </p>
        {compared > 0 && (
          <p class="small">
            {t("Verglichen wird unter den {count} Gebieten, für die genug Angaben vorliegen.", {
              count: count(compared),
            })}
          </p>
        )}
        <p class="small">
          {t(
            "Die Entwicklung vergleicht mit der Ausgabe davor. „Einstufung unsicher“ steht dort, wo verborgene Zahlen mehr als eine Klasse zulassen.",
          )}
        </p>
      </details>
      <p class="small quiet">
        {t("Wählen Sie auf der Karte oder in der Tabelle ein Gebiet, um sein Profil zu sehen.")}
      </p>
    </section>
  );
}

interface TableProps {
  areas: AreasAnswer;
  rows: IndexRow[];
  chosen: string | null;
  /** Classes within a size class are no stored figures, so nothing leads back from them. */
  traced: boolean;
  onChoose: (id: string) => void;
}

function IndexTable({ areas, rows, chosen, traced, onChoose }: TableProps) {
  const byUnit = new Map(rows.map((row) => [row.unit, row]));
  return (
    <TableCard label={t("Tabelle zur Karte")}>
      {traced && <TracedHint />}
      <table class="figures">
        <caption>{t("Handlungsbedarf der Gebiete")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gebiet")}</th>
            <th scope="col">{t("Handlungsbedarf")}</th>
            <th scope="col">{t("bedeutet")}</th>
            <th scope="col">{t("Entwicklung")}</th>
            <th scope="col">{t("Einstufung")}</th>
          </tr>
        </thead>
        {areas.municipalities.map((municipality) => (
          <tbody key={municipality.ags}>
            <tr class="subtotal">
              <th scope="rowgroup" colSpan={5}>
                {municipality.name}
              </th>
            </tr>
            {areas.areas
              .filter((area) => area.municipality === municipality.ags)
              .map((area) => {
                const row = byUnit.get(area.area_id);
                return (
                  <tr key={area.area_id} class={area.area_id === chosen ? "hot" : undefined}>
                    <th scope="row">
                      <button type="button" class="link plain" onClick={() => onChoose(area.area_id)}>
                        <b>{area.code}</b> {area.name}
                      </button>
                    </th>
                    <td>
                      <b>
                        {traced && row ? (
                          <TracedFigure kind="index" name="" unit={row.unit} period={row.period}>
                            {needForAction(row.status_class)}
                          </TracedFigure>
                        ) : (
                          needForAction(row?.status_class ?? 0)
                        )}
                      </b>
                    </td>
                    <td>{row?.status_class ? socialStatus(row.status_class) : (row?.reason ?? "")}</td>
                    <td>{row?.dynamics ? dynamicsWord(row.dynamics) : "–"}</td>
                    <td>
                      {row?.status_class ? (row.certain ? t("sicher") : t("Einstufung unsicher")) : "–"}
                    </td>
                  </tr>
                );
              })}
          </tbody>
        ))}
      </table>
    </TableCard>
  );
}
