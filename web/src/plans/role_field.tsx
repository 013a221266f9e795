/** Who decides: by role, not by name. */

import { useAnswer } from "../store";
import { t } from "../words";

export function RoleField({
  id,
  role,
  onRole,
}: {
  id: string;
  role: string;
  onRole: (role: string) => void;
}) {
  const usual = useAnswer<string[]>("plans/roles") ?? [];
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
        {usual.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </div>
  );
}
