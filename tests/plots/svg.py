"""What a drawing consists of, for tests: its marks and its words as boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from dragoman.plots.canvas import label_box
from dragoman.plots.fitting import Box

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Parsed:
    """A drawing that was read again."""

    tree: ElementTree.Element

    @property
    def frame(self) -> Box:
        return Box(*map(float, self.tree.get("viewBox", "").split()))

    def all(self, tag: str, css: str = "") -> list[ElementTree.Element]:
        wanted = set(css.split())
        return [e for e in self.tree.iter(f"{SVG}{tag}") if wanted <= set(e.get("class", "").split())]

    @property
    def words(self) -> list[str]:
        return [element.text or "" for element in self.all("text")]

    def labels(self) -> list[tuple[str, Box]]:
        return [(element.text or "", _label(element)) for element in self.all("text")]

    def marks(self) -> Iterator[tuple[str, Box]]:
        """All that is drawn, with its box; of paths their points."""
        for element in self.tree.iter():
            tag = element.tag.removeprefix(SVG)
            if tag == "rect":
                x, y = float(element.get("x", 0)), float(element.get("y", 0))
                yield tag, Box(x, y, x + float(element.get("width", 0)), y + float(element.get("height", 0)))
            elif tag == "circle":
                x, y, r = (float(element.get(name, 0)) for name in ("cx", "cy", "r"))
                yield tag, Box(x - r, y - r, x + r, y + r)
            elif tag == "line":
                x1, y1, x2, y2 = (float(element.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
                yield tag, Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            elif tag == "path":
                yield from (("path", Box(x, y, x, y)) for x, y in _points(element.get("d", "")))


def parsed(svg: str) -> Parsed:
    return Parsed(ElementTree.fromstring(svg))


def _label(element: ElementTree.Element) -> Box:
    size = float(element.get("font-size", 11)) * (1.1 if element.get("font-family") else 1)
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    anchor = element.get("text-anchor", "start")
    return label_box(x, y, element.text or "", anchor, size, element.get("font-weight") == "700")  # type: ignore[arg-type]


def _points(d: str) -> Iterator[tuple[float, float]]:
    """The absolute points of a path."""
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        if command in "ML":
            values = [float(number) for number in re.findall(r"-?\d+\.?\d*", numbers)]
            yield from zip(values[::2], values[1::2], strict=True)
