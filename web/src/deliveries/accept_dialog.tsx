/** Accept a warning, or a total the office answered for: with a reason and in a role, alone or for all of its kind. */

import { useState } from "preact/hooks";
import { Dialog } from "../editor/dialog";
import { RoleField } from "../plans/role_field";
import { plural, t } from "../words";
import type { ReviewFinding } from "./types";

interface Props {
  finding: ReviewFinding;
  /** Open findings of the same kind, this one among them. */
  alike: ReviewFinding[];
  onAccept: (findings: string[], reason: string, role: string) => void;
  onClose: () => void;
}

export function AcceptDialog({ finding, alike, onAccept, onClose }: Props) {
  const [reason, setReason] = useState(finding.reason);
  const [role, setRole] = useState(t("Planung"));
  const [all, setAll] = useState(false);
  const others = alike.length - 1;
  return (
    <Dialog title={t("So übernehmen: {title}", { title: finding.title })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onAccept(all ? alike.map((one) => one.id) : [finding.id], reason.trim(), role.trim());
        }}
      >
        <p>
          {finding.place && `${finding.place}: `}
          {finding.what}
        </p>
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
        <div class="row dl-end">
          <button type="button" class="button" onClick={onClose}>
            {t("Abbrechen")}
          </button>
          <button type="submit" class="button main" disabled={!reason.trim() || !role.trim()}>
            {t("So übernehmen")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
