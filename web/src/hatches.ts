/** The patterns of values that are not there: diagonal lines, crossed lines, dots; grey on white. */

import type { Hatch } from "./classes";

const SIZE = 16;
const GREY = "#5F6972";

/** A tile that repeats without a seam, at two pixels to one. */
export function hatchTile(hatch: Hatch): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return new ImageData(SIZE, SIZE);
  pen.fillStyle = "#FFFFFF";
  pen.fillRect(0, 0, SIZE, SIZE);
  pen.strokeStyle = GREY;
  pen.fillStyle = GREY;
  if (hatch === "few") dots(pen);
  else lines(pen, hatch === "hidden");
  return pen.getImageData(0, 0, SIZE, SIZE);
}

/** Lines over a colour for values brought from other boundaries: dark with a light edge, to be seen on every tone. */
export function carriedTile(): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = 2 * SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return new ImageData(2 * SIZE, SIZE);
  pen.fillStyle = "#FFFFFF";
  pen.fillRect(SIZE - 2, 0, 4, SIZE);
  pen.fillStyle = "#1B2126";
  pen.fillRect(SIZE - 1, 0, 2, SIZE);
  return pen.getImageData(0, 0, 2 * SIZE, SIZE);
}

function dots(pen: CanvasRenderingContext2D) {
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, 2.8, 0, 2 * Math.PI);
  pen.fill();
}

function lines(pen: CanvasRenderingContext2D, crossed: boolean) {
  pen.lineWidth = crossed ? 1.8 : 3;
  for (const shift of [-SIZE, 0, SIZE]) {
    pen.beginPath();
    pen.moveTo(shift - 2, SIZE + 2);
    pen.lineTo(shift + SIZE + 2, -2);
    if (crossed) {
      pen.moveTo(shift - 2, -2);
      pen.lineTo(shift + SIZE + 2, SIZE + 2);
    }
    pen.stroke();
  }
}
