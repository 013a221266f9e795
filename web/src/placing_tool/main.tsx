/** Starts the tool: reads what stands in the file itself, nothing from elsewhere. */

import { render } from "preact";
import { App } from "./app";
import type { ToolData } from "./data";
import "./placing_tool.css";

function contentOf<Content>(id: string): Content {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Content;
}

const data = contentOf<ToolData>("data");
const words = contentOf<Record<string, string | string[]>>("words");
const page = document.getElementById("page");
if (page && data.format) render(<App data={data} words={words} />, page);
