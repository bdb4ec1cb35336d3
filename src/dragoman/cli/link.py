"""`dragoman link`: which given event mentions are one happening."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer

from dragoman.cli.lines import Row, id_of, rows, span_of, text_of
from dragoman.cli.options import ParserOption, settings_with
from dragoman.cli.output import print_line, progress, warn
from dragoman.errors import LineError
from dragoman.lexicon.happening_words import index
from dragoman.linking.mention_types import LinkText
from dragoman.pipeline.answer import dumps
from dragoman.pipeline.tools import load_tools
from dragoman.store.links.asking import became, links_of
from dragoman.store.links.linking import link_record
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it came, to be printed again, and what is asked about it."""

    row: Row
    asked: LinkText


@app.command()
def link(
    stdin: Annotated[str, typer.Argument(metavar="-", help="JSON Lines on standard input.")] = "-",
    parser: ParserOption = None,
    record: Annotated[
        str | None, typer.Option("--record", metavar="FILE|URL", help="Link this record's reports; nothing is read in.")
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="ID", help="With --record: an event's links, or an id's fate.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="With --record: link all reports anew.")] = False,
) -> None:
    """Link given mentions of events: print the same lines with a cluster for each mention.

    Lines are {"id", "text", "events": [{"start", "end"}]}; one cluster is one happening, over all lines of the run.
    With --record the reports of a record that aren't linked yet, or were by another version, are linked to others.

    \b
    Examples:
      dragoman link - < mentions.jsonl
      dragoman link --record gulf.db
      dragoman link --record gulf.db --why e-1f0c2a9be0d3c4f5
    """
    if (again or why) and record is None:
        raise typer.BadParameter("--again and --why go with --record")
    if record is not None:
        _print_why(record, why) if why else _link_record(record, again)
        return
    found = list(rows(sys.stdin.buffer, _line))
    lines = [line for line in found if isinstance(line, _Line)]
    for error in (line for line in found if isinstance(line, LineError)):
        warn(str(error))
    if lines:
        from dragoman.linking.mentions import link as cluster  # numpy, which only this command pays for

        tools = load_tools(settings_with(parser=parser))
        tables = tools.lexicon.compiled(index)
        clusters = cluster([one.asked for one in lines], partial(tools.parser.pipe, meanings=True), tables)
        for line, linked in zip(lines, clusters, strict=True):
            events = line.row["events"]
            for event, name in zip(events, linked.clusters, strict=True):  # type: ignore[call-overload]
                event["cluster"] = name
            print_line(dumps(line.row))
    if len(lines) < len(found):
        raise typer.Exit(1 if lines else 2)


def _link_record(where: str, again: bool) -> None:
    done = 0
    with open_record(where, write=True) as record, progress("reports linked") as tick:
        try:
            for done in link_record(record, again):
                if tick:
                    tick(done)
        finally:
            warn(f"{done} reports linked in {where}")


def _print_why(where: str, ident: str) -> None:
    """An event's links with points and reason; of a happening or story, what it is called now."""
    with open_record(where) as record:
        if ident.startswith(("h-", "s-")):
            print_line(dumps({"id": ident, "now": became(record, ident)}))
            return
        for link_ in links_of(record, ident):
            fact, report = link_.other
            print_line(dumps({"event": fact, "report": report, "points": link_.points, "reason": link_.reason}))


def _line(row: Row, where: str) -> _Line:

    text = text_of(row, "text", where)
    events = row.get("events")
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise LineError(where, 'no list under "events"', 'give [{"start", "end"}]')
    spans = tuple(span_of([event.get("start"), event.get("end")], text, where, "event") for event in events)
    return _Line(row, LinkText(str(id_of(row, where)), text, spans))
