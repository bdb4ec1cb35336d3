"""Colours by what they mean, in the light and in the dark.

Each mark carries its colour as an attribute, so that a file stands by itself, and a class of the same name, by which a
page's stylesheet puts its own colours there. No `style` stands in a drawing: the pages forbid it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Colour: TypeAlias = Literal["paper", "ink", "soft", "rule", "cooperation", "conflict"]
"""`paper` behind all, `ink` for what is read, `soft` for axes' names and what counts on neither side, `rule` for lines
that only guide the eye."""

Palette: TypeAlias = Mapping[Colour, str]

LIGHT: Final[Palette] = MappingProxyType(
    {
        "paper": "#fcfbf8",
        "ink": "#1c1b19",
        "soft": "#6a665e",
        "rule": "#ddd8cd",
        "cooperation": "#1f6390",
        "conflict": "#a8431f",
    }
)
DARK: Final[Palette] = MappingProxyType(
    {
        "paper": "#171614",
        "ink": "#ebe7df",
        "soft": "#a39d91",
        "rule": "#37342e",
        "cooperation": "#7db6e0",
        "conflict": "#ea9270",
    }
)

FONT: Final = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, 'DejaVu Sans', sans-serif"
SERIF: Final = "Charter, 'Bitstream Charter', Georgia, 'DejaVu Serif', serif"

SIZE: Final = 11.0
"""Units of height of a label."""
SMALL: Final = 10.0
TITLE: Final = 17.0
LINE: Final = 15.0
"""Units from one line of labels to the next."""
