"""How wide words are, and how they are made to fit.

What font a reader has is not known, so words are taken to be as wide as in DejaVu Sans, the widest of those in common
use: they may leave room, and never run over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dragoman.plots.escaping import shown

_WIDTHS: Final[Mapping[str, float]] = MappingProxyType(
    {
        char: width / 100
        for width, chars in (
            (28, "'ijl"), (30, "IJ"), (32, " ,.·"), (34, "/:;\\|"), (36, "f"), (37, "-"), (40, "()[]t"), (42, "!r"),
            (50, "\"*_`–"), (54, "szc?“”"), (58, "FkL"), (62, "PTYaeovxy"), (64, "$0123456789ESbdghnpqu{}"),
            (70, "ABCKRVXZ"), (76, "HNU"), (79, "&DGOQ"), (84, "#+<=>^~w→≤≥"), (88, "M"), (100, "%@Wm—…"),
        )
        for char in chars
    }
)  # fmt: skip
"""Advance of a character, in ems."""

_OTHER: Final = 0.9
_BOLD: Final = 1.16


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether all of it lies in OTHER."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def meets_any(self, others: Iterable[Box]) -> bool:
        """Whether it meets one of OTHERS."""
        return any(map(self.meets, others))


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Units that TEXT takes at most, on one line."""
    ems = sum(_WIDTHS.get(char) or _width(char) for char in text)
    return ems * size * (_BOLD if bold else 1.0)


def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    return 1.05 if unicodedata.east_asian_width(char) in "WF" or ord(char) >= 0x2000 else _OTHER


def fitted(text: str, room: float, size: float, bold: bool = False) -> str:
    """TEXT on one line, cut with an ellipsis where ROOM units are too few; nothing where not even that has room."""
    line = shown(text)
    if width_of(line, size, bold) <= room:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(line[:middle] + "…", size, bold) <= room else (low, middle - 1)
    return line[:low].rstrip() + "…" if low else ""


def wrapped(text: str, room: float, size: float, most: int = 4, bold: bool = False) -> list[str]:
    """TEXT in at most MOST lines of ROOM units; what is left over is cut from the last."""
    words = shown(text).split()
    lines: list[str] = []
    while words and len(lines) < most:
        taken = 1
        while taken < len(words) and width_of(" ".join(words[: taken + 1]), size, bold) <= room:
            taken += 1
        if len(lines) == most - 1:
            taken = len(words)
        lines.append(fitted(" ".join(words[:taken]), room, size, bold))
        words = words[taken:]
    return lines


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 event`, `2 events`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
