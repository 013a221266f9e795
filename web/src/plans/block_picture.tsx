/** A block with its surroundings: foreign areas, buildings, addresses, and a line that divides it. */

import { AREA_COLOURS } from "../colouring";
import type { BlockPicture } from "./plans_api";

interface Props {
  picture: BlockPicture;
  label: string;
  /** Colours of foreign areas, by area. */
  colours?: Map<string, string>;
  line?: [number, number][];
  onPoint?: (point: [number, number]) => void;
}

export function BlockView({ picture, label, colours, line, onPoint }: Props) {
  const click = (event: MouseEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    const box = svg.getBoundingClientRect();
    const scale = picture.width / box.width;
    onPoint?.([(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the sliders beside the picture do the same
    <svg
      class="blockview"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="img"
      aria-label={label}
      onClick={click}
    >
      {picture.areas?.map(({ area, path }) => (
        <path key={area} class="foreign" d={path} fill={colours?.get(area)} />
      ))}
      <path class="neighbours" d={picture.blocks} />
      {picture.buildings && <path class="houses" d={picture.buildings} />}
      {picture.areas?.map(({ area, path }) => (
        <path key={area} class="foreign-border" d={path} />
      ))}
      <path class="the-block-casing" d={picture.block} />
      <path class="the-block" d={picture.block} />
      {picture.addresses.map(([x, y], place) => (
        <circle key={place} class="address" cx={x} cy={y} r="3.2" />
      ))}
      {line && line.length > 1 && (
        <>
          <polyline class="cut-casing" points={line.map((point) => point.join(",")).join(" ")} />
          <polyline class="cut" points={line.map((point) => point.join(",")).join(" ")} />
        </>
      )}
    </svg>
  );
}

/** A colour for each foreign area, in their order. */
export function foreignColours(areas: { area: string }[]): Map<string, string> {
  return new Map(
    areas.map(({ area }, place) => [area, AREA_COLOURS[place % AREA_COLOURS.length] ?? "#BFD7EA"]),
  );
}
