"""Facts, reports and sums as rows of tables. Of events the columns are those of the csv and parquet exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from dragoman.facts import Date
from dragoman.python.frames import Table
from dragoman.python.recorded import DyadMonth
from dragoman.store.exports import plain
from dragoman.store.exports.cells import Value, joined
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import event_of
from dragoman.store.payload import FACT_KINDS, evidence_of
from dragoman.store.query import StoredFact
from dragoman.store.reports import ReportHead
from dragoman.store.search.results import Passage, SentenceHit

Cells: TypeAlias = dict[str, Value]
Shown: TypeAlias = tuple[StoredFact, Passage | None]
"""A fact, and the sentence that it was found in, where one was looked for."""

_Payload: TypeAlias = Mapping[str, Any]

_PUBLISHED: Final = ("published_start", "published_end", "published_granularity")
_HEAD: Final = (
    "kind", "id", "report_id", "url", "outlet", "title", *_PUBLISHED,
    "date_start", "date_end", "date_granularity", "date_approx", "date_basis",
)  # fmt: skip
_TAIL: Final = ("quote", "quote_start", "quote_end", "codebook", "coder", "lexicon", "coded_date")

_OWN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "event": tuple(name for name in plain.COLUMNS if name not in (*_HEAD, *_TAIL)),
        "statement": (
            "speaker_name", "speaker_country", "speaker_sector", "affiliation", "cue", "mode", "speech", "addressee",
            "chain", "content_start", "content_end", "confidence",
        ),
        "figure": ("value", "unit", "measure", "what", "qualifier", "countries", "set_by", "status"),
        "agreement": ("name", "status", "party_names", "party_countries"),
        "transfer": (
            "item", "count", "supplier_name", "supplier_country", "recipient_name", "recipient_country", "status",
        ),
        "office": ("person", "office", "body", "country", "from_start", "from_end", "to_start", "to_end"),
    }
)  # fmt: skip
"""Kind to the columns that only some kinds have."""

KINDS: Final[Mapping[str, type]] = MappingProxyType(
    {
        **plain.KINDS,
        **dict.fromkeys(("content_start", "content_end", "version", "facts", "sentence_start"), int),
        **dict.fromkeys(("value", "count"), float),
    }
)
"""Columns that are not text."""

_SENTENCE: Final = ("sentence",)


def fact_columns(kinds: tuple[str, ...] | None, searched: bool = False) -> tuple[str, ...]:
    """The columns of facts of KINDS (None: all): of events alone those of csv, of others head, what they have, tail.

    SEARCHED: with the sentence.
    """
    found = tuple(kind for kind in FACT_KINDS if kinds is None or kind in kinds)
    last = _SENTENCE if searched else ()
    if found == ("event",):
        return (*plain.COLUMNS, *last)
    own = dict.fromkeys(name for kind in found for name in _OWN[kind])
    return (*_HEAD, *own, *_TAIL, *last)


def fact_table(columns: tuple[str, ...], shown: Iterable[Shown], codes: Codes, codebook: str) -> Table:
    """Facts as rows of COLUMNS."""

    def rows() -> Iterator[tuple[Value, ...]]:
        for stored, sentence in shown:
            cells = _fact(stored, codes, codebook)
            cells["sentence"] = sentence.text if sentence else None
            yield tuple(cells.get(name) for name in columns)

    return Table(columns, KINDS, rows())


def _fact(stored: StoredFact, codes: Codes, codebook: str) -> Cells:
    if stored.kind == "event":
        row = plain.row(event_of(stored), codes, codebook)
        return {"kind": stored.kind, **dict(zip(plain.COLUMNS, row, strict=True))}
    start, end, quote = evidence_of(stored.payload)[0]
    return {
        "kind": stored.kind,
        "id": stored.id,
        "report_id": stored.report,
        "url": stored.url,
        "outlet": stored.outlet,
        "title": stored.title,
        **_interval("published", stored.published),
        **_interval("date", stored.date),
        "date_approx": stored.date.approx,
        "date_basis": stored.date.basis,
        **_OWN_CELLS[stored.kind](stored.payload),
        "quote": quote,
        "quote_start": start,
        "quote_end": end,
        "codebook": codebook,
        "coder": stored.coder,
        "lexicon": stored.lexicon,
        "coded_date": stored.read_at[:10],
    }


def _interval(name: str, date: Date) -> Cells:
    return {f"{name}_start": date.start, f"{name}_end": date.end, f"{name}_granularity": date.granularity}


def _party(name: str, actor: _Payload | None) -> Cells:
    found = actor or {}
    return {f"{name}_name": found.get("name"), f"{name}_country": found.get("country")}


def _statement(p: _Payload) -> Cells:
    return {
        **_party("speaker", p["speaker"]),
        "speaker_sector": (p["speaker"] or {}).get("sector"),
        **{name: p[name] for name in ("affiliation", "mode", "speech", "addressee", "confidence")},
        "cue": (p["cue"] or {}).get("text"),
        "chain": joined(p["chain"]),
        "content_start": min(start for start, _ in p["content"]),
        "content_end": max(end for _, end in p["content"]),
    }


def _figure(p: _Payload) -> Cells:
    own = {name: p[name] for name in ("value", "unit", "measure", "what", "qualifier", "set_by", "status")}
    return {**own, "countries": joined(p["countries"])}


def _agreement(p: _Payload) -> Cells:
    names, countries = ([actor[key] for actor in p["parties"]] for key in ("name", "country"))
    return {
        "name": p["name"],
        "status": p["status"],
        "party_names": joined(names),
        "party_countries": joined(countries),
    }


def _transfer(p: _Payload) -> Cells:
    own = {name: p[name] for name in ("item", "count", "status")}
    return {**own, **_party("supplier", p["supplier"]), **_party("recipient", p["recipient"])}


def _office(p: _Payload) -> Cells:
    terms = {f"{name}_{side}": (p[name] or {}).get(side) for name in ("from", "to") for side in ("start", "end")}
    return {**{name: p[name] for name in ("person", "office", "body", "country")}, **terms}


_OWN_CELLS: Final[Mapping[str, Callable[[_Payload], Cells]]] = MappingProxyType(
    {
        "statement": _statement,
        "figure": _figure,
        "agreement": _agreement,
        "transfer": _transfer,
        "office": _office,
    }
)

_REPORT: Final = ("id", "version", "url", "outlet", "title", "language", *_PUBLISHED, "read_at", "facts")


def report_table(heads: Iterable[ReportHead]) -> Table:
    """Reports as rows."""

    def rows() -> Iterator[tuple[Value, ...]]:
        for head in heads:
            cells = {**{name: getattr(head, name, None) for name in _REPORT}, **_interval("published", head.published)}
            yield tuple(cells[name] for name in _REPORT)

    return Table(_REPORT, KINDS, rows())


_HIT: Final = ("report_id", "version", "url", "outlet", "title", *_PUBLISHED, "sentence", "sentence_start", "fact_ids")


def sentence_table(hits: Iterable[SentenceHit]) -> Table:
    """Sentences as rows."""

    def rows() -> Iterator[tuple[Value, ...]]:
        for hit in hits:
            head = (hit.report, hit.version, hit.url, hit.outlet, hit.title)
            dates = tuple(_interval("published", hit.published).values())
            yield (*head, *dates, hit.passage.text, hit.passage.start, joined(hit.facts))

    return Table(_HIT, KINDS, rows())


_DYAD_TEXT: Final = ("month", "source", "target", "direction", "status")
_DYAD_COLUMNS: Final = tuple(field.name for field in fields(DyadMonth))
_DYAD_SCORES: Final = ("intensity_sum", "intensity_mean", "goldstein_sum", "goldstein_mean")
_DYAD_KINDS: Final[Mapping[str, type]] = MappingProxyType(
    {name: float if name in _DYAD_SCORES else int for name in _DYAD_COLUMNS if name not in _DYAD_TEXT}
)


def dyad_table(months: Iterable[DyadMonth]) -> Table:
    """Sums of months as rows."""
    return Table(_DYAD_COLUMNS, _DYAD_KINDS, map(astuple, months))
