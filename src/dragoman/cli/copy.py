"""`dragoman copy`: a record into another database."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.output import print_line, progress
from dragoman.store.copying import copy as copy_record
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The record: a file or a URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new file, or the URL of an empty database.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Copy a record whole, from SQLite to PostgreSQL or back, and compare every row by number and checksum.

    All is copied as it stands at one moment, or nothing: after a stop run it again.

    \b
    Example:
      dragoman copy gulf.db postgresql+psycopg://me@localhost/gulf
    """
    with open_record(source) as opened, progress("rows copied") as tick:
        done = copy_record(opened, target, force, tick)
    for table in done:
        print_line(f"{table.table}\t{table.rows} rows\t{table.checksum}")
