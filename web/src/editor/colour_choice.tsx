/** What the colours of the map mean: areas, an indicator of the blocks, the index, or density; and the legend. */

import { useMemo } from "preact/hooks";
import { count } from "../numbers";
import { t } from "../words";
import { useDesk } from "./context";
import { colourBy } from "./desk_acts";
import { bytesOf, NOT_DELIVERED, TOO_FEW } from "./fills";
import { hasTooFew, isOpenLand } from "./ground";
import { Key } from "./key";
import { COLOURS, keyOf } from "./keys";

export function ColourChoice() {
  const { desk, state } = useDesk();
  const families = [...new Set(state.start.attributes.map((one) => one.family))];
  return (
    <div class="colourchoice">
      <label for={COLOURS}>{t("Farben")}</label>
      <Key of="colours" />
      <select
        id={COLOURS}
        aria-keyshortcuts={keyOf("colours")}
        value={state.by}
        onChange={(event) => void colourBy(desk, event.currentTarget.value)}
      >
        <option value="">{t("Gebiete")}</option>
        <option value="index">{t("Index der geltenden Gebiete")}</option>
        <option value="density">{t("Einwohner je Hektar")}</option>
        {families.map((family) => (
          <optgroup key={family} label={family}>
            {state.start.attributes
              .filter((one) => one.family === family)
              .map((one) => (
                <option key={one.key} value={one.key}>
                  {one.title}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

export function EditorLegend() {
  const { state } = useDesk();
  const { ground, colouring, plan } = state;
  const { few, open, tally } = useMemo(() => {
    const blocks = colouring ? bytesOf(colouring.blocks) : null;
    const found = { few: 0, open: 0, tally: new Map<number, number>() };
    plan.ids.forEach((_id, block) => {
      // Where nobody lives nothing can be delivered: such blocks are counted in no class.
      if (isOpenLand(ground, block)) found.open += 1;
      else {
        if (hasTooFew(ground, block)) found.few += 1;
        const one = blocks?.[block] ?? -1;
        found.tally.set(one, (found.tally.get(one) ?? 0) + 1);
      }
    });
    return { ...found, tally: (wanted: number) => found.tally.get(wanted) ?? 0 };
  }, [ground, colouring, plan.ids]);
  return (
    <section
      class={colouring ? "card editorlegend coloured small" : "card editorlegend small"}
      aria-label={t("Farben und Zeichen der Karte")}
    >
      <ColourChoice />
      {colouring && (
        <p>
          <b>{colouring.title}</b> {colouring.unit}
        </p>
      )}
      <ul>
        {colouring?.classes.map((one, place) => (
          <li key={one.label}>
            <i class="swatch wide" style={{ background: one.colour }} />
            {one.label} <span class="quiet">({count(tally(place))})</span>
          </li>
        ))}
        {colouring && tally(NOT_DELIVERED) > 0 && (
          <li>
            <i class="swatch wide hatch-missing" />
            {t("nicht geliefert")} <span class="quiet">({count(tally(NOT_DELIVERED))})</span>
          </li>
        )}
        <li class="extra">
          <i class="swatch wide dashes" />
          {t("ausgewählt")}
        </li>
        {(colouring ? tally(TOO_FEW) : few) > 0 && (
          <li>
            <i class="swatch wide hatch-few" />
            {t("zu wenige für Sozialdaten")}{" "}
            <span class="quiet">({count(colouring ? tally(TOO_FEW) : few)})</span>
          </li>
        )}
        {open > 0 && (
          <li class="extra">
            <i class={colouring ? "swatch wide land" : "swatch wide pale"} />
            {t("unbewohnt")}
          </li>
        )}
        {plan.locks.size > 0 && (
          <li class="extra">
            <i class="swatch wide locked" />
            {t("gesperrt")}
          </li>
        )}
      </ul>
    </section>
  );
}
