"""`dragoman export`: facts as a file for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import (
    FromOption,
    KindOption,
    PairOption,
    RecordOption,
    StatusOption,
    ToOption,
    TypeOption,
    fact_filter,
    record_name,
)
from dragoman.errors import QueryError
from dragoman.pipeline.answer import dumps
from dragoman.pipeline.tools import CODEBOOK
from dragoman.store.export import coded, whole_file, write_csv
from dragoman.store.query import facts
from dragoman.store.record import open_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from dragoman.store.query import StoredFact

app = typer.Typer(add_completion=False)


class Format(StrEnum):
    """What can be written."""

    csv = "csv"
    jsonl = "jsonl"


@app.command()
def export(
    format_: Annotated[Format, typer.Argument(metavar="csv|jsonl", help="csv: one row per event; jsonl: every fact.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
    record: RecordOption = None,
    kind: KindOption = None,
    pair: PairOption = None,
    status: StatusOption = None,
    first: FromOption = None,
    last: ToOption = None,
    type_: TypeOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Export facts: written whole or not at all. Statuses are a column: count only those that you mean to.

    Read `cameo` as text: 014 is another code than 14. The quote of each fact goes with it, the report's text doesn't.

    \b
    Examples:
      dragoman export csv --out events.csv --status happened --from 1978-01-01
      dragoman export jsonl --out facts.jsonl --pair EGY ISR
    """
    if format_ is Format.csv and [name for name in kind or () if name != "event"]:
        raise QueryError("csv holds events; export other kinds as jsonl")
    wanted = fact_filter(["event"] if format_ is Format.csv else kind, type_, status, pair, first, last)
    with open_record(record_name(record)) as opened, whole_file(out, force) as file:
        found = facts(opened, wanted)
        number = write_csv(file, found, CODEBOOK) if format_ is Format.csv else _write_lines(file, found, CODEBOOK)
    typer.echo(f"{out}: {number} {'events' if format_ is Format.csv else 'facts'}", err=True)


def _write_lines(file: TextIO, found: Iterable[StoredFact], codebook: str) -> int:

    number = 0
    for fact in found:
        number += 1
        about = {"url": fact.url, "outlet": fact.outlet, "codebook": codebook, **coded(fact)}
        file.write(dumps({**fact.line(), **about}) + "\n")
    return number
