/** Groupings for a purpose: see them, check whether they nest, make one by ticking areas or from a table. */

import { useState } from "preact/hooks";
import { type AreasAnswer, post, upload } from "../api";
import { count } from "../numbers";
import { DropZone, Empty, Findings, TableCard, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import { relationText } from "./plan_words";
import type { GroupingAnswer, GroupingRow, PlansAnswer } from "./plans_api";
import { RoleField } from "./role_field";

interface Props {
  answer: PlansAnswer;
  role: string;
  onRole: (role: string) => void;
}

export function PlanGroupings({ answer, role, onRole }: Props) {
  const [chosen, setChosen] = useState(answer.groupings[0]?.grouping_id ?? "");
  const [making, setMaking] = useState(false);
  return (
    <>
      <p class="lead">
        {t(
          "Eine Gliederung fasst Gebiete oder Bausteine für einen Zweck zusammen, zum Beispiel 14 Gebiete zu zehn Gesprächskreisen. Mehrere Gliederungen dürfen sich überlagern; ob sie zu den Gebieten passen, wird geprüft.",
        )}
      </p>
      {answer.groupings.length === 0 ? (
        <Empty text={t("Noch keine Gliederung.")} />
      ) : (
        <GroupingList rows={answer.groupings} chosen={chosen} onChoose={setChosen} />
      )}
      {chosen && <OneGrouping key={chosen} id={chosen} onGone={() => setChosen("")} />}
      {making ? (
        <NewGrouping
          answer={answer}
          role={role}
          onRole={onRole}
          onMade={(id) => {
            setChosen(id);
            setMaking(false);
          }}
        />
      ) : (
        <p>
          <button type="button" class="button strong" onClick={() => setMaking(true)}>
            {t("Gliederung anlegen")}
          </button>
        </p>
      )}
    </>
  );
}

function GroupingList({
  rows,
  chosen,
  onChoose,
}: {
  rows: GroupingRow[];
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <TableCard label={t("Gliederungen")}>
      <table>
        <caption>{t("Gliederungen")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Name")}</th>
            <th scope="col">{t("Zweck")}</th>
            <th scope="col">{t("Ebene")}</th>
            <th scope="col">{t("gilt für")}</th>
            <th scope="col" class="number">
              {t("Einheiten")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.grouping_id} class={row.grouping_id === chosen ? "hot" : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="link plain"
                  aria-pressed={row.grouping_id === chosen}
                  onClick={() => onChoose(row.grouping_id)}
                >
                  {row.title}
                </button>
              </th>
              <td>{row.purpose || "–"}</td>
              <td>{row.level || "–"}</td>
              <td>{row.town || t("ganze Region")}</td>
              <td class="number">{count(row.units)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function OneGrouping({ id, onGone }: { id: string; onGone: () => void }) {
  const { act, refresh } = useStore();
  const found = useAnswer<GroupingAnswer>(`plans/groupings/${id}`);
  if (!found) return <Waiting />;
  const remove = async () => {
    if (!(await act(() => post(`plans/groupings/${id}/remove`)))) return;
    onGone();
    await refresh();
  };
  return (
    <section class="card pad stack">
      <h2>{found.title}</h2>
      <p>
        {relationText(found.relation)} {found.relation !== "free" && nestingSentence(found)}
      </p>
      <Findings findings={found.findings} />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{found.level || t("Einheit")}</th>
              <th scope="col">{t("Gebiete darin, ganz oder zum Teil")}</th>
              <th scope="col" class="number">
                {t("Bausteine")}
              </th>
              <th scope="col" class="number">
                {t("Einwohner")}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.rows.map((row) => (
              <tr key={row.unit}>
                <th scope="row">
                  <b>{row.unit}</b> {row.name === row.unit ? "" : row.name}
                </th>
                <td>{row.areas.join(", ") || "–"}</td>
                <td class="number">{count(row.blocks)}</td>
                <td class="number">{count(row.population)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" class="link plan-remove" onClick={() => void remove()}>
        {t("Gliederung entfernen")}
      </button>
    </section>
  );
}

function nestingSentence(found: GroupingAnswer): string {
  if (found.findings.length > 0) return t("Mit dem geltenden Plan trifft das nicht überall zu.");
  return t("Geprüft mit dem geltenden Plan: Keine Grenze wird gekreuzt.");
}

interface NewProps extends Props {
  onMade: (id: string) => void;
}

function NewGrouping({ answer, role, onRole, onMade }: NewProps) {
  const { act, refresh } = useStore();
  const areas = useAnswer<AreasAnswer>("areas");
  const [title, setTitle] = useState("");
  const [purpose, setPurpose] = useState("");
  const [level, setLevel] = useState("");
  const [ags, setAgs] = useState(answer.municipalities[0]?.ags ?? "");
  const [units, setUnits] = useState<Record<string, string>>({});
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const [unit, setUnit] = useState("");
  if (!areas) return <Waiting />;
  const own = areas.areas.filter((area) => area.municipality === ags);
  const done = async (work: () => Promise<GroupingAnswer>) => {
    let id = "";
    const ok = await act(async () => {
      id = (await work()).grouping_id;
    });
    if (!ok) return;
    await refresh();
    onMade(id);
  };
  const assign = () => {
    setUnits({ ...units, ...Object.fromEntries([...ticked].map((area) => [area, unit.trim()])) });
    setTicked(new Set());
    setUnit("");
  };
  const tick = (area: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(area);
    else next.delete(area);
    setTicked(next);
  };
  const named = title.trim() !== "" && role.trim() !== "";
  return (
    <section class="card pad stack">
      <h2>{t("Gliederung anlegen")}</h2>
      <div class="take-fields">
        <Field id="group-title" label={t("Name")} value={title} onValue={setTitle} />
        <Field id="group-purpose" label={t("Zweck")} value={purpose} onValue={setPurpose} />
        <Field id="group-level" label={t("Wie eine Einheit heißt")} value={level} onValue={setLevel} />
        <RoleField id="group-role" role={role} onRole={onRole} />
        <div>
          <label for="group-town">{t("Gemeinde")}</label>
          <select
            id="group-town"
            value={ags}
            onChange={(event) => {
              setAgs(event.currentTarget.value);
              setUnits({});
              setTicked(new Set());
            }}
          >
            {answer.municipalities.map((row) => (
              <option key={row.ags} value={row.ags}>
                {row.name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <fieldset class="tick">
        <legend>{t("Gebiete ankreuzen, die eine Einheit bilden")}</legend>
        {own.map((area) => (
          <label key={area.area_id} class="tick-row">
            <input
              type="checkbox"
              checked={ticked.has(area.area_id)}
              onChange={(event) => tick(area.area_id, event.currentTarget.checked)}
            />
            <span>
              <b>{area.code}</b> {area.name}
            </span>
            <span class="small quiet">{units[area.area_id] ?? t("noch ohne Einheit")}</span>
          </label>
        ))}
      </fieldset>
      <div class="across-who">
        <Field id="group-unit" label={t("Einheit")} value={unit} onValue={setUnit} />
        <button type="button" class="button" disabled={ticked.size === 0 || !unit.trim()} onClick={assign}>
          {t("Angekreuzte zuordnen")}
        </button>
        <button
          type="button"
          class="button main"
          disabled={!named || Object.keys(units).length === 0}
          onClick={() =>
            void done(() =>
              post<GroupingAnswer>("plans/groupings", { title, purpose, level, ags, role, units }),
            )
          }
        >
          {t("Gliederung speichern")}
        </button>
      </div>
      {!named && (
        <p class="small quiet">
          {t("Geben Sie einen Namen und Ihre Rolle an; danach lässt sich auch eine Tabelle einlesen.")}
        </p>
      )}
      {named && (
        <DropZone
          title={t("Oder aus einer Tabelle")}
          hint={t(
            "Spalten „area_id;unit;name“ oder „block_id;unit;name“. Name, Zweck, Ebene und Rolle gelten wie oben angegeben.",
          )}
          accept=".csv"
          onFiles={(files) => void done(() => fromTable(files, { title, purpose, level, role, ags }))}
        />
      )}
    </section>
  );
}

function fromTable(files: File[], fields: Record<string, string>): Promise<GroupingAnswer> {
  const query = new URLSearchParams(fields);
  return upload(`plans/groupings/table?${query}`, "file", files) as unknown as Promise<GroupingAnswer>;
}

interface FieldProps {
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
}

function Field({ id, label, value, onValue }: FieldProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <input id={id} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    </div>
  );
}
