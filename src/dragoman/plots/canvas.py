"""What all drawings are made with: lines, bars, marks and labels, collected into one SVG with title and description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from dragoman.plots.escaping import escaped
from dragoman.plots.fitting import Box, fitted, width_of, wrapped
from dragoman.plots.theme import DARK, FONT, LIGHT, LINE, SERIF, SIZE, SMALL, TITLE, Colour, Palette

Anchor: TypeAlias = Literal["start", "middle", "end"]

NARROWEST: Final = 320
WIDEST: Final = 4000
"""Units of a drawing's width; a unit is a pixel at its own size."""

MARGIN: Final = 16.0
DASHES: Final = "3 2"
"""How the outline of what is only planned is broken."""

_SHIFT: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawing is to look. `framed`: a file of its own, with its title, its source and a ground; else it is a part
    of a page, which says these. `width` in units, NARROWEST to WIDEST."""

    width: int = 960
    dark: bool = False
    framed: bool = True

    @property
    def palette(self) -> Palette:
        """Its colours."""
        return DARK if self.dark else LIGHT

    @property
    def margin(self) -> float:
        """Units on the left and on the right that nothing is drawn in."""
        return MARGIN if self.framed else 1.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a drawing. `name` tells drawings of one page apart; `summary` says what it shows and of how
    much; `source` where it is from."""

    name: str
    title: str
    summary: str
    source: str = ""


