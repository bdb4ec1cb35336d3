"""`dragoman serve`: the record in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.listening import address, listen
from dragoman.cli.options import (
    CodebookOption,
    MinConfidenceOption,
    ParserOption,
    RecordOption,
    record_name,
    settings_with,
)
from dragoman.cli.output import warn
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.tools import load_codebook

if TYPE_CHECKING:
    from dragoman.settings import Settings

app = typer.Typer(add_completion=False)

PORT = 8000
"""Unless --port says otherwise."""


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")] = PORT,
    host: Annotated[str, typer.Option("--host", help="Who may ask: this machine, unless another address is given.")] = (
        "127.0.0.1"
    ),
    record: RecordOption = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
    min_confidence: MinConfidenceOption = None,
    follow: Annotated[bool, typer.Option("--follow", help="Follow the record's feeds as well, as `follow` does.")] = (
        False
    ),
) -> None:
    """Serve the record: pages, JSON, the live stream, and the address that reports are posted to. Ctrl-C ends it.

    \b
    Examples:
      dragoman serve --port 8080 --record gulf.db
      dragoman serve --follow
    """
    where = record_name(record)
    settings = settings_with(parser=parser, codebook=codebook, min_confidence=min_confidence)
    if settings.codebook:
        _check(settings)
    with listen(host, port) as listener:
        from dragoman.web.server import serve as run  # late: the port is asked for before half a second of imports

        typer.echo(f"{where} at {address(listener)}; Ctrl-C ends it")
        run(where, [listener], settings, warn if follow else None)


def _check(settings: Settings) -> None:
    """Refuse a wrong codebook now, and not when the first report is posted. Raises SettingError and TableError."""
    load_codebook(settings, Lexicon(settings.lexicon))
