"""Numbers in an address, and pages that don't cut a report in two."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request

from dragoman.errors import QueryError
from dragoman.store.query import Order, StoredFact, Wanted, facts
from dragoman.store.record import Record

MOST_DIGITS = 18


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
