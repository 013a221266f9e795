/** "Angaben zur Lieferung": data set, protection, purpose, legal basis, date of deletion. */

import { day } from "../numbers";
import { useTyped } from "../typed";
import { t } from "../words";
import type { About, Review } from "./types";

interface Props {
  review: Review;
  busy: boolean;
  /** Whether the server took it. */
  onSave: (about: About) => Promise<boolean>;
}

export function AboutCard({ review, busy, onSave }: Props) {
  const { entries: about, type: set, settle } = useTyped<About>(review.about, review);
  const changed = (Object.keys(about) as (keyof About)[]).some((name) => about[name] !== review.about[name]);
  return (
    <details class="card pad dl-about">
      <summary>
        <h2>{t("Angaben zur Lieferung")}</h2>
        <span class="small quiet">{summary(review.about)}</span>
      </summary>
      <form
        class="stack"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await onSave(about)) settle(about);
        }}
      >
        {review.data_sets.length > 0 && (
          <label>
            {t("Datensatz")}
            <select value={about.data_set} onChange={(event) => set({ data_set: event.currentTarget.value })}>
              <option value="">{t("noch keiner gewählt")}</option>
              {review.data_sets.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {t("Schutzklasse")}
          <select
            value={about.protection}
            disabled={!review.kept}
            onChange={(event) => set({ protection: event.currentTarget.value })}
          >
            <option value="personal">{protectionWord("personal")}</option>
            <option value="restricted">{protectionWord("restricted")}</option>
            <option value="public">{protectionWord("public")}</option>
          </select>
        </label>
        {!review.kept && (
          <p class="small quiet">{t("Eine Zeile je Person: Die Datei selbst wird nicht aufbewahrt.")}</p>
        )}
        <Text label={t("Zweck")} value={about.purpose} onValue={(purpose) => set({ purpose })} />
        <Text
          label={t("Rechtsgrundlage")}
          value={about.legal_basis}
          onValue={(legal_basis) => set({ legal_basis })}
        />
        <label>
          {t("Datei löschen am")}
          <input
            type="date"
            value={about.delete_on}
            onInput={(event) => set({ delete_on: event.currentTarget.value })}
          />
        </label>
        <button type="submit" class="button" disabled={busy || !changed}>
          {t("Angaben speichern")}
        </button>
      </form>
    </details>
  );
}

function Text({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <label>
      {label}
      <input
        type="text"
        maxLength={300}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}

export function protectionWord(protection: string): string {
  if (protection === "personal") return t("personenbezogen");
  return protection === "public" ? t("öffentlich") : t("eingeschränkt");
}

function summary(about: About): string {
  const parts = [protectionWord(about.protection)];
  if (about.delete_on) parts.push(t("wird am {day} gelöscht", { day: day(about.delete_on) }));
  if (!about.purpose) parts.push(t("Zweck fehlt noch"));
  if (!about.legal_basis) parts.push(t("Rechtsgrundlage fehlt noch"));
  return parts.join(" · ");
}
