"""`dragoman accept`: say that facts are right."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.deciding import ByOption, OverOption, WhyOption, decide_on_all
from dragoman.cli.options import RecordOption, record_name
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)


@app.command()
def accept(
    facts: Annotated[list[str], typer.Argument(metavar="FACT-ID...", help="Ids of facts.")],
    by: ByOption = None,
    why: WhyOption = "",
    over: OverOption = None,
    record: RecordOption = None,
) -> None:
    """Say that facts are right as they stand; one that was rejected is brought back.

    All of them are accepted or, where one can't be, none.

    \b
    Example:
      dragoman accept e-1f2e3d4c5b6a7988 --by anna
    """
    with open_record(record_name(record), write=True) as opened:
        decide_on_all(opened, facts, "accept", by, why, over)
