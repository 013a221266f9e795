/** A dialog of the browser: it keeps the focus, Escape leaves it. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useModal } from "../modal";
import { t } from "../words";

interface Props {
  title: string;
  /** Without it the dialog has to be answered. */
  onClose?: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, wide = false, children }: Props) {
  const modal = useModal(onClose);
  const id = useId();
  return (
    <dialog {...modal} class={wide ? "editordialog wide" : "editordialog"} aria-labelledby={id}>
      <header class="row">
        <h2 id={id} class="large">
          {title}
        </h2>
        {onClose && (
          <button type="button" class="link" onClick={onClose}>
            {t("Schließen")}
          </button>
        )}
      </header>
      {children}
    </dialog>
  );
}
