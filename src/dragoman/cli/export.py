"""`dragoman export`: the record as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

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
from dragoman.cli.output import progress
from dragoman.cli.queries import QueryArgument, facts_query
from dragoman.pipeline.tools import CODEBOOK, load_lexicon
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.job import Wanted
from dragoman.store.exports.run import export as write_export
from dragoman.store.exports.run import format_of
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)

_FORMATS_HELP: Final = "; ".join(f"{format_.name}: {format_.says}" for format_ in FORMATS.values())


@app.command()
def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=f"{_FORMATS_HELP}.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
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
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The record as it stood at the end of that day (UTC).")
    ] = None,
    expand: Annotated[bool, typer.Option("--expand", help="A row for each pair of source and target.")] = False,
    one_a_day: Annotated[
        bool, typer.Option("--one-a-day", help="What reports tell of one day, source, target and type as one row.")
    ] = False,
    report_day: Annotated[
        bool, typer.Option("--report-day", help="Where only the report's day is known, take it for the event's.")
    ] = False,
    undirected: Annotated[
        bool, typer.Option("--undirected", help="With dyad-month: both ways of a pair in one row.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="With dyad-month: a happening counts once, however many reports tell it.")
    ] = False,
    no_text: Annotated[bool, typer.Option("--no-text", help="Without quotes and titles.")] = False,
    lexicon: LexiconOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Export the record, whole or not at all; FILE.about.json beside it says what is in it and what was left out.

    A query and options may be given together; all must hold. Read codes as text: 014 is another code than 14. The quote
    of each fact goes with it, the report's text never.

    \b
    Examples:
      dragoman export csv --out events.csv --status happened --from 1978-01-01
      dragoman export csv 'RUS CHN type:AGREE event:1997..' --out agreed.csv
      dragoman export icews --out events.tsv --one-a-day --report-day
      dragoman export dyad-month --out dyads.csv --pair EGY ISR --from 1977-01-01 --to 1979-12-31
    """
    format_of(format_)
    filters = fact_filter(kind, type_, status, pair, first, last, report, words, as_of, min_confidence)
    settings = settings_with(lexicon)
    asked = facts_query(query, settings)
    wanted = Wanted(filters, asked, expand, one_a_day, report_day, undirected, once, text=not no_text)
    tables = load_lexicon(settings)
    with open_record(record_name(record)) as opened, progress("read") as tick:
        done = write_export(opened, format_, out, wanted, tables, CODEBOOK, force, tick)
    left = sum(done.left_out.values())
    reasons = ", ".join(f"{number} {reason}" for reason, number in sorted(done.left_out.items()))
    typer.echo(f"{out}: {done.rows} rows" + (f"; left out {left}: {reasons}" if left else ""), err=True)
