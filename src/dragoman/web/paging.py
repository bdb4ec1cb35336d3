"""Where a page of a list begins, and pages that don't cut a report in two.

A cursor is opaque to who uses it: the last item of the page before, and the list's order, so that it can't be taken
for a place in another list.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Annotated, Final, TypeAlias

from fastapi import Query, Request

from dragoman.errors import QueryError
from dragoman.store.query import Order, StoredFact, Wanted, facts
from dragoman.store.record import Record
from dragoman.store.search.lexer import LONGEST_QUERY

MOST_FACTS: Final = 1000
"""Items of one page of a list."""

MOST_DIGITS: Final = 18

_CURSOR: Final = re.compile(r"([a-z-]+)\.(\d{1,18})")

Cursor: TypeAlias = Annotated[
    str | None,
    Query(max_length=64, description="Where the page begins: from `next` or the header Link, as it stands there."),
]

Q: TypeAlias = Annotated[
    str,
    Query(
        json_schema_extra={"maxLength": LONGEST_QUERY},  # the language itself says what is too long, and where
        description='A search as in the search box: EGY ISR type:AGREE "three months".',
    ),
]
Limit: TypeAlias = Annotated[int, Query(ge=1, le=MOST_FACTS, description="At most so many.")]


def cursor_of(order: str, last: int | None) -> str | None:
    """The cursor of the page after the item with the number LAST in a list of ORDER; None on the last page."""
    if last is None:
        return None
    return base64.urlsafe_b64encode(f"{order}.{last}".encode()).decode().rstrip("=")


def begins(order: str, cursor: str | None, number: int | None = None) -> int | None:
    """The item after which a page begins: that of CURSOR, else NUMBER.

    Raises QueryError where the cursor is none of ours, or belongs to another list.
    """
    if not cursor:
        return number
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    found = _CURSOR.fullmatch(text)
    if found is None or found[1] != order:
        raise QueryError(f"cursor: {cursor[:40]!r} is no page of this list; take it from `next` of the page before")
    return int(found[2])


def number(request: Request, name: str) -> int | None:
    """The whole number that the address gives under NAME, or None. Raises QueryError where it is none."""
    text = request.query_params.get(name)
    if text is None or text == "":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise QueryError(f"{name}: {text[:40]!r} is no whole number")
    return int(text)


def page_of(
    record: Record, filters: Wanted, after: int | None, limit: int, order: Order, whole: bool = False
) -> tuple[list[StoredFact], int | None]:
    """LIMIT facts after AFTER in ORDER, and the cursor of the next page, None on the last one.

    With WHOLE the facts of a report that would be cut off go to the next page, unless the page holds no other.
    """
    found = list(facts(record, filters, after, limit + 1, order))
    if len(found) <= limit:
        return found, None
    shown = _whole(found, limit) if whole else found[:limit]
    return shown, shown[-1].seq


def _whole(found: Sequence[StoredFact], limit: int) -> list[StoredFact]:
    over = found[limit]
    end = limit
    while end and (found[end - 1].report, found[end - 1].version) == (over.report, over.version):
        end -= 1
    return list(found[: end or limit])
