"""`dragoman search`: find facts and sentences by one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import LexiconOption, MinConfidenceOption, RecordOption, record_name, settings_with
from dragoman.cli.output import headline, plain, print_line, status_of, when
from dragoman.cli.queries import joined
from dragoman.errors import QueryError
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.answer import dumps
from dragoman.store.record import open_record
from dragoman.store.search.hits import facets_json, fact_hit_json, sentence_hit_json
from dragoman.store.search.parser import parse
from dragoman.store.search.results import facets
from dragoman.store.search.results import search as find
from dragoman.store.search.syntax import at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.store.query import Order
    from dragoman.store.record import Record
    from dragoman.store.search.results import Facets, FactHit, Found, Passage, SentenceHit
    from dragoman.store.search.syntax import Query

app = typer.Typer(add_completion=False)

SHOWN = 20
"""Hits of a page unless --limit says more."""


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="What is looked for, best in single quotes.")],
    record: RecordOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = SHOWN,
    after: Annotated[int | None, typer.Option("--after", min=0, help="The next page: as the last one says.")] = None,
    by_date: Annotated[bool, typer.Option("--by-date", help="Facts by their own date, the latest first.")] = False,
    show_facets: Annotated[bool, typer.Option("--facets", help="Count the facts by key and value instead.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a hit.")] = False,
    lexicon: LexiconOption = None,
    min_confidence: MinConfidenceOption = None,
) -> None:
    """Find facts, each in its sentence with the words that prove it in ⟦brackets⟧; or sentences, by in:sentences.

    docs/search.md has the whole language. A query that begins with a minus goes behind --.

    \b
    Examples:
      dragoman search 'RUS CHN type:AGREE status:scheduled event:1997-04 "border agreement"'
      dragoman search 'speaker:Yeltsin outlet:reuters -background:yes'
      dragoman search '"grain embargo" in:sentences' --json
    """
    settings = settings_with(lexicon, min_confidence=min_confidence)
    wanted = at_least(parse(joined(query), Names(Lexicon(settings.lexicon))), settings.min_confidence)
    if wanted.target == "sentences" and (show_facets or by_date):
        raise QueryError("--facets and --by-date are of facts; leave in:sentences out")
    order: Order = "-date" if by_date else "-seq"
    with open_record(record_name(record)) as opened:
        if show_facets:
            _print_facets(facets(opened, wanted), json)
            return
        found = find(opened, wanted, after, limit, order)
        number = "" if json else _number(opened, wanted, found, after)
    for line in _json_lines(found) if json else _lines(found):
        print_line(line)
    if found.next is not None:
        number += f"{', more' if number else 'more'} with --after {found.next}"
    if number:
        typer.echo(number, err=True)


def _number(record: Record, wanted: Query, found: Found, after: int | None) -> str:
    if wanted.target == "sentences":
        return f"{_counted(len(found.sentences), 'sentence')} shown"
    if after is None and found.next is None:
        return _counted(len(found.facts), "fact")
    counted = facets(record, wanted)
    return f"{'more than ' if counted.more else ''}{_counted(counted.counted, 'fact')}, {len(found.facts)} shown"


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _json_lines(found: Found) -> Iterator[str]:
    yield from (dumps(fact_hit_json(hit)) for hit in found.facts)
    yield from (dumps(sentence_hit_json(hit)) for hit in found.sentences)


def _lines(found: Found) -> Iterator[str]:
    for hit in found.facts:
        yield from _fact(hit)
    for sentence in found.sentences:
        yield from _sentence(sentence)


def _fact(hit: FactHit) -> Iterator[str]:
    fact, status = hit.fact, status_of(hit.fact)
    yield "  ".join(filter(None, (when(fact.date), status, f"{fact.kind} {headline(fact)}")))
    yield f"    {bracketed(hit.passage)}"
    yield f"    {plain(fact.outlet or 'outlet not known')}, {when(fact.published)} · {plain(fact.report)} · {fact.id}"


def _sentence(hit: SentenceHit) -> Iterator[str]:
    yield bracketed(hit.passage)
    facts = f" · {', '.join(hit.facts)}" if hit.facts else ""
    yield f"    {plain(hit.outlet or 'outlet not known')}, {when(hit.published)} · {plain(hit.report)}{facts}"


def bracketed(passage: Passage) -> str:
    """A passage on one line, what is marked in brackets; marks that overlap are one."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(passage.marks):
        if end > at:
            first = max(at, start)
            parts += [passage.text[at:first], "⟦", passage.text[first:end], "⟧"]
            at = end
    text = "".join([*parts, passage.text[at:]])
    return plain(f"{'… ' if passage.cut[0] else ''}{text}{' …' if passage.cut[1] else ''}")


def _print_facets(found: Facets, json: bool) -> None:
    if json:
        print_line(dumps(facets_json(found)))
        return
    for key, values in found.values.items():
        print_line(f"{key:>10}  " + " · ".join(f"{plain(value)} {number:,}" for value, number in values))
    more = "; older ones are not counted" if found.more else ""
    typer.echo(f"{_counted(found.counted, 'fact')}{more}", err=True)
