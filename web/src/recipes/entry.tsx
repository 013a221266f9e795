/** One entry of a form: the control that fits its kind, with its words beside it. */

import { useId } from "preact/hooks";
import { ErrorIcon } from "../icons";
import { t } from "../words";
import { listed, toggled } from "./filled";
import type { Field } from "./types";

interface Props {
  field: Field;
  text: string;
  onText: (text: string) => void;
  /** What is wrong with it, '' when nothing is. */
  fault: string;
}

export function Entry({ field, text, onText, fault }: Props) {
  const id = useId();
  if (field.kind === "choices" || field.kind === "columns")
    return <Several field={field} text={text} onText={onText} fault={fault} />;
  return (
    <div class={fault ? "rc-entry rc-wrong" : "rc-entry"}>
      <label for={id}>
        {field.title}
        {field.needed && <span class="small quiet"> {t("(nötig)")}</span>}
      </label>
      <Control id={id} field={field} text={text} onText={onText} fault={fault} />
      <Wrong id={id} fault={fault} />
    </div>
  );
}

function Wrong({ id, fault }: { id: string; fault: string }) {
  if (!fault) return null;
  return (
    <p class="small error" id={`${id}-fault`}>
      <ErrorIcon /> {fault}
    </p>
  );
}

/** Ties a control to the words of its fault. */
function faulty(id: string, fault: string) {
  return fault ? { "aria-invalid": true as const, "aria-describedby": `${id}-fault` } : {};
}

function Control({ id, field, text, onText, fault }: Props & { id: string }) {
  if (field.kind === "yes")
    return (
      <select
        id={id}
        {...faulty(id, fault)}
        value={text || field.usual}
        onChange={(event) => onText(event.currentTarget.value)}
      >
        <option value="true">{t("ja")}</option>
        <option value="false">{t("nein")}</option>
      </select>
    );
  if (field.options.length > 0)
    return <Choose id={id} field={field} text={text} onText={onText} fault={fault} />;
  if (field.kind === "lines" || field.kind === "pairs")
    return (
      <textarea
        id={id}
        {...faulty(id, fault)}
        rows={Math.max(1, Math.min(5, text.split("\n").length))}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    );
  return (
    <input
      id={id}
      {...faulty(id, fault)}
      type="text"
      inputMode={field.kind === "number" ? "numeric" : undefined}
      value={text}
      onInput={(event) => onText(event.currentTarget.value)}
    />
  );
}

function Choose({ id, field, text, onText, fault }: Props & { id: string }) {
  const known = field.options.some((option) => option.value === text);
  return (
    <select
      id={id}
      {...faulty(id, fault)}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    >
      {!known && <option value={text}>{text || t("keine Angabe")}</option>}
      {known && text !== "" && !field.needed && !field.options.some((option) => option.value === "") && (
        <option value="">{t("keine Angabe")}</option>
      )}
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.title}
        </option>
      ))}
    </select>
  );
}

function Several({ field, text, onText, fault }: Props) {
  const id = useId();
  const chosen = listed(text);
  const words = field.options.filter((option) => chosen.includes(option.value)).map((option) => option.title);
  return (
    <details class="rc-several">
      <summary>
        <span>{field.title}</span>
        <span class="small quiet">{words.join(", ") || t("keine")}</span>
      </summary>
      <fieldset>
        <legend class="unseen">{field.title}</legend>
        {field.options.map((option) => (
          <label key={option.value} class="rc-check">
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={() => onText(toggled(text, option.value, field))}
            />
            {option.title}
          </label>
        ))}
      </fieldset>
      <Wrong id={id} fault={fault} />
    </details>
  );
}
