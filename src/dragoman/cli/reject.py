"""`dragoman reject`: take facts that are wrong out of what stands."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.deciding import ByOption, OverOption, WhyOption, decide_on_all
from dragoman.cli.options import RecordOption, record_name
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)


@app.command()
def reject(
    facts: Annotated[list[str], typer.Argument(metavar="FACT-ID...", help="Ids of facts.")],
    by: ByOption = None,
    why: WhyOption = "",
    over: OverOption = None,
    record: RecordOption = None,
) -> None:
    """Take facts out of lists, counts, searches and exports. They stay in the record and in its history.

    All of them are rejected or, where one can't be, none.

    \b
    Example:
      dragoman reject e-1f2e3d4c5b6a7988 --by anna --why "a football match, no assault"
    """
    with open_record(record_name(record), write=True) as opened:
        decide_on_all(opened, facts, "reject", by, why, over)
