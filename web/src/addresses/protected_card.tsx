/** Addresses that must not be found: entered, counted, never listed; freed by typing one again. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { useAttempt } from "../deliveries/attempt";
import { count } from "../numbers";
import { ProblemBox } from "../parts";
import { useStore } from "../store";
import { plural, t } from "../words";

const PROTECT = "addresses/protected";
const EMPTY = { street: "", number: "", postcode: "", kind: "womens_shelter" };

interface Props {
  /** Protected house numbers. */
  number: number;
  /** Facilities that lists mark as protected. */
  facilities: number;
  busy: boolean;
}

export function ProtectedCard({ number, facilities, busy }: Props) {
  const { refresh } = useStore();
  const { problem, working, attempt } = useAttempt();
  const [typed, setTyped] = useState(EMPTY);
  const [said, setSaid] = useState("");
  const [refused, setRefused] = useState(false);
  const set = (part: Partial<typeof EMPTY>) => {
    setSaid("");
    setRefused(false);
    setTyped((before) => ({ ...before, ...part }));
  };
  const send = async (path: string, words: (answer: Protected) => string, more = {}) => {
    let answer: Protected | null = null;
    await attempt(async () => {
      answer = await post<Protected>(path, { ...typed, ...more });
    });
    if (!answer) return;
    const unknown = Boolean((answer as Protected).unknown);
    setRefused(unknown);
    setSaid(words(answer));
    if (unknown) return;
    setTyped(EMPTY);
    await refresh();
  };
  const whole = typed.street.trim() !== "" && typed.number.trim() !== "";
  return (
    <section class="card pad stack">
      <h2>{t("Geschützte Anschriften")}</h2>
      <p class="small">
        {t(
          "Was hier eingetragen ist, wird nie zugeordnet, gezeigt oder weitergegeben: in keiner Liste, auf keiner Karte, in keinem Verzeichnis. Wer dort wohnt, zählt nur in der Summe der Region.",
        )}
      </p>
      <p>
        {number === 0
          ? t("Noch ist keine Anschrift geschützt.")
          : plural("{count} Hausnummer ist geschützt.", "{count} Hausnummern sind geschützt.", number, {
              count: count(number),
            })}{" "}
        {facilities > 0 &&
          plural(
            "In Ihren Einrichtungslisten steht {count} geschützte Einrichtung.",
            "In Ihren Einrichtungslisten stehen {count} geschützte Einrichtungen.",
            facilities,
            { count: count(facilities) },
          )}
      </p>
      <form
        class="ad-form"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void send(PROTECT, protectedWords);
        }}
      >
        <label class="ad-field ad-wide">
          {t("Was dort liegt")}
          <select value={typed.kind} onChange={(event) => set({ kind: event.currentTarget.value })}>
            <option value="womens_shelter">{t("Frauenhaus")}</option>
            <option value="protected_flat">{t("Schutzwohnung")}</option>
            <option value="other">{t("anderes")}</option>
          </select>
        </label>
        <Text label={t("Straße")} wide value={typed.street} onValue={(street) => set({ street })} />
        <Text label={t("Hausnummer")} value={typed.number} onValue={(number) => set({ number })} />
        <Text label={t("Postleitzahl")} value={typed.postcode} onValue={(postcode) => set({ postcode })} />
        <button type="submit" class="button ad-wide" disabled={busy || working || !whole}>
          {t("Anschrift schützen")}
        </button>
        {number > 0 && (
          <button
            type="button"
            class="link ad-wide"
            disabled={busy || working || !whole}
            onClick={() =>
              void send("addresses/protected/end", () =>
                t("Der Schutz ist beendet. Mit dem nächsten Adressregister erscheint die Anschrift wieder."),
              )
            }
          >
            {t("Schutz dieser Anschrift beenden")}
          </button>
        )}
      </form>
      <p class="small" role="status">
        {said}
      </p>
      {problem && <ProblemBox problem={problem} />}
      {refused && (
        <button
          type="button"
          class="button"
          disabled={busy || working || !whole}
          onClick={() => void send(PROTECT, protectedWords, { even_unknown: true })}
        >
          {t("Richtig geschrieben: trotzdem schützen")}
        </button>
      )}
      <p class="small quiet">
        {t(
          "Steht die Anschrift einer geschützten Einrichtung in einer Einrichtungsliste, wird sie beim Übernehmen von selbst geschützt. Um einen Schutz zu beenden, geben Sie die Anschrift noch einmal ein; aufgelistet wird sie nie.",
        )}
      </p>
    </section>
  );
}

interface Protected {
  protected: number;
  /** How many are new, and how many left the register by it. */
  added?: number;
  left?: number;
  /** It stands in no register: nothing was protected. */
  unknown?: number;
}

/** How many left the register: without a postcode the number is taken out of every town. */
function protectedWords(answer: Protected): string {
  if (answer.left) {
    const gone = plural(
      "{count} Adresse wurde herausgenommen.",
      "{count} Adressen wurden herausgenommen.",
      answer.left,
      {
        count: count(answer.left),
      },
    );
    return `${t("Die Anschrift ist geschützt und steht nicht mehr im Adressregister.")} ${gone}`;
  }
  if (answer.unknown)
    return t(
      "Diese Anschrift steht nicht im Adressregister. Es wurde nichts geschützt. Prüfen Sie Straße, Hausnummer und Postleitzahl.",
    );
  if (!answer.added) return t("Diese Anschrift war schon geschützt.");
  return t("Eingetragen; im Adressregister steht diese Anschrift nicht.");
}

interface TextProps {
  label: string;
  value: string;
  wide?: boolean;
  onValue: (value: string) => void;
}

function Text({ label, value, wide = false, onValue }: TextProps) {
  return (
    <label class={wide ? "ad-field ad-wide" : "ad-field"}>
      {label}
      <input
        type="text"
        value={value}
        maxLength={100}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}
