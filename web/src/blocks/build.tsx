/** Bausteine bilden: drop files, say what each is, build, look at what came out, take it over. */

import { useState } from "preact/hooks";
import { type Job, post, upload } from "../api";
import { Arrow } from "../icons";
import { count } from "../numbers";
import { DropZone } from "../parts";
import { useStore } from "../store";
import { useTyped } from "../typed";
import { plural, t } from "../words";
import { BuiltView } from "./built";
import { FilesTable } from "./files_table";
import { hindrance } from "./hindrance";
import type { GroundAnswer, Rule } from "./types";

export const LAYER_ENDINGS = ".gpkg,.zip,.geojson,.json,.shp,.dbf,.shx,.prj,.cpg,.fgb,.gml";

export function Build({ answer }: { answer: GroundAnswer }) {
  const { built, files } = answer;
  if (!built) {
    return (
      <>
        <Files answer={answer} />
        {(files.length > 0 || answer.blocks) && <Begin answer={answer} />}
      </>
    );
  }
  return (
    <>
      <details class="card pad blk-folded">
        <summary>
          {plural(
            "Aus {count} Ebene gebildet; Dateien ändern",
            "Aus {count} Ebenen gebildet; Dateien ändern",
            files.length,
            {
              count: count(files.length),
            },
          )}
        </summary>
        <div>
          <Files answer={answer} />
        </div>
      </details>
      <BuiltView answer={answer} built={built} />
    </>
  );
}

function Files({ answer }: { answer: GroundAnswer }) {
  const { follow, job } = useStore();
  const busy = job?.state === "running";
  return (
    <div class={answer.files.length > 0 ? "blk-more" : ""}>
      <DropZone
        title={t("Dateien ablegen")}
        hint={t(
          "Gemeindegrenzen, Linien (Straßen, Bahn, Gewässer) und Anschriften, am besten mit Einwohnerzahl; oder vorhandene Einheiten wie Baublöcke, Stimmbezirke, Ortsteile und Gitterzellen. Mehrere Dateien auf einmal sind möglich.",
        )}
        multiple
        accept={`${LAYER_ENDINGS},.csv,.txt,.xlsx,.xls,.ods`}
        disabled={busy}
        onFiles={(files) => void follow(upload("ground/files", "files", files))}
      />
      {answer.files.length > 0 && <FilesTable answer={answer} />}
    </div>
  );
}

function Begin({ answer }: { answer: GroundAnswer }) {
  const { follow, job } = useStore();
  const why = hindrance(answer);
  const units = answer.files.some((file) => file.role === "units" || file.role === "cells");
  return (
    <section class="card pad stack">
      <h2>{t("Die Regel")}</h2>
      <p>{units ? t("Die gewählten Einheiten werden unverändert zu Bausteinen.") : answer.rule.sentence}</p>
      {!units && <RuleForm rule={answer.rule} />}
      <div class="blk-acts">
        <button
          type="button"
          class="button main large"
          disabled={why !== "" || job?.state === "running"}
          onClick={() => void follow(post<Job>("ground/build"))}
        >
          {t("Bausteine bilden")} <Arrow />
        </button>
        <p class="small quiet">{why || t("Es wird noch nichts übernommen.")}</p>
      </div>
    </section>
  );
}

function RuleForm({ rule }: { rule: Rule }) {
  const { act, refresh } = useStore();
  const saved = Object.fromEntries(
    Object.entries(rule.numbers).map(([name, number]) => [name, String(number)]),
  );
  const { entries, type, settle } = useTyped<Record<string, string>>(saved, rule);
  const [open, setOpen] = useState(false);
  const fields: [string, string][] = [
    ["smallest_area", t("Kleinste Fläche in m²")],
    ["narrowest_width", t("Kleinste mittlere Breite in m")],
    ["snapping", t("Lücken zwischen Linien schließen bis, in m")],
    ["row_of_ends", t("Straßenenden in einer Reihe verbinden bis, in m (0: nie)")],
    ["behind_houses", t("Abstand des Siedlungsrands von den Häusern in m")],
  ];
  const apply = async (event: Event) => {
    event.preventDefault();
    const numbers = Object.fromEntries(fields.map(([name]) => [name, Number(entries[name])]));
    if (!(await act(() => post("ground/rule", { numbers })))) return;
    settle(entries);
    await refresh();
  };
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("Zahlen der Regel ändern")}</summary>
      <form class="blk-rule" onSubmit={(event) => void apply(event)}>
        {fields.map(([name, title]) => (
          <label key={name}>
            {title}
            <input
              type="number"
              min="0"
              step="any"
              required
              value={entries[name]}
              onInput={(event) => type({ [name]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit" class="button">
          {t("Regel ändern")}
        </button>
      </form>
    </details>
  );
}
