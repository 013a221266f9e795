/** The search in the catalogues: results come while one types. */

import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import { count } from "../numbers";
import { useStore } from "../store";
import { plural, t } from "../words";
import type { CatalogueAnswer, SearchAnswer } from "./types";

export function SearchCard({ catalogues }: { catalogues: CatalogueAnswer["catalogues"] }) {
  const [words, setWords] = useState("");
  const found = useSearch(words, catalogues.length > 0);
  const all = catalogues.reduce((sum, one) => sum + one.entries, 0);
  return (
    <section class="card pad stack">
      <h2>{t("Tabellen suchen")}</h2>
      {catalogues.length === 0 ? (
        <p class="quiet">{t("Noch kein Verzeichnis. Lesen Sie rechts eine Liste von Tabellen ein.")}</p>
      ) : (
        <>
          <div>
            <label for="rq-search">
              {plural("Wörter in {count} Eintrag", "Wörter in {count} Einträgen", all, { count: count(all) })}
            </label>
            <input
              id="rq-search"
              type="search"
              value={words}
              autocomplete="off"
              onInput={(event) => setWords(event.currentTarget.value)}
            />
          </div>
          <p class="small quiet" role="status">
            {found && hits(found)}
          </p>
          {found && found.entries.length > 0 && <Results found={found} />}
        </>
      )}
    </section>
  );
}

/** Who gives a catalogue out; its file where that is not known. */
export function catalogueTitle(one: { catalogue: string; provider: string }): string {
  return one.provider || t("Datei „{file}“", { file: one.catalogue });
}

function hits(found: SearchAnswer): string {
  if (found.count === 0) return t("Nichts gefunden. Versuchen Sie weniger oder kürzere Wörter.");
  const text = plural("{count} Treffer", "{count} Treffer", found.count, { count: count(found.count) });
  return found.count > found.entries.length
    ? t("{hits}, gezeigt sind die ersten {shown}", { hits: text, shown: found.entries.length })
    : text;
}

function Results({ found }: { found: SearchAnswer }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="rq-results" tabIndex={0} aria-label={t("Gefundene Tabellen")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("Nummer")}</th>
            <th scope="col">{t("Titel")}</th>
            <th scope="col">{t("Zeitraum")}</th>
            <th scope="col">{t("Verzeichnis")}</th>
          </tr>
        </thead>
        <tbody>
          {found.entries.map((one) => (
            <tr key={`${one.catalogue} ${one.code} ${one.title}`}>
              <th scope="row">{one.code}</th>
              <td>{one.title}</td>
              <td>{one.period || "–"}</td>
              <td class="small quiet">{catalogueTitle(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useSearch(words: string, there: boolean): SearchAnswer | null {
  const { refused, revision } = useStore();
  const [found, setFound] = useState<SearchAnswer | null>(null);
  useEffect(() => {
    if (!there || words.trim() === "") {
      setFound(null);
      return;
    }
    let still = true;
    const wait = setTimeout(() => {
      get<SearchAnswer>(`catalogue/search?words=${encodeURIComponent(words)}`)
        .then((answer) => still && setFound(answer))
        .catch((error: unknown) => still && refused(error));
    }, 150);
    return () => {
      still = false;
      clearTimeout(wait);
    };
  }, [words, there, revision, refused]);
  return found;
}
