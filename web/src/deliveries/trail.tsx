/** The way of a delivery at the top right: file read, findings cleared, taken over. */

import { Arrow, StateIcon } from "../icons";
import { t } from "../words";
import { stepOf } from "./reading";
import type { Review } from "./types";

export function Trail({ review }: { review: Review }) {
  const now = stepOf(review);
  const steps = [t("Datei gelesen"), t("Befunde klären"), t("Übernehmen")];
  return (
    <ol class="dl-trail small" aria-label={t("Ablauf")}>
      {steps.map((step, place) => (
        <li key={step} aria-current={place === now ? "step" : undefined}>
          {place > 0 && <Arrow />}
          <StateIcon shape={place < now ? "tick" : place === now ? "half" : "ring"} />
          {step}
        </li>
      ))}
    </ol>
  );
}
