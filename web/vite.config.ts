import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** The licence texts of everything that ends up in the bundle, as one file beside the pages. */
function licences(): Plugin {
  return {
    name: "licences",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "licences.txt", source: licenceText() });
    },
  };
}

function licenceText(): string {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { dev?: boolean; version?: string; license?: string }>;
  };
  const bundled = Object.entries(lock.packages).filter(
    ([folder, entry]) =>
      folder.startsWith("node_modules/") && (!entry.dev || folder.endsWith("/source-sans")),
  );
  return bundled.map(([folder, entry]) => licenceOf(folder, entry)).join("\n\n");
}

export function licenceOf(folder: string, entry: { version?: string; license?: string }): string {
  const head = `${folder.replace("node_modules/", "")} ${entry.version ?? ""} (${entry.license ?? ""})`;
  const names = ["LICENSE", "LICENSE.txt", "LICENSE.md", "license", "LICENCE", "license.md"];
  const name = names.find((candidate) => existsSync(join(folder, candidate)));
  return name ? `${head}\n${readFileSync(join(folder, name), "utf8").trim()}` : head;
}

export default defineConfig({
  base: "./",
  plugins: [licences()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/sozialraum/web/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
