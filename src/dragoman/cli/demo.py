"""`dragoman demo`: the sample archive, read before your eyes, and what comes of it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from dragoman import sample
from dragoman.cli.listening import address, listen
from dragoman.cli.options import CodebookOption, ParserOption, settings_with
from dragoman.cli.output import console, headline, plain, quote_of, status_of, warn, when
from dragoman.errors import InputError, RecordError
from dragoman.facts import Answer
from dragoman.pipeline.run import read_all
from dragoman.pipeline.tools import stamp
from dragoman.reading.source import Source
from dragoman.store.query import counts, facts
from dragoman.store.record import exists, open_record
from dragoman.store.tokens import add_token
from dragoman.store.writing import add

if TYPE_CHECKING:
    from dragoman.settings import Settings
    from dragoman.store.query import StoredFact
    from dragoman.store.record import Record

app = typer.Typer(add_completion=False)

NAME: Final = "dragoman-demo"
LIVE_INTERVAL_S: Final = 5.0
"""Seconds between two live reports: time to see one arrive and read its facts."""
SHOWN_KINDS: Final = ("event", "statement", "agreement", "transfer")
SHOWN_FACTS: Final = 12
"""Facts in the summary: as many as fit on a screen with their words."""


@app.command()
def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Serve it on this machine and post live reports.")] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="With --serve; 0 takes any free.")] = 8000,
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="FILE", help="A new record; else dragoman-demo.db or the next free."),
    ] = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
) -> None:
    """Read the sample archive into a new record and show what was found, each fact with its words.

    With --serve the pages are at the address that is printed; nothing is opened, nothing leaves this machine, and
    Ctrl-C ends it.

    \b
    Examples:
      dragoman demo
      dragoman demo --serve
    """
    settings = settings_with(parser=parser, codebook=codebook)
    where = _new_record(record)
    listener = listen("127.0.0.1", port) if serve else None
    try:
        _read(_sources(), settings, where)
        if listener:
            _serve(listener, settings, where)
    finally:
        if listener:
            listener.close()


def _new_record(given: str | None) -> str:
    """The name of a record that isn't there yet."""
    if given is not None:
        if exists(given):
            raise RecordError(f"{given}: it is there already; the demo makes a new record, so name another")
        return given
    number = 1
    while Path(name := f"{NAME}.db" if number == 1 else f"{NAME}-{number}.db").exists():
        number += 1
    return name


def _sources() -> list[Source]:
    """The pages of the sample archive as they would be fetched: page and address, and no date."""
    return [Source(page.id, page.id, html=page.html, url=page.url) for page in sample.pages()]


def _read(sources: list[Source], settings: Settings, where: str) -> None:
    from rich.progress import track

    by = stamp(settings)
    with open_record(where, write=True) as record:
        outcomes = read_all(sources, settings)
        for outcome in track(outcomes, "reading the sample", len(sources), console=console(stderr=True)):
            if isinstance(outcome, InputError):
                warn(str(outcome))
            elif isinstance(outcome, Answer):
                add(record, outcome, by)
        typer.echo("\n".join(_summary(record, where)))
        if not counts(record).reports:
            raise typer.Exit(2)


def _summary(record: Record, where: str) -> Iterator[str]:

    found = counts(record)
    kinds = ", ".join(f"{number} {kind}s" for kind, number in found.kinds.items())
    yield f"{found.reports} reports with {found.facts} facts are in {where}" + (f": {kinds}" if kinds else "")
    for fact in _highlights(facts(record)):
        yield from _shown(fact)
    yield ""
    yield f"look facts up     dragoman facts --record {where} --kind event"
    yield f"see one report    dragoman show --record {where} 07-camp-david-accords"
    yield f"in the browser    dragoman serve --record {where}"


def _highlights(found: Iterable[StoredFact]) -> list[StoredFact]:
    """One fact of each kind and status: the surest of those that name the most countries."""
    best: dict[tuple[str, str], StoredFact] = {}
    for fact in found:
        if fact.kind in SHOWN_KINDS and not fact.background:
            key = (fact.kind, fact.status or "")
            if key not in best or _rank(fact) > _rank(best[key]):
                best[key] = fact
    return [best[key] for key in sorted(best, key=lambda key: SHOWN_KINDS.index(key[0]))][:SHOWN_FACTS]


def _rank(fact: StoredFact) -> tuple[int, float]:
    codes = set(re.findall(r"\(([A-Z]{3})\)", headline(fact)))
    return min(len(codes), 2), cast(float, fact.payload.get("confidence", 0.0))


def _shown(fact: StoredFact) -> Iterator[str]:
    status = status_of(fact)
    yield ""
    yield "  ".join([when(fact.date), *([status] if status else []), f"{fact.kind} {headline(fact)}"])
    yield f"    “{quote_of(fact)}”"
    yield f"    {plain(fact.outlet or fact.report)}, {plain(fact.title or '')}"


def _serve(listener: socket.socket, settings: Settings, where: str) -> None:
    from dragoman.web.server import serve

    with open_record(where, write=True) as record:
        token = add_token(record, "post")
    live, ended = list(sample.live()), threading.Event()
    poster = threading.Thread(target=_post, args=(address(listener), token, live, ended), daemon=True)
    typer.echo(f"\nopen {address(listener)} in a browser; {len(live)} more reports arrive there live; Ctrl-C ends it")
    poster.start()
    try:
        serve(where, [listener], settings)
    finally:
        ended.set()


def _post(base: str, token: str, live: list[dict[str, str]], ended: threading.Event) -> None:
    """Post the reports one by one, as a program that follows the news would; stops at the first that isn't taken."""
    import httpx2

    bearer = {"Authorization": f"Bearer {token}"}
    for report in live:
        if ended.wait(LIVE_INTERVAL_S):
            return
        try:
            httpx2.post(f"{base}api/reports", json=report, headers=bearer, timeout=60).raise_for_status()
        except httpx2.HTTPError as error:
            if not ended.is_set():
                warn(f"{report['id']} could not be posted: {error}")
            return
