"""`dragoman agreements`: treaties, accords and the like, with the steps that reports tell of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dragoman.cli.options import LexiconOption, RecordOption, record_name, settings_with
from dragoman.cli.outcomes import source
from dragoman.cli.output import plain, print_line, quote_of, when
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.answer import dumps
from dragoman.store.agreements import date_of_step, named, page, treaty_json
from dragoman.store.outcomes import Asked
from dragoman.store.record import open_record
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.linking.treaties import Step
    from dragoman.store.agreements import Treaty

app = typer.Typer(add_completion=False)

SHOWN: Final = 20
"""Agreements of a page unless --limit says more."""

QUOTED: Final = 3
"""Reports of a step that are shown with their words; the others are counted."""


@app.command()
def agreements(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|ID]", help="A name, an acronym or a fact's id; else all.")
    ] = None,
    record: RecordOption = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="QUERY", help="Of all, those with a fact that a search finds.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The record as it stood at the end of that day (UTC).")
    ] = None,
    told_by: Annotated[
        str | None, typer.Option("--told-by", metavar="DAY", help="Only what reports up to that day told.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = SHOWN,
    after: Annotated[int | None, typer.Option("--after", min=0, help="The next page: as the last one says.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object an agreement.")] = False,
    lexicon: LexiconOption = None,
) -> None:
    """How far agreements have come: proposed, signed, ratified, in force, left …, each step with its proof.

    One agreement may go by several names; docs/outcomes.md says how they are known to be one.

    \b
    Examples:
      dragoman agreements 'INF Treaty'
      dragoman agreements NAFTA --told-by 1993-12-31
      dragoman agreements --where 'EGY ISR'
    """
    names = Names(Lexicon(settings_with(lexicon).lexicon))
    wanted = replace(parse(where, names) if where else EVERYTHING, as_of=as_of)
    asked = Asked(wanted, told_by=told_by)
    cursor = None
    with open_record(record_name(record)) as opened:
        if name is not None:
            found = named(opened, name, asked)
        else:
            got = page(opened, asked, after, limit)
            found, cursor = list(got.treaties), got.next
    for treaty in found:
        for line in [dumps(treaty_json(treaty))] if json else _lines(treaty, name is not None):
            print_line(line)
    if cursor is not None:
        typer.echo(f"more with --after {cursor}", err=True)
    elif not found:
        typer.echo("no agreement found" + (f" by the name {plain(name)!r}" if name else ""), err=True)


def _lines(treaty: Treaty, whole: bool) -> Iterator[str]:
    """An agreement and its steps; with WHOLE the words of the reports too."""
    parties = (
        ", ".join(plain(str(party["country"] or party["name"])) for party in treaty.parties) or "parties not known"
    )
    counted = f"{treaty.reports} report{'' if treaty.reports == 1 else 's'}"
    yield f"{plain(treaty.name)}  {treaty.history.status}  {parties} · {counted} · {treaty.id}"
    if len(treaty.names) > 1:
        yield f"    also called {'; '.join(map(plain, treaty.names[1:]))}"
    for step in treaty.history.steps:
        yield from _step(step, treaty, whole)


def _step(step: Step, treaty: Treaty, whole: bool) -> Iterator[str]:
    best = step.tellings[0]
    by = f" by {', '.join(sorted(step.by))}" if step.by else ""
    planned = f", next step planned for {when(best.date)}" if best.planned else ""
    number = "" if len(step.tellings) == 1 else f"  ({len(step.tellings)} reports)"
    yield f"    {when(date_of_step(step)):<12} {step.status}{by}{planned}{number}"
    for one in step.tellings[: QUOTED if whole else 0]:
        fact = treaty.facts[one.key]
        yield f"        ⟦{quote_of(fact)}⟧"
        yield f"        {source(fact)}"
