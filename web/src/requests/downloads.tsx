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

export interface LetterParts {
  to: string[];
  subject: string;
  body: (string | { caption: string; heads: string[]; rows: string[][] })[];
  closing: string[];
}

export function LetterView({ letter }: { letter: LetterParts }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="rq-letter small" tabIndex={0} aria-label={t("Der Brief")}>
      <p>{letter.to.join("\n")}</p>
      <p>
        <b>{letter.subject}</b>
      </p>
      {letter.body.map((part) =>
        typeof part === "string" ? (
          <p key={part}>{part}</p>
        ) : (
          <table key={part.caption}>
            <caption>{part.caption}</caption>
            <thead>
              <tr>
                {part.heads.map((head) => (
                  <th scope="col" key={head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {part.rows.map((row) => (
                <tr key={row.join("|")}>
                  {row.map((text, place) => (
                    <td key={part.heads[place]}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ),
      )}
      <p>{letter.closing.join("\n")}</p>
    </section>
  );
}
