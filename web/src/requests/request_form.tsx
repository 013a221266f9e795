/** A request before it is written: the letter as it would be, and what can be changed in it. */

import { useEffect, useState } from "preact/hooks";
import { post } from "../api";
import { Arrow, StateIcon } from "../icons";
import { useStore } from "../store";
import { t } from "../words";
import { Downloads, LetterView } from "./downloads";
import type { DataSet, RequestAnswer } from "./types";

interface Props {
  set: DataSet;
  ags: string[];
  year: string;
  due: string;
  /** Who cares for the gap: the letter goes there. */
  owner: string;
  onLeave: () => void;
}

const NO_COLUMNS = new Set(["grid", "district"]);

export function RequestForm({ set, ags, year, due: first, owner, onLeave }: Props) {
  const { act, refresh } = useStore();
  const [due, setDue] = useState<string | null>(first || null);
  const [words, setWords] = useState("");
  const [typedTo, setTo] = useState<string | null>(null);
  // whom the source names; who cares for the gap takes their place unless named there already
  const [usual, setUsual] = useState<string[] | null>(null);
  const to = typedTo ?? (usual && !usual.includes(owner) ? owner : "");
  const [columns, setColumns] = useState("");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<RequestAnswer | null>(null);
  const needsColumns = set.recipe === "" && !NO_COLUMNS.has(set.geography);
  const wanted = {
    data_set: set.data_set_id,
    ags,
    year,
    due: due ?? "",
    words,
    to: lines(to),
    columns: lines(columns),
  };
  const draft = useDraft(wanted, needsColumns && lines(columns).length === 0);
  if (draft && usual === null) setUsual(draft.to);
  const until = due ?? draft?.due ?? "";
  const make = async () => {
    setMaking(true);
    await act(async () => {
      setMade(await post<RequestAnswer>("requests", wanted));
      await refresh();
    });
    setMaking(false);
  };
  if (made) return <Made made={made} onLeave={onLeave} />;
  return (
    <>
      {needsColumns && (
        <div>
          <label for="rq-columns">{t("Gewünschte Spalten, eine je Zeile")}</label>
          <textarea
            id="rq-columns"
            rows={3}
            value={columns}
            onInput={(event) => setColumns(event.currentTarget.value)}
          />
        </div>
      )}
      <div class="rq-fields">
        <div>
          <label for="rq-until">{t("Daten bis")}</label>
          <input
            id="rq-until"
            type="date"
            value={until}
            // a day proposed while somebody is in the field must not run into what is typed
            onFocus={() => setDue(until)}
            onBlur={(event) => event.currentTarget.value === "" && setDue(null)}
            onInput={(event) => setDue(event.currentTarget.value)}
          />
        </div>
        <div class="rq-wide">
          <label for="rq-to">{t("An, eine Zeile je Angabe")}</label>
          <textarea
            id="rq-to"
            rows={2}
            placeholder={draft?.to.join("\n")}
            value={to}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <div class="rq-wide">
          <label for="rq-words">{t("Eigener Text im Brief")}</label>
          <textarea
            id="rq-words"
            rows={2}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </div>
      </div>
      {draft?.letter && <LetterView letter={draft.letter} />}
      <button
        type="button"
        class="button main large"
        disabled={draft === null || making}
        onClick={() => void make()}
      >
        {t("Anforderung erstellen")} <Arrow />
      </button>
      <p class="small quiet">
        {t("Es entstehen ein Brief, ein leeres Formblatt und ein Termin. Nichts wird von selbst verschickt.")}
      </p>
      <button type="button" class="link" onClick={onLeave}>
        {t("Zurück ohne Anforderung")}
      </button>
    </>
  );
}

function Made({ made, onLeave }: { made: RequestAnswer; onLeave: () => void }) {
  return (
    <div class="stack" role="status">
      <p>
        <StateIcon shape="tick" size={18} /> {t("Anforderung {key} ist erstellt.", { key: made.request_id })}
      </p>
      <Downloads
        base={`requests/${made.request_id}`}
        kinds={Object.keys(made.files ?? {})}
        of={made.request_id}
      />
      <p class="small quiet">
        {t("Das ausgefüllte Formblatt legen Sie unter „Daten“ ab; es wird ohne Einleseregel erkannt.")}
      </p>
      <button type="button" class="link" onClick={onLeave}>
        {t("Weiter")}
      </button>
    </div>
  );
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The letter as it would be written now, asked for when the typing rests; null while it cannot be. */
function useDraft(wanted: object, blocked: boolean): RequestAnswer | null {
  const { refused } = useStore();
  const [draft, setDraft] = useState<RequestAnswer | null>(null);
  const body = JSON.stringify(wanted);
  useEffect(() => {
    if (blocked) return;
    let still = true;
    const wait = setTimeout(() => {
      post<RequestAnswer>("requests/draft", JSON.parse(body))
        .then((answer) => still && setDraft(answer))
        .catch((error: unknown) => still && refused(error));
    }, 250);
    return () => {
      still = false;
      clearTimeout(wait);
    };
  }, [body, blocked, refused]);
  return blocked ? null : draft;
}
