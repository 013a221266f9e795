/** All keys of the editor in one list. */

import { t } from "../words";
import { Dialog } from "./dialog";
import { groupsOfKeys, otherKeys } from "./keys";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const groups: [string, [string, string][]][] = [
    ...groupsOfKeys().map(([title, acts]): [string, [string, string][]] => [
      title,
      acts.map((one) => [one.key, one.words()]),
    ]),
    [t("Überall"), otherKeys()],
  ];
  return (
    <Dialog title={t("Tasten")} onClose={onClose} wide>
      <p class="small quiet">{t("Buchstaben wirken nur, solange Sie in kein Feld schreiben.")}</p>
      <div class="keygroups">
        {groups.map(([title, rows]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl class="keylist small">
              {rows.map(([key, words]) => (
                <div key={key}>
                  <dt>
                    <kbd class="key">{key}</kbd>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
