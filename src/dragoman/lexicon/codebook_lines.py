"""Where things stand in the text of a TOML file: tomllib gives values, but not their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SECTION: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*([\w-]+|"[^"]*"|'[^']*')\s*=""")
_PART: Final = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


REACH: Final = 1000
"""Lines below a key in which one of its values is looked for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line (from 1), as a clause for the user."""

    line: int
    problem: str


class Lines:
    """The lines of a TOML text by section and key.

    Good for files as people write them, a section a type and a key a line; where something is written otherwise the
    line of what encloses it is given, in the last resort the first.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._first: dict[tuple[str, ...], int] = {}
        self._tables: dict[tuple[str, ...], list[int]] = {}
        section: tuple[str, ...] = ()
        for number, line in enumerate(self._lines, 1):
            if opened := _SECTION.match(line):
                section = tuple(a or b or c for a, b, c in _PART.findall(opened[2]))
                self._tables.setdefault(section, []).append(number)
                for size in range(1, len(section) + 1):
                    self._first.setdefault(section[:size], number)
            elif key := _KEY.match(line):
                self._first.setdefault((*section, key[1].strip("\"'")), number)

    def of(self, *path: str, value: str | None = None) -> int:
        """The line of the key or section PATH, or that at or below it where the text VALUE stands first."""
        while path and path not in self._first:
            path = path[:-1]
        line = self._first.get(path, 1)
        return line if value is None else self._of_value(line, value, line)

    def _of_value(self, line: int, value: str, otherwise: int) -> int:
        """The first line from LINE on that holds the text VALUE in quotes, else OTHERWISE."""
        quoted = (f'"{value}"', f"'{value}'")
        for number in range(line, min(line + REACH, len(self._lines) + 1)):
            if any(text in self._lines[number - 1] for text in quoted):
                return number
        return otherwise

    def example(self, name: str, number: int, entry: object, after: int) -> int:
        """The line of example NUMBER (from 0) of the type NAME: of its own section, or where its text stands.

        AFTER is the line of the example before it, 0 for the first.
        """
        tables = self._tables.get(("types", name, "examples"), [])
        if number < len(tables):
            return tables[number]
        first = self.of("types", name, "examples")
        text = entry.get("text") if isinstance(entry, dict) else entry
        if not isinstance(text, str):
            return max(first, after)
        return self._of_value(max(first, after + 1), text, max(first, after))
