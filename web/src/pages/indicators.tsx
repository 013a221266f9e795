import { Fragment } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { AreaRow, AreasAnswer, Definition, IndicatorsAnswer, ValueRow } from "../api";
import { WhyChanged } from "../change/why";
import { type Mark, markOf, SHARE_COLOURS, tally } from "../classes";
import { Legend } from "../legend";
import { AreaMap, type Fill, useShapes } from "../map";
import { day } from "../numbers";
import { Empty, TableCard, Waiting } from "../parts";
import {
  baseCell,
  classWords,
  countCell,
  intervalCell,
  measuredOn,
  shareCell,
  shareUnit,
  versusWord,
} from "../phrases";
import { AreaFinder, ProfilePanel } from "../profile";
import { useAnswer } from "../store";
import { TracedFigure, TracedHint, WhereFrom } from "../trace/where_from";
import { t } from "../words";

/** One indicator as map and table, and the profile of the chosen area. */
export function Indicators() {
  const answer = useAnswer<IndicatorsAnswer>("indicators");
  const areas = useAnswer<AreasAnswer>("areas");
  if (!answer || !areas) return <Waiting />;
  const withValues = answer.definitions.filter((definition) => answer.periods[definition.id]?.length);
  if (withValues.length === 0) return <NothingYet />;
  return <Atlas answer={{ ...answer, definitions: withValues }} areas={areas} />;
}

function NothingYet() {
  return (
    <div class="page narrow">
      <h1 tabIndex={-1}>{t("Indikatoren")}</h1>
      <Empty
        text={t("Hier stehen die Indikatoren, sobald Gebiete und Lieferungen da sind und gerechnet wurde.")}
      >
        <a class="button main" href="#/stand">
          {t("Zum Arbeitsstand")}
        </a>
      </Empty>
    </div>
  );
}

function Atlas({ answer, areas }: { answer: IndicatorsAnswer; areas: AreasAnswer }) {
  const [indicator, setIndicator] = useState(answer.definitions[0]?.id ?? "");
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const definition = answer.definitions.find((one) => one.id === indicator) ?? answer.definitions[0];
  const periods = answer.periods[definition?.id ?? ""] ?? [];
  const period = periods.includes(wanted) ? wanted : (periods[periods.length - 1] ?? "");
  const values = useAnswer<ValueRow[]>(definition ? `indicators/${definition.id}/${period}` : null);
  if (!definition) return <NothingYet />;
  const towns = new Map(areas.municipalities.map((row) => [row.ags, row.name]));
  const chosenArea = areas.areas.find((area) => area.area_id === chosen);
  return (
    <div class="page atlas">
      <div class="controls">
        <Chooser answer={answer} value={definition.id} onChange={setIndicator} />
        <div>
          <label for="period">{t("Stichtag")}</label>
          <select id="period" value={period} onChange={(event) => setWanted(event.currentTarget.value)}>
            {[...periods].reverse().map((one) => (
              <option key={one} value={one}>
                {day(one)}
              </option>
            ))}
          </select>
        </div>
        <AreaFinder
          areas={areas.areas.map((area) => ({ area_id: area.area_id, label: areaLabel(area, towns) }))}
          onChoose={setChosen}
        />
      </div>
      <div class="heading">
        <h1 tabIndex={-1}>{definition.title}</h1>
        <p class="lead">
          {measuredOn(definition, period)}, {day(period)}.{" "}
          {t("Quelle: {source}.", { source: definition.source })}
        </p>
      </div>
      <ValueMap definition={definition} values={values} chosen={chosen} onChoose={setChosen} />
      <div class="side-column">
        {chosen && chosenArea ? (
          <ProfilePanel
            areaId={chosen}
            definition={definition}
            definitions={answer.definitions}
            period={period}
            town={towns.get(chosenArea.municipality) ?? ""}
            onClose={() => setChosen(null)}
          />
        ) : (
          <Region
            definition={definition}
            values={values}
            towns={towns}
            hasEarlier={periods.some((one) => one < period)}
          />
        )}
      </div>
      <ValueTable
        definition={definition}
        areas={areas}
        values={values}
        chosen={chosen}
        onChoose={setChosen}
      />
    </div>
  );
}

