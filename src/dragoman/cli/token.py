"""`dragoman token`: tokens for programs that post reports."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.store.record import open_record
from dragoman.store.tokens import add_token

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def token() -> None:
    """Hand out tokens to programs that post reports."""


@app.command()
def add(
    scope: Annotated[str, typer.Option("--scope", help="What it allows: post.")] = "post",
    record: RecordOption = None,
) -> None:
    """Print a new token. Only its digest is kept: it can't be shown again.

    \b
    Example:
      dragoman token add --scope post
    """
    with open_record(record_name(record), write=True) as opened:
        typer.echo(add_token(opened, scope))
