/** "Lieferung zurückziehen?": what it does to what was computed, why, and who decides. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { Dialog } from "../editor/dialog";
import { ProblemBox } from "../parts";
import { RoleField } from "../plans/role_field";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import { useAttempt } from "./attempt";
import { withdrawalSentence } from "./list";
import type { Affected, Delivery } from "./types";

export function WithdrawDialog({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { refresh } = useStore();
  const affected = useAnswer<Affected>(`deliveries/${delivery.delivery_id}/affected`);
  const [why, setWhy] = useState("");
  const [role, setRole] = useState(t("Planung"));
  const { problem, working, attempt } = useAttempt();
  const withdraw = () =>
    void attempt(async () => {
      await post(`deliveries/${delivery.delivery_id}/withdraw`, { why: why.trim(), role: role.trim() });
      onClose();
      await refresh();
    });
  return (
    <Dialog title={t("Lieferung zurückziehen?")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          withdraw();
        }}
      >
        <p>
          <b>{delivery.title || delivery.file_name}</b>
          {affected ? ` – ${withdrawalSentence(affected)}` : ""}
        </p>
        {affected && affected.indicators.length > 0 && (
          <ul class="small list">
            {affected.indicators.map((one) => (
              <li key={one.id}>{one.title}</li>
            ))}
          </ul>
        )}
        <div>
          <label for="dl-why">{t("Warum wird sie zurückgezogen?")}</label>
          <textarea
            id="dl-why"
            rows={3}
            maxLength={500}
            required
            value={why}
            onInput={(event) => setWhy(event.currentTarget.value)}
          />
        </div>
        <RoleField id="dl-withdraw-role" role={role} onRole={setRole} />
        {problem && <ProblemBox problem={problem} />}
        <div class="row dl-end">
          <button type="button" class="button" onClick={onClose}>
            {t("Behalten")}
          </button>
          <button type="submit" class="button main" disabled={working || !why.trim() || !role.trim()}>
            {t("Zurückziehen")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
