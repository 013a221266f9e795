/** The file as it was read: every cell in the colour of its role, findings framed, each cell to be corrected. */

import { Fragment } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { count } from "../numbers";
import { plural, t } from "../words";
import { cellName, framesOf, placeOf, roleWord } from "./reading";
import type { Preview, PreviewRow, ReviewFinding, Role, Severity } from "./types";

export interface Cell {
  row: number;
  column: number;
}

/** The cell that is pointed at, by its name; a new one each time somebody asks to see it. */
export interface ShownCell {
  cell: string;
}

interface Props {
  preview: Preview;
  findings: ReviewFinding[];
  shown: ShownCell;
  /** Null where cells can only be looked at. */
  onCell: ((cell: Cell) => void) | null;
}

const LEGEND: Role[] = ["key", "head", "value", "hidden", "total", "text"];

export function Legend() {
  return (
    <ul class="dl-legend small" aria-label={t("Farben der Zellen")}>
      {LEGEND.map((role) => (
        <li key={role}>
          <i class={`dl-${role}`} aria-hidden="true" />
          {roleWord(role)}
        </li>
      ))}
    </ul>
  );
}

export function PreviewTable({ preview, findings, shown, onCell }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Cell>(() => firstCell(preview));
  const frames = framesOf(findings, preview.sheet);
  const marked = placeOf(shown.cell, preview.letters);
  const letters = useRef(preview.letters);
  letters.current = preview.letters;
  // only when somebody asks for a cell: a table that is loaded again must not lead away from where one is
  useLayoutEffect(() => {
    const found = placeOf(shown.cell, letters.current);
    if (!found) return;
    setAt(found);
    buttonAt(table.current, found)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown]);
  const move = (event: KeyboardEvent) => {
    const next = moved(at, event, preview);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    buttonAt(table.current, next)?.focus();
  };
  const current = preview.rows.some((row) => row.number === at.row) ? at : firstCell(preview);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="dl-scroll" tabIndex={0} aria-label={t("Vorschau der Datei")}>
      <table class="dl-sheet" ref={table}>
        <caption class="unseen">
          {t(
            "Vorschau der Datei. Pfeiltasten gehen von Zelle zu Zelle, die Eingabetaste korrigiert eine Zelle.",
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="dl-number">
              <span class="unseen">{t("Zeile")}</span>
            </th>
            {preview.letters.map((letter) => (
              <th key={letter} scope="col">
                {letter}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={move}>
          {preview.rows.map((row, place) => (
            <Fragment key={row.number}>
              <Gap before={preview.rows[place - 1]} row={row} width={preview.letters.length} />
              <tr>
                <th scope="row" class="dl-number">
                  {row.number}
                </th>
                {row.texts.map((text, column) => {
                  const name = cellName(preview, row.number, column);
                  return (
                    <CellBox
                      key={name}
                      name={name}
                      text={text}
                      role={row.roles[column] ?? "unread"}
                      frame={frames.get(name)}
                      spills={spills(row, column)}
                      chosen={marked?.row === row.number && marked.column === column}
                      stop={current.row === row.number && current.column === column}
                      onStop={() => setAt({ row: row.number, column })}
                      onCell={() => {
                        setAt({ row: row.number, column });
                        onCell?.({ row: row.number, column });
                      }}
                      still={onCell === null}
                    />
                  );
                })}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where rows are left out, how many; nothing between neighbours. */
function Gap({ before, row, width }: { before: PreviewRow | undefined; row: PreviewRow; width: number }) {
  const missing = before ? row.number - before.number - 1 : 0;
  if (missing < 1) return null;
  return (
    <tr class="dl-gap">
      <th scope="row" class="dl-number">
        …
      </th>
      <td colSpan={width}>
        {plural(
          "{count} Zeile ist hier nicht gezeigt, aber gelesen.",
          "{count} Zeilen sind hier nicht gezeigt, aber gelesen.",
          missing,
          { count: count(missing) },
        )}
      </td>
    </tr>
  );
}

interface BoxProps {
  name: string;
  text: string;
  role: Role;
  frame: Severity | undefined;
  spills: boolean;
  chosen: boolean;
  stop: boolean;
  still: boolean;
  onStop: () => void;
  onCell: () => void;
}

function CellBox({ name, text, role, frame, spills, chosen, stop, still, onStop, onCell }: BoxProps) {
  const classes = [
    `dl-${role}`,
    frame ? `dl-${frame}` : "",
    chosen ? "dl-chosen" : "",
    spills ? "dl-spills" : "",
  ];
  return (
    <td class={classes.filter(Boolean).join(" ")}>
      <button
        type="button"
        tabIndex={stop ? 0 : -1}
        data-cell={name}
        aria-disabled={still || undefined}
        aria-label={spoken(name, text, role, frame)}
        title={text.length > LONG ? text : undefined}
        onFocus={onStop}
        onClick={onCell}
      >
        {spills ? <span>{text}</span> : text}
      </button>
    </td>
  );
}

const LONG = 34;

/** A title or footnote stands over the empty cells beside it, as in a spreadsheet, and makes no column wide. */
function spills(row: PreviewRow, column: number): boolean {
  if (!row.texts[column]) return false;
  return row.roles[column] === "text" && row.texts.every((text, place) => place <= column || text === "");
}

function spoken(name: string, text: string, role: Role, frame: Severity | undefined): string {
  const parts = [t("Zelle {cell}", { cell: name }), text || t("leer"), roleWord(role)];
  if (frame === "error") parts.push(t("Fehler"));
  if (frame === "warning") parts.push(t("zu prüfen"));
  return parts.join(", ");
}

function firstCell(preview: Preview): Cell {
  return { row: preview.rows[0]?.number ?? 1, column: 0 };
}

function buttonAt(table: HTMLTableElement | null, { row, column }: Cell): HTMLButtonElement | null {
  const line = [...(table?.tBodies[0]?.rows ?? [])].find((one) => one.cells[0]?.textContent === String(row));
  return line?.cells[column + 1]?.querySelector("button") ?? null;
}

/** The cell an arrow key leads to; rows that are left out are stepped over. */
function moved(at: Cell, event: KeyboardEvent, preview: Preview): Cell | null {
  const numbers = preview.rows.map((row) => row.number);
  const row = numbers.indexOf(at.row);
  const last = preview.letters.length - 1;
  const to = (next: number, column: number): Cell => ({
    row: numbers[Math.min(Math.max(next, 0), numbers.length - 1)] ?? at.row,
    column: Math.min(Math.max(column, 0), last),
  });
  if (event.key === "ArrowDown") return to(row + 1, at.column);
  if (event.key === "ArrowUp") return to(row - 1, at.column);
  if (event.key === "ArrowRight") return to(row, at.column + 1);
  if (event.key === "ArrowLeft") return to(row, at.column - 1);
  if (event.key === "Home") return event.ctrlKey ? to(0, 0) : to(row, 0);
  if (event.key === "End") return event.ctrlKey ? to(numbers.length, last) : to(row, last);
  if (event.key === "PageDown") return to(row + 15, at.column);
  return event.key === "PageUp" ? to(row - 15, at.column) : null;
}
