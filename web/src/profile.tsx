/** One area: a figure with count, base and certainty, beside its municipality and the region. */

import { useRef, useState } from "preact/hooks";
import type { Definition, Impulse, Profile, SupplyRow, ValueRow } from "./api";
import { WhyChanged } from "./change/why";
import { Arrow } from "./icons";
import { count, range } from "./numbers";
import {
  baseCell,
  countCell,
  dynamicsWord,
  fieldWord,
  intervalCell,
  measuredOn,
  needForAction,
  shareCell,
  shareUnit,
  socialStatus,
  versusWord,
} from "./phrases";
import { useAnswer } from "./store";
import { TracedFigure, WhereFrom } from "./trace/where_from";
import { t } from "./words";

interface Props {
  areaId: string;
  definition: Definition | null;
  definitions: Definition[];
  period: string;
  town: string;
  onClose: () => void;
}

export function ProfilePanel({ areaId, definition, definitions, period, town, onClose }: Props) {
  const profile = useAnswer<Profile>(`profile/${encodeURIComponent(areaId)}`);
  if (!profile) return <section class="card profile" aria-busy="true" />;
  const { area } = profile;
  const value = (id: string, unit: string, when: string) =>
    profile.values.find((row) => row.indicator === id && row.unit === unit && row.period === when);
  return (
    <section class="card profile" aria-label={t("Gebietsprofil")} aria-live="polite">
      <div class="row">
        <p class="small quiet">
          {town}, {t("Sozialraum {code}", { code: area.code })}
        </p>
        <button type="button" class="link small" onClick={onClose}>
          {t("Auswahl aufheben")}
        </button>
      </div>
      <h2 class="large">{area.name}</h2>
      {definition && (
        <Headline
          definition={definition}
          own={value(definition.id, areaId, period)}
          municipality={value(definition.id, area.municipality, period)}
          region={value(definition.id, "region", period)}
          town={town}
          hasEarlier={profile.values.some(
            (row) => row.indicator === definition.id && row.unit === areaId && row.period < period,
          )}
        />
      )}
      <ClassOfArea profile={profile} period={period} />
      <Others definitions={definitions} profile={profile} skip={definition?.id} />
      <SupplyLine profile={profile} />
      {profile.impulses
        .filter((impulse) => impulse.state === "confirmed")
        .map((impulse) => (
          <ConfirmedImpulse key={impulse.impulse_id} impulse={impulse} />
        ))}
      <p class="small quiet">{t("Die Werte beschreiben ein Gebiet, nicht die Menschen, die dort leben.")}</p>
    </section>
  );
}

interface HeadlineProps {
  definition: Definition;
  own: ValueRow | undefined;
  municipality: ValueRow | undefined;
  region: ValueRow | undefined;
  town: string;
  /** Whether there is an earlier edition to compare with. */
  hasEarlier: boolean;
}

function Headline({ definition, own, municipality, region, town, hasEarlier }: HeadlineProps) {
  return (
    <>
      <p class="figure">
        {shareCell(definition, own)}{" "}
        {definition.kind === "rate" && <span class="unit">{shareUnit(definition)}</span>}
      </p>
      {own && (
        <p>
          <WhereFrom kind="indicator" name={definition.id} unit={own.unit} period={own.period} />
        </p>
      )}
      <p>
        <b>{t("{count} von {base}", { count: countCell(own), base: baseCell(own) })}</b>
        {". "}
        {measuredOn(definition, own?.period)}. {own && `${sentence(versusWord(own.versus))}.`}
      </p>
      {own?.notes.map((note) => (
        <p class="small" key={note}>
          {note}
        </p>
      ))}
      {own && hasEarlier && <WhyChanged indicator={definition.id} unit={own.unit} period={own.period} />}
      <dl class="pairs">
        <dt>{t("Unsicherheit")}</dt>
        <dd>{intervalCell(definition, own)}</dd>
        <dt>{town}</dt>
        <dd>{shareCell(definition, municipality)}</dd>
        <dt>{t("Kreis insgesamt")}</dt>
        <dd>{shareCell(definition, region)}</dd>
      </dl>
    </>
  );
}

