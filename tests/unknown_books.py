"""Workbooks of the village that no recipe knows: two titles, a row that looks like a head, keys in two columns."""

from __future__ import annotations

from pathlib import Path

import openpyxl

import village

LETTERS = "ABCDEFghiJKL"
HEADS = ["früher", "Baustein", "Hunde"]


def book(path: Path, *sheets: str, first: str = "Hunde", title: str = "Fälle am Stichtag 31.12.2024") -> Path:
    """Every sheet has the same head; the numbers differ from sheet to sheet."""
    made = openpyxl.Workbook()
    made.active.title = first
    for name in (first, *sheets):
        sheet = made.active if name == first else made.create_sheet(name)
        for line in (["Steueramt"], [title], ["Abfrage 1", "FB 51", "Lauf 2"], HEADS):
            sheet.append(line)
        for place, letter in enumerate(LETTERS):
            row = [f"{village.AGS}-{LETTERS[place - 1]}", f"{village.AGS}-{letter}", 5 + place + 20 * len(name)]
            sheet.append(row)
    made.save(path)
    return path
