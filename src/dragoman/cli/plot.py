"""`dragoman plot`: a drawing of what the record holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from dragoman.cli.options import LexiconOption, MinConfidenceOption, RecordOption, record_name, settings_with
from dragoman.cli.queries import joined
from dragoman.errors import QueryError
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.plots.asked import Asked
from dragoman.plots.canvas import NARROWEST, WIDEST, Look
from dragoman.plots.kinds import KINDS, draw
from dragoman.plots.png import png
from dragoman.store.engine import sqlite_path
from dragoman.store.exports.files import whole_files
from dragoman.store.query import FactFilter
from dragoman.store.record import now, open_record
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import Query, at_least

app = typer.Typer(add_completion=False)

_KINDS_HELP: Final = "; ".join(f"{kind.name}: {kind.says}" for kind in KINDS.values())
_ENDINGS: Final = (".svg", ".png")


@app.command()
def plot(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{_KINDS_HELP}.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write, .svg or .png.")],
    query: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY]", help="What is drawn, as in `search`; else all.")
    ] = None,
    record: RecordOption = None,
    title: Annotated[str | None, typer.Option("--title", help="A title of your own.")] = None,
    width: Annotated[int, typer.Option("--width", min=NARROWEST, max=WIDEST, help="Units of width.")] = 960,
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark ground.")] = False,
    scale: Annotated[float, typer.Option("--scale", min=0.1, max=10, help="Pixels a unit, in a PNG.")] = 2.0,
    top: Annotated[
        int | None, typer.Option("--top", min=1, max=200, help="So many actors, countries or agreements at most.")
    ] = None,
    no_borders: Annotated[bool, typer.Option("--no-borders", help="A map without borders of states.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The record as it stood at the end of that day (UTC).")
    ] = None,
    min_confidence: MinConfidenceOption = None,
    lexicon: LexiconOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Draw what the record holds; docs/plots.md shows each kind. The query is one of `dragoman search`.

    \b
    Examples:
      dragoman plot timeline EGY ISR event:1977..1979 --out pair.svg
      dragoman plot network event:1978 --out 1978.png
      dragoman plot agreements 'Camp David' --out accord.svg --dark
    """
    if out.suffix.lower() not in _ENDINGS:
        raise QueryError(f"plot: {out} ends in neither .svg nor .png; name a file that does")
    settings = settings_with(lexicon, min_confidence=min_confidence)
    names = Names(Lexicon(settings.lexicon))
    text = joined(query) if query else ""
    wanted = _as_of(at_least(parse(text, names), settings.min_confidence), as_of)
    where = record_name(record)
    held = sqlite_path(where)
    if held is not None and held.resolve() == out.resolve():
        raise QueryError(f"plot: {out} is the record itself; name another file")
    with open_record(where) as opened:
        asked = Asked(wanted, text, names, now()[:10], title, top, not no_borders)
        drawn = draw(opened, kind, asked, Look(width, dark))
    body = drawn.svg.encode() if out.suffix.lower() == ".svg" else png(drawn.svg, width, scale)
    with whole_files((out,), force) as (file,):
        file.write(body)
    typer.echo(f"{out}: {drawn.summary}", err=True)


def _as_of(query: Query, day: str | None) -> Query:
    """QUERY of the record as it stood on DAY. Raises QueryError where that is none."""
    return replace(query, as_of=FactFilter(as_of=day).as_of) if day else query
