/** Where a layer would lie if its coordinates were read as proposed: outlines of the municipalities and its points. */

import { t } from "../words";
import type { Where } from "./types";

export function WhereMap({ where }: { where: Where }) {
  const marks = where.points.map(([x, y]) => `M${x - 4} ${y}h8M${x} ${y - 4}v8`).join("");
  return (
    <figure class="blk-where">
      <svg
        viewBox={`0 0 ${where.width} ${where.height}`}
        role="img"
        aria-label={
          where.towns
            ? t("Kleine Karte: wo die Ebene läge, mit den Umrissen der Gemeinden")
            : t("Kleine Karte: wo die Ebene läge")
        }
      >
        {where.towns && <path class="towns" d={where.towns} />}
        <path class="points" d={where.drawn + marks} />
      </svg>
      <figcaption class="small quiet">
        {where.towns ? t("Dick: die Ebene. Dünn: die Gemeinden.") : t("Dick: die Ebene.")}
      </figcaption>
    </figure>
  );
}
