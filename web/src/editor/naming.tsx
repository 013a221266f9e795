/** Name and number of an area. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../words";
import { useDesk } from "./context";
import { makeEdit } from "./edit";

export function Naming({ area, code, name }: { area: string; code: string; name: string }) {
  const { desk, state } = useDesk();
  const [fields, setFields] = useState({ code, name });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const write = async (event: Event) => {
    event.preventDefault();
    const why = state.why.usual || state.why.own || t("Bezeichnung");
    if (fields.name !== name) {
      if (
        !(await desk.tryWrite(makeEdit({ kind: "rename", role: state.role, area, name: fields.name, why })))
      )
        return;
    }
    if (fields.code !== code)
      await desk.tryWrite(makeEdit({ kind: "rekey", role: state.role, area, code: fields.code, why }));
  };
  return (
    <form class="inline" onSubmit={(event) => void write(event)}>
      <label for="area-code">{t("Nummer")}</label>
      <input
        id="area-code"
        ref={first}
        value={fields.code}
        onInput={(event) => setFields({ ...fields, code: event.currentTarget.value })}
      />
      <label for="area-name">{t("Name")}</label>
      <input
        id="area-name"
        value={fields.name}
        onInput={(event) => setFields({ ...fields, name: event.currentTarget.value })}
      />
      <button type="submit" class="button">
        {t("Namen übernehmen")}
      </button>
    </form>
  );
}
