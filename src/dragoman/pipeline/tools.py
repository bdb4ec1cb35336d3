"""Loading what reading needs, and naming its versions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from dragoman import __version__
from dragoman.coding.tools import Tools
from dragoman.errors import SettingError
from dragoman.lexicon.codebook import Codebook, frames, load
from dragoman.lexicon.plover import terms
from dragoman.lexicon.predicates import PredicateRow
from dragoman.lexicon.table import Lexicon
from dragoman.settings import Settings
from dragoman.store.writing import Stamp

CODEBOOK: Final = "PLOVER 2.0 draft, CAMEO 1.1b3"
"""The codebooks that facts are coded by."""

VERSION_DIGITS: Final = 12
"""Hexadecimal digits of a digest that name a version: a clash among a million versions is one in 600 million."""


@lru_cache(maxsize=1)
def load_tools(settings: Settings) -> Tools:
    """The parser and the tables, loaded once in a process. Raises ModelError, SettingError."""
    from dragoman.language.parser import load_parser  # a second that only commands that read text pay for

    parser = load_parser(settings.parser, settings.threads, meaning=False)  # coding goes by the trees
    return Tools(parser, load_lexicon(settings))


def load_lexicon(settings: Settings) -> Lexicon:
    """Our tables, the user's, and the frames of his codebook.

    Raises SettingError where the user's folder or codebook isn't there, TableError where the codebook is wrong.
    """
    if settings.lexicon is not None and not settings.lexicon.is_dir():
        raise SettingError(f"{settings.lexicon}: there is no such folder of tables; make it or name another")
    found = Lexicon(settings.lexicon)
    own = load_codebook(settings, found)
    return found if own is None else Lexicon(settings.lexicon, {PredicateRow: frames(own)})


def load_codebook(settings: Settings, lexicon: Lexicon) -> Codebook | None:
    """The user's codebook, if there is one. Raises SettingError and TableError."""
    if settings.codebook is None:
        return None
    if not settings.codebook.is_file():
        raise SettingError(f"{settings.codebook}: there is no such codebook; write it or name another")
    return load(settings.codebook, lexicon.compiled(terms))


def stamp(settings: Settings) -> Stamp:
    """The versions that a reading under SETTINGS is marked with: of the code and its weights, and of the tables.

    The user's codebook follows the tables by name and digest, `3f2a…+gulf-shipping.09bc…`; last the confidence below
    which events are left out, `3f2a…+sure.0.7`.
    """
    weights = files("dragoman.language") / "weights" / settings.parser / "meta.json"
    digest = _digest([("meta.json", weights.read_bytes())]) if weights.is_file() else "none"
    own = load_codebook(settings, Lexicon(settings.lexicon))
    tables = _digest(_tables(settings.lexicon)) + (f"+{own.stamp}" if own else "")
    tables += f"+sure.{settings.min_confidence:g}" if settings.min_confidence else ""
    return Stamp(f"{__version__}+{settings.parser}.{digest}", tables)


def _tables(extra: Path | None) -> Iterator[tuple[str, bytes]]:
    folders: list[Traversable] = [files("dragoman.lexicon") / "data", *([extra] if extra else [])]
    for folder in folders:
        for table in sorted(folder.iterdir(), key=lambda item: item.name):
            if table.name.endswith((".tsv", ".tsv.gz")):
                yield table.name, table.read_bytes()


def _digest(parts: Iterator[tuple[str, bytes]] | list[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256()
    for name, content in parts:
        whole.update(f"{name}\x1f{len(content)}\x1f".encode())
        whole.update(content)
    return whole.hexdigest()[:VERSION_DIGITS]
