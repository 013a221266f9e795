/** The small map of the whole municipality with the part that the large map shows. */

import { useMemo } from "preact/hooks";
import { t } from "../words";
import { useDesk } from "./context";
import { extentOf, type Shapes } from "./geometry";
import type { View } from "./map_adapter";
import { arcsBetween, roughPath } from "./outlines";

const SIZE = 96;

export function Locator({ shapes, view }: { shapes: Shapes; view: View | null }) {
  const { state } = useDesk();
  const { plan, start } = state;
  const frame = useMemo(() => {
    const [west, south, east, north] = extentOf(shapes);
    const scale = SIZE / Math.max(1, east - west, north - south);
    return {
      width: (east - west) * scale,
      height: (north - south) * scale,
      x: (value: number) => (value - west) * scale,
      y: (value: number) => (north - value) * scale,
    };
  }, [shapes]);
  const outline = useMemo(
    () =>
      roughPath(
        shapes,
        arcsBetween(shapes, () => 1),
        frame.x,
        frame.y,
      ),
    [shapes, frame],
  );
  const borders = useMemo(
    () =>
      roughPath(
        shapes,
        arcsBetween(shapes, (block) => plan.area[block] ?? 0),
        frame.x,
        frame.y,
      ),
    [shapes, plan, frame],
  );
  return (
    <figure class="locator">
      <svg
        viewBox={`-2 -2 ${frame.width + 4} ${frame.height + 4}`}
        width={frame.width + 4}
        height={frame.height + 4}
        role="img"
        aria-label={t("Lage des Ausschnitts in {name}", { name: start.municipality.name })}
      >
        <path class="land" d={outline} />
        <path class="inner" d={borders} />
        {view && (
          <rect
            x={Math.max(-1, frame.x(view.west))}
            y={Math.max(-1, frame.y(view.north))}
            width={Math.max(
              3,
              Math.min(frame.width + 1, frame.x(view.east)) - Math.max(-1, frame.x(view.west)),
            )}
            height={Math.max(
              3,
              Math.min(frame.height + 1, frame.y(view.south)) - Math.max(-1, frame.y(view.north)),
            )}
          />
        )}
      </svg>
      <figcaption class="small quiet">
        {t("Ausschnitt der Karte in {name}", { name: start.municipality.name })}
      </figcaption>
    </figure>
  );
}
