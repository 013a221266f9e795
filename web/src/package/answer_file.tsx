/** The answer as a file: save it, load it again. */

import { useMemo, useRef, useState } from "preact/hooks";
import { LONGEST_ROLE } from "../area_text";
import { t } from "../words";
import type { Desk } from "./desk";
import { offer } from "./storage";
import { answerOf, fileName, isEmpty, workOf } from "./work";

export function LoadAnswer({ desk }: { desk: Desk }) {
  const input = useRef<HTMLInputElement>(null);
  const load = async (file: File | undefined) => {
    if (!file) return;
    const found = workOf(await file.text(), desk.data, desk.base);
    if (input.current) input.current.value = "";
    if (found === "no_answer")
      desk.tell({
        kind: "error",
        text: () => t("„{file}“ ist keine Antwort aus einem Abstimmungspaket.", { file: file.name }),
      });
    else if (found === "other_package") {
      desk.tell({
        kind: "error",
        text: () =>
          t(
            "„{file}“ gehört zu einem anderen Abstimmungspaket. Öffnen Sie das Paket, in dem Sie sie gespeichert haben.",
            { file: file.name },
          ),
      });
    } else if (found === "damaged") {
      desk.tell({
        kind: "error",
        text: () =>
          t("„{file}“ wurde verändert und lässt sich nicht laden. Ihre jetzigen Vorschläge bleiben.", {
            file: file.name,
          }),
      });
    } else if (isEmpty(desk.work)) desk.replace(found, () => t("Geladen: {file}", { file: file.name }));
    else {
      desk.tell({
        kind: "look",
        text: () => t("Das Laden ersetzt Ihre jetzigen Vorschläge und Anmerkungen."),
        action: {
          title: () => t("Ersetzen"),
          act: () => desk.replace(found, () => t("Geladen: {file}", { file: file.name })),
        },
      });
    }
  };
  return (
    <>
      <input
        ref={input}
        class="hidden"
        type="file"
        accept=".json,application/json"
        tabIndex={-1}
        onChange={(event) => void load(event.currentTarget.files?.[0])}
      />
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {t("Antwort laden")}
      </button>
    </>
  );
}

export function SaveBox({ desk }: { desk: Desk }) {
  const field = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState(false);
  const lacking = asked && !desk.work.role.trim();
  const roles = useMemo(() => desk.data.roles, [desk.data]);
  const save = () => {
    setAsked(true);
    if (!desk.work.role.trim()) {
      field.current?.focus();
      return;
    }
    const written = new Date().toISOString().slice(0, 19).concat("Z");
    const file = fileName(desk.work, desk.data);
    offer(file, `${JSON.stringify(answerOf(desk.work, desk.data, written), null, 1)}\n`);
    desk.tell({
      kind: "done",
      text: () => t("Gespeichert: {file}. Senden Sie diese Datei zurück.", { file }),
    });
    desk.setSaved();
  };
  return (
    <section class="part save">
      <label for="role">{t("Wer antwortet? Amt oder Funktion, kein Name")}</label>
      <input
        ref={field}
        id="role"
        list="roles"
        value={desk.work.role}
        maxLength={LONGEST_ROLE}
        aria-invalid={lacking}
        aria-describedby={lacking ? "role-lacking" : undefined}
        onInput={(event) => desk.setRole(event.currentTarget.value)}
        autocomplete="off"
      />
      <datalist id="roles">
        {roles.map((role) => (
          <option key={role} value={t(role)} />
        ))}
      </datalist>
      {lacking && (
        <p class="small error" id="role-lacking">
          {t("Geben Sie an, wer antwortet, zum Beispiel „Jugendamt“.")}
        </p>
      )}
      <button type="button" class="button main large" disabled={isEmpty(desk.work)} onClick={save}>
        {t("Antwort speichern")}
      </button>
      <p class="small quiet">
        {isEmpty(desk.work)
          ? t("Noch nichts vorgeschlagen und nichts angemerkt.")
          : desk.isSaved
            ? t("Die Antwort ist als Datei gespeichert.")
            : t("Noch nicht als Datei gespeichert; dieser Browser merkt sich den Stand.")}
      </p>
    </section>
  );
}
