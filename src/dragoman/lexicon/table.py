"""Reading tables: one TSV file a table, checked against a dataclass, errors with file and line.

A table is `data/NAME.tsv`: UTF-8, tab separated, no quoting; lines with `#` before the header are its notice.
The header names the fields of the row's dataclass, in any order; fields with a default may be left out. Cells are read
by the field's type: `str`, `int`, `float`, `bool` (`yes` or empty), `tuple[str, ...]` (parted by `;`), and each of them
`| None`, where an empty cell is None. A user's folder may hold a file of the same name: its rows are added, and a row
whose key is already there replaces ours.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from dragoman.errors import TableError


class Row(Protocol):
    """A row's dataclass: `table` is the file's name without `.tsv`, `key` the fields that tell rows apart."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]


R = TypeVar("R", bound=Row)
T = TypeVar("T")


class Lexicon:
    """All tables, each read once and when first asked for; compiled indexes over them likewise.

    `extra` is the user's folder of own tables, or None; `own` are rows that stand before those of the files, such as
    the frames of a user's codebook.
    """

    def __init__(self, extra: Path | None = None, own: Mapping[type[Any], tuple[Any, ...]] | None = None) -> None:
        self.extra = extra
        self._own = own or {}
        self._rows: dict[type[Any], tuple[Any, ...]] = {}
        self._compiled: dict[Callable[[Lexicon], Any], Any] = {}

    def rows(self, kind: type[R]) -> tuple[R, ...]:
        """The rows of KIND's table. Raises TableError at the first row that breaks the schema."""
        if kind not in self._rows:
            self._rows[kind] = (*self._own.get(kind, ()), *_read_all(kind, self.extra))
        return cast(tuple[R, ...], self._rows[kind])

    def compiled(self, build: Callable[[Lexicon], T]) -> T:
        """What BUILD makes of this lexicon, made once: pass a module-level function, it is the key."""
        if build not in self._compiled:
            self._compiled[build] = build(self)
        return cast(T, self._compiled[build])


def _read_all(kind: type[R], extra: Path | None) -> tuple[R, ...]:
    by_key: dict[tuple[object, ...], R] = {}
    for name, text in _sources(kind.table, extra):
        seen: set[tuple[object, ...]] = set()
        for line, row in read_rows(kind, name, text):
            key = tuple(getattr(row, part) for part in kind.key)
            if key in seen:
                raise TableError(name, line, f"a second row with {_key_text(kind, key)}; join the two or change one")
            seen.add(key)
            by_key[key] = row
    return tuple(by_key.values())


def _key_text(kind: type[R], key: tuple[object, ...]) -> str:
    return ", ".join(f"{name} {value!r}" for name, value in zip(kind.key, key, strict=True))


def _sources(table: str, extra: Path | None) -> Iterator[tuple[str, str]]:
    name = f"{table}.tsv"
    yield name, (files("dragoman.lexicon") / "data" / name).read_text(encoding="utf-8")
    if extra is not None and (extra / name).is_file():
        path = extra / name
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise TableError(str(path), 1, f"not UTF-8 at byte {error.start}; save the table as UTF-8") from error


def read_rows(kind: type[R], name: str, text: str) -> Iterator[tuple[int, R]]:
    """(line number from 1, row) of one table's TEXT. Raises TableError with NAME and the line."""
    lines = [(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    while lines and lines[0][1].startswith("#"):
        lines.pop(0)
    if not lines:
        raise TableError(name, 1, "the table is empty; its first line names the columns")
    at, header = lines[0]
    columns = header.rstrip("\r").split("\t")
    readers = _readers(kind)
    _check_header(kind, name, at, columns)
    for line, content in lines[1:]:
        cells = content.rstrip("\r").split("\t")
        if len(cells) > len(columns):
            raise TableError(name, line, f"{len(cells)} cells for {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        yield line, _row(kind, name, line, zip(columns, cells, strict=True), readers)


def _row(
    kind: type[R], name: str, line: int, cells: Iterable[tuple[str, str]], readers: dict[str, Callable[[str], object]]
) -> R:
    values: dict[str, object] = {}
    for column, cell in cells:
        try:
            values[column] = readers[column](cell.strip())
        except ValueError as error:
            raise TableError(name, line, f"{column}: {error}") from error
    try:
        return kind(**values)
    except ValueError as error:
        raise TableError(name, line, str(error)) from error


def _check_header(kind: type[R], name: str, line: int, columns: list[str]) -> None:
    known = {f.name: f for f in fields(cast(Any, kind))}
    for column in columns:
        if column not in known:
            raise TableError(name, line, f"unknown column {column!r}; known are {', '.join(known)}")
    if len(set(columns)) < len(columns):
        raise TableError(name, line, "a column stands twice in the header")
    for field in known.values():
        if field.name not in columns and field.default is MISSING and field.default_factory is MISSING:
            raise TableError(name, line, f"column {field.name!r} is missing")


@cache
def _readers(kind: type[Any]) -> dict[str, Callable[[str], object]]:
    hints = get_type_hints(kind)
    return {f.name: _reader(hints[f.name]) for f in fields(kind)}


def _reader(hint: object) -> Callable[[str], object]:
    """The function that reads a cell of type HINT; it raises ValueError with a clause for the user."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = _reader(next(arg for arg in get_args(hint) if arg is not type(None)))
        return lambda cell: inner(cell) if cell else None
    if get_origin(hint) is tuple:
        return lambda cell: tuple(part.strip() for part in cell.split(";") if part.strip())
    readers: dict[object, Callable[[str], object]] = {str: str, int: _whole, float: _number, bool: _yes}
    if hint not in readers:
        raise TypeError(f"no reader for cells of type {hint!r}")
    return readers[hint]


def _whole(cell: str) -> int:
    try:
        return int(cell)
    except ValueError as error:
        raise ValueError(f"{cell!r} is no whole number") from error


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError as error:
        raise ValueError(f"{cell!r} is no number") from error


def _yes(cell: str) -> bool:
    if cell not in ("", "yes", "no"):
        raise ValueError(f"{cell!r} is neither yes nor no (nor empty)")
    return cell == "yes"
