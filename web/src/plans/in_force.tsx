/** Says where figures come from a plan that is not the one that holds. */

import { StateIcon } from "../icons";
import { useAnswer } from "../store";
import { t } from "../words";
import { addressOf, besideText } from "./plan_words";
import type { InForceAnswer } from "./plans_api";

export function InForceNote({ link = false }: { link?: boolean }) {
  const answer = useAnswer<InForceAnswer>("plans/in-force");
  const text = answer ? besideText(answer) : "";
  if (!text) return null;
  return (
    <p class="in-force-note">
      <StateIcon shape="triangle" /> {text}{" "}
      {link && <a href={addressOf({ teil: "liste" })}>{t("Pläne und Fassungen")}</a>}
    </p>
  );
}
