"""JSON Lines of `relate` and `link`: each line checked, and named by its number where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from dragoman.errors import LineError
from dragoman.facts import Span

T = TypeVar("T")
Row = dict[str, object]


def rows(stream: Iterable[bytes], make: Callable[[Row, str], T]) -> Iterator[T | LineError]:
    """What MAKE makes of each line, or the error that says why it can't; blank lines are passed over."""
    for number, line in enumerate(stream, 1):
        if line.strip():
            where = f"line {number} of standard input"
            try:
                yield make(_object(line, where), where)
            except LineError as error:
                yield error


def _object(line: bytes, where: str) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineError(where, f"byte {error.start + 1} is not UTF-8", "save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise LineError(where, f"no JSON that can be read: {error}", "each line must be one JSON object") from error
    if not isinstance(row, dict):
        raise LineError(where, "not a JSON object", "each line must be one JSON object")
    return cast(Row, row)


def text_of(row: Row, key: str, where: str) -> str:
    """The text under KEY. Raises LineError where there is none."""
    value = row.get(key)
    if not isinstance(value, str):
        raise LineError(where, f'no text under "{key}"', f'give "{key}" in quotes')
    return value


def id_of(row: Row, where: str) -> str | int:
    """The id, as it will be printed again."""
    value = row.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise LineError(where, "no id", 'give each line an "id" of its own')
    return value


def span_of(value: object, text: str, where: str, name: str) -> Span:
    """VALUE as a span of TEXT. Raises LineError where it is none."""
    if isinstance(value, list) and len(value) == 2 and all(type(side) is int for side in value):
        start, end = value
        if 0 <= start < end <= len(text):
            return (start, end)
    raise LineError(where, f"{name} {value!r} is no span of a text of {len(text)} characters", "write [start, end]")
