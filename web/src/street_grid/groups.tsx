/** Delivery groups: areas below 1,000 inhabitants are handed over together with a neighbour. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { StateIcon } from "../icons";
import { count } from "../numbers";
import { useStore } from "../store";
import { t } from "../words";
import type { GridAnswer, GridGroup } from "./types";

type Keys = string[];

export function GroupsCard({ answer }: { answer: GridAnswer }) {
  const { act, refresh } = useStore();
  const plan = answer.plan?.plan_id ?? "";
  const confirmed = answer.groups.filter((group) => group.state === "confirmed");
  const keep = (groups: Keys[]) =>
    void act(async () => {
      await post("street-grid/groups", { plan_id: plan, groups });
      await refresh();
    });
  const keysOf = (group: GridGroup) => group.areas.map((area) => area.area_id);
  const confirm = (keys: Keys) => keep([...confirmed.map(keysOf), keys]);
  const dissolve = (group: GridGroup) => keep(confirmed.filter((other) => other !== group).map(keysOf));
  return (
    <section class="card pad stack">
      <h2>{t("Liefergruppen")}</h2>
      <p class="small quiet">
        {t(
          "Die Agentur verlangt für jedes Stadtviertel 1.000 Einwohnerinnen und Einwohner. Kleinere Gebiete werden mit dem ähnlichsten Nachbargebiet zusammen abgegeben. Was die Agentur liefert, ist dann nur für beide zusammen bekannt und wird nicht aufgeteilt.",
        )}
      </p>
      {answer.groups.length === 0 && (
        <p>
          <StateIcon shape="tick" size={18} /> {t("Kein Gebiet braucht eine Liefergruppe.")}
        </p>
      )}
      {answer.groups.map((group) => (
        <Group key={group.areas[0]?.area_id} group={group} onConfirm={confirm} onDissolve={dissolve} />
      ))}
    </section>
  );
}

interface Props {
  group: GridGroup;
  onConfirm: (keys: Keys) => void;
  onDissolve: (group: GridGroup) => void;
}

function Group({ group, onConfirm, onDissolve }: Props) {
  const small = group.areas.find((area) => area.small);
  const proposed = group.areas.find((area) => area !== small);
  const [partner, setPartner] = useState(proposed?.area_id ?? "");
  const done = group.state === "confirmed";
  const choosable = !done && small !== undefined && group.partners.length > 1;
  const other = group.partners.find((one) => one.area_id === partner);
  const areas = choosable && other ? [small, other] : group.areas;
  const people = areas.reduce((all, area) => all + area.people, 0);
  return (
    <article class="grid-group">
      <h3>
        <StateIcon shape={done ? "tick" : "triangle"} size={18} /> {group.town}:{" "}
        {areas.map((area) => area.label).join(" + ")}
      </h3>
      <p>
        {areas.map((area) => `${area.label} ${count(area.people)}`).join(" + ")} ={" "}
        <b>{t("{count} Einwohner/-innen", { count: count(people) })}</b>{" "}
        {done && <span class="quiet">{t("Schlüssel {key}", { key: group.key })}</span>}
      </p>
      <div class="row">
        <span class={done ? "tag done" : "tag look"}>{done ? t("bestätigt") : t("vorgeschlagen")}</span>
        {choosable && (
          <label class="inline-choice">
            {t("{area} zusammen mit", { area: small.label })}
            <select value={partner} onChange={(event) => setPartner(event.currentTarget.value)}>
              {group.partners.map((one, place) => (
                <option key={one.area_id} value={one.area_id}>
                  {place === 0
                    ? t("{area} (am ähnlichsten)", { area: one.label })
                    : `${one.label} (${count(one.people)})`}
                </option>
              ))}
            </select>
          </label>
        )}
        {done ? (
          <button type="button" class="link" onClick={() => onDissolve(group)}>
            {t("Liefergruppe auflösen")}
          </button>
        ) : (
          <button
            type="button"
            class="button main"
            onClick={() => onConfirm(areas.map((area) => area.area_id))}
          >
            {t("Liefergruppe bestätigen")}
          </button>
        )}
      </div>
    </article>
  );
}
