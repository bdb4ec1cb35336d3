"""`dragoman init`: make a record, or bring an old one forward."""

from __future__ import annotations

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.live.push.keys import ensure_key
from dragoman.store.query import counts
from dragoman.store.record import exists, open_record

app = typer.Typer(add_completion=False)


@app.command()
def init(record: RecordOption = None) -> None:
    """Make an empty record, or bring one of an older Dragoman forward; one that is in order is left as it is.

    It gets the key by which push services know it, unless it has one.

    \b
    Example:
      dragoman init --record gulf.db
    """
    where = record_name(record)
    is_new = not exists(where)
    with open_record(where, write=True) as opened:
        found = counts(opened)
        ensure_key(opened)
    typer.echo(f"{where}: {'a new record' if is_new else 'a record'} with {found.reports} reports, {found.facts} facts")
