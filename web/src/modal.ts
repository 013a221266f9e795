/** A dialog of the browser that is open as long as it is part of the page. */

import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * What a `<dialog>` needs. It opens with the page that shows it, never a moment later: what is typed meanwhile would
 * reach the page behind. When it goes, the focus is at once where it was before. Without `leave` it has to be answered.
 */
export function useModal(leave?: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = ref.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return {
    ref,
    /** Escape: the page takes the dialog away at once; the browser would say only later that it is closed. */
    onCancel: (event: Event) => {
      if (event.target !== ref.current) return;
      event.preventDefault();
      leave?.();
    },
    /** The browser closed it without asking; one that the page took away says so too. */
    onClose: (event: Event) => {
      if (event.target instanceof HTMLElement && event.target.isConnected) leave?.();
    },
  };
}
