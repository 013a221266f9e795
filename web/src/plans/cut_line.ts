/** A straight line across a picture, by angle and place: what the two sliders mean. */

export type Point = [number, number];

/**
 * The line through the picture. angle : degrees, 0 = west to east, 90 = south to north.
 * place : 0 to 100, from one side to the other across the line; 50 runs through the middle.
 */
export function cutLine(width: number, height: number, angle: number, place: number): [Point, Point] {
  const turn = (angle * Math.PI) / 180;
  const [along, down] = [Math.cos(turn), -Math.sin(turn)];
  const reach = Math.hypot(width, height);
  const span = Math.abs(width * down) + Math.abs(height * along);
  const offset = (place / 100 - 0.5) * span;
  const [x, y] = [width / 2 - offset * down, height / 2 + offset * along];
  const end = (sign: number): Point => [round(x + sign * reach * along), round(y + sign * reach * down)];
  return [end(-1), end(1)];
}

/** The line through two points, long enough to leave the picture. */
export function lineThrough(first: Point, second: Point, reach: number): [Point, Point] {
  const [dx, dy] = [second[0] - first[0], second[1] - first[1]];
  const length = Math.hypot(dx, dy) || 1;
  const step: Point = [(dx / length) * reach, (dy / length) * reach];
  return [
    [round(first[0] - step[0]), round(first[1] - step[1])],
    [round(second[0] + step[0]), round(second[1] + step[1])],
  ];
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
