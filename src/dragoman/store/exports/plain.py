"""Events as a table for R and Python: snake_case columns, the same in CSV and Parquet.

Days are ISO text with the interval's granularity beside them, codes are text (`014` keeps its zero), lists are joined
by `; ` with an empty item for what isn't known, and what isn't known at all is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dragoman.facts import Actor, Date
from dragoman.store.exports.cells import Row, Value, joined, joined_urls
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent

_PARTY: Final = ("names", "countries", "sectors", "cow", "gw")
_DATE: Final = ("start", "end", "granularity", "approx", "basis")

COLUMNS: Final = (
    "id", "pair_number", "pair_count", "report_id", "url", "outlet", "title",
    "published_start", "published_end", "published_granularity",
    *(f"date_{name}" for name in _DATE),
    "act", "type", "mode", "contexts", "cameo", "quad_class", "intensity", "goldstein",
    "status", "background", "reciprocal",
    *(f"source_{name}" for name in _PARTY),
    *(f"target_{name}" for name in _PARTY),
    "place_name", "place_country", "place_lat", "place_lon", "attributed_to", "agreement",
    "quote", "quote_start", "quote_end", "confidence",
    "happening", "n_reports", "n_independent_sources", "merged_ids", "codebook", "coder", "lexicon", "coded_date",
    "reviewed_by",
)  # fmt: skip

KINDS: Final[Mapping[str, type]] = MappingProxyType(
    {
        **dict.fromkeys(("pair_number", "pair_count", "quad_class", "quote_start", "quote_end"), int),
        **dict.fromkeys(("n_reports", "n_independent_sources"), int),
        **dict.fromkeys(("intensity", "goldstein", "place_lat", "place_lon", "confidence"), float),
        **dict.fromkeys(("date_approx", "background", "reciprocal"), bool),
    }
)
"""Columns that are not text."""


def row(event: ExportedEvent, codes: Codes, codebook: str) -> Row:
    """One event, or one pair of it. Where reports were joined their ids, addresses and outlets are lists."""
    fact = event.fact
    told = event.tellings
    return (
        event.id,
        event.pair or None,
        event.pairs or None,
        joined(dict.fromkeys(one.report for one in told)),
        joined_urls(one.url for one in told),
        joined(dict.fromkeys(one.outlet for one in told)),
        fact.title,
        fact.published.start,
        fact.published.end,
        fact.published.granularity,
        *_date(event.date),
        *_codes(event, codes),
        event.status,
        fact.background,
        event.reciprocal,
        *_parties(event, event.source, codes),
        *_parties(event, event.target, codes),
        *_place(event),
        event.attributed_to,
        event.agreement,
        *_quote(event),
        event.confidence,
        fact.happening,
        event.reports,
        event.sources,
        joined(dict.fromkeys(one.id for one in told)) if len(told) > 1 else None,
        codebook,
        fact.coder,
        fact.lexicon,
        fact.read_at[:10],
        fact.reviewed_by,
    )


def _date(date: Date) -> tuple[Value, ...]:
    return (date.start, date.end, date.granularity, date.approx, date.basis)


def _codes(event: ExportedEvent, codes: Codes) -> tuple[Value, ...]:
    """From `act` to `goldstein`."""
    return (
        event.act,
        event.type,
        event.mode,
        joined(event.contexts),
        event.cameo,
        codes.quad(event.type),
        codes.intensity(event.type, event.mode),
        codes.goldstein(event.cameo),
    )


def _parties(event: ExportedEvent, actors: tuple[Actor, ...], codes: Codes) -> tuple[Value, ...]:
    """Names, countries, sectors, numbers of both lists of states; parties keep their places in all five."""
    return (
        joined(actor.name for actor in actors),
        joined(actor.country for actor in actors),
        joined(actor.sector for actor in actors),
        joined(codes.number(actor, "COW", event.on) for actor in actors),
        joined(codes.number(actor, "GW", event.on) for actor in actors),
    )


def _place(event: ExportedEvent) -> tuple[Value, ...]:
    place = event.place
    return (place.name, place.country, place.lat, place.lon) if place else (None,) * 4


def _quote(event: ExportedEvent) -> tuple[Value, ...]:
    start, end, words = event.quotes[0]
    return (words or None, start, end)
