/** The desk for all parts of the page; whoever uses it is drawn anew when it changes. */

import { createContext } from "preact";
import { useContext, useLayoutEffect, useState } from "preact/hooks";
import type { Desk } from "./desk";
import type { DeskState } from "./desk_state";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): { desk: Desk; state: DeskState } {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("a part of the editor outside of it");
  const { state } = desk;
  const [, draw] = useState(0);
  useLayoutEffect(() => {
    const again = () => draw((number) => number + 1);
    if (desk.state !== state) again(); // changed while this part was being drawn
    return desk.subscribe(again);
  }, [desk]);
  return { desk, state };
}
