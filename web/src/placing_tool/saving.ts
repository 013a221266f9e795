/** Hands a file to the browser. Nothing is kept by the page. */

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function save(name: string, bytes: Uint8Array): void {
  const type = name.endsWith(".csv") ? "text/csv" : XLSX;
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The name of a list without its ending. */
export function stem(name: string): string {
  return name.replace(/\.[^.]*$/, "");
}
