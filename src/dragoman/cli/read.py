"""`dragoman read`: read reports, and print or store what they say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.explaining import explain_inputs, is_day
from dragoman.cli.options import (
    CodebookOption,
    LexiconOption,
    MinConfidenceOption,
    ParserOption,
    RecordOption,
    record_name,
    settings_with,
)
from dragoman.cli.output import plain, print_line, progress, warn
from dragoman.errors import InputError
from dragoman.facts import Answer
from dragoman.pipeline.answer import as_json, dumps
from dragoman.pipeline.batch import Unchanged
from dragoman.pipeline.known import InRecord
from dragoman.pipeline.run import read_all
from dragoman.pipeline.storing import in_batches
from dragoman.pipeline.tools import stamp
from dragoman.reading.inputs import read_inputs
from dragoman.store.record import open_record
from dragoman.store.writing import add_all

if TYPE_CHECKING:
    from dragoman.pipeline.batch import Outcome
    from dragoman.settings import Settings

app = typer.Typer(add_completion=False)

SOME_FAILED = 1
ALL_FAILED = 2


@app.command()
def read(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATHS|URLS|-", help="Files, folders, addresses, or - for JSON Lines.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a report and store nothing.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print which words and rules gave each field, and store nothing.")
    ] = False,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="With --explain: also why words were kept or left out.")
    ] = False,
    text: Annotated[str | None, typer.Option("--text", help="With --explain: a text to try.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DAY", help="With --text: the day of its report.")
    ] = None,
    record: RecordOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=256, help="Processes that read.")] = 1,
    lexicon: LexiconOption = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
    min_confidence: MinConfidenceOption = None,
) -> None:
    """Read reports: store their facts in the record, or print them with --json.

    Pages (.html), texts (.txt), JSON Lines (.jsonl, or - for standard input), WARC archives, folders of them, and
    addresses. A report that is in the record already, unchanged, is passed over, so a run that was stopped goes on
    where it was.

    \b
    Examples:
      dragoman read news/ --record gulf.db
      dragoman read --json https://example.org/story.html
      cat reports.jsonl | dragoman read --json -
      dragoman read --explain --text "Iraq denied that it had attacked Kuwait." --published 1990-08-01
    """
    _check(paths, json, explain, dropped, text, published, record)
    settings = settings_with(lexicon, parser, codebook, min_confidence)
    if explain:
        done, failed = explain_inputs(paths or [], text, published, settings, json, dropped)
    elif json:
        done, failed = _print(paths or [], settings, jobs)
    else:
        done, failed = _store(paths or [], settings, jobs, record_name(record))
    if failed:
        raise typer.Exit(SOME_FAILED if done else ALL_FAILED)


def _check(
    paths: list[str] | None,
    json: bool,
    explain: bool,
    dropped: bool,
    text: str | None,
    published: str | None,
    record: str | None,
) -> None:
    """Refuse options that do not go together."""
    if json and record is not None:
        raise typer.BadParameter("--json stores nothing: leave out --json or --record")
    if explain and record is not None:
        raise typer.BadParameter("--explain stores nothing: leave out --explain or --record")
    if not explain and (dropped or text is not None or published is not None):
        raise typer.BadParameter("--dropped, --text and --published go with --explain")
    if published is not None and (text is None or not is_day(published)):
        raise typer.BadParameter("--published is the day of --text, such as 1978-09-17")
    if not paths and text is None:
        raise typer.BadParameter("name what is to be read: files, folders, addresses, or - for JSON Lines")


def _print(paths: list[str], settings: Settings, jobs: int) -> tuple[int, int]:

    done = failed = 0
    for outcome in _outcomes(paths, settings, jobs):
        if isinstance(outcome, InputError):
            warn(str(outcome))
            failed += 1
        elif isinstance(outcome, Answer):
            _warnings(outcome)
            print_line(dumps(as_json(outcome)))
            done += 1
    return done, failed


def _store(paths: list[str], settings: Settings, jobs: int, where: str) -> tuple[int, int]:

    reports = unchanged = facts = failed = 0
    by = stamp(settings)
    with open_record(where, write=True) as record, progress("reports read") as tick:
        try:
            for outcomes in in_batches(_outcomes(paths, settings, jobs, where, tick)):
                for outcome in outcomes:
                    if isinstance(outcome, InputError):
                        warn(str(outcome))
                        failed += 1
                    unchanged += isinstance(outcome, Unchanged)
                answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
                for answer, added in zip(answers, add_all(record, answers, by), strict=True):
                    _warnings(answer)
                    title = plain(answer.report.title or "")
                    print_line(f"{plain(added.report)}\t{added.facts} facts\t{title}".rstrip())
                    reports, facts = reports + 1, facts + added.facts
        finally:
            rest = f", {unchanged} unchanged" if unchanged else ""
            rest += f", {failed} failed" if failed else ""
            warn(f"{reports} reports with {facts} facts stored in {where}{rest}")
    return reports + unchanged, failed


def _outcomes(
    paths: list[str], settings: Settings, jobs: int, where: str | None = None, tick: Callable[[int], None] | None = None
) -> Iterator[Outcome]:

    known = InRecord(where, stamp(settings)) if where is not None else None
    return read_all(read_inputs(paths, settings, sys.stdin), settings, jobs, known, tick)


def _warnings(outcome: Outcome) -> None:
    report = outcome.report  # type: ignore[union-attr]
    for warning in report.warnings:
        warn(f"{report.id}: {warning}")
