/** A dialog of the browser that is open as long as it is part of the page. */

import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Opens with the page that shows it, never a moment later: what is typed meanwhile would reach the page behind. When it
 * goes, the focus is at once where it was before.
 */
export function useModal() {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = box.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return box;
}

/** For `onClose` of the dialog: the browser closed it, not the page that took it away. */
export function leftBy(act: (() => void) | undefined) {
  return (event: Event) => {
    if (event.currentTarget instanceof HTMLElement && event.currentTarget.isConnected) act?.();
  };
}