/** A word as the beginning of a sentence. */
function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function ClassOfArea({ profile, period }: { profile: Profile; period: string }) {
  const row =
    profile.index.find((value) => value.period === period) ?? profile.index[profile.index.length - 1];
  if (!row) return null;
  return (
    <dl class="pairs">
      <dt>{t("Handlungsbedarf")}</dt>
      <dd>
        <b>
          <TracedFigure kind="index" name="" unit={row.unit} period={row.period}>
            {needForAction(row.status_class)}
          </TracedFigure>
        </b>
      </dd>
      <dt class="wide">{row.status_class ? socialStatus(row.status_class) : row.reason}</dt>
      {row.dynamics && (
        <>
          <dt>{t("Entwicklung")}</dt>
          <dd>{dynamicsWord(row.dynamics)}</dd>
        </>
      )}
    </dl>
  );
}

function Others({
  definitions,
  profile,
  skip,
}: {
  definitions: Definition[];
  profile: Profile;
  skip?: string;
}) {
  const rows = definitions
    .filter((definition) => definition.id !== skip)
    .map((definition) => ({
      definition,
      row: latestOf(profile.values, definition.id, profile.area.area_id),
    }));
  if (rows.every(({ row }) => !row)) return null;
  return (
    <>
      <h3>{t("Was hier sonst auffällt")}</h3>
      <ul class="notable small">
        {rows
          .sort((a, b) => Number(isNotable(b.row)) - Number(isNotable(a.row)))
          .slice(0, 5)
          .map(({ definition, row }) => (
            <li key={definition.id}>
              <span>{definition.title}</span>
              <b>
                {row ? (
                  <TracedFigure kind="indicator" name={definition.id} unit={row.unit} period={row.period}>
                    {shareCell(definition, row)}
                  </TracedFigure>
                ) : (
                  shareCell(definition, row)
                )}
              </b>
              <span class="quiet">{row ? versusWord(row.versus) : ""}</span>
            </li>
          ))}
      </ul>
    </>
  );
}

function isNotable(row: ValueRow | undefined): boolean {
  return row?.versus === "higher" || row?.versus === "lower";
}

function latestOf(values: ValueRow[], indicator: string, unit: string): ValueRow | undefined {
  return values
    .filter((row) => row.indicator === indicator && row.unit === unit)
    .sort((a, b) => (a.period < b.period ? 1 : -1))[0];
}

function SupplyLine({ profile }: { profile: Profile }) {
  const row: SupplyRow | undefined = profile.supply
    .filter((value) => value.unit === profile.area.area_id)
    .sort((a, b) => (a.period < b.period ? 1 : -1))[0];
  if (!row || row.children_low === null || row.places_low === null) return null;
  return (
    <dl class="pairs">
      <dt>{t("Kinder unter 6 Jahren")}</dt>
      <dd>
        <TracedFigure kind="supply" name="" unit={row.unit} period={row.period}>
          {range(row.children_low, row.children_high, count)}
        </TracedFigure>
      </dd>
      <dt>{t("Plätze in Tageseinrichtungen")}</dt>
      <dd>
        <TracedFigure kind="supply" name="" unit={row.unit} period={row.period}>
          {range(row.places_low, row.places_high, count)}
        </TracedFigure>
      </dd>
    </dl>
  );
}

function ConfirmedImpulse({ impulse }: { impulse: Impulse }) {
  return (
    <section class="impulse-box">
      <p class="small quiet">{t("Impuls, bestätigt: {role}", { role: impulse.role })}</p>
      <h3>{fieldWord(impulse.field)}</h3>
      {impulse.sentence && <p class="small">{impulse.sentence}</p>}
      <a class="small" href="#/bedarf">
        {t("Regel und Zahlen dazu")}
      </a>
    </section>
  );
}

/** A field to find an area by typing, for those who do not click on a map. */
export function AreaFinder({
  areas,
  onChoose,
}: {
  areas: { area_id: string; label: string }[];
  onChoose: (id: string) => void;
}) {
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const find = (event: Event) => {
    event.preventDefault();
    const wanted = text.trim().toLowerCase();
    const hit =
      areas.find((area) => area.label.toLowerCase() === wanted) ??
      areas.find((area) => area.label.toLowerCase().includes(wanted));
    if (hit && wanted) onChoose(hit.area_id);
  };
  return (
    <form class="finder" onSubmit={find}>
      <label for="finder">{t("Gebiet suchen")}</label>
      <span class="together">
        <input
          id="finder"
          ref={input}
          list="finder-areas"
          value={text}
          placeholder={t("z. B. Bahnhof")}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {t("Zeigen")} <Arrow />
        </button>
      </span>
      <datalist id="finder-areas">
        {areas.map((area) => (
          <option key={area.area_id} value={area.label} />
        ))}
      </datalist>
    </form>
  );
}
