"""Reads one workbook in a process of its own: a damaged or swollen file can end this process, never the application.

Started by `workbooks` as a script with nothing but calamine. The workbook comes on standard input, the answer leaves on
standard output as marshalled values: ('sheets', [(name, rows of texts, merged ranges)]) or (reason,).
"""

from __future__ import annotations

import io
import marshal
import sys
from datetime import date, datetime, time, timedelta
from typing import Any


def limit_memory(most: int) -> None:
    """End rather than fill the memory; where the system knows no limits (Windows) only the number of cells holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def number_text(number: float) -> str:
    """A number of a spreadsheet cell as the German text it shows: 12.0 is '12', 0.5 is '0,5'."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(float(number)).replace(".", ",")


def cell_text(cell: Any) -> str:
    """A cell as the German text a reader of the sheet would write down."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "WAHR" if cell else "FALSCH"
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, (date, datetime)):
        return f"{cell.day:02d}.{cell.month:02d}.{cell.year:04d}"
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return str(cell)


def texts(rows: list[list[Any]]) -> list[list[str]]:
    """All cells as texts; what occurs often is converted once. Numbers are kept apart from truth values and texts."""
    known: dict[tuple[type, Any], str] = {}
    made = []
    for row in rows:
        line = []
        for cell in row:
            key = (cell.__class__, cell)
            text = known.get(key)
            if text is None:
                text = known[key] = cell_text(cell)
            line.append(text)
        made.append(line)
    return made


def read(data: bytes, most_cells: int) -> tuple[Any, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets, cells = [], 0
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            cells += (sheet.total_height or 0) * (sheet.total_width or 0)
            if cells > most_cells:
                return ("large", cells)
            sheets.append((name, texts(sheet.to_python(skip_empty_area=False)), sorted(sheet.merged_cell_ranges or ())))
    except PasswordError:
        return ("password",)
    except CalamineError:
        return ("damaged",)
    return ("sheets", sheets)


def main() -> None:
    most_cells, most_memory = int(sys.argv[1]), int(sys.argv[2])
    data = sys.stdin.buffer.read()
    limit_memory(most_memory)
    answer = read(data, most_cells)
    sys.stdout.buffer.write(marshal.dumps(answer))


if __name__ == "__main__":
    main()
