/** The register: how many addresses, of when, what changed before, spellings that were confirmed. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { count, dayAndTime } from "../numbers";
import { Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import type { RegisterAnswer, RegisterVersion, RememberedSpelling } from "./types";

export function RegisterCard({ answer, busy }: { answer: RegisterAnswer; busy: boolean }) {
  const newest = answer.versions.find((one) => one.created);
  return (
    <section class="card pad stack">
      <h2>{t("Adressregister")}</h2>
      <p>
        <b class="big">{count(answer.addresses)}</b> {t("Adressen")}{" "}
        {plural("in {count} Straße", "in {count} Straßen", answer.streets, { count: count(answer.streets) })}
      </p>
      <p class="small quiet">
        {newest
          ? t("{title}, übernommen am {when}", { title: newest.title, when: dayAndTime(newest.created) })
          : t("Mit den Bausteinen eingelesen, seitdem unverändert.")}
      </p>
      {newest && <Versions versions={answer.versions} />}
      {answer.spellings > 0 && <Remembered number={answer.spellings} busy={busy} />}
    </section>
  );
}

function Versions({ versions }: { versions: RegisterVersion[] }) {
  return (
    <details>
      <summary>{t("Frühere Änderungen")}</summary>
      <ul class="ad-versions">
        {versions.map((one) => (
          <li key={one.version}>
            <b>{one.title || t("Erstes Register")}</b>
            {one.created && <span class="small quiet"> {dayAndTime(one.created)}</span>}
            {one.sentences.map((sentence) => (
              <p key={sentence} class="small">
                {sentence}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Remembered({ number, busy }: { number: number; busy: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {plural("{count} Schreibweise gemerkt", "{count} Schreibweisen gemerkt", number, {
          count: count(number),
        })}
      </summary>
      {open && <Spellings busy={busy} />}
    </details>
  );
}

function Spellings({ busy }: { busy: boolean }) {
  const { act, refresh } = useStore();
  const found = useAnswer<RememberedSpelling[]>("addresses/spellings");
  const forget = (written: string) =>
    void act(async () => {
      await post("addresses/spellings/forget", { written });
      await refresh();
    });
  if (!found) return <Waiting />;
  return (
    <ul class="ad-remembered small">
      {found.map((one) => (
        <li key={`${one.written} ${one.postcode}`}>
          <span>
            {t("„{written}“ heißt {street}", {
              written: `${one.written} ${one.postcode}`.trim(),
              street: `${one.street}, ${one.street_postcode}`,
            })}
          </span>
          <button type="button" class="link" disabled={busy} onClick={() => forget(one.written)}>
            {t("Vergessen")}
            <span class="unseen"> {one.written}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