@dataclass(slots=True)
class Canvas:
    """A drawing while it is made. `y` is how far down it has come; `labels` are the boxes of its words."""

    look: Look
    y: float = 0.0
    parts: list[str] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)

    @property
    def left(self) -> float:
        """The left edge of what is drawn."""
        return self.look.margin

    @property
    def right(self) -> float:
        """The right edge of what is drawn."""
        return self.look.width - self.look.margin

    def fill(self, colour: Colour | None) -> str:
        """The attributes of a filled shape; None: not filled."""
        return 'fill="none"' if colour is None else f'fill="{self.look.palette[colour]}"'

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour = "rule",
        width: float = 1,
        dashed: bool = False,
    ) -> None:
        """A straight line."""
        where = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        self.parts.append(f'<line class="s-{colour}" {where} {self._stroke(colour, width, dashed)}/>')

    def bar(
        self, x: float, y: float, width: float, height: float, colour: Colour, planned: bool = False, extra: str = ""
    ) -> None:
        """A bar: solid for what happened, a dashed outline for what was planned. Nothing of no size is drawn."""
        if width <= 0 or height <= 0:
            return
        name = f" {extra}" if extra else ""
        if not planned:
            where = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
            self.parts.append(f'<rect class="f-{colour}{name}" {where} {self.fill(colour)}/>')
            return
        inset = min(0.5, width / 4, height / 4)
        dashed = min(width, height) >= 6  # a smaller outline has no room for a dash
        where = (
            f'x="{x + inset:.2f}" y="{y + inset:.2f}" width="{width - 2 * inset:.2f}" height="{height - 2 * inset:.2f}"'
        )
        self.parts.append(
            f'<rect class="s-{colour} planned{name}" {where} fill="none" {self._stroke(colour, 1, dashed)}/>'
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: Colour | None,
        stroke: Colour | None = None,
        width: float = 1,
        dashed: bool = False,
    ) -> None:
        """A circle."""
        self.path_like("circle", f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"', fill, stroke, width, dashed)

    def path(
        self, d: str, fill: Colour | None, stroke: Colour | None = None, width: float = 1, dashed: bool = False
    ) -> None:
        """A path; D is of our making."""
        self.path_like("path", f'd="{d}"', fill, stroke, width, dashed)

    def path_like(
        self, tag: str, where: str, fill: Colour | None, stroke: Colour | None, width: float, dashed: bool
    ) -> None:
        """An element with ground and outline."""
        names = " ".join(filter(None, (fill and f"f-{fill}", stroke and f"s-{stroke}")))
        outline = f" {self._stroke(stroke, width, dashed)}" if stroke else ""
        self.parts.append(f'<{tag} class="{names}" {where} {self.fill(fill)}{outline}/>')

    def _stroke(self, colour: Colour, width: float, dashed: bool) -> str:
        wide = "" if width == 1 else f' stroke-width="{width:.2g}"'
        return f'stroke="{self.look.palette[colour]}"{wide}' + (f' stroke-dasharray="{DASHES}"' if dashed else "")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: Colour = "soft",
        anchor: Anchor = "start",
        size: float = SIZE,
        bold: bool = False,
        room: float | None = None,
        halo: bool = False,
    ) -> Box:
        """A label with its baseline at Y, cut to ROOM units or at the edge of the drawing, and its box.

        HALO: a ground around its letters.
        """
        reach = {"start": self.right - x, "middle": self.right - self.left, "end": x}[anchor]
        line = fitted(text, reach if room is None else room, size, bold)
        box = label_box(x, y, line, anchor, size, bold)
        if not line:
            return box
        self.labels.append(box)
        more = "" if anchor == "start" else f' text-anchor="{anchor}"'
        more += "" if size == SIZE else f' font-size="{size:g}"'
        more += ' font-weight="700"' if bold else ""
        names = f"f-{colour}"
        if halo:
            names += " s-paper"
            more += (
                f' stroke="{self.look.palette["paper"]}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
            )
        self.parts.append(
            f'<text class="{names}" x="{x:.1f}" y="{y:.1f}" {self.fill(colour)}{more}>{escaped(line)}</text>'
        )
        return box

    def free(self, box: Box) -> bool:
        """Whether a label may stand there: within the drawing, and over no other."""
        return box.left >= self.left and box.right <= self.right and not box.meets_any(self.labels)

    @contextmanager
    def group(self, told: str) -> Iterator[None]:
        """What is drawn within belongs together, and TOLD says it in words to whoever points at it."""
        self.parts.append(f"<g><title>{escaped(told)}</title>")
        yield
        self.parts.append("</g>")

    def lines(self, text: str, colour: Colour = "soft", size: float = SIZE, most: int = 4) -> None:
        """Words over the whole width, from `y` down."""
        for line in wrapped(text, self.right - self.left, size, most):
            self.y += LINE
            self.text(self.left, self.y - 4, line, colour, size=size)

    def head(self, caption: Caption) -> None:
        """Title and summary of a drawing that stands by itself."""
        if not self.look.framed:
            return
        self.y = 12.0
        for line in wrapped(caption.title, (self.right - self.left) / 1.1, TITLE, 2, bold=True):
            self.y += 22
            box = label_box(self.left, self.y - 4, line, "start", TITLE * 1.1, True)
            self.labels.append(box)
            self.parts.append(
                f'<text class="f-ink" x="{self.left:g}" y="{self.y - 4:.1f}" {self.fill("ink")} font-size="{TITLE:g}" '
                f'font-weight="700" font-family="{SERIF}">{escaped(line)}</text>'
            )
        self.y += 3
        self.lines(caption.summary)
        self.y += 6

    def none(self, text: str = "No data: nothing in the record answers this.") -> None:
        """What stands where there is nothing to draw."""
        self.y += 24
        self.lines(text, "ink")
        self.y += 16

    def notes(self, notes: Iterable[str]) -> None:
        """What a reader has to know of the drawing, below it."""
        found = [note for note in notes if note]
        if found:
            self.y += 6
            self.lines(" ".join(found), size=SIZE, most=6)

    def document(self, caption: Caption) -> str:
        """The whole SVG; nothing is drawn after it."""
        if self.look.framed and caption.source:
            self.y += 6
            self.lines(caption.source, size=SMALL, most=4)
        height = int(self.y + (10 if self.look.framed else 2)) + 1
        name = caption.name
        size = f' width="{self.look.width}" height="{height}"' if self.look.framed else ""
        head = [
            f'<svg class="plot {name}" xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {self.look.width} {height}"{size} '
            f'role="img" aria-labelledby="{name}-title {name}-desc" font-family="{FONT}" font-size="{SIZE:g}">',
            f'<title id="{name}-title">{escaped(caption.title)}</title>',
            f'<desc id="{name}-desc">{escaped(caption.summary)}</desc>',
        ]
        if self.look.framed:
            head.append(
                f'<rect class="ground f-paper" width="{self.look.width}" height="{height}" {self.fill("paper")}/>'
            )
        return "\n".join([*head, *self.parts, "</svg>"])


def label_box(x: float, y: float, text: str, anchor: Anchor = "start", size: float = SIZE, bold: bool = False) -> Box:
    """The box of a label with its baseline at Y."""
    width = width_of(text, size, bold)
    left = x - width * _SHIFT[anchor]
    return Box(left, y - size * 0.8, left + width, y + size * 0.25)
