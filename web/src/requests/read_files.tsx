/** Files that were just read: of each its name, what is wrong with it, and what came of it. */

import type { ComponentChildren } from "preact";
import type { Problem } from "../api";
import { ErrorIcon, StateIcon } from "../icons";
import { Findings } from "../parts";
import { ToData } from "./to_data";

interface Props<One> {
  files: One[];
  /** A heading above them, "" = none. */
  title?: string;
  result: (file: One) => ComponentChildren;
}

export function ReadFiles<One extends { file: string; problem: Problem | null }>({
  files,
  title = "",
  result,
}: Props<One>) {
  return (
    <section class="card pad stack" aria-live="polite">
      {title && <h2>{title}</h2>}
      {files.map((one) => (
        <article key={one.file} class="read">
          <h3>
            {one.problem ? <ErrorIcon /> : <StateIcon shape="tick" size={18} />} {one.file}
          </h3>
          {one.problem && (
            <>
              <p>{one.problem.headline}</p>
              <Findings findings={one.problem.findings} />
              <p class="small">{one.problem.todo}</p>
              <ToData />
            </>
          )}
          {result(one)}
        </article>
      ))}
    </section>
  );
}
