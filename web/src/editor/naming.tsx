/** Name and number of an area. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../words";
import { useDesk } from "./context";
import { makeEdit } from "./edit";

export function Naming({ area, code, name }: { area: string; code: string; name: string }) {
  const { desk, state } = useDesk();
  const [fields, setFields] = useState({ code, name });
  const first = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const write = async (event: Event) => {
    event.preventDefault();
    const why = state.why.usual || state.why.own || t("Bezeichnung");
    const { role } = state;
    const steps = [
      fields.name !== name && makeEdit({ kind: "rename", role, area, name: fields.name, why }),
      fields.code !== code && makeEdit({ kind: "rekey", role, area, code: fields.code, why }),
    ];
    for (const step of steps) if (step && !(await desk.tryWrite(step))) return;
    desk.set({ naming: false });
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
      <button type="submit" class="button" disabled={state.busy === "writing"}>
        {t("Namen übernehmen")}
      </button>
    </form>
  );
}
