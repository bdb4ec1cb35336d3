"""What is handed to reading: one report's raw content and what the caller says of it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.facts import Date


@dataclass(frozen=True, slots=True)
class Source:
    """One report before it is read. Exactly one of `html` and `text` is set.

    `id` becomes `report.id`; `name` names the input in errors (a path, an address, `line 7 of -`). `html` is text where
    the caller has decoded it already, else bytes with `charset` as the server's header named it. `text` is kept to the
    character. `title`, `url`, `published` and `outlet` are what was given from outside and go before the page's own;
    `dated_by` says where a given date comes from, None where it was given with the report itself.
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
    dated_by: str | None = None
    warnings: tuple[str, ...] = ()
