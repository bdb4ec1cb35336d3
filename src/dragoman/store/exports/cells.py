"""Values as the cells of a table: one line each, nothing that a reader could take for a border or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

Value: TypeAlias = str | float | int | bool | None
Row: TypeAlias = tuple[Value, ...]

LIST: Final = "; "
"""What joins the items of a list in one cell; an item's own semicolon becomes a comma."""

_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula, as narrow and as wide characters."""


def one_line(text: str) -> str:
    """TEXT with every run of blanks, line ends and control characters as one blank, none at the ends."""
    return _BLANKS.sub(" ", text).strip()


def cell(value: Value, missing: str = "") -> str:
    """VALUE as a cell; None and blank text are MISSING.

    A blank at the end stays, as it may belong to a list whose last item isn't known (`DEU; `). Text that a spreadsheet
    would run as a formula gets an apostrophe before it; numbers stay as they are.
    """
    if value is None:
        return missing
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = _BLANKS.sub(" ", value).lstrip()
    return f"'{text}" if text.startswith(_FORMULA) else text or missing


def unquoted(text: str) -> str:
    """TEXT without double quotes, so that a table reads the same whether its reader minds quotes or not."""
    return text.replace('"', "'")


def joined(values: Iterable[Value], missing: str = "", separator: str = LIST) -> str | None:
    """A list as one value; what isn't known keeps its place as MISSING. None where nothing is known at all."""
    parts = [missing if value is None else str(value).replace(";", ",") for value in values]
    return separator.join(parts) if any(part != missing for part in parts) else None


def joined_urls(urls: Iterable[str | None], separator: str = LIST) -> str | None:
    """Addresses as one value: those that are known, each once, with the characters that would part them escaped."""
    escaped = [_address(url) for url in urls if url]
    return separator.join(dict.fromkeys(escaped)) or None


def _address(url: str) -> str:
    return one_line(url).replace(";", "%3B").replace(" ", "%20").replace('"', "%22")
