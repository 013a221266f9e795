/** "Unterschiede zum Vorjahr": what is named, new, gone or jumps, and what it means for taking over. */

import { StateIcon } from "../icons";
import { t } from "../words";
import type { Difference } from "./types";

interface Props {
  differences: Difference[];
  busy: boolean;
  onSame: (difference: Difference) => void;
}

export function Differences({ differences, busy, onSame }: Props) {
  return (
    <section class="dl-differences" aria-label={t("Unterschiede zum Vorjahr")}>
      <h2>{t("Unterschiede zum Vorjahr")}</h2>
      {differences.length === 0 ? (
        <p class="small quiet">{t("Aufbau, Gebiete und Fußnoten sind wie im Vorjahr.")}</p>
      ) : (
        <ul class="small">
          {differences.map((one) => (
            <li key={`${one.kind} ${one.where} ${one.sentence}`}>
              <b>{one.where}</b>
              <span>{one.sentence}</span>
              <Meaning difference={one} busy={busy} onSame={onSame} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Meaning({ difference, busy, onSame }: { difference: Difference } & Omit<Props, "differences">) {
  if (difference.kind === "column_renamed" && difference.found && difference.offer) {
    return (
      <button type="button" class="link" disabled={busy} onClick={() => onSame(difference)}>
        {t("Ist dasselbe")}
        <span class="unseen">: {difference.where}</span>
      </button>
    );
  }
  if (difference.severity !== "note") {
    return (
      <span class="tag look">
        <StateIcon shape="triangle" size={14} /> {t("prüfen")}
      </span>
    );
  }
  return (
    <span class="tag done">
      <StateIcon shape="tick" size={14} />{" "}
      {difference.kind.startsWith("note") ? t("übergangen") : t("zur Kenntnis")}
    </span>
  );
}
