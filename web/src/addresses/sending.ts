/** Files that go out with settings beside them, and files that come back to be saved. */

import { type Job, Refused } from "../api";
import { currentLanguage, t } from "../words";

export async function sendFile(path: string, file: File, fields: Record<string, string>): Promise<Job> {
  const response = await ask(path, bodyOf(file, fields));
  return (await response.json()) as Job;
}

/** Ask for a file and hand it to the browser; returns the name it was saved under. */
export async function saveFile(path: string, file?: File, fields: Record<string, string> = {}) {
  const response = await ask(path, file && bodyOf(file, fields));
  const found = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  const name = decodeURIComponent(found?.[1] ?? t("Datei"));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return name;
}

function bodyOf(file: File, fields: Record<string, string>): FormData {
  const form = new FormData();
  form.append("file", file, file.name);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

async function ask(path: string, body?: FormData): Promise<Response> {
  const headers = { "X-Sozialraum": "1", "X-Sozialraum-Language": currentLanguage() };
  const response = await fetch(`/api/${path}`, body ? { method: "POST", body, headers } : { headers });
  if (!response.ok) throw new Refused(await response.json(), response.status);
  return response;
}
