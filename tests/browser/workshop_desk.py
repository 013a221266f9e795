"""What a person at the map editor does, in words: search, choose blocks, split, move, give a reason, undo."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyproj import Transformer

import workshop_town as town

FIT = 24  # pixels that the map leaves around the town when it opens
TO_MAP = Transformer.from_crs(town.CRS, "EPSG:3857", always_xy=True)


@dataclass
class Desk:
    """One browser in front of the editor of the invented town."""

    page: Any
    address: str

    def open(self, role: str = "Sozialplanung") -> None:
        """Open the editor with the draft that is there, or begin one."""
        self.page.goto(f"{self.address}#/zuschnitt?gemeinde={town.AGS}")
        self.page.reload()
        dialog = self.page.get_by_role("dialog")
        dialog.wait_for()
        dialog.get_by_label("In welcher Rolle arbeiten Sie?").select_option(role)
        dialog.get_by_role("button", name=re.compile("^Fassung (beginnen|öffnen)$")).click()
        self.page.locator(".editormap[data-map=drawn]").wait_for(timeout=60_000)

    def key(self, letter: str) -> None:
        self.page.keyboard.press(letter)

    def settled(self) -> None:
        """Wait until nothing is computed or written."""
        self.page.get_by_text("Wird gerechnet …").wait_for(state="detached", timeout=60_000)
        self.page.get_by_text("Wird gesichert …").wait_for(state="detached", timeout=60_000)

    def search(self, text: str) -> None:
        box = self.page.get_by_placeholder("Straße oder Ort suchen")
        box.fill(text)
        self.page.get_by_role("option").first.wait_for()
        box.press("Enter")

    def choose_area(self, title: str) -> None:
        self.page.locator(".arealist").get_by_role("button", name=title).click()

    def panel(self) -> str:
        """What the right-hand side says now."""
        return self.page.get_by_role("region", name="Was sich ändert").inner_text().replace("\xa0", " ")

    def areas(self) -> dict[str, int]:
        """Code and inhabitants of every area as the list shows them."""
        rows = self.page.locator(".arealist li").all_inner_texts()
        found = [re.match(r"(\w+) .*?\n([\d.]+)", row) for row in rows]
        return {match[1]: int(match[2].replace(".", "")) for match in found if match}

    def times(self, keys: str, number: int) -> None:
        """Press keys several times, each after the answer to the one before."""
        for _time in range(number):
            before = self.steps()
            self.page.locator("h1").click()
            self.key(keys)
            self.page.wait_for_function(
                "before => document.querySelectorAll('.versions .stage:not(.undone)').length - 1 !== before",
                arg=len(before),
            )
            self.settled()

    def steps(self) -> list[str]:
        """The steps of the draft that hold, as the line at the lower edge has them."""
        texts = self.page.locator(".versions .stage:not(.undone)").all_text_contents()
        return [text.replace("\xa0", " ") for text in texts[1:]]

    def reason(self, usual: str, words: str = "") -> None:
        self.page.get_by_label(re.compile("^Warum")).select_option(usual)
        if words:
            self.page.get_by_label("In eigenen Worten").fill(words)

    def take(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()
        self.page.locator(".takerow").wait_for(state="detached", timeout=60_000)
        self.settled()

    def whole_town(self) -> None:
        """Show the whole town, as when the editor opened."""
        self.page.get_by_role("button", name="Ganze Gemeinde zeigen").click()

    def spot(self, column: float, row: float) -> tuple[float, float]:
        """Where a place of the town's grid lies on the screen while the whole town is shown."""
        box = self.page.locator(".editormap").bounding_box()
        west, south, east, north = _bounds()
        scale = min((box["width"] - 2 * FIT) / (east - west), (box["height"] - 2 * FIT) / (north - south))
        x, y = TO_MAP.transform(town.EAST + town.METRES * column, town.NORTH - town.METRES * row)
        middle = ((west + east) / 2, (south + north) / 2)
        return (
            box["x"] + box["width"] / 2 + scale * (x - middle[0]),
            box["y"] + box["height"] / 2 - scale * (y - middle[1]),
        )

    def draw_rectangle(self, first: tuple[float, float], last: tuple[float, float]) -> None:
        """Pull a rectangle between two places of the grid."""
        self.key("r")
        self.page.mouse.move(*self.spot(*first))
        self.page.mouse.down()
        self.page.mouse.move(*self.spot(*last), steps=6)
        self.page.mouse.up()

    def click(self, column: float, row: float) -> None:
        self.page.mouse.click(*self.spot(column, row))

    def picture(self, name: str) -> None:
        picture(self.page, name)


def _bounds() -> tuple[float, float, float, float]:
    """The town on the map: smallest and largest coordinates of its corners."""
    points = [TO_MAP.transform(x, y) for x, y in town.corners().reshape(-1, 2).tolist()]
    east, north = zip(*points, strict=True)
    return min(east), min(north), max(east), max(north)


def picture(page: Any, name: str) -> None:
    """Keep a picture for the how-to, where a folder for pictures is named."""
    folder = os.environ.get("SOZIALRAUM_PICTURES")
    if folder:
        page.wait_for_timeout(400)
        page.screenshot(path=Path(folder) / f"{name}.png")
