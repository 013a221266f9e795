/** Who decides: by role, not by name. */

import { t } from "../words";

export function usualRoles(): string[] {
  return [t("Fachstelle Sozialplanung"), t("Fachleute der Gemeinde"), t("Stadtplanung")];
}

export function RoleField({
  id,
  role,
  onRole,
}: {
  id: string;
  role: string;
  onRole: (role: string) => void;
}) {
  return (
    <div>
      <label for={id}>{t("In welcher Rolle entscheiden Sie?")}</label>
      <input
        id={id}
        list={`${id}-usual`}
        value={role}
        onInput={(event) => onRole(event.currentTarget.value)}
        autocomplete="off"
      />
      <datalist id={`${id}-usual`}>
        {usualRoles().map((usual) => (
          <option key={usual} value={usual} />
        ))}
      </datalist>
    </div>
  );
}
