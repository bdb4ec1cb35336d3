"""`dragoman edit`: put a fact right."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.deciding import ByOption, OverOption, WhyOption, changed, reviewer_name, seen
from dragoman.cli.options import LexiconOption, RecordOption, record_name, settings_with
from dragoman.cli.output import plain, print_line
from dragoman.errors import DecisionError
from dragoman.lexicon import Lexicon
from dragoman.store.payload import Json
from dragoman.store.query import fact as stored_fact
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report as stored_report
from dragoman.store.review.decisions import Verdict, decide
from dragoman.store.review.editing import Draft, edited, replaced
from dragoman.store.review.values import changes

app = typer.Typer(add_completion=False)

MOST_BYTES = 1_000_000
"""A larger file is no fact."""


@app.command()
def edit(
    fact: Annotated[str, typer.Argument(metavar="FACT-ID", help="The fact's id.")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="status=denied, date=1978-09 …; may be repeated."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE|-", help="The whole fact: an edited line of JSON that `facts` prints."),
    ] = None,
    by: ByOption = None,
    why: WhyOption = "",
    over: OverOption = None,
    record: RecordOption = None,
    lexicon: LexiconOption = None,
) -> None:
    """Edit a fact: a new version of it stands from now on, and the coder's stays in its history.

    Values are checked as the coder's are: known codes, quotes that stand in the report word for word.

    \b
    Examples:
      dragoman edit e-1f2e3d4c5b6a7988 --set status=denied --by anna --why "denied in the next line"
      dragoman edit e-1f2e3d4c5b6a7988 --set "target=Israel (ISR/GOV); Egypt (EGY/GOV)" --set date=1978-09-17 --by anna
    """
    if bool(set_) == (file is not None):
        raise typer.BadParameter(
            "say what is to be changed by --set FIELD=VALUE, or give the whole fact by --from FILE"
        )
    who = reviewer_name(by)
    with open_record(record_name(record), write=True) as opened:
        number = seen(opened, fact, who, over)
        draft = _draft(opened, fact)
        tables = Lexicon(settings_with(lexicon).lexicon)
        payload = edited(draft, set_ or [], tables) if file is None else replaced(draft, _line(file, fact), tables)
        made = decide(opened, [Verdict(fact, "edit", number, payload)], who, why)[0]
    print_line(f"{plain(fact)}\tedited\tdecision {made.number}")
    for line in changed(changes(draft.payload, payload, all_fields=True)):
        print_line(f"  {line}")


def _draft(record: Record, ident: str) -> Draft:
    found = stored_fact(record, ident)
    if found is None:
        raise DecisionError(f"{ident}: the record has no such fact; `dragoman facts --json` has the ids of all")
    return Draft(found.kind, ident, found.payload, stored_report(record, found.report, found.version).report.text)


def _line(file: Path, ident: str) -> Json:
    """The object in FILE, or on standard input. Raises DecisionError where there is none."""
    stream = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    with stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DecisionError(f"{file}: larger than {MOST_BYTES:,} bytes, so this is no fact")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DecisionError(f"{file}: this is no JSON ({error}); edit what `dragoman facts --json` prints") from error
    if not isinstance(found, dict):
        raise DecisionError(f"{file}: this is no fact; edit the line of {ident} that `dragoman facts --json` prints")
    return found
