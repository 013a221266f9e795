import { Arrow } from "../icons";
import { count } from "../numbers";
import { Empty, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";

interface RuleRow {
  source: string;
  sentence: string;
}

interface ProtectionAnswer {
  cells: number;
  shown: number;
  reasons: { reason: string; title: string; sentence: string; cells: number }[];
  rules: RuleRow[];
  check_number: string;
}

/** What leaves the house and what stays hidden, and why. */
export function ReleasePage() {
  const answer = useAnswer<ProtectionAnswer>("protection");
  const { state } = useStore();
  if (!answer) return <Waiting />;
  if (answer.cells === 0) {
    return (
      <div class="page narrow">
        <h1 tabIndex={-1}>{t("Freigabe")}</h1>
        <Empty text={t("Hier steht, was verborgen wird und warum, sobald gerechnet wurde.")}>
          <a class="button main" href="#/stand">
            {t("Zum Arbeitsstand")}
          </a>
        </Empty>
      </div>
    );
  }
  const report = state.steps.find((step) => step.key === "report");
  return (
    <div class="page two">
      <Title title={t("Freigabe")}>
        {t("Nach außen gehen nur geschützte Zahlen. Karten, Tabellen und Bericht zeigen dieselben.")}
      </Title>
      <div class="column">
        <section class="card pad stack">
          <h2>{t("Was verborgen ist")}</h2>
          <p>
            <span class="big">{count(answer.cells - answer.shown)}</span>{" "}
            {t("von {all} Zahlen werden nicht gezeigt.", { all: count(answer.cells) })}
          </p>
          <ul class="reasons">
            {answer.reasons.map((reason) => (
              <li key={reason.reason}>
                <b class="number">{count(reason.cells)}</b>
                <div>
                  <h3>{reason.title}</h3>
                  <p class="small">{reason.sentence}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <section class="card pad scroll">
          <table class="figures">
            <caption>{t("Regeln je Quelle")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("Quelle")}</th>
                <th scope="col">{t("Regel")}</th>
              </tr>
            </thead>
            <tbody>
              {answer.rules.map((rule) => (
                <tr key={`${rule.source} ${rule.sentence}`}>
                  <th scope="row">{rule.source}</th>
                  <td>{rule.sentence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
      <aside>
        <section class="card pad stack">
          <h2>{t("Prüfnummer")}</h2>
          <p class="figure small-figure">{answer.check_number}</p>
          <p class="small quiet">
            {t("Sie steht auf jeder Seite des Berichts. Gleiche Nummer heißt: gleiche Zahlen.")}
          </p>
        </section>
        {report?.state !== "done" && (
          <section class="card pad stack">
            <h2>{t("Danach")}</h2>
            <a class="button main" href="#/bericht">
              {t("Zum Bericht")} <Arrow />
            </a>
          </section>
        )}
      </aside>
    </div>
  );
}
