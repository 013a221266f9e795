/** Take in a plan of others: read it, decide on the blocks across its borders, take it over. */

import { useState } from "preact/hooks";
import { post, upload } from "../api";
import { StateIcon } from "../icons";
import { count, percent } from "../numbers";
import { DropZone, Empty, Findings, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { BlockView, foreignColours } from "./block_picture";
import { LeftOut } from "./left_out";
import { addressOf, basisText, candidates, listed } from "./plan_words";
import type { AcrossRow, BlockPicture, ImportAnswer, PlansAnswer } from "./plans_api";
import { RoleField } from "./role_field";

const SHOWN = 60;

interface Props {
  answer: PlansAnswer;
  place: URLSearchParams;
  role: string;
  onRole: (role: string) => void;
}

export function PlanImport({ answer, place, role, onRole }: Props) {
  const chosen = place.get("plan");
  if (chosen) return <Arrived id={chosen} role={role} onRole={onRole} />;
  return <Choose answer={answer} />;
}

function Choose({ answer }: { answer: PlansAnswer }) {
  const { act, refresh } = useStore();
  const read = (files: File[]) =>
    act(async () => {
      const found = (await upload("plans/imports", "files", files)) as unknown as ImportAnswer;
      await refresh();
      location.hash = addressOf({ teil: "einlesen", plan: found.import_id });
    });
  return (
    <>
      <DropZone
        title={t("Bestehenden Plan einlesen")}
        hint={t(
          "Gebiete als Kartendatei (bei mehreren Teilen alle zusammen oder als ZIP) oder als Tabelle „block_id;area_id“. Die Gebiete werden auf die Bausteine gelegt; übernommen wird erst, wenn Sie entschieden haben.",
        )}
        multiple
        onFiles={(files) => void read(files)}
      />
      {answer.imports.length > 0 && (
        <section class="card pad">
          <h2>{t("Wartet auf Entscheidung")}</h2>
          <ul class="list">
            {answer.imports.map((row) => (
              <li key={row.import_id}>
                <a href={addressOf({ teil: "einlesen", plan: row.import_id })}>{row.file_name}</a>:{" "}
                {row.undecided === 0
                  ? t("alles entschieden, noch nicht übernommen")
                  : plural("{count} Baustein offen", "{count} Bausteine offen", row.undecided, {
                      count: count(row.undecided),
                    })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Arrived({ id, role, onRole }: { id: string; role: string; onRole: (role: string) => void }) {
  const first = useAnswer<ImportAnswer>(`plans/imports/${id}`);
  const [later, setLater] = useState<ImportAnswer | null>(null);
  const found = later ?? first;
  if (!found) return <Waiting />;
  if (found.state !== "open") return <Empty text={t("Dieser Plan ist schon übernommen oder verworfen.")} />;
  return <Decide found={found} onFound={setLater} role={role} onRole={onRole} />;
}

interface DecideProps {
  found: ImportAnswer;
  onFound: (found: ImportAnswer) => void;
  role: string;
  onRole: (role: string) => void;
}

function Decide({ found, onFound, role, onRole }: DecideProps) {
  const { act } = useStore();
  const [why, setWhy] = useState("");
  const [shown, setShown] = useState(found.across[0]?.block_id ?? "");
  const send = (path: string, chosen: Record<string, string>) =>
    act(async () =>
      onFound(await post<ImportAnswer>(`plans/imports/${found.import_id}/${path}`, { chosen, role, why })),
    );
  const open = found.across.filter((row) => row.chosen === "" && row.proposal !== "").length;
  return (
    <>
      <section class="card pad stack">
        <h2>{found.file_name}</h2>
        <p>{readSentence(found)}</p>
        <Findings findings={found.findings} />
      </section>
      {found.across.length > 0 && (
        <section class="card pad stack">
          <h2>{t("Bausteine auf einer Grenze")}</h2>
          <p>
            {t(
              "Diese Bausteine liegen in mehreren Gebieten oder in keinem. Vorgeschlagen wird das Gebiet, in dem die meisten ihrer Einwohner leben; wo niemand lebt, das mit der größeren Fläche. Entscheiden Sie für jeden einzeln oder für alle offenen zusammen.",
            )}
          </p>
          <div class="across-who">
            <RoleField id="decide-role" role={role} onRole={onRole} />
            <div class="internal-text">
              <label for="decide-why">{t("Grund (bleibt intern)")}</label>
              <input id="decide-why" value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
            </div>
            <button
              type="button"
              class="button strong"
              disabled={open === 0 || !role.trim()}
              onClick={() => void send("majority", {})}
            >
              {t("Mehrheit übernehmen ({count} offene)", { count: count(open) })}
            </button>
          </div>
          <LeftOut />
          {!role.trim() && <p class="small">{t("Geben Sie zuerst an, in welcher Rolle Sie entscheiden.")}</p>}
          <div class="across">
            <AcrossTable
              found={found}
              shown={shown}
              onShow={setShown}
              mayDecide={role.trim() !== ""}
              onDecide={(block, area) => void send("decide", { [block]: area })}
            />
            {shown && <Picture found={found} block={shown} />}
          </div>
        </section>
      )}
      <TakeOver found={found} role={role} onRole={onRole} />
    </>
  );
}

function readSentence(found: ImportAnswer): string {
  return t("Gelesen: {areas} für {towns}. {clear} von {blocks} Bausteinen liegen eindeutig.", {
    areas: plural("{count} Gebiet", "{count} Gebiete", found.areas.length, {
      count: count(found.areas.length),
    }),
    towns: listed(found.municipalities),
    clear: count(found.blocks - found.across.length),
    blocks: count(found.blocks),
  });
}

interface TableProps {
  found: ImportAnswer;
  shown: string;
  onShow: (block: string) => void;
  mayDecide: boolean;
  onDecide: (block: string, area: string) => void;
}

function AcrossTable({ found, shown, onShow, mayDecide, onDecide }: TableProps) {
  const [all, setAll] = useState(false);
  const rows = all ? found.across : found.across.slice(0, SHOWN);
  const names = namesOf(found);
  return (
    <div class="scroll">
      <table>
        <caption class="unseen">{t("Bausteine auf einer Grenze")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Baustein")}</th>
            <th scope="col" class="number">
              {t("Einwohner")}
            </th>
            <th scope="col">{t("liegt in")}</th>
            <th scope="col">{t("Vorschlag")}</th>
            <th scope="col">{t("Entscheidung")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.block_id} class={row.block_id === shown ? "hot" : undefined}>
              <th scope="row">
                <button type="button" class="link plain nowrap" onClick={() => onShow(row.block_id)}>
                  {row.block_id}
                </button>
                <span class="small quiet block-town">{row.town}</span>
              </th>
              <td class="number">{count(row.population)}</td>
              <td>
                <Shares row={row} names={names} />
              </td>
              <td>
                {row.proposal ? (names.get(row.proposal) ?? row.proposal) : t("keiner")}
                <span class="small quiet block-town">{basisText(row.basis)}</span>
              </td>
              <td>
                <label class="unseen" for={`decide-${row.block_id}`}>
                  {t("Gebiet für Baustein {block}", { block: row.block_id })}
                </label>
                <select
                  id={`decide-${row.block_id}`}
                  value={row.chosen}
                  disabled={!mayDecide}
                  onFocus={() => onShow(row.block_id)}
                  onChange={(event) => onDecide(row.block_id, event.currentTarget.value)}
                >
                  {row.chosen === "" && <option value="">{t("offen")}</option>}
                  {candidates(row, found.areas).map((area) => (
                    <option key={area} value={area}>
                      {names.get(area) ?? area}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.across.length > rows.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t("Alle {count} zeigen", { count: count(found.across.length) })}
        </button>
      )}
    </div>
  );
}

function namesOf(found: ImportAnswer): Map<string, string> {
  return new Map(found.areas.map(({ area, label }) => [area, label]));
}

function Shares({ row, names }: { row: AcrossRow; names: Map<string, string> }) {
  if (row.shares.length === 0) return <>{t("nicht in der Tabelle")}</>;
  return (
    <ul>
      {row.shares.map((share) => (
        <li key={share.area}>
          {share.area ? (names.get(share.area) ?? share.area) : t("in keinem Gebiet")}:{" "}
          {share.people === null
            ? t("{ground} der Fläche", { ground: percent(share.ground, 0) })
            : t("{people} der Einwohner, {ground} der Fläche", {
                people: percent(share.people, 0),
                ground: percent(share.ground, 0),
              })}
        </li>
      ))}
    </ul>
  );
}

function Picture({ found, block }: { found: ImportAnswer; block: string }) {
  const picture = useAnswer<BlockPicture>(
    `plans/imports/${found.import_id}/blocks/${encodeURIComponent(block)}`,
  );
  if (!picture) return <Waiting />;
  const colours = foreignColours(found.areas);
  const names = namesOf(found);
  return (
    <figure class="across-picture">
      <BlockView
        picture={picture}
        colours={colours}
        label={t("Baustein {block} mit den Grenzen der eingelesenen Gebiete", { block })}
      />
      <figcaption class="small">
        <ul class="maplegend">
          {picture.areas?.map(({ area }) => (
            <li key={area}>
              <i class="swatch" style={{ background: colours.get(area) }} /> {names.get(area) ?? area}
            </li>
          ))}
          {picture.addresses.length > 0 && (
            <li>
              <i class="address-sign" /> {t("Adresse")}
            </li>
          )}
        </ul>
      </figcaption>
    </figure>
  );
}

function TakeOver({
  found,
  role,
  onRole,
}: {
  found: ImportAnswer;
  role: string;
  onRole: (role: string) => void;
}) {
  const { act, refresh, go } = useStore();
  const [title, setTitle] = useState(found.file_name.replace(/\.[^.]+$/, ""));
  const [body, setBody] = useState("");
  const [day, setDay] = useState("");
  const ready = found.undecided === 0 && role.trim() !== "" && title.trim() !== "";
  const take = async () => {
    const done = await act(() =>
      post(`plans/imports/${found.import_id}/take`, { role, title, body, decided_on: day }),
    );
    if (!done) return;
    await refresh();
    go("plaene");
  };
  const drop = async () => {
    if (!(await act(() => post(`plans/imports/${found.import_id}/drop`)))) return;
    await refresh();
    location.hash = addressOf({ teil: "einlesen" });
  };
  return (
    <section class="card pad stack">
      <h2>{t("Plan übernehmen")}</h2>
      <div class="take-fields">
        <div>
          <label for="take-title">{t("Name des Plans")}</label>
          <input id="take-title" value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </div>
        <div>
          <label for="take-body">{t("Beschlossen von (leer, wenn noch nicht beschlossen)")}</label>
          <input id="take-body" value={body} onInput={(event) => setBody(event.currentTarget.value)} />
        </div>
        <div>
          <label for="take-day">{t("Tag des Beschlusses")}</label>
          <input
            id="take-day"
            type="date"
            value={day}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </div>
        {found.across.length === 0 && <RoleField id="take-role" role={role} onRole={onRole} />}
      </div>
      <div class="plan-acts">
        <button type="button" class="button main large" disabled={!ready} onClick={() => void take()}>
          {t("Plan übernehmen")}
        </button>
        <button type="button" class="link" onClick={() => void drop()}>
          {t("Verwerfen")}
        </button>
        {!ready && (
          <span class="small">
            {found.undecided > 0
              ? plural(
                  "{count} Baustein ist noch nicht entschieden.",
                  "{count} Bausteine sind noch nicht entschieden.",
                  found.undecided,
                  { count: count(found.undecided) },
                )
              : t("Geben Sie Rolle und Namen des Plans an.")}
          </span>
        )}
      </div>
      {found.decided.length > 0 && !body.trim() && !day && (
        <p class="in-force-note">
          <StateIcon shape="triangle" />{" "}
          {t(
            "Beschlossene Gebiete gelten in {towns}. Ohne Gremium und Tag bleiben sie in Kraft: Der eingelesene Plan liegt dann als Vorschlag daneben, gerechnet wird weiter wie bisher.",
            { towns: listed(found.decided) },
          )}
        </p>
      )}
      <p class="small quiet">
        {t("Die anderen Gemeinden behalten ihre Gebiete. Jede Entscheidung wird mit dem Plan festgehalten.")}
      </p>
    </section>
  );
}
