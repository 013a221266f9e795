/** Delivery groups: areas below 1,000 inhabitants are handed over together with a neighbour. */

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
  const done = group.state === "confirmed";
  const names = group.areas.map((area) => area.label).join(" + ");
  const others = group.partners.filter((one) => !group.areas.some((area) => area.area_id === one.area_id));
  return (
    <article class="grid-group">
      <h3>
        <StateIcon shape={done ? "tick" : "triangle"} size={18} /> {group.town}: {names}
      </h3>
      <p>
        {group.areas.map((area) => `${area.label} ${count(area.people)}`).join(" + ")} ={" "}
        <b>{t("{count} Einwohner/-innen", { count: count(group.people) })}</b>{" "}
        <span class="quiet">{t("Schlüssel {key}", { key: group.key })}</span>
      </p>
      <div class="row">
        <span class={done ? "tag done" : "tag look"}>{done ? t("bestätigt") : t("vorgeschlagen")}</span>
        {done ? (
          <button type="button" class="link" onClick={() => onDissolve(group)}>
            {t("Liefergruppe auflösen")}
          </button>
        ) : (
          <button
            type="button"
            class="button main"
            onClick={() => onConfirm(group.areas.map((area) => area.area_id))}
          >
            {t("Liefergruppe bestätigen")}
          </button>
        )}
        {!done && small && others.length > 0 && (
          <label class="inline-choice">
            {t("oder mit")}
            <select
              value=""
              onChange={(event) => onConfirm([small.area_id, event.currentTarget.value])}
              aria-label={t("{area} mit einem anderen Gebiet zusammen abgeben", { area: small.label })}
            >
              <option value="">{t("anderes Nachbargebiet wählen")}</option>
              {others.map((one) => (
                <option key={one.area_id} value={one.area_id}>
                  {one.label} ({count(one.people)})
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
    </article>
  );
}
