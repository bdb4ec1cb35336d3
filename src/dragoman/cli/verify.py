"""`dragoman verify`: whether the record is whole."""

from __future__ import annotations

from typing import Final

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.cli.output import plain, print_line, progress, warn
from dragoman.store.query import counts
from dragoman.store.record import open_record
from dragoman.store.verifying import verify as verify_record

app = typer.Typer(add_completion=False)

FOUND: Final = 1


@app.command()
def verify(record: RecordOption = None) -> None:
    """Check the record: quotes stand at their places, texts are those that were read, links have both ends.

    Prints each finding on a line; the exit code is 0 where there is none, 1 where there are some, 2 where the record
    can't be read at all.

    \b
    Example:
      dragoman verify --record gulf.db
    """
    where = record_name(record)
    number = 0
    with open_record(where) as opened, progress("reports verified") as tick:
        for finding in verify_record(opened, tick):
            number += 1
            print_line(plain(f"{finding.where}: {finding.problem}"))
        found = None if number else counts(opened)
    if found is None:
        warn(f"{where}: {number} findings; restore a backup, or read the named reports again")
        raise typer.Exit(FOUND)
    warn(f"{where}: {found.reports} reports, {found.facts} facts, all as it should be")
