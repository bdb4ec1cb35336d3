"""Dragoman keeps the record of relations between states from foreign-affairs reporting.

`from dragoman import read, Record`: `read` gives the facts of a text, `Record` opens one. docs/python.md shows how.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dragoman.python.reading import read
    from dragoman.python.record import Record

__version__ = "0.1.0"
__all__ = ["Record", "__version__", "read"]

_HOMES: Final = {"read": "dragoman.python.reading", "Record": "dragoman.python.record"}
"""Name to the module that has it, which is imported when it is first asked for: commands import this package too."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
