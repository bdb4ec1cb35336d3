"""What stands at an address in the form that is asked for: as a page, as JSON, NDJSON, CSV or Parquet.

The form is a suffix of the address, or else the Accept header says it. A view gives a `Shown`, of which only the part
that is asked for is made. Lists are cut into pages: `cursor` in the address is where one begins, and the next page's
address stands in the header Link and, in JSON, under `next`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import parse_qsl, urlencode

from fastapi import Path, Request, Response

from dragoman.store.exports.cells import Row
from dragoman.store.exports.writers import comma_separated, json_lines, parquet
from dragoman.store.payload import Json
from dragoman.web import respond

Form: TypeAlias = Literal["json", "ndjson", "csv", "parquet"]
FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "json": "application/json",
        "ndjson": "application/x-ndjson",
        "csv": "text/csv",
        "parquet": "application/vnd.apache.parquet",
    }
)
"""Media types by suffix."""

PAGE: Final = ""
"""The form of a page for people."""

Suffix: TypeAlias = Annotated[Form, Path(description="The form that is wanted.")]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under `columns`, all text but for those of `kinds`."""

    columns: Sequence[str]
    rows: Iterable[Row]
    kinds: Mapping[str, type] = field(default_factory=dict)

    def objects(self) -> Iterable[Json]:
        """The rows as JSON objects."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands at an address; `page` is None where there is none for people.

    `lines` are the objects of NDJSON where they are other than the table's rows. Of a list that is cut into pages
    (`paged`) `more` is the cursor of the next page, None on the last one.
    """

    page: Callable[[], Response] | None
    value: Callable[[], Json]
    table: Callable[[], Table]
    lines: Callable[[], Iterable[Json]] | None = None
    more: str | None = None
    paged: bool = False


def answer(request: Request, form: str, shown: Shown) -> Response:
    """The answer in FORM."""
    following = next_address(request, shown.more)
    if form == PAGE and shown.page is not None:
        made = shown.page()
    elif form in (PAGE, "json"):
        made = respond.json(request, {**shown.value(), "next": following} if shown.paged else shown.value())
    else:
        made = respond.sent(request, _body(form, shown), _media(form))
    if following:
        made.headers["Link"] = f'<{following}>; rel="next"'
    made.headers["Vary"] = "Accept"
    return made


def _body(form: str, shown: Shown) -> bytes:
    out = io.BytesIO()
    if form == "ndjson":
        json_lines(out, shown.lines() if shown.lines else shown.table().objects())
        return out.getvalue()
    table = shown.table()
    columns = tuple(table.columns)
    write = comma_separated(columns) if form == "csv" else parquet(columns, table.kinds)
    write(out, table.rows)
    return out.getvalue()


def _media(form: str) -> str:
    return FORMS[form] + ("; charset=utf-8" if form != "parquet" else "")


def next_address(request: Request, cursor: str | None) -> str | None:
    """The address that was asked for, with CURSOR as where its page begins; None without one."""
    if cursor is None:
        return None
    given = [(name, value) for name, value in parse_qsl(request.url.query) if name not in ("cursor", "before", "after")]
    path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").partition("?")[0]
    return f"{path}?{urlencode([*given, ('cursor', cursor)])}"


def accepted(request: Request, offered: Mapping[str, str] = FORMS) -> str:
    """The form that the Accept header prefers among OFFERED (suffix to media type) and the page.

    A page where it prefers none of them: browsers and `*/*` get pages.
    """
    kinds = {"text/html": PAGE, **{media.partition(";")[0]: form for form, media in offered.items()}}
    best, best_weight = PAGE, 0.0
    for part in request.headers.get("accept", "").split(","):
        name, _, parameters = part.partition(";")
        weight = _weight(parameters)
        form = PAGE if name.strip() in ("*/*", "text/*", "") else kinds.get(name.strip().lower())
        if form is not None and weight > best_weight:
            best, best_weight = form, weight
    return best


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            digits = value.strip()
            return float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else 0.0
    return 1.0
