/** Which faults are to be mended, and how. */

import { count } from "../numbers";
import { t } from "../words";
import type { Fault } from "./types";

/** Choose at once whatever the list shows: slivers come by the hundred. */
export function ChooseAll({
  faults,
  wishes,
  onWishes,
}: {
  faults: Fault[];
  wishes: Record<string, string>;
  onWishes: (wishes: Record<string, string>) => void;
}) {
  const open = faults.filter((fault) => fault.ways.length > 0 && wishes[fault.fault_id] === undefined);
  const chosen = Object.keys(wishes).length;
  return (
    <p class="blk-all small">
      {open.length > 1 && (
        <button
          type="button"
          class="link"
          onClick={() =>
            onWishes({
              ...wishes,
              ...Object.fromEntries(open.map((fault) => [fault.fault_id, fault.ways[0]?.value ?? ""])),
            })
          }
        >
          {t("Alle {count} der Liste auswählen", { count: count(open.length) })}
        </button>
      )}
      {chosen > 1 && (
        <button type="button" class="link" onClick={() => onWishes({})}>
          {t("Auswahl aufheben")}
        </button>
      )}
    </p>
  );
}

/** Choose a fault to be mended, and how where there are several ways. */
export function FaultWays({
  fault,
  wishes,
  onWishes,
}: {
  fault: Fault;
  wishes: Record<string, string>;
  onWishes: (wishes: Record<string, string>) => void;
}) {
  const [first] = fault.ways;
  if (!first) return <p class="small">{t("Das lässt sich nur im Kartenprogramm berichtigen.")}</p>;
  const way = wishes[fault.fault_id];
  const toggle = (on: boolean) => {
    const { [fault.fault_id]: _gone, ...others } = wishes;
    onWishes(on ? { ...others, [fault.fault_id]: first.value } : others);
  };
  return (
    <div class="blk-ways small">
      <label class="check">
        <input
          type="checkbox"
          checked={way !== undefined}
          aria-label={t("Stelle {number} beheben", { number: fault.number })}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        <span>
          {t("Beheben:")} {fault.ways.length === 1 || way === undefined ? first.title : ""}
        </span>
      </label>
      {way !== undefined && fault.ways.length > 1 && (
        <fieldset>
          <legend class="unseen">{t("Wie Stelle {number} behoben wird", { number: fault.number })}</legend>
          {fault.ways.map((one) => (
            <label key={one.value} class="check">
              <input
                type="radio"
                name={fault.fault_id}
                checked={way === one.value}
                onChange={() => onWishes({ ...wishes, [fault.fault_id]: one.value })}
              />
              <span>{one.title}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
