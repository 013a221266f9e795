/** Fetches and reads the shapes beside the page, so that the page never stands still. */

import { decode } from "./geometry";
import { makeScene } from "./scene";

export interface Loaded {
  ground: ReturnType<typeof decode>["ground"];
  shapes: ReturnType<typeof decode>["shapes"];
  scene: ReturnType<typeof makeScene>;
  /** Milliseconds until the answer was here, and until it was read. */
  took: { answer: number; read: number; drawn: number };
}

export type Told = { loaded: Loaded } | { failed: number };

async function load(address: string): Promise<void> {
  const begun = performance.now();
  const answer = await fetch(address, { headers: { "X-Sozialraum": "1" } });
  if (!answer.ok) {
    postMessage({ failed: answer.status } satisfies Told);
    return;
  }
  const bytes = await answer.arrayBuffer();
  const here = performance.now();
  const { ground, shapes } = decode(bytes);
  const read = performance.now();
  const scene = makeScene(shapes, ground.ids.length);
  const took = { answer: here - begun, read: read - here, drawn: performance.now() - read };
  const told: Told = { loaded: { ground, shapes, scene, took } };
  postMessage(told, { transfer: buffersOf(told) });
}

/** Everything made of numbers moves without being copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return [];
  return [...new Set(Object.values(value).flatMap(buffersOf))];
}

addEventListener("message", (event: MessageEvent<string>) => {
  void load(event.data).catch(() => postMessage({ failed: 0 } satisfies Told));
});
