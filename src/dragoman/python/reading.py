"""One text to typed facts, without a record."""

from __future__ import annotations

from datetime import date as day_type
from pathlib import Path

from dragoman.errors import InputError
from dragoman.facts import Answer, Date
from dragoman.pipeline.batch import read_report
from dragoman.pipeline.tools import load_tools
from dragoman.python.values import date_of
from dragoman.reading.source import Source
from dragoman.settings import load_settings


def read(
    text: str | None = None,
    *,
    html: str | bytes | None = None,
    published: str | day_type | Date | None = None,
    id: str = "text",  # the name that it has in a line of `read -`
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    parser: str | None = None,
    lexicon: Path | str | None = None,
    codebook: Path | str | None = None,
    min_confidence: float | None = None,
) -> Answer:
    """Read one report and give its facts; nothing is stored.

    TEXT is kept to the character: all spans count in it. Or HTML is a page, whose text, title and date are found.
    `published` is the report's own day (`1990-08-01`, a `date`, a `Date`): without it no weekday and no "next month"
    has a date. `parser`, `lexicon`, `codebook` and `min_confidence` are as for `dragoman read`; without them the
    environment's settings hold. The parser is loaded once, in a second or so.

    Raises InputError where there is nothing to read or the day is none, SettingError, TableError and ModelError.
    """
    if (text is None) == (html is None):
        raise InputError(id, "one of text and html is to be read", "give the one or the other")
    settings = load_settings(parser=parser, lexicon=lexicon, codebook=codebook, min_confidence=min_confidence)
    source = Source(id, id, html=html, text=text, title=title, url=url, published=_date(published, id), outlet=outlet)
    tools = load_tools(settings.model_copy(update={"min_confidence": 0.0}))  # one parser, whatever is asked of events
    return read_report(source, tools, settings).surer(settings.min_confidence)


def _date(given: str | day_type | Date | None, name: str) -> Date | None:
    if given is None or isinstance(given, Date):
        return given
    found = date_of(given)
    if found is None:
        raise InputError(name, f"published {str(given)[:60]!r} is no date", "give it as 1978, 1978-09 or 1978-09-17")
    return found
