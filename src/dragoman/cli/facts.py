"""`dragoman facts`: look facts up in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import (
    FromOption,
    KindOption,
    LexiconOption,
    MinConfidenceOption,
    PairOption,
    RecordOption,
    ReportOption,
    StatusOption,
    ToOption,
    TypeOption,
    WordsOption,
    fact_filter,
    record_name,
    settings_with,
)
from dragoman.cli.output import console, headline, plain, print_line, quote_of, reviewed_by, status_of, when
from dragoman.cli.queries import QueryArgument, facts_query
from dragoman.pipeline.answer import dumps
from dragoman.store.query import count, facts
from dragoman.store.record import open_record
from dragoman.store.search.asked import both

if TYPE_CHECKING:
    from dragoman.store.query import StoredFact

app = typer.Typer(add_completion=False)

SHOWN = 50
"""Rows of the table unless --limit says more; JSON is never cut."""


@app.command("facts")
def list_facts(
    query: QueryArgument = None,
    record: RecordOption = None,
    kind: KindOption = None,
    pair: PairOption = None,
    status: StatusOption = None,
    first: FromOption = None,
    last: ToOption = None,
    type_: TypeOption = None,
    report: ReportOption = None,
    words: WordsOption = None,
    min_confidence: MinConfidenceOption = None,
    lexicon: LexiconOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a fact.")] = False,
) -> None:
    """Look up facts, as a table of the newest or, with --json, one JSON object a line in the order of reading.

    A query and options may be given together; all must hold. docs/search.md has the language of queries.

    \b
    Examples:
      dragoman facts 'RUS CHN type:AGREE status:scheduled event:1997'
      dragoman facts --pair USA CHN --from 1971-01-01 --to 1972-12-31
      dragoman facts --kind event --status scheduled --json
    """
    filters = fact_filter(kind, type_, status, pair, first, last, report, words, min_confidence=min_confidence)
    wanted = both(filters, facts_query(query, settings_with(lexicon)))
    with open_record(record_name(record)) as opened:
        if json:
            for fact in facts(opened, wanted, limit=limit):
                print_line(dumps(fact.line()))
            return
        shown = list(facts(opened, wanted, limit=limit or SHOWN, order="-seq"))
        number = count(opened, wanted)
    if shown:
        _print_table(shown)
    more = f", the newest {len(shown)} shown" if len(shown) < number else ""
    typer.echo(f"{number} facts{more}", err=True)


def _print_table(shown: list[StoredFact]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("date", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("fact, its words, its report")
    for fact in shown:
        words = Text.assemble(
            (f"{fact.kind} {headline(fact)}", "bold"),
            f"\n“{quote_of(fact)}”\n",
            (plain(fact.report) + reviewed_by(fact), "dim"),
        )
        table.add_row(when(fact.date), status_of(fact), words)
    console().print(table)
