"""What is handed to reading: one report's raw content and what the caller says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.facts import Date


@dataclass(frozen=True, slots=True)
class Source:
    """One report before it is read. Exactly one of `html` and `text` is set.

    `id` becomes `report.id`; `name` names the input in errors (a path, an address, `line 7 of -`). `html` is text where
    the caller has decoded it already, else bytes with `charset` as the server's header named it. `text` is kept to the
    character. `title`, `url`, `published` and `outlet` are what was given from outside and go before the page's own;
    `dated_by` is `feed` where the date is a feed's, which pages may correct; None where it was given with the report,
    which nothing corrects. `seen_on` is the day on which the page was fetched or archived, None for today: it bounds
    the dates that are believed.
    """

    id: str
    name: str
    html: str | bytes | None = None
    text: str | None = None
    title: str | None = None
    url: str | None = None
    published: Date | None = None
    outlet: str | None = None
    charset: str | None = None
    dated_by: Literal["feed"] | None = None
    seen_on: date | None = None
    warnings: tuple[str, ...] = ()
