/** The files of a request or a query, to be saved. */

import { t } from "../words";

const TITLES: Record<string, () => string> = {
  letter: () => t("Brief"),
  table: () => t("Tabelle"),
  form: () => t("Formblatt"),
  reminder: () => t("Termin"),
};

export function Downloads({ base, kinds, of }: { base: string; kinds: string[]; of: string }) {
  return (
    <ul class="rq-downloads">
      {kinds.map((kind) => (
        <li key={kind}>
          <a class="button" download href={`/api/${base}/${kind}`}>
            {TITLES[kind]?.() ?? kind}
            <span class="unseen"> {of}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function LetterText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="rq-letter small" tabIndex={0} aria-label={t("Der Brief")}>
      {text}
    </section>
  );
}
