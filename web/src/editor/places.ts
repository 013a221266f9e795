/** From the units of the ground to the map's own numbers and back (EPSG:3857). */

const ROUND = 40075016.68557849; // metres around the equator

export interface Placing {
  origin: readonly [number, number];
  scale: number;
}

/** 0 … 1 from west to east and from north to south. */
export function toWorld({ origin, scale }: Placing, x: number, y: number): [number, number] {
  return [(origin[0] + scale * x) / ROUND + 0.5, 0.5 - (origin[1] + scale * y) / ROUND];
}

export function toLngLat(placing: Placing, x: number, y: number): [number, number] {
  const [wx, wy] = toWorld(placing, x, y);
  return [360 * wx - 180, (360 / Math.PI) * Math.atan(Math.exp(Math.PI * (1 - 2 * wy))) - 90];
}

export function fromLngLat({ origin, scale }: Placing, lng: number, lat: number): [number, number] {
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  return [((lng / 360) * ROUND - origin[0]) / scale, (y * ROUND - origin[1]) / scale];
}

/** Pixels of one unit at a zoom. */
export function pixelsPerUnit({ scale }: Placing, zoom: number): number {
  return (512 * 2 ** zoom * scale) / ROUND;
}
