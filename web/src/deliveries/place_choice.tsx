/** Choose an area, a block or a municipality by its name or key. */

import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import { useStore } from "../store";
import { t } from "../words";
import type { Choice } from "./types";

interface Props {
  review: string;
  chosen: string;
  onChoose: (value: string) => void;
}

interface Found {
  places: Choice[];
  more: number;
}

export function PlaceChoice({ review, chosen, onChoose }: Props) {
  const { refused } = useStore();
  const [words, setWords] = useState("");
  const [picked, setPicked] = useState<Choice | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let wanted = true;
    // while somebody types, only what was typed last is asked for
    const timer = setTimeout(() => {
      get<Found>(`reviews/${review}/places?words=${encodeURIComponent(words)}`)
        .then((answer) => wanted && setFound(answer))
        .catch((error: unknown) => wanted && refused(error));
    }, 150);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [review, words, refused]);
  // what is chosen stays in sight, whatever is looked for next
  const places = found?.places ?? [];
  const hidden = picked?.value === chosen && !places.some((place) => place.value === chosen);
  return (
    <div class="dl-places">
      <label for="dl-place">{t("Name oder Schlüssel")}</label>
      <input
        id="dl-place"
        type="search"
        autocomplete="off"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <fieldset class="dl-options">
        <legend class="unseen">{t("Gemeint ist")}</legend>
        {(hidden && picked ? [picked, ...places] : places).map((place) => (
          <label key={place.value} class="dl-option">
            <input
              type="radio"
              name="dl-place-choice"
              value={place.value}
              checked={chosen === place.value}
              onChange={() => {
                setPicked(place);
                onChoose(place.value);
              }}
            />
            <span>
              {place.title} <span class="small quiet">{place.value}</span>
            </span>
          </label>
        ))}
        {words.trim() !== "" && found?.places.length === 0 && (
          <p class="small quiet" role="status">
            {t("Nichts gefunden. Versuchen Sie einen Teil des Namens.")}
          </p>
        )}
      </fieldset>
      {found && found.more > 0 && (
        <p class="small quiet">
          {t("Es gibt {count} weitere. Geben Sie mehr vom Namen ein.", { count: found.more })}
        </p>
      )}
    </div>
  );
}
