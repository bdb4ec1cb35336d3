"""`dragoman serve`: the record in a browser."""

from __future__ import annotations

import re
import sys
from functools import partial
from ipaddress import ip_address
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
    with_given,
)
from dragoman.cli.output import warn
from dragoman.errors import SettingError
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.tools import load_codebook
from dragoman.web.proxies import proxies_of

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
    public: Annotated[bool, typer.Option("--public", help="Anybody may read; changing takes a token.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Reading takes a token as well.")] = False,
    public_url: Annotated[
        str | None, typer.Option("--public-url", metavar="URL", help="The address that its readers use.")
    ] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--trusted-proxy", metavar="ADDRESS", help="Whose X-Forwarded-For and -Proto are believed; may be repeated."
        ),
    ] = None,
    access_log: Annotated[bool, typer.Option("--access-log", help="A line of the log for each request.")] = False,
    log_format: Annotated[
        str | None, typer.Option("--log-format", metavar="text|json", help="How lines of the log are written.")
    ] = None,
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
      dragoman serve --public --public-url https://record.example.org/ --trusted-proxy 127.0.0.1
    """
    where = record_name(record)
    settings = settings_with(parser=parser, codebook=codebook, min_confidence=min_confidence)
    given: dict[str, object] = {
        "access": _access(public, closed),
        "public_url": public_url,
        "trusted_proxies": ",".join(trusted_proxy) if trusted_proxy else None,
        "access_log": access_log or None,
        "log_format": log_format,
    }
    settings = with_given(settings, given)
    _check_access(settings, host)
    if settings.codebook:
        _check(settings)
    with listen(host, port) as listener:
        from dragoman.web.server import serve as run  # late: the port is asked for before half a second of imports

        typer.echo(f"{where} at {address(listener)}; Ctrl-C ends it")
        keyed = partial(_show_key, address(listener)) if sys.stdout.isatty() else None
        run(where, [listener], settings, warn if follow else None, keyed)


def _access(public: bool, closed: bool) -> str | None:
    """What the options say of who may read; None where they say nothing. Raises SettingError."""
    if public and closed:
        raise SettingError("--public and --closed: name one; a closed server is read by holders of a token only")
    return "public" if public else "closed" if closed else None


def _check_access(settings: Settings, host: str) -> None:
    """Raises SettingError where others would reach a server that is meant for this machine's user, or a wrong proxy."""
    proxies_of(settings.trusted_proxies)
    if settings.public_url and not re.match(r"https?://[^/\s]+/?\Z", settings.public_url):
        raise SettingError(f"public URL: {settings.public_url!r} is none; write https://record.example.org/")
    if settings.access == "local" and not _only_here(host):
        raise SettingError(
            f"--host {host}: others reach this address; add --public if anybody may read, or --closed if reading takes "
            "a token"
        )


def _only_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _show_key(base: str, page: str) -> None:
    typer.echo(f"to post or review from its pages, sign in by {base}{page}")


def _check(settings: Settings) -> None:
    """Refuse a wrong codebook now, and not when the first report is posted. Raises SettingError and TableError."""
    load_codebook(settings, Lexicon(settings.lexicon))
