/** The deliveries: a plain list while there are few, with a search beyond ten, in groups with counts when there are many. */

import { useState } from "preact/hooks";
import { count } from "../numbers";
import { plural, t } from "../words";
import { DeliveryCard } from "./delivery_card";
import {
  GROUPED_FROM,
  type Group,
  type GroupBy,
  grouped,
  inForceFirst,
  SEARCHED_FROM,
  withWords,
} from "./list";
import type { Delivery } from "./types";

type Standing = Delivery["state"] | "";

export function DeliveryList({ deliveries }: { deliveries: Delivery[] }) {
  const [words, setWords] = useState("");
  const [standing, setStanding] = useState<Standing>("");
  const [chosen, setBy] = useState<GroupBy | null>(null);
  const many = deliveries.length > SEARCHED_FROM;
  const by = many ? (chosen ?? (deliveries.length > GROUPED_FROM ? "source" : "")) : "";
  const found = inForceFirst(
    many ? withWords(deliveries, words).filter((one) => !standing || one.state === standing) : deliveries,
  );
  const searching = words.trim() !== "" || standing !== "";
  return (
    <>
      {many && (
        <div class="card pad dl-filter">
          <div class="dl-words">
            <label for="dl-search">{t("Lieferungen suchen: Quelle, Datei, Gemeinde oder Jahr")}</label>
            <input
              id="dl-search"
              type="search"
              autocomplete="off"
              value={words}
              onInput={(event) => setWords(event.currentTarget.value)}
            />
          </div>
          <StandingChoice standing={standing} onChoose={setStanding} />
          <GroupChoice by={by} onChoose={setBy} />
          <p class="small quiet" role="status">
            {searching &&
              plural("{count} Treffer", "{count} Treffer", found.length, { count: count(found.length) })}
          </p>
        </div>
      )}
      {by === ""
        ? found.map((one) => <DeliveryCard key={one.delivery_id} delivery={one} />)
        : grouped(found, by).map((group) => (
            // what is searched for is shown at once; a group opens and closes by itself otherwise
            <GroupCard key={`${by} ${group.title} ${searching}`} group={group} open={searching} />
          ))}
    </>
  );
}

function StandingChoice({ standing, onChoose }: { standing: Standing; onChoose: (to: Standing) => void }) {
  const words: [Standing, string][] = [
    ["", t("alle")],
    ["in_force", t("gültig")],
    ["replaced", t("ersetzt")],
    ["withdrawn", t("zurückgezogen")],
  ];
  return (
    <div>
      <label for="dl-standing">{t("Zeigen")}</label>
      <select
        id="dl-standing"
        value={standing}
        onChange={(event) => onChoose(event.currentTarget.value as Standing)}
      >
        {words.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

function GroupChoice({ by, onChoose }: { by: GroupBy; onChoose: (to: GroupBy) => void }) {
  const words: [GroupBy, string][] = [
    ["", t("gar nicht")],
    ["source", t("nach Quelle")],
    ["town", t("nach Gemeinde")],
    ["year", t("nach Jahr")],
  ];
  return (
    <div>
      <label for="dl-group">{t("Gruppieren")}</label>
      <select id="dl-group" value={by} onChange={(event) => onChoose(event.currentTarget.value as GroupBy)}>
        {words.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A group with its count; its deliveries are made only when it is opened. */
function GroupCard({ group, open }: { group: Group; open: boolean }) {
  const [shown, setShown] = useState(open);
  const ended = group.deliveries.filter((one) => one.state !== "in_force").length;
  const over = t("davon {count} nicht mehr gültig", { count: count(ended) });
  return (
    <details class="dl-group" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary class="card">
        <h2>{group.title}</h2>{" "}
        <span class="small quiet">
          {plural("{count} Lieferung", "{count} Lieferungen", group.deliveries.length, {
            count: count(group.deliveries.length),
          })}
          {ended > 0 && `, ${over}`}
        </span>
      </summary>
      {shown && group.deliveries.map((one) => <DeliveryCard key={one.delivery_id} delivery={one} />)}
    </details>
  );
}
