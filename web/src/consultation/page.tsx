/** The page "Abstimmung": send a package to a town hall, read answers, decide, hand out the reply. */

import { useLayoutEffect, useState } from "preact/hooks";
import { Arrow } from "../icons";
import { dayAndTime } from "../numbers";
import { Empty, Title, Waiting } from "../parts";
import { useAnswer } from "../store";
import { t } from "../words";
import { answersWords } from "./counted";
import { Decisions } from "./decisions";
import { Receive, Send } from "./exchange";
import type { OverviewAnswer, TownAnswer } from "./types";
import "./consultation.css";

export function Consultation() {
  const overview = useAnswer<OverviewAnswer>("consultation");
  const [ags, setAgs] = useState(townInAddress());
  useLayoutEffect(() => {
    const change = () => setAgs(townInAddress());
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  const rows = overview?.municipalities ?? [];
  const chosen = (rows.find((row) => row.ags === ags) ?? rows[0])?.ags ?? null;
  const choose = (next: string) => {
    history.replaceState(null, "", `#/abstimmung?gemeinde=${next}`);
    setAgs(next);
  };
  if (!overview) return <Waiting />;
  return (
    <div class="page consultation">
      <Title title={t("Mit den Gemeinden abstimmen")}>
        {t(
          "Jede Gemeinde bekommt eine Datei, die ohne Installation und ohne Netz läuft. Die Antworten lesen Sie hier ein.",
        )}
      </Title>
      {!overview.plan || chosen === null ? (
        <Empty text={t("Noch keine Gebiete. Rechnen Sie zuerst einen Vorschlag.")}>
          <a class="button main" href="#/gebiete">
            {t("Zu den Gebieten")} <Arrow />
          </a>
        </Empty>
      ) : (
        <>
          <div class="choose">
            <label for="municipality">{t("Gemeinde")}</label>
            <select id="municipality" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
              {rows.map((row) => (
                <option key={row.ags} value={row.ags}>
                  {row.package_id === null ? row.name : `${row.name} (${answersWords(row.answers)})`}
                </option>
              ))}
            </select>
          </div>
          <Town key={chosen} ags={chosen} />
        </>
      )}
    </div>
  );
}

/** "#/abstimmung?gemeinde=05999024" names the municipality. */
function townInAddress(): string {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get("gemeinde") ?? "";
}

function Town({ ags }: { ags: string }) {
  const answer = useAnswer<TownAnswer>(`consultation/${ags}`);
  if (!answer) return <Waiting />;
  return (
    <>
      <div class="exchange">
        <Send answer={answer} />
        <Receive answer={answer} />
      </div>
      {answer.newest && answer.newest.answers.length > 0 && (
        <Decisions key={answer.newest.package_id} view={answer.newest} ags={ags} />
      )}
      {answer.newest && answer.newest.answers.length === 0 && (
        <p class="quiet">
          {t("Auf das Paket vom {when} ist noch keine Antwort eingelesen.", {
            when: dayAndTime(answer.newest.written),
          })}
        </p>
      )}
    </>
  );
}
