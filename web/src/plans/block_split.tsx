/** Divide a block by a line: place it by two sliders or two clicks, look what comes of it, do it. */

import { useState } from "preact/hooks";
import { post } from "../api";
import { count, day } from "../numbers";
import { Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { t } from "../words";
import { BlockView } from "./block_picture";
import { cutLine, lineThrough, type Point } from "./cut_line";
import { LeftOut } from "./left_out";
import type { BlockPicture, DivisionAnswer, PlansAnswer } from "./plans_api";
import { RoleField } from "./role_field";
import { PartsOfFacilities, Shares, sharesOf } from "./split_shares";

export function BlockSplit({
  answer,
  role,
  onRole,
}: {
  answer: PlansAnswer;
  role: string;
  onRole: (role: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const [block, setBlock] = useState("");
  return (
    <>
      <p class="lead">
        {t(
          "Aus einem Baustein werden zwei, in einem neuen Stand der Bausteine. Die Anzahlen werden so aufgeteilt, dass die Summen gleich bleiben; frühere Pläne behalten die früheren Bausteine.",
        )}
      </p>
      <form
        class="card pad split-search"
        onSubmit={(event) => {
          event.preventDefault();
          setBlock(typed.trim());
        }}
      >
        <label for="split-block">{t("Schlüssel des Bausteins, wie auf der Arbeitskarte")}</label>
        <input
          id="split-block"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          placeholder="05999004-0001"
          required
        />
        <button type="submit" class="button">
          {t("Baustein zeigen")}
        </button>
      </form>
      {block && <Divide key={block} block={block} role={role} onRole={onRole} onDone={() => setBlock("")} />}
      {answer.splits.length > 0 && (
        <section class="card pad">
          <h2>{t("Bisher geteilt")}</h2>
          <ul class="list">
            {answer.splits.map((split) => (
              <li key={split.block_id}>
                {t("Baustein {block} am {day}, {role}", {
                  block: split.block_id,
                  day: day(split.when),
                  role: split.role,
                })}
                {split.why && <span class="internal-text">: {split.why}</span>}
              </li>
            ))}
          </ul>
          {answer.splits.some((split) => split.why !== "") && <LeftOut />}
        </section>
      )}
    </>
  );
}

interface DivideProps {
  block: string;
  role: string;
  onRole: (role: string) => void;
  onDone: () => void;
}

function Divide({ block, role, onRole, onDone }: DivideProps) {
  const { act, refresh } = useStore();
  const picture = useAnswer<BlockPicture>(`plans/blocks/${encodeURIComponent(block)}`);
  const [angle, setAngle] = useState(0);
  const [place, setPlace] = useState(50);
  const [clicked, setClicked] = useState<Point[]>([]);
  const [seen, setSeen] = useState<{ asked: string; answer: DivisionAnswer } | null>(null);
  const [shares, setShares] = useState<Record<string, string>>({});
  const [places, setPlaces] = useState<Record<string, string>>({});
  const [why, setWhy] = useState("");
  const line = picture && lineOf(picture, angle, place, clicked);
  const asked = JSON.stringify([angle, place, clicked, shares, places]);
  // what was found for another line or other shares does not hold
  const found = seen?.asked === asked ? seen.answer : null;
  if (!picture || !line) return <Waiting />;
  const cut = (look: boolean) =>
    act(async () => {
      const path = `plans/blocks/${encodeURIComponent(block)}/split`;
      const who = role || (look ? t("Ansicht") : "");
      // what is shown as proposed is recorded as decided once somebody divides the block
      const facilities = look ? places : (found?.facilities ?? places);
      const body = { line, role: who, why, look, shares: sharesOf(shares), facilities };
      setSeen({ asked, answer: await post<DivisionAnswer>(path, body) });
    });
  const divide = async () => {
    if (!(await cut(false))) return;
    await refresh();
    onDone();
  };
  return (
    <section class="card pad split">
      <div>
        <h2>{t("Baustein {block}", { block })}</h2>
        <p class="small quiet">{t("{people} Einwohner", { people: count(picture.population ?? 0) })}</p>
        <BlockView
          picture={picture}
          label={t("Der Baustein mit seiner Umgebung und der Linie, die ihn teilt")}
          line={line}
          onPoint={(point) => setClicked(clicked.length === 1 ? [...clicked, point] : [point])}
        />
        <p class="small quiet">
          {clicked.length === 1
            ? t("Klicken Sie auf den zweiten Punkt der Linie.")
            : t("Zwei Klicks legen die Linie fest; die Regler daneben auch.")}
        </p>
      </div>
      <div class="stack">
        <label>
          {t("Richtung der Linie")}
          <input
            type="range"
            min="0"
            max="175"
            step="5"
            value={angle}
            aria-valuetext={t("{angle} Grad, 0 ist West nach Ost", { angle })}
            onInput={(event) => {
              setClicked([]);
              setAngle(Number(event.currentTarget.value));
            }}
          />
        </label>
        <label>
          {t("Lage der Linie")}
          <input
            type="range"
            min="1"
            max="99"
            value={place}
            onInput={(event) => {
              setClicked([]);
              setPlace(Number(event.currentTarget.value));
            }}
          />
        </label>
        <button type="button" class="button" onClick={() => void cut(true)}>
          {t("Was entstünde")}
        </button>
        <div role="status">
          {found?.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <PartsOfFacilities
          block={block}
          facilities={picture.facilities ?? []}
          places={{ ...found?.facilities, ...places }}
          onPlaces={setPlaces}
          chosen={places}
        />
        <Shares counts={picture.counts ?? []} shares={shares} onShares={setShares} />
        <RoleField id="split-role" role={role} onRole={onRole} />
        <div class="internal-text">
          <label for="split-why">{t("Grund (bleibt intern)")}</label>
          <input id="split-why" value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
        </div>
        <button
          type="button"
          class="button main"
          disabled={!found || !role.trim()}
          onClick={() => void divide()}
        >
          {t("Baustein teilen")}
        </button>
        {(!found || !role.trim()) && (
          <p class="small quiet">{t("Sehen Sie zuerst nach, was entstünde, und geben Sie Ihre Rolle an.")}</p>
        )}
      </div>
    </section>
  );
}

function lineOf(picture: BlockPicture, angle: number, place: number, clicked: Point[]): [Point, Point] {
  const [first, second] = clicked;
  if (first && second) return lineThrough(first, second, picture.width + picture.height);
  return cutLine(picture.width, picture.height, angle, place);
}
