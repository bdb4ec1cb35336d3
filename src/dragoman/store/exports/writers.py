"""Rows as bytes: tab-separated, comma-separated, JSON Lines, Parquet. Each takes rows as they come and keeps few."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, Final, TextIO, TypeAlias

from dragoman.errors import SettingError
from dragoman.store.exports.cells import Row, cell, unquoted
from dragoman.store.payload import Json

RowWriter: TypeAlias = Callable[[BinaryIO, Iterable[Row]], None]

GROUP_ROWS: Final = 20_000
"""Rows of a row group of Parquet: so many are held in memory."""

_dumps: Final = partial(json.dumps, ensure_ascii=False, allow_nan=False)
_LINE_ENDS: Final = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that some readers of JSON Lines take for the end of a line."""


def tab_separated(columns: tuple[str, ...], header: bool, missing: str = "") -> RowWriter:
    """Tab-separated, without quoting; no cell holds a tab, a line end or a double quote."""

    def write(out: BinaryIO, rows: Iterable[Row]) -> None:
        with _text(out) as file:
            if header:
                file.write("\t".join(columns) + "\n")
            file.writelines("\t".join(unquoted(cell(value, missing)) for value in row) + "\n" for row in rows)

    return write


def comma_separated(columns: tuple[str, ...]) -> RowWriter:
    """Comma-separated with a header; cells are quoted where they must be."""

    def write(out: BinaryIO, rows: Iterable[Row]) -> None:
        with _text(out) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([cell(value) for value in row] for row in rows)

    return write


def counts(columns: tuple[str, ...]) -> RowWriter:
    """Comma-separated with a header, for rows of numbers and codes, which need no care: tables of millions of zeros."""

    def write(out: BinaryIO, rows: Iterable[Row]) -> None:
        with _text(out) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)

    return write


def json_lines(out: BinaryIO, objects: Iterable[Json]) -> None:
    """One JSON object a line."""
    with _text(out) as file:
        file.writelines(_dumps(item).translate(_LINE_ENDS) + "\n" for item in objects)


@contextmanager
def _text(out: BinaryIO) -> Iterator[TextIO]:
    """OUT as a file of UTF-8 text; OUT itself stays open."""
    file = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        yield file
    finally:
        file.detach()


def parquet(columns: tuple[str, ...], kinds: Mapping[str, type]) -> RowWriter:
    """Parquet; columns are text but for those of KINDS. Raises SettingError where pyarrow isn't installed."""

    def write(out: BinaryIO, rows: Iterable[Row]) -> None:
        arrow = _arrow()
        types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
        schema = arrow.schema([(name, types[kinds.get(name, str)]) for name in columns])
        with arrow.parquet.ParquetWriter(out, schema) as writer:
            for group in _groups(iter(rows)):
                cells = zip(zip(*group, strict=True), schema, strict=True)
                arrays = [arrow.array(values, field.type) for values, field in cells]
                writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))

    return write


def _arrow() -> Any:
    try:
        import pyarrow.parquet  # late: only this format needs it, and it comes with an extra
    except ModuleNotFoundError as error:
        raise SettingError("export parquet: pyarrow is not installed; pip install 'dragoman[parquet]'") from error
    return pyarrow


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, GROUP_ROWS)):
        yield group
