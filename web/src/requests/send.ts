/** Files that are answered at once, not by a job. */

import { Refused } from "../api";
import { currentLanguage } from "../words";

export async function send<Answer>(path: string, field: string, files: File[]): Promise<Answer> {
  const form = new FormData();
  for (const file of files) form.append(field, file, file.name);
  const response = await fetch(`/api/${path}`, {
    method: "POST",
    body: form,
    headers: { "X-Sozialraum": "1", "X-Sozialraum-Language": currentLanguage() },
  });
  if (!response.ok) throw new Refused(await response.json());
  return (await response.json()) as Answer;
}
