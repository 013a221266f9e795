import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { licenceOf } from "./vite.config";
import { oneFile } from "./vite.package.config";

/** Puts the licence texts of everything in the file into the file itself: it is handed on alone. */
function licencesInside(): Plugin {
  return {
    name: "licences-inside",
    enforce: "post",
    generateBundle(_options, bundle) {
      const parts = Object.values(bundle);
      const folders = new Set(["node_modules/source-sans"]); // the fonts come with the styles
      for (const part of parts) {
        for (const module of part.type === "chunk" ? part.moduleIds : []) {
          const found = /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module);
          if (found) folders.add(found[0]);
        }
      }
      const text = [...folders].sort().map(licenceIn).join("\n\n").replaceAll("<", "&lt;");
      for (const part of parts) {
        if (part.type === "asset" && part.fileName.endsWith(".html")) {
          part.source = String(part.source).replace("<!--licences-->", () => text);
        }
      }
    },
  };
}

function licenceIn(folder: string): string {
  const about = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    version: string;
    license: string;
  };
  return licenceOf(folder, about);
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [licencesInside(), oneFile()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    // beside the page for town halls, whose build empties the folder and runs before
    outDir: "../src/sozialraum/consultation/static",
    emptyOutDir: false,
    target: "es2022",
    cssCodeSplit: false,
    assetsInlineLimit: 10_000_000,
    modulePreload: false,
    rollupOptions: { input: "placing_tool.html" },
  },
});
