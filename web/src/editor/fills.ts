/** The colour and pattern of every block: by area, or by the class of an indicator. */

import type { AreaColours } from "./area_colours";
import { type Ground, hasTooFew, isOpenLand } from "./ground";
import { type Fills, PATTERNS } from "./map_adapter";
import type { Plan } from "./plan";

export const TOO_FEW = 255;
export const NOT_DELIVERED = 254;
type Rgb = readonly [number, number, number];

const PAGE: Rgb = [244, 243, 240];
const WHITE: Rgb = [255, 255, 255];
const PALE = 0.38; // of the fill remains where nobody lives

/** Class per block (TOO_FEW, NOT_DELIVERED) and a colour per class. */
export interface Classes {
  blocks: Uint8Array;
  colours: readonly string[];
}

interface Picture {
  plan: Plan;
  ground: Ground;
  colours: AreaColours;
  classes: Classes | null;
}

export function fillsOf({ plan, ground, colours, classes }: Picture): Fills {
  const fills = new Uint8Array(4 * plan.ids.length);
  const areas = plan.areas.map((area) => rgb(colours.get(area.area_id) ?? "#BFD7EA"));
  const steps = classes?.colours.map(rgb) ?? [];
  for (let block = 0; block < plan.ids.length; block += 1) {
    let colour: Rgb = areas[plan.area[block] ?? 0] ?? WHITE;
    let pattern: number = PATTERNS.solid;
    if (classes) {
      const found = classes.blocks[block] ?? NOT_DELIVERED;
      colour = steps[found] ?? WHITE;
      if (isOpenLand(ground, block)) colour = PAGE;
      else if (found === TOO_FEW) pattern = PATTERNS.few;
      else if (found === NOT_DELIVERED) pattern = PATTERNS.missing;
    } else if (isOpenLand(ground, block)) {
      colour = mix(PAGE, colour, PALE);
    } else if (hasTooFew(ground, block)) {
      colour = mix(WHITE, colour, 0.3);
      pattern = PATTERNS.few;
    }
    if (plan.locks.has(block)) pattern = PATTERNS.locked;
    fills[4 * block] = colour[0];
    fills[4 * block + 1] = colour[1];
    fills[4 * block + 2] = colour[2];
    fills[4 * block + 3] = pattern;
  }
  return fills;
}

function rgb(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function mix(below: Rgb, above: Rgb, part: number): Rgb {
  return [0, 1, 2].map((place) =>
    Math.round((below[place] ?? 0) * (1 - part) + (above[place] ?? 0) * part),
  ) as [number, number, number];
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
