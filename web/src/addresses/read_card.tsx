/** Drop a register: the first one of a project, or a newer one that is compared with the present. */

import { useState } from "preact/hooks";
import { DropZone, Findings, ProblemBox } from "../parts";
import { useStore } from "../store";
import { t } from "../words";
import { sendFile } from "./sending";
import { resultOf } from "./types";

interface Props {
  /** There is no register yet. */
  first: boolean;
  busy: boolean;
}

export function ReadCard({ first, busy }: Props) {
  const { follow, job } = useStore();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState("");
  const read = (chosen: File, readAs = "") => {
    setFile(chosen);
    void follow(
      sendFile("addresses/register", chosen, { title, read_as: readAs, first: first ? "true" : "false" }),
    );
  };
  const result = busy ? undefined : resultOf(job).register;
  const offers = result?.offers ?? [];
  return (
    <section class="card pad stack">
      <h2>{first ? t("Adressregister einlesen") : t("Adressen fortschreiben")}</h2>
      <p>
        {first
          ? t(
              "Mit einem Adressregister weiß die Anwendung, welche Anschrift in welchem Gebiet liegt. Geschützte Anschriften bleiben draußen.",
            )
          : t(
              "Einmal im Jahr kommt ein neues Register. Sie sehen zuerst, was sich ändert: neue, weggefallene und umbenannte Straßen und Hausnummern. Übernommen wird nur, was Sie bestätigen; die Gebiete ändern sich nicht.",
            )}
      </p>
      <label class="ad-field ad-title">
        {t("Bezeichnung (freiwillig), zum Beispiel „Stand Januar 2027“")}
        <input
          type="text"
          value={title}
          maxLength={80}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <DropZone
        title={t("Neues Register")}
        hint={t(
          "Die Hauskoordinaten des Katasteramts: Straße, Hausnummer, Postleitzahl und Koordinaten, als Tabelle oder Kartenebene.",
        )}
        disabled={busy}
        onFiles={(files) => files[0] && read(files[0])}
      />
      {result?.problem && <ProblemBox problem={result.problem} />}
      {file &&
        offers.map((offer) => (
          <button key={offer.code} type="button" class="button main" onClick={() => read(file, offer.code)}>
            {t("Als {system} lesen", { system: offer.title })}
          </button>
        ))}
      {result?.findings && <Findings findings={result.findings} />}
    </section>
  );
}
