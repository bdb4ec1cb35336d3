"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.errors import QueryError, SettingError
from dragoman.settings import load_settings
from dragoman.store.query import FactFilter

if TYPE_CHECKING:
    from dragoman.settings import Settings


def _probability(text: str) -> float:
    """TEXT as a probability. Raises SettingError."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise SettingError(f"--min-confidence: {text!r} is no probability; write one from 0 to 1, such as 0.7")
    return found


RecordOption = Annotated[
    str | None,
    typer.Option("--record", metavar="FILE|URL", help="The record; else DRAGOMAN_RECORD, else dragoman.db."),
]
LexiconOption = Annotated[
    Path | None, typer.Option("--lexicon", metavar="DIR", help="Folder of your own tables, added to ours.")
]
CodebookOption = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="FILE", help="Your own types, coded beside PLOVER's; else DRAGOMAN_CODEBOOK."),
]
ParserOption = Annotated[
    str | None,
    typer.Option("--parser", metavar="standard|fast", help="Which weights parse; else DRAGOMAN_PARSER, else standard."),
]
MinConfidenceOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="P",
        parser=_probability,
        help="Leave out events less sure than P, 0 to 1; other facts stay. Else DRAGOMAN_MIN_CONFIDENCE.",
    ),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="event, statement, figure, agreement, transfer or office; may be repeated."),
]
TypeOption = Annotated[list[str] | None, typer.Option("--type", help="A PLOVER type such as CONSULT; may be repeated.")]
StatusOption = Annotated[
    list[str] | None, typer.Option("--status", help="happened, ongoing, scheduled, proposed …; may be repeated.")
]
PairOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--pair", metavar="A B", help="Two country codes, whoever acts: --pair FRA DEU."),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="Facts whose date may fall on this day or later.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="Facts whose date may fall on this day or earlier.")
]
ReportOption = Annotated[str | None, typer.Option("--report", metavar="ID", help="Facts of one report.")]
WordsOption = Annotated[
    str | None, typer.Option("--words", metavar="TEXT", help='Words of the quotes and names; "so" for a phrase.')
]


def settings_with(
    lexicon: Path | None = None,
    parser: str | None = None,
    codebook: Path | None = None,
    min_confidence: float | None = None,
) -> Settings:
    """The settings of this run, with what was given as an option."""
    given = {"lexicon": lexicon, "parser": parser, "codebook": codebook, "min_confidence": min_confidence}
    return load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})


def with_given(settings: Settings, given: Mapping[str, object]) -> Settings:
    """SETTINGS with those of GIVEN that are not None, checked as all settings are. Raises SettingError."""
    known = {name: value for name, value in given.items() if value is not None}
    return load_settings(**{**settings.model_dump(), **known}) if known else settings


def record_name(given: str | None) -> str:
    """Which record is meant: the option, else the variable, else the default."""
    return settings_with().record if given is None else given


def fact_filter(
    kinds: list[str] | None = None,
    types: list[str] | None = None,
    statuses: list[str] | None = None,
    pair: tuple[str, str] | None = None,
    first: str | None = None,
    last: str | None = None,
    report: str | None = None,
    words: str | None = None,
    as_of: str | None = None,
    min_confidence: float | None = None,
) -> FactFilter:
    """The filter that the options ask for, and the setting of the least confidence. Raises QueryError, SettingError."""
    if first and last and first > last:
        raise QueryError(f"--from {first} is after --to {last}; no day is in between")
    return FactFilter(
        kinds=tuple(kind.lower() for kind in kinds or ()),
        types=tuple(name.upper() for name in types or ()),
        statuses=tuple(status.lower() for status in statuses or ()),
        pair=(pair[0].upper(), pair[1].upper()) if pair else None,
        date_from=first,
        date_to=last,
        report=report,
        words=words,
        as_of=as_of,
        min_confidence=settings_with(min_confidence=min_confidence).min_confidence or None,
    )
