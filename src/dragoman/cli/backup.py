"""`dragoman backup`: the record of one moment as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.cli.output import progress, warn
from dragoman.store.backup import backup as back_up
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: a record itself, in SQLite.")],
    record: RecordOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Back up the record, whole or not at all, while others go on reading and writing it.

    A record in PostgreSQL is copied row by row; pg_dump, PostgreSQL's own way, is faster for large ones.

    \b
    Example:
      dragoman backup gulf-monday.db --record gulf.db
    """
    with open_record(record_name(record)) as opened, progress("rows copied") as tick:
        back_up(opened, out, force, tick)
    warn(f"{out}: the record as it stood; to go back to it, name it with --record or copy it")
