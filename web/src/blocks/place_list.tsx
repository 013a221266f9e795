/** The numbered places of the map as a table: choosing one shows it on the map, and back. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ErrorIcon, StateIcon } from "../icons";
import { count } from "../numbers";
import { plural, t } from "../words";
import type { NumberedPlace } from "./types";

const SHOWN = 150;

interface Props<Place extends NumberedPlace> {
  title: string;
  places: Place[];
  kind: string;
  onKind: (kind: string) => void;
  chosen: number | null;
  onChoose: (number: number) => void;
  /** What stands below the sentence of a place. */
  more?: (place: Place) => ComponentChildren;
}

/** The places of one kind, or all. */
export function ofKind<Place extends NumberedPlace>(places: Place[], kind: string): Place[] {
  return kind ? places.filter((place) => place.kind === kind) : places;
}

export function PlaceList<Place extends NumberedPlace>(props: Props<Place>) {
  const { places, kind, chosen } = props;
  const [all, setAll] = useState(false);
  const box = useRef<HTMLElement>(null);
  const found = ofKind(places, kind);
  const last = found.findIndex((place) => place.number === chosen);
  const shown = all ? found : found.slice(0, Math.max(SHOWN, last + 1));
  useLayoutEffect(() => {
    // chosen on the map: its row comes into view
    box.current?.querySelector("tr.chosen-row")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <section class="card blk-places" aria-label={props.title}>
      <div class="blk-placeshead">
        <h2>{props.title}</h2>
        <KindChoice places={places} kind={kind} onKind={props.onKind} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="blk-rows" tabIndex={0} aria-label={t("Liste der Stellen")} ref={box}>
        <table>
          <thead class="unseen">
            <tr>
              <th scope="col">{t("Nummer")}</th>
              <th scope="col">{t("Stelle")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((place) => (
              <Row key={place.number} place={place} {...props} />
            ))}
          </tbody>
        </table>
        {found.length > shown.length && (
          <button type="button" class="link" onClick={() => setAll(true)}>
            {plural("{count} weitere zeigen", "{count} weitere zeigen", found.length - shown.length, {
              count: count(found.length - shown.length),
            })}
          </button>
        )}
      </section>
    </section>
  );
}

function Row<Place extends NumberedPlace>({
  place,
  chosen,
  onChoose,
  more,
}: Props<Place> & { place: Place }) {
  const here = place.number === chosen;
  return (
    <tr class={here ? "chosen-row" : ""}>
      <td>
        <button
          type="button"
          class={here ? "blk-number here" : "blk-number"}
          aria-pressed={here}
          disabled={place.box === null}
          aria-label={t("Stelle {number} auf der Karte zeigen", { number: place.number })}
          onClick={() => onChoose(place.number)}
        >
          {place.number}
        </button>
      </td>
      <td>
        <p>
          {place.severity === "error" ? <ErrorIcon /> : <StateIcon shape="triangle" />} {place.sentence}
        </p>
        {place.todo && <p class="small quiet">{place.todo}</p>}
        {place.block && (
          <p class="small quiet blk-blockkey">{t("Baustein {block}", { block: place.block })}</p>
        )}
        {more?.(place)}
      </td>
    </tr>
  );
}

function KindChoice({
  places,
  kind,
  onKind,
}: {
  places: NumberedPlace[];
  kind: string;
  onKind: (kind: string) => void;
}) {
  const id = useId();
  const kinds = new Map(places.map((place) => [place.kind, place.kind_title]));
  if (kinds.size < 2) return null;
  const size = (wanted: string) => count(ofKind(places, wanted).length);
  return (
    <div class="blk-kind">
      <label for={id}>{t("Art")}</label>
      <select id={id} value={kind} onChange={(event) => onKind(event.currentTarget.value)}>
        <option value="">{t("alle ({count})", { count: size("") })}</option>
        {[...kinds].map(([value, title]) => (
          <option key={value} value={value}>
            {title} ({size(value)})
          </option>
        ))}
      </select>
    </div>
  );
}
