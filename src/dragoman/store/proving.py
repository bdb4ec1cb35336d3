"""Stored facts as the dataclasses of `facts.py` again, each proved once more by its report's text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.facts import (
    Agreement,
    Cue,
    Date,
    Event,
    Evidence,
    Fact,
    FactError,
    FieldConfidence,
    Figure,
    Office,
    Span,
    Statement,
    Transfer,
)
from dragoman.store.payload import actor_from, actors_from, place_from
from dragoman.store.query import Order, StoredFact, Wanted, facts
from dragoman.store.record import Record
from dragoman.store.tables import FACTS, REPORTS

_Payload: TypeAlias = Mapping[str, Any]
"""A fact's fields as they are stored."""

BATCH_FACTS: Final = 200
"""Facts whose reports' texts are fetched at once: so many texts, at most, are held in memory."""


def typed_facts(
    record: Record, wanted: Wanted, order: Order = "seq", after_seq: int | None = None, limit: int | None = None
) -> Iterator[tuple[StoredFact, Fact]]:
    """The facts WANTED as they are stored and with their types, streamed as `facts` streams them.

    Raises RecordError where a quote no longer stands in its report.
    """
    found = facts(record, wanted, after_seq, limit, order)
    while batch := list(islice(found, BATCH_FACTS)):
        yield from with_types(record, batch)


def with_types(record: Record, stored: Sequence[StoredFact]) -> Iterator[tuple[StoredFact, Fact]]:
    """STORED facts, each with its types. Raises RecordError where a quote no longer stands in its report."""
    texts = _texts(record, [fact.seq for fact in stored])
    for fact in stored:
        try:
            yield fact, typed(fact, texts[fact.report, fact.version])
        except (FactError, KeyError, TypeError) as error:
            raise RecordError(
                f"{record.where}: fact {fact.id} of report {fact.report} is not what was stored ({error}); "
                "run `dragoman verify`"
            ) from error


def _texts(record: Record, seqs: list[int]) -> dict[tuple[str, int], str]:
    """(report, version) to the text of the reports in which these facts stand."""
    of_facts = sa.select(FACTS.c.report_key).where(FACTS.c.seq.in_(seqs))
    statement = sa.select(REPORTS.c.id, REPORTS.c.version, REPORTS.c.text).where(REPORTS.c.key.in_(of_facts))
    with record.reading() as connection:
        return {(row.id, row.version): row.text for row in connection.execute(statement)}


def typed(fact: StoredFact, text: str) -> Fact:
    """FACT with its types; its quotes are cut out of TEXT, its report's. Raises FactError where they don't stand there.

    `Place.geonameid` is not stored.
    """
    payload: _Payload = fact.payload
    evidence = tuple(Evidence(item["start"], item["end"], text) for item in payload["evidence"])
    if [item.text for item in evidence] != [item["text"] for item in payload["evidence"]]:
        raise FactError("other words stand at the place of its quote")
    return _MAKERS[fact.kind](fact.id, payload, evidence)


def _span(found: Sequence[int]) -> Span:
    return (found[0], found[1])


def _date(found: _Payload) -> Date:
    return Date(found["start"], found["end"], found["granularity"], found["approx"], found["basis"])


def _event(ident: str, p: _Payload, evidence: tuple[Evidence, ...]) -> Event:
    sure = p.get("field_confidence")
    return Event(
        id=ident,
        act=p["act"],
        type=p["type"],
        status=p["status"],
        source=actors_from(p["source"]),
        target=actors_from(p["target"]),
        evidence=evidence,
        date=_date(p["date"]),
        mode=p["mode"],
        contexts=tuple(p["contexts"]),
        cameo=p["cameo"],
        background=p["background"],
        reciprocal=p["reciprocal"],
        place=place_from(p["place"]),
        attributed_to=p["attributed_to"],
        agreement=p["agreement"],
        confidence=p["confidence"],
        field_confidence=FieldConfidence(**sure) if sure else None,
    )


def _statement(ident: str, p: _Payload, evidence: tuple[Evidence, ...]) -> Statement:
    return Statement(
        id=ident,
        speaker=actor_from(p["speaker"]) if p["speaker"] else None,
        cue=Cue(p["cue"]["text"], _span(p["cue"]["span"])) if p["cue"] else None,
        mode=p["mode"],
        speech=p["speech"],
        content=tuple(map(_span, p["content"])),
        evidence=evidence,
        date=_date(p["date"]),
        affiliation=p["affiliation"],
        addressee=p["addressee"],
        chain=tuple(p["chain"]),
        confidence=p["confidence"],
    )


def _figure(_: str, p: _Payload, evidence: tuple[Evidence, ...]) -> Figure:
    return Figure(
        value=p["value"],
        unit=p["unit"],
        measure=p["measure"],
        span=_span(p["span"]),
        evidence=evidence,
        when=_date(p["when"]),
        what=p["what"],
        qualifier=p["qualifier"],
        countries=tuple(p["countries"]),
        set_by=p["set_by"],
        status=p["status"],
    )


def _agreement(ident: str, p: _Payload, evidence: tuple[Evidence, ...]) -> Agreement:
    return Agreement(ident, p["name"], actors_from(p["parties"]), p["status"], evidence, _date(p["date"]))


def _transfer(_: str, p: _Payload, evidence: tuple[Evidence, ...]) -> Transfer:
    return Transfer(
        item=p["item"],
        count=p["count"],
        supplier=actor_from(p["supplier"]) if p["supplier"] else None,
        recipient=actor_from(p["recipient"]) if p["recipient"] else None,
        status=p["status"],
        evidence=evidence,
        date=_date(p["date"]),
    )


def _office(_: str, p: _Payload, evidence: tuple[Evidence, ...]) -> Office:
    return Office(
        person=p["person"],
        office=p["office"],
        body=p["body"],
        country=p["country"],
        evidence=evidence,
        as_of=_date(p["as_of"]),
        start=_date(p["from"]) if p["from"] else None,
        end=_date(p["to"]) if p["to"] else None,
    )


_MAKERS: Final[Mapping[str, Callable[[str, _Payload, tuple[Evidence, ...]], Fact]]] = MappingProxyType(
    {
        "event": _event,
        "statement": _statement,
        "figure": _figure,
        "agreement": _agreement,
        "transfer": _transfer,
        "office": _office,
    }
)
