import { day } from "../numbers";
import { Title } from "../parts";
import { useStore } from "../store";
import { t } from "../words";

/** What the words mean and how one works here. */
export function Help() {
  const words: [string, string][] = [
    [t("Baustein"), t("Die kleinste Fläche, zum Beispiel ein Wohnblock. Aus Bausteinen entstehen Gebiete.")],
    [t("Gebiet, Sozialraum"), t("Zusammenhängende Bausteine einer Gemeinde, für die berichtet wird.")],
    [t("Lieferung"), t("Eine Datei, wie eine Stelle sie schickt. Sie bleibt unverändert aufbewahrt.")],
    [t("Befund"), t("Etwas, das beim Lesen einer Datei aufgefallen ist: was, wo und was zu tun ist.")],
    [
      t("nicht geliefert"),
      t("Die Stelle hat diese Angabe nicht geschickt. Das ist nicht dasselbe wie null."),
    ],
    [t("verborgen"), t("Die Zahl ist bekannt, wird aber zum Schutz einzelner Menschen nicht gezeigt.")],
    [t("zu wenige"), t("Für dieses Gebiet liefert die Stelle nichts, weil zu wenige Menschen dort leben.")],
    [
      t("Handlungsbedarf"),
      t("Mehrere Indikatoren zusammengefasst in vier Klassen: gering, mittel, hoch, sehr hoch."),
    ],
    [t("Impuls"), t("Ein Hinweis, den eine Regel gefunden hat und den eine Stelle bestätigt oder verwirft.")],
    [t("Prüfnummer"), t("Kennzeichen der freigegebenen Zahlen. Gleiche Nummer heißt: gleiche Zahlen.")],
  ];
  return (
    <div class="page narrow">
      <Title title={t("Hilfe")}>
        {t(
          "Der Bericht entsteht in sieben Schritten, von links nach rechts. Der Arbeitsstand nennt immer den nächsten.",
        )}
      </Title>
      <section class="card pad">
        <h2>{t("Was die Wörter bedeuten")}</h2>
        <dl class="words">
          {words.map(([word, meaning]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="card pad">
        <h2>{t("Mit der Tastatur")}</h2>
        <p>
          {t(
            "Mit der Tabulatortaste gehen Sie von Feld zu Feld, mit der Eingabetaste lösen Sie aus. Auf der Karte verschieben die Pfeiltasten den Ausschnitt, Plus und Minus ändern die Größe. Alles, was die Karte zeigt, steht auch in der Tabelle.",
          )}
        </p>
      </section>
      <p class="small">
        <a href="/licences.txt" target="_blank" rel="noreferrer">
          {t("Verwendete freie Software und Schrift")}
        </a>
      </p>
    </div>
  );
}

/** What this project is and where it lies. */
export function Information() {
  const { state } = useStore();
  const { project } = state;
  if (!project) return <Help />;
  return (
    <div class="page narrow">
      <Title title={t("Auskunft")}>{t("Was dieses Projekt enthält und wo es liegt.")}</Title>
      <section class="card pad">
        <dl class="words">
          <div>
            <dt>{t("Projekt")}</dt>
            <dd>{project.name}</dd>
          </div>
          {project.notice && (
            <div>
              <dt>{t("Hinweis")}</dt>
              <dd>{project.notice}</dd>
            </div>
          )}
          <div>
            <dt>{t("Ordner")}</dt>
            <dd class="path">{project.folder}</dd>
          </div>
          <div>
            <dt>{t("Gemeinden")}</dt>
            <dd>{project.municipalities}</dd>
          </div>
          <div>
            <dt>{t("Gebiete")}</dt>
            <dd>{project.areas}</dd>
          </div>
          {project.period && (
            <div>
              <dt>{t("Letzter Stichtag")}</dt>
              <dd>{day(project.period)}</dd>
            </div>
          )}
        </dl>
      </section>
      <p>
        {t("Lieferungen und Projekt bleiben auf diesem Rechner; die Anwendung spricht mit keinem anderen.")}
      </p>
    </div>
  );
}
