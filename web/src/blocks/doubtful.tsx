/** Doubtful places of a building on map and list, and the protocol of merged faces. */

import { useMemo, useState } from "preact/hooks";
import { count } from "../numbers";
import { Waiting } from "../parts";
import { plural, t } from "../words";
import { GroundMap, useGround } from "./ground_map";
import { ofKind, PlaceList } from "./place_list";
import type { Merged, NumberedPlace } from "./types";

interface Props {
  /** Where the shapes are asked for. */
  path: string;
  places: NumberedPlace[];
  label: string;
}

export function DoubtfulPlaces({ path, places, label }: Props) {
  const shapes = useGround(path);
  const [chosen, setChosen] = useState<number | null>(null);
  const [kind, setKind] = useState("");
  const shown = useMemo(() => ofKind(places, kind), [places, kind]);
  return (
    <div class="blk-two">
      {shapes ? (
        <GroundMap shapes={shapes} places={shown} chosen={chosen} onChoose={setChosen} label={label} />
      ) : (
        <Waiting />
      )}
      {places.length > 0 && (
        <PlaceList
          title={t("Zweifelhafte Stellen")}
          places={places}
          kind={kind}
          onKind={(next) => {
            setKind(next);
            setChosen(null);
          }}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
    </div>
  );
}

export function MergedTable({ merged }: { merged: Merged }) {
  const { rows, count: size } = merged;
  if (size === 0) return null;
  return (
    <>
      <p class="small quiet">
        {plural(
          "{count} kleine Fläche wurde zugeschlagen",
          "{count} kleine Flächen wurden zugeschlagen",
          size,
          { count: count(size) },
        )}
        {rows.length < size && [", ", t("hier die ersten {count}", { count: count(rows.length) })]}:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="blk-merged small" tabIndex={0} aria-label={t("Zugeschlagene Flächen")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Fläche")}</th>
              <th scope="col">{t("kam zu")}</th>
              <th scope="col">{t("Grund")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <tr key={place}>
                {row.map((cell) => (
                  <td key={cell}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
