/** Legends: classes and hatches with their numbers, the direction in words. */

import { HATCHES, type Hatch } from "./classes";
import { count } from "./numbers";
import { statusWord } from "./parts";
import { t } from "./words";

interface Props {
  title: string;
  direction: string;
  words: string[];
  colours: string[];
  classes: number[];
  hatches: Record<Hatch, number>;
  noClass?: string;
  /** Areas whose value was brought from other boundaries. */
  carried?: number;
}

const STATUS: Record<Hatch, string> = { missing: "missing", hidden: "suppressed", few: "blocked" };

export function Legend({ title, direction, words, colours, classes, hatches, noClass, carried = 0 }: Props) {
  return (
    <section class="legend" aria-label={t("Legende")}>
      <p class="small">
        <b>{title}</b> {direction}
      </p>
      <ul>
        {words.map((word, place) => (
          <li key={word}>
            <i class="swatch wide" style={{ background: colours[place] }} />
            {word} <span class="quiet">({count(classes[place] ?? 0)})</span>
          </li>
        ))}
        {HATCHES.filter((hatch) => hatches[hatch] > 0).map((hatch) => (
          <li key={hatch}>
            <i class={`swatch wide hatch-${hatch}`} />
            {noClass ?? statusWord(STATUS[hatch])} <span class="quiet">({count(hatches[hatch])})</span>
          </li>
        ))}
        {carried > 0 && (
          <li>
            <i class="swatch wide swatch-carried" />
            {t("von anderen Grenzen übertragen")} <span class="quiet">({count(carried)})</span>
          </li>
        )}
      </ul>
    </section>
  );
}
