/** Starts the package: reads what stands in the file itself, nothing from elsewhere. */

import { render } from "preact";
import { App } from "./app";
import type { PackageData } from "./data";
import "./package.css";

function contentOf<Content>(id: string): Content {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Content;
}

const data = contentOf<PackageData>("data");
const words = contentOf<Record<string, string | string[]>>("words");
const page = document.getElementById("page");
if (page && data.package_id) render(<App data={data} words={words} />, page);
