/** Accept a warning, or a total the office answered for: with a reason and in a role, alone or for all of its kind. */

import { useState } from "preact/hooks";
import { Dialog } from "../editor/dialog";
import { ProblemBox } from "../parts";
import { RoleField } from "../plans/role_field";
import { plural, t } from "../words";
import { useAttempt } from "./attempt";
import type { ReviewFinding } from "./types";

interface Props {
  finding: ReviewFinding;
  /** Open findings of the same kind, this one among them. */
  alike: ReviewFinding[];
  /** Rejects with the reason where it cannot be accepted. */
  onAccept: (findings: string[], reason: string, role: string) => Promise<void>;
  /** refused: the server would not have it. */
  onClose: (refused: boolean) => void;
}

export function AcceptDialog({ finding, alike, onAccept, onClose }: Props) {
  const [reason, setReason] = useState(finding.reason);
  const [role, setRole] = useState(t("Planung"));
  const [all, setAll] = useState(false);
  const { problem, working, attempt } = useAttempt();
  const others = alike.length - 1;
  const close = () => onClose(problem !== null);
  return (
    <Dialog title={t("So übernehmen: {title}", { title: finding.title })} onClose={close}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const findings = all ? alike.map((one) => one.id) : [finding.id];
          void attempt(() => onAccept(findings, reason.trim(), role.trim()));
        }}
      >
        <p>
          {finding.place && `${finding.place}: `}
          {finding.what}
        </p>
        {finding.severity === "error" && (
          <p>{t("Die Zeile der Summe wird übergangen; es gelten die einzelnen Zahlen der Datei.")}</p>
        )}
        <div>
          <label for="dl-reason">{t("Warum ist das in Ordnung?")}</label>
          <textarea
            id="dl-reason"
            rows={3}
            maxLength={500}
            required
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <RoleField id="dl-role" role={role} onRole={setRole} />
        {others > 0 && (
          <label class="check">
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
            {plural(
              "auch für {count} weiteren Befund dieser Art",
              "auch für {count} weitere Befunde dieser Art",
              others,
              { count: others },
            )}
          </label>
        )}
        {problem && <ProblemBox problem={problem} />}
        <div class="row dl-end">
          <button type="button" class="button" onClick={close}>
            {t("Abbrechen")}
          </button>
          <button type="submit" class="button main" disabled={working || !reason.trim() || !role.trim()}>
            {t("So übernehmen")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
