"""`dragoman relate`: the type of event between two marked mentions."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli.lines import Row, id_of, rows, span_of, text_of
from dragoman.cli.options import CodebookOption, ParserOption, settings_with
from dragoman.cli.output import print_line, warn
from dragoman.coding.relate import Following, RelateRow
from dragoman.coding.relate import relate as typed
from dragoman.errors import LineError
from dragoman.pipeline.answer import dumps
from dragoman.pipeline.tools import load_tools

app = typer.Typer(add_completion=False)


@app.command()
def relate(
    stdin: Annotated[str, typer.Argument(metavar="-", help="JSON Lines on standard input.")] = "-",
    codebook: CodebookOption = None,
    types: Annotated[
        Following, typer.Option("--types", help="PLOVER's conversion table of 2021, or the text of its manual 2.0.")
    ] = "table",
    parser: ParserOption = None,
) -> None:
    """Type what one marked actor does to another: print {"id", "type", "confidence"} for each line.

    Where PLOVER's conversion table and its manual differ (concessions to come, verdicts, sanctions, apologies), the
    table is followed, as types made from CAMEO codes follow it too; events that are read follow the manual.

    Lines are {"id", "text", "source_span": [s, e], "target_span": [s, e]}; null stands for an actor that isn't named.

    \b
    Example:
      dragoman relate - < marked.jsonl
    """
    found = list(rows(sys.stdin.buffer, _row))
    lines = [line for line in found if isinstance(line, tuple)]
    for error in (line for line in found if isinstance(line, LineError)):
        warn(str(error))
    if lines:
        answers = typed((row for _, row in lines), load_tools(settings_with(parser=parser, codebook=codebook)), types)
        for (ident, _), (_, name, confidence) in zip(lines, answers, strict=True):
            print_line(dumps({"id": ident, "type": name, "confidence": confidence}))
    if len(lines) < len(found):
        raise typer.Exit(1 if lines else 2)


def _row(row: Row, where: str) -> tuple[str | int, RelateRow]:
    """The id as it was given, and what is asked."""
    text = text_of(row, "text", where)
    spans = [
        None if row.get(name) is None else span_of(row[name], text, where, name)
        for name in ("source_span", "target_span")
    ]
    ident = id_of(row, where)
    return ident, RelateRow(str(ident), text, *spans)
