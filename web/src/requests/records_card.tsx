/** Records as a table, with a form above it to enter or change one. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words";

interface Props<One> {
  title: string;
  /** What the button says that enters a new one; can : whether it may be entered now. */
  add: string;
  can?: boolean;
  records: One[];
  /** What stands there while there are none. */
  empty: string;
  heads: string[];
  keyOf: (one: One) => string;
  /** What a record is called, for those who hear the button. */
  nameOf: (one: One) => string;
  /** The first cell names the row. */
  cells: (one: One) => ComponentChildren[];
  form: (record: One | null, onDone: () => void) => ComponentChildren;
}

export function RecordsCard<One>(props: Props<One>) {
  const { title, add, can = true, records, empty, heads, keyOf, nameOf, cells, form } = props;
  const [edited, setEdited] = useState<One | "new" | null>(null);
  const done = () => setEdited(null);
  return (
    <section class="card pad stack scroll">
      <div class="row">
        <h2>{title}</h2>
        <button type="button" class="button" disabled={!can} onClick={() => setEdited("new")}>
          {add}
        </button>
      </div>
      {edited !== null && (
        <div key={edited === "new" ? "new" : keyOf(edited)}>
          {form(edited === "new" ? null : edited, done)}
        </div>
      )}
      {records.length === 0 ? (
        <p class="quiet">{empty}</p>
      ) : (
        <table>
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
              <th scope="col">
                <span class="unseen">{t("Ändern")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {records.map((one) => (
              <Row key={keyOf(one)} cells={cells(one)} heads={heads}>
                <button type="button" class="link" onClick={() => setEdited(one)}>
                  {t("ändern")}
                  <span class="unseen">: {nameOf(one)}</span>
                </button>
              </Row>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  cells: ComponentChildren[];
  heads: string[];
  children: ComponentChildren;
}

function Row({ cells, heads, children }: RowProps) {
  const [first, ...others] = cells;
  return (
    <tr>
      <th scope="row">{first}</th>
      {others.map((cell, place) => (
        <td key={heads[place + 1]}>{cell}</td>
      ))}
      <td>{children}</td>
    </tr>
  );
}
