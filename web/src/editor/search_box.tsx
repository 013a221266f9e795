/** Search for a street, an address or a place; the map goes there and marks it. */

import { useRef, useState } from "preact/hooks";
import { t } from "../words";
import type { Hit } from "./answers";
import { useDesk } from "./context";
import { goTo } from "./desk_acts";
import { Key } from "./key";
import { keyOf, SEARCH } from "./keys";

const PAUSE = 180; // milliseconds after the last letter

export function SearchBox() {
  const { desk } = useDesk();
  const [text, setText] = useState("");
  const [hits, setHits] = useState<Hit[] | null>(null);
  const [at, setAt] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const asked = useRef(0);
  const id = SEARCH;

  const ask = async (wanted: string) => {
    asked.current += 1;
    const mine = asked.current;
    if (wanted.trim().length < 2) return setHits(null);
    try {
      const found = await desk.server.search(wanted);
      if (mine !== asked.current) return;
      setHits(found);
      setAt(0);
    } catch (error) {
      desk.refused(error);
    }
  };
  const type = (wanted: string) => {
    setText(wanted);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void ask(wanted), PAUSE);
  };
  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    goTo(desk, hit);
    setText(hit.title);
    setHits(null);
  };
  const key = (event: KeyboardEvent) => {
    if (!hits) return;
    if (event.key === "ArrowDown") setAt(Math.min(hits.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") choose(hits[at]);
    else if (event.key === "Escape") setHits(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="search">
      <label class="unseen" for={id}>
        {t("Straße oder Ort suchen")}
      </label>
      <input
        id={id}
        role="combobox"
        aria-keyshortcuts={keyOf("search")}
        autocomplete="off"
        aria-expanded={hits !== null}
        aria-controls={`${id}-hits`}
        aria-activedescendant={hits?.length ? `${id}-${at}` : undefined}
        placeholder={t("Straße oder Ort suchen")}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={key}
        onBlur={() => setTimeout(() => setHits(null), 150)}
      />
      <Key of="search" />
      {hits && (
        <div id={`${id}-hits`} class="hits card" role="listbox" aria-label={t("Gefunden")}>
          {hits.map((hit, place) => (
            <div
              key={`${hit.title} ${hit.x} ${hit.y}`}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              onMouseDown={() => choose(hit)}
            >
              {hit.title} <span class="small quiet">{hitWord(hit.kind)}</span>
            </div>
          ))}
          {hits.length === 0 && (
            <div class="small quiet" role="option" tabIndex={-1} aria-selected={false}>
              {t("Nichts gefunden. Versuchen Sie einen Teil des Namens.")}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function hitWord(kind: string): string {
  const words: Record<string, string> = {
    street: t("Straße"),
    address: t("Adresse"),
    school: t("Schule"),
    church: t("Kirche"),
    town_hall: t("Rathaus"),
    care_home: t("Pflegeheim"),
    daycare: t("Kita"),
    district: t("Ortsteil"),
    block: t("Baustein"),
  };
  return words[kind] ?? "";
}
