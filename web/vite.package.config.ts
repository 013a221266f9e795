import { createHash } from "node:crypto";
import { defineConfig, type Plugin } from "vite";

/** Puts script, styles and fonts into the one HTML file and forbids it every connection. */
export function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      const pick = (ending: string) =>
        Object.values(bundle)
          .filter((part) => part.fileName.endsWith(ending))
          .map((part) => (part.type === "chunk" ? part.code : String(part.source)))
          .join("\n");
      const script = pick(".js").trim().replaceAll("</script", "<\\/script");
      const style = pick(".css").trim();
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type !== "asset" || !part.fileName.endsWith(".html")) delete bundle[name];
        else part.source = closed(String(part.source), script, style);
      }
    },
  };
}

function closed(page: string, script: string, style: string): string {
  const rules = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "font-src data:",
    "img-src data:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ];
  const policy = `<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">`;
  const bare = page
    .replace(/<script type="module"[^>]*src=[^>]*><\/script>/g, "")
    .replace(/<link rel="(stylesheet|modulepreload)"[^>]*>/g, "");
  // The functions keep "$" in script and style as it is.
  return bare
    .replace('<meta charset="utf-8">', () => `<meta charset="utf-8">\n    ${policy}`)
    .replace("</head>", () => `<style>${style}</style>\n  </head>`)
    .replace("</body>", () => `<script type="module">${script}</script>\n  </body>`);
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [oneFile()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/sozialraum/consultation/static",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    assetsInlineLimit: 10_000_000,
    modulePreload: false,
    rollupOptions: { input: "package.html" },
  },
});
