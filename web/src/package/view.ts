/** The part of the map that is shown: metres from the upper left corner. Pure. */

export interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

const CLOSEST = 150; // metres across at the closest
const EDGE = 0.04;
const ROOM = 1.7; // times what is to be seen
const LEAST = 1600; // metres, so that the place can be recognised

/** The whole municipality with a little edge, in the shape of the screen. */
export function wholeMap(map: Size, screen: Size): View {
  const ratio = screen.width / Math.max(1, screen.height);
  const [wide, high] = [map.width * (1 + 2 * EDGE), map.height * (1 + 2 * EDGE)];
  const width = Math.max(wide, high * ratio);
  return centred(map.width / 2, map.height / 2, width, ratio);
}

/** The places with room around them, in the shape of the screen; null where there are none. */
export function around(points: readonly (readonly [number, number])[], screen: Size): View | null {
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, east, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const ratio = screen.width / Math.max(1, screen.height);
  const width = Math.max(ROOM * (east - west), ROOM * ratio * (bottom - top), LEAST);
  return centred((west + east) / 2, (top + bottom) / 2, width, ratio);
}

export function centred(x: number, y: number, width: number, ratio: number): View {
  const height = width / ratio;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Closer (factor < 1) or further, with the given place staying where it is on the screen. */
export function zoomed(view: View, factor: number, map: Size, at?: readonly [number, number]): View {
  const [x, y] = at ?? [view.x + view.width / 2, view.y + view.height / 2];
  const most = 3 * Math.max(map.width, map.height);
  const width = Math.min(most, Math.max(CLOSEST, view.width * factor));
  const by = width / view.width;
  return { x: x - (x - view.x) * by, y: y - (y - view.y) * by, width, height: view.height * by };
}

export function shifted(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** The view moved so far that a place is well inside. */
export function showing(view: View, x: number, y: number): View {
  const [edgeX, edgeY] = [view.width / 8, view.height / 8];
  const dx = Math.min(0, x - view.x - edgeX) + Math.max(0, x - view.x - view.width + edgeX);
  const dy = Math.min(0, y - view.y - edgeY) + Math.max(0, y - view.y - view.height + edgeY);
  return shifted(view, dx, dy);
}

/** The same middle and width after the window changed its shape. */
export function reshaped(view: View, screen: Size): View {
  const ratio = screen.width / Math.max(1, screen.height);
  return centred(view.x + view.width / 2, view.y + view.height / 2, view.width, ratio);
}
