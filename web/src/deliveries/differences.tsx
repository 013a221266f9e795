/** "Unterschiede zum Vorjahr": what is named, new, gone or jumps, and what it means for taking over. */

import { StateIcon } from "../icons";
import { t } from "../words";
import { shownHead } from "./reading";
import type { Difference } from "./types";

interface Props {
  differences: Difference[];
  /** While errors are open only the columns can be compared. */
  partly: boolean;
  /** Heads a person has said to be a column: head -> column. */
  heads: Record<string, string>;
  busy: boolean;
  onSame: (difference: Difference) => void;
}

export function Differences({ differences, partly, heads, busy, onSame }: Props) {
  return (
    <section class="dl-differences" aria-label={t("Unterschiede zum Vorjahr")}>
      <h2>{t("Unterschiede zum Vorjahr")}</h2>
      {differences.length === 0 && !partly && (
        <p class="small quiet">{t("Aufbau, Gebiete und Fußnoten sind wie im Vorjahr.")}</p>
      )}
      {differences.length > 0 && (
        <ul class="small">
          {differences.map((one) => (
            <li key={`${one.kind} ${one.where} ${one.sentence}`}>
              <b>{shownHead(one.where)}</b>
              <span>{shownHead(one.sentence)}</span>
              <Meaning difference={one} heads={heads} busy={busy} onSame={onSame} />
            </li>
          ))}
        </ul>
      )}
      {partly && (
        <p class="small quiet">
          {t("Zeilen, Summen und Fußnoten werden verglichen, sobald kein Fehler mehr offen ist.")}
        </p>
      )}
    </section>
  );
}

function Meaning({
  difference,
  heads,
  busy,
  onSame,
}: { difference: Difference } & Omit<Props, "differences" | "partly">) {
  if (difference.found && heads[difference.found] === difference.offer) {
    return (
      <span class="tag done">
        <StateIcon shape="tick" size={14} /> {t("ist dasselbe")}
      </span>
    );
  }
  if (difference.kind === "column_renamed" && difference.found && difference.offer) {
    return (
      <button type="button" class="link" disabled={busy} onClick={() => onSame(difference)}>
        {t("Ist dasselbe")}
        <span class="unseen">: {shownHead(difference.where)}</span>
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
