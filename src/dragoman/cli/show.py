"""`dragoman show`: one report with its date, where that was read, and its facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.explaining import lines
from dragoman.cli.options import (
    CodebookOption,
    LexiconOption,
    MinConfidenceOption,
    ParserOption,
    RecordOption,
    record_name,
    settings_with,
)
from dragoman.cli.output import headline, plain, print_line, quote_of, reviewed_by, status_of, when
from dragoman.pipeline.answer import dumps
from dragoman.pipeline.explain import about, against, as_json, explain
from dragoman.pipeline.tools import load_tools
from dragoman.store.record import open_record
from dragoman.store.reports import recent
from dragoman.store.reports import report as stored_report

if TYPE_CHECKING:
    from dragoman.facts import DateCandidate
    from dragoman.settings import Settings
    from dragoman.store.query import StoredFact
    from dragoman.store.reports import ReportHead, StoredReport

app = typer.Typer(add_completion=False)

LISTED = 20
"""Reports listed where none is named."""


@app.command()
def show(
    report: Annotated[
        str | None, typer.Argument(metavar="REPORT", help="The report's id; without it the newest.")
    ] = None,
    version: Annotated[int | None, typer.Option("--version", min=1, help="An older version.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Which words and rules gave each field of events and statements.")
    ] = False,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="With --explain: also why words were kept or left out.")
    ] = False,
    fact: Annotated[
        str | None, typer.Option("--fact", metavar="ID", help="With --explain: this event or statement alone.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="With --explain: as one JSON object.")] = False,
    record: RecordOption = None,
    lexicon: LexiconOption = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
    min_confidence: MinConfidenceOption = None,
) -> None:
    """Show a report: its head, where its date may be read and why one won, its facts with their words.

    Without a report's id the newest reports are listed. With --explain its text is read again, with the tables as they
    are now, and each field of its events and statements is told with the words and the rule that gave it.

    \b
    Examples:
      dragoman show 07-camp-david-accords --record dragoman-demo.db
      dragoman show 07-camp-david-accords --explain --record dragoman-demo.db
    """
    if (dropped or json or fact) and not explain:
        raise typer.BadParameter(
            "--dropped, --fact and --json go with --explain; `dragoman facts --report ID --json` has facts"
        )
    if explain and report is None:
        raise typer.BadParameter("--explain needs a report's id; `dragoman show` lists them")

    with open_record(record_name(record)) as opened:
        found = None if report is None else stored_report(opened, report, version)
        lines = _list(recent(opened, LISTED)) if found is None else []
    settings = settings_with(lexicon, parser, codebook, min_confidence)
    if found is not None:
        least = settings.min_confidence
        found = replace(found, facts=tuple(stored for stored in found.facts if stored.sure(least)))
        lines = _explained(found, settings, fact, dropped, json) if explain else _report(found)
    print_line("\n".join(lines))


def _explained(found: StoredReport, settings: Settings, fact: str | None, dropped: bool, json: bool) -> list[str]:

    explained = explain(found.report, load_tools(settings), settings.min_confidence)
    difference = against(explained, {fact.id: (fact.kind, fact.payload) for fact in found.facts})
    if fact is not None:
        explained = about(explained, fact)
    if json:
        return [dumps(as_json(explained, difference, dropped))]
    return lines(explained, difference, dropped)


def _list(heads: list[ReportHead]) -> list[str]:
    if not heads:
        return ["the record holds no reports; read some with: dragoman read PATHS"]
    return [
        f"{head.id}  {when(head.published)}  {head.facts} facts  {plain(head.outlet or '')}  {plain(head.title or '')}"
        for head in heads
    ]


def _report(found: StoredReport) -> list[str]:
    report = found.report
    lines = [plain(report.title or report.id), ""]
    rows = (
        ("id", report.id),
        ("outlet", report.outlet),
        ("author", report.author),
        ("address", report.url),
        ("language", report.language),
        ("page", None if report.kind == "article" else report.kind),
        ("version", f"{found.version} of {len(found.versions)}" + ("" if found.current else ", superseded")),
        ("read", f"{found.read_at} by coder {found.coder}, lexicon {found.lexicon}"),
        ("published", f"{when(report.published)} ({report.published.granularity}, {report.published.basis})"),
    )
    lines += [f"{name:>10}  {plain(value)}" for name, value in rows if value]
    lines += [f"{'':>10}  {_candidate(candidate)}" for candidate in report.candidates]
    lines += [f"{'warning':>10}  {plain(warning)}" for warning in report.warnings]
    lines += ["", f"{len(found.facts)} facts"]
    for number, fact in enumerate(found.facts, 1):
        lines += _fact(number, fact)
    return lines


def _candidate(candidate: DateCandidate) -> str:
    won = "believed" if candidate.won else "not believed"
    text = f" “{plain(candidate.text)[:60]}”" if candidate.text else ""
    reason = f": {plain(candidate.reason)}" if candidate.reason else ""
    return f"{won}: {when(candidate.date)} from {candidate.source}, {plain(candidate.where)}{text}{reason}"


def _fact(number: int, fact: StoredFact) -> list[str]:
    status = status_of(fact)
    parts = [f"{number:>3}. {when(fact.date)}", *([status] if status else []), f"{fact.kind} {headline(fact)}"]
    return ["", "  ".join(parts), f"     “{quote_of(fact)}”", f"     {fact.id}{reviewed_by(fact)}"]
