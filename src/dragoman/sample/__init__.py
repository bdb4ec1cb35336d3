"""The sample archive: forty retellings of documented events as pages, with their gold facts, and four live reports.

The texts are ours (CC BY 4.0) and say of themselves that they are retellings; `README.md` here has the guidelines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, TypeAlias, cast

from dragoman.errors import QueryError, TableError

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

COLUMNS: Final = ("file", "id", "url", "title", "outlet", "published", "era", "layout", "pair", "note")
"""Columns of index.tsv, in order."""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One page of the archive. `html` is the file's bytes; `published` is the gold day, which the page may hide.

    `pair` holds the ids of the pages that tell the outcome of this one, or the plan that led to it.
    """

    id: str
    url: str
    html: bytes
    title: str
    outlet: str
    published: str
    layout: str
    pair: tuple[str, ...]


def _folder() -> Traversable:
    return files("dragoman.sample")


def index() -> tuple[Mapping[str, str], ...]:
    """The rows of index.tsv. Raises TableError where a row has not the columns that it should have."""
    lines = (_folder() / "index.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(COLUMNS) or (number == 1 and tuple(row) != COLUMNS):
            raise TableError("sample/index.tsv", number, f"expected the columns {', '.join(COLUMNS)}")
    return tuple(dict(zip(COLUMNS, row, strict=True)) for row in rows[1:])


def pages() -> Iterator[SamplePage]:
    """All pages, in the order of the index, which is that of their dates."""
    for row in index():
        html = (_folder() / "pages" / row["file"]).read_bytes()
        yield SamplePage(
            id=row["id"],
            url=row["url"],
            html=html,
            title=row["title"],
            outlet=row["outlet"],
            published=row["published"],
            layout=row["layout"],
            pair=tuple(row["pair"].split()),
        )


def gold(page: str) -> dict[str, Json]:
    """The gold facts of the page with the id PAGE. Raises QueryError where the archive has no such page."""
    if page not in {row["id"] for row in index()}:
        raise QueryError(f"sample: the archive has no page {page!r}; the ids stand in sample/index.tsv")
    return cast("dict[str, Json]", json.loads((_folder() / "gold" / f"{page}.json").read_text(encoding="utf-8")))


def live() -> Iterator[dict[str, str]]:
    """The live reports, as `read -` takes them: id, title, text, url, outlet and published, oldest first."""
    texts = [file.read_text("utf-8") for file in (_folder() / "live").iterdir() if file.name.endswith(".json")]
    found = cast("list[dict[str, str]]", [json.loads(text) for text in texts])
    yield from sorted(found, key=lambda report: report["published"])