export function areaLabel(area: AreaRow, towns: Map<string, string>): string {
  return `${towns.get(area.municipality) ?? ""} ${area.code} ${area.name}`.trim();
}

function Chooser({
  answer,
  value,
  onChange,
}: {
  answer: IndicatorsAnswer;
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <div class="grow">
      <label for="indicator">{t("Indikator")}</label>
      <select id="indicator" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {answer.themes.map((theme) => (
          <optgroup key={theme.id} label={theme.title}>
            {answer.definitions
              .filter((definition) => definition.theme === theme.id)
              .map((definition) => (
                <option key={definition.id} value={definition.id}>
                  {definition.title}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

interface MapProps {
  definition: Definition;
  values: ValueRow[] | null;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

function ValueMap({ definition, values, chosen, onChoose }: MapProps) {
  const found = useShapes();
  const marks = useMemo(() => marksOf(found, values, definition), [found, values, definition]);
  const carried = useMemo(() => carriedIn(values), [values]);
  const fills = useMemo(
    () => new Map([...marks].map(([id, mark]) => [id, fillOf(mark, SHARE_COLOURS, carried.has(id))])),
    [marks, carried],
  );
  const counted = tally(marks.values(), SHARE_COLOURS.length);
  return (
    <section class="mapcard">
      {found ? (
        <AreaMap
          shapes={found}
          fills={fills}
          chosen={chosen}
          onChoose={onChoose}
          label={t("Karte: {title}. Die Tabelle darunter zeigt dasselbe.", { title: definition.title })}
        />
      ) : (
        <Waiting />
      )}
      <Legend
        title={shareUnit(definition) === t("Anteil") ? t("Anteil in Prozent.") : t("Fälle je 100.")}
        direction={t("Dunkel = hoher Anteil. In Klammern: Zahl der Gebiete.")}
        words={classWords(definition, definition.breaks)}
        colours={SHARE_COLOURS}
        carried={[...fills.values()].filter((fill) => "carried" in fill && fill.carried).length}
        {...counted}
      />
    </section>
  );
}

function marksOf(
  found: { areas: { features: { properties: Record<string, unknown> | null }[] } } | null,
  values: ValueRow[] | null,
  definition: Definition,
): Map<string, Mark> {
  if (!found || !values) return new Map();
  const byUnit = new Map(values.filter((row) => row.level === "area").map((row) => [row.unit, row]));
  const ids = found.areas.features.map((feature) => String(feature.properties?.area_id));
  return new Map(ids.map((id) => [id, markOf(byUnit.get(id), definition.breaks)]));
}

export function fillOf(mark: Mark, colours: string[], carried = false): Fill {
  if ("hatch" in mark) return mark;
  const colour = colours[mark.class] ?? "#FFFFFF";
  return carried ? { colour, carried } : { colour };
}

/** Areas whose value was brought from other boundaries. */
function carriedIn(values: ValueRow[] | null): Set<string> {
  return new Set((values ?? []).filter((row) => row.level === "area" && row.carried).map((row) => row.unit));
}

function Region({
  definition,
  values,
  towns,
  hasEarlier,
}: {
  definition: Definition;
  values: ValueRow[] | null;
  towns: Map<string, string>;
  hasEarlier: boolean;
}) {
  const region = values?.find((row) => row.level === "region");
  const byUnit = new Map(values?.map((row) => [row.unit, row]));
  const without = (region?.scope ?? "").split(",").filter(Boolean);
  const names = without.map((ags) => towns.get(ags) ?? ags).join(", ");
  const scope = t("ohne {names}", { names });
  return (
    <section class="card profile">
      <p class="small quiet">{t("Kreis insgesamt")}</p>
      <p class="figure">{shareCell(definition, region)}</p>
      {region && (
        <p>
          <WhereFrom kind="indicator" name={definition.id} unit="region" period={region.period} />
        </p>
      )}
      <p>
        <b>{t("{count} von {base}", { count: countCell(region), base: baseCell(region) })}</b>
        {names && ` (${scope})`}
      </p>
      {region && hasEarlier && <WhyChanged indicator={definition.id} unit="region" period={region.period} />}
      <dl class="pairs">
        {[...towns].map(([ags, name]) => (
          <Fragment key={ags}>
            <dt>{name}</dt>
            <dd>
              <TracedShare definition={definition} row={byUnit.get(ags)} />
            </dd>
          </Fragment>
        ))}
      </dl>
      <p class="small">{definition.why}</p>
      <p class="small quiet">
        {t("Wählen Sie auf der Karte oder in der Tabelle ein Gebiet, um sein Profil zu sehen.")}
      </p>
    </section>
  );
}

interface TableProps extends MapProps {
  areas: AreasAnswer;
}

function ValueTable({ definition, areas, values, chosen, onChoose }: TableProps) {
  const byUnit = new Map(values?.map((row) => [row.unit, row]));
  return (
    <TableCard label={t("Tabelle zur Karte")}>
      <TracedHint />
      <table class="figures">
        <caption>{definition.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Gebiet")}</th>
            <th scope="col" class="number">
              {t("Zahl")}
            </th>
            <th scope="col" class="number">
              {t("Basis")}
            </th>
            <th scope="col" class="number">
              {shareUnit(definition)}
            </th>
            <th scope="col" class="number">
              {t("Unsicherheit")}
            </th>
            <th scope="col">{t("gegenüber dem Kreis")}</th>
          </tr>
        </thead>
        {areas.municipalities.map((municipality) => (
          <tbody key={municipality.ags}>
            <tr class="subtotal">
              <th scope="rowgroup">{municipality.name}</th>
              <Cells definition={definition} row={byUnit.get(municipality.ags)} />
            </tr>
            {areas.areas
              .filter((area) => area.municipality === municipality.ags)
              .map((area) => (
                <tr key={area.area_id} class={area.area_id === chosen ? "hot" : undefined}>
                  <th scope="row">
                    <button type="button" class="link plain" onClick={() => onChoose(area.area_id)}>
                      <b>{area.code}</b> {area.name}
                    </button>
                  </th>
                  <Cells definition={definition} row={byUnit.get(area.area_id)} />
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      <TableNotes values={values} areas={areas} />
    </TableCard>
  );
}

/** What is special about single values: another date, a sum of the year, a small base. */
function TableNotes({ values, areas }: { values: ValueRow[] | null; areas: AreasAnswer }) {
  const names = new Map([
    ...areas.municipalities.map((row): [string, string] => [row.ags, row.name]),
    ...areas.areas.map((row): [string, string] => [row.area_id, `${row.code} ${row.name}`]),
    ["region", t("Kreis insgesamt")],
  ]);
  const about = new Map<string, string[]>();
  for (const row of values ?? []) {
    for (const note of row.notes)
      about.set(note, [...(about.get(note) ?? []), names.get(row.unit) ?? row.unit]);
  }
  return (
    <ul class="small list notes">
      {[...about].map(([note, units]) => (
        <li key={note}>
          {note} {t("Betrifft: {names}.", { names: units.join(", ") })}
        </li>
      ))}
    </ul>
  );
}

/** A share that can be asked where it comes from. */
export function TracedShare({ definition, row }: { definition: Definition; row: ValueRow | undefined }) {
  const text = shareCell(definition, row);
  if (!row) return <>{text}</>;
  return (
    <TracedFigure kind="indicator" name={definition.id} unit={row.unit} period={row.period}>
      {text}
    </TracedFigure>
  );
}

function Cells({ definition, row }: { definition: Definition; row: ValueRow | undefined }) {
  return (
    <>
      <td class="number">{countCell(row)}</td>
      <td class="number">{baseCell(row)}</td>
      <td class="number">
        <b>
          <TracedShare definition={definition} row={row} />
        </b>
      </td>
      <td class="number">{intervalCell(definition, row)}</td>
      <td>{row && row.level === "area" ? versusWord(row.versus) : ""}</td>
    </>
  );
}
