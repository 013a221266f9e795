/** What the browser keeps against loss; a browser that keeps nothing is no obstacle. */

import type { Plan } from "../editor/plan";
import type { PackageData } from "./data";
import { answerOf, beginWork, type Work, workOf } from "./work";

const keyOf = (data: PackageData) => `sozialraum-abstimmung-${data.package_id}`;

export function keep(work: Work, data: PackageData): boolean {
  try {
    localStorage.setItem(keyOf(data), JSON.stringify(answerOf(work, data, new Date().toISOString())));
    return true;
  } catch {
    return false;
  }
}

/** The work kept from last time, or a new one. */
export function kept(data: PackageData, base: Plan): { work: Work; found: boolean } {
  try {
    const text = localStorage.getItem(keyOf(data));
    const work = text === null ? null : workOf(text, data, base);
    if (work && typeof work !== "string")
      return { work, found: work.history.position + work.comments.length > 0 };
  } catch {
    // Nothing kept: begin anew.
  }
  return { work: beginWork(base, newKey()), found: false };
}

/** Tells the answers of two people with the same office apart. */
export function newKey(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(8));
  return `w${[...numbers].map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

export function rememberedLanguage(): "de" | "en" {
  try {
    return localStorage.getItem("sozialraum-language") === "en" ? "en" : "de";
  } catch {
    return "de";
  }
}

export function rememberLanguage(language: "de" | "en"): void {
  try {
    localStorage.setItem("sozialraum-language", language);
  } catch {
    // It starts in German the next time.
  }
}

/** Offer a text as a file to save; nothing leaves the computer. */
export function offer(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
