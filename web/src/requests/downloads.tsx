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

type Part = string | { caption: string; heads: string[]; rows: string[][] };

export interface LetterParts {
  to: string[];
  /** What stands beside the address: who answers questions, until when an answer is asked for. */
  facts: { name: string; text: string }[];
  subject: string;
  body: Part[];
  closing: string[];
  annex: Part[];
}

export function LetterView({ letter }: { letter: LetterParts }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="rq-letter small" tabIndex={0} aria-label={t("Der Brief")}>
      <p>{letter.to.join("\n")}</p>
      <p>{letter.facts.map((one) => `${one.name} ${one.text}`).join("\n")}</p>
      <p>
        <b>{letter.subject}</b>
      </p>
      <Parts parts={letter.body} />
      <p>{letter.closing.join("\n")}</p>
      {letter.annex.length > 0 && (
        <p>
          <b>{t("Anlage")}</b>
        </p>
      )}
      <Parts parts={letter.annex} />
    </section>
  );
}

function Parts({ parts }: { parts: Part[] }) {
  return (
    <>
      {parts.map((part) =>
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
    </>
  );
}
