"""Facts of all kinds as one table: a row each, what a kind lacks is empty. `docs/api.md` says what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, cast

from dragoman.store.exports.cells import Row, Value, joined
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact
from dragoman.store.search.results import SentenceHit
from dragoman.web import urls
from dragoman.web.shown import Table

COLUMNS: Final = (
    "id", "kind", "address", "report", "version", "outlet", "title", "url",
    "published_start", "published_end", "published_granularity",
    "date_start", "date_end", "date_granularity", "date_approx", "date_basis",
    "act", "type", "mode", "cameo", "status", "background",
    "source_names", "source_countries", "target_names", "target_countries",
    "what", "value", "unit", "quote", "quote_start", "quote_end", "confidence", "coder", "lexicon", "read_at",
)  # fmt: skip

KINDS: Final[Mapping[str, type]] = MappingProxyType(
    {
        **dict.fromkeys(("version", "quote_start", "quote_end"), int),
        **dict.fromkeys(("value", "confidence"), float),
        **dict.fromkeys(("date_approx", "background"), bool),
    }
)
"""Columns that are not text."""

SENTENCES: Final = (
    "report", "version", "outlet", "title", "url", "published_start", "published_end", "start", "text", "facts",
)  # fmt: skip
"""`start` is where the text begins in the report, `facts` the ids of what was read from it."""

_FROM: Final = ("source", "parties", "speaker", "supplier")
_TO: Final = ("target", "addressee", "recipient")
_WHAT: Final[Mapping[str, str]] = MappingProxyType(
    {"event": "agreement", "figure": "what", "agreement": "name", "transfer": "item", "office": "office"}
)


def fact_table(facts: Iterable[StoredFact]) -> Table:
    """FACTS in their order."""
    return Table(COLUMNS, (_row(fact) for fact in facts), KINDS)


def sentence_table(hits: Iterable[SentenceHit]) -> Table:
    """Sentences in their order."""
    return Table(SENTENCES, (_sentence(hit) for hit in hits), {"version": int, "start": int})


def _sentence(hit: SentenceHit) -> Row:
    days = (hit.published.start, hit.published.end)
    head = (hit.report, hit.version, hit.outlet, hit.title, hit.url)
    return (*head, *days, hit.passage.start, hit.passage.text, joined(hit.facts))


def _row(fact: StoredFact) -> Row:
    p = fact.payload
    start, end, quote = evidence_of(p)[0]
    number = p.get("value", p.get("count"))
    return (
        fact.id, fact.kind, urls.fact_url(fact.id), fact.report, fact.version, fact.outlet, fact.title, fact.url,
        fact.published.start, fact.published.end, fact.published.granularity,
        fact.date.start, fact.date.end, fact.date.granularity, fact.date.approx, fact.date.basis,
        *(_text(p.get(name)) for name in ("act", "type", "mode", "cameo")), fact.status, fact.background,
        *_parties(p, _FROM), *_parties(p, _TO),
        _text(p.get(_WHAT.get(fact.kind, ""))), None if number is None else float(cast(float, number)),
        _text(p.get("unit")), quote, start, end, cast("float | None", p.get("confidence")),
        fact.coder, fact.lexicon, fact.read_at,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _parties(payload: Json, names: tuple[str, ...]) -> tuple[Value, Value]:
    """Names and countries of a side, each party in its place in both lists."""
    found: list[tuple[str | None, str | None]] = []
    for name in names:
        value = payload.get(name)
        for party in value if isinstance(value, list) else [value]:
            if isinstance(party, dict):
                found.append((_text(party["name"]), _text(party["country"])))
            elif isinstance(party, str):
                found.append((party, None))
    if names is _FROM and "person" in payload:
        found.append((_text(payload["person"]), _text(payload["country"])))
    return joined(name for name, _ in found), joined(country for _, country in found)
