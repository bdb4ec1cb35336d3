"""Facts as JSON objects, field by field as the machine interface has them.

`fields` is a fact as `dragoman read --json` prints it under its kind; `line` is a stored fact as `dragoman facts
--json` prints it, one a line, with `kind`, `id` and `report` before its fields. Statements and figures have a field
`kind` of their own: in a line, where `kind` tells the facts apart, it is called `speech` and `measure`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, cast

from dragoman.facts import (
    Actor,
    Agreement,
    Answer,
    Date,
    Event,
    Evidence,
    Fact,
    Figure,
    Office,
    Place,
    Statement,
    Transfer,
    fact_id,
)

Json: TypeAlias = dict[str, object]
F = TypeVar("F")

FACT_KINDS: Final = ("event", "statement", "figure", "agreement", "transfer", "office")

RENAMED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"statement": ("kind", "speech"), "figure": ("kind", "measure")}
)
"""Fact kind to (its field under `read --json`, the same field in a line of `facts --json`)."""


def date_json(date: Date) -> Json:
    """A DATE."""
    return {
        "start": date.start,
        "end": date.end,
        "granularity": date.granularity,
        "approx": date.approx,
        "basis": date.basis,
    }


def actor_json(actor: Actor) -> Json:
    """An ACTOR; `role` and `group` are always there, null where nothing is known."""
    return {
        "name": actor.name,
        "country": actor.country,
        "sector": actor.sector,
        "role": actor.role,
        "group": actor.group,
        "span": list(actor.span) if actor.span else None,
    }


def evidence_json(evidence: Evidence) -> Json:
    """The words that prove a fact, with their characters."""
    return {"start": evidence.start, "end": evidence.end, "text": evidence.text}


def _optional(value: F | None, make: Callable[[F], Json]) -> Json | None:
    return None if value is None else make(value)


def _place(place: Place) -> Json:
    return {"name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon}


def _actors(actors: tuple[Actor, ...]) -> list[Json]:
    return [actor_json(actor) for actor in actors]


def _evidence(evidence: tuple[Evidence, ...]) -> list[Json]:
    return [evidence_json(item) for item in evidence]


def _event(event: Event) -> Json:
    return {
        "id": event.id,
        "act": event.act,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "status": event.status,
        "background": event.background,
        "source": _actors(event.source),
        "target": _actors(event.target),
        "reciprocal": event.reciprocal,
        "date": date_json(event.date),
        "place": _optional(event.place, _place),
        "attributed_to": event.attributed_to,
        "agreement": event.agreement,
        "evidence": _evidence(event.evidence),
        "confidence": event.confidence,
        **({"field_confidence": asdict(event.field_confidence)} if event.field_confidence else {}),
    }


def _statement(statement: Statement) -> Json:
    cue = statement.cue
    return {
        "id": statement.id,
        "speaker": _optional(statement.speaker, actor_json),
        "affiliation": statement.affiliation,
        "cue": {"text": cue.text, "span": list(cue.span)} if cue else None,
        "mode": statement.mode,
        "kind": statement.speech,
        "content": [list(span) for span in statement.content],
        "addressee": statement.addressee,
        "chain": list(statement.chain),
        "date": date_json(statement.date),
        "evidence": _evidence(statement.evidence),
        "confidence": statement.confidence,
    }


def _figure(figure: Figure) -> Json:
    return {
        "value": figure.value,
        "unit": figure.unit,
        "kind": figure.measure,
        "span": list(figure.span),
        "what": figure.what,
        "when": date_json(figure.when),
        "qualifier": figure.qualifier,
        "countries": list(figure.countries),
        "set_by": figure.set_by,
        "status": figure.status,
        "evidence": _evidence(figure.evidence),
    }


def _agreement(agreement: Agreement) -> Json:
    return {
        "id": agreement.id,
        "name": agreement.name,
        "parties": _actors(agreement.parties),
        "status": agreement.status,
        "date": date_json(agreement.date),
        "evidence": _evidence(agreement.evidence),
    }


def _transfer(transfer: Transfer) -> Json:
    return {
        "item": transfer.item,
        "count": transfer.count,
        "supplier": _optional(transfer.supplier, actor_json),
        "recipient": _optional(transfer.recipient, actor_json),
        "status": transfer.status,
        "date": date_json(transfer.date),
        "evidence": _evidence(transfer.evidence),
    }


def _office(office: Office) -> Json:
    return {
        "person": office.person,
        "office": office.office,
        "body": office.body,
        "country": office.country,
        "from": _optional(office.start, date_json),
        "to": _optional(office.end, date_json),
        "as_of": date_json(office.as_of),
        "evidence": _evidence(office.evidence),
    }


_FIELDS: Final[Mapping[str, Callable[..., Json]]] = MappingProxyType(
    {
        "event": _event,
        "statement": _statement,
        "figure": _figure,
        "agreement": _agreement,
        "transfer": _transfer,
        "office": _office,
    }
)


def fields(fact: Fact) -> Json:
    """The fields of a fact as `dragoman read --json` prints them under its kind."""
    return _FIELDS[fact.kind](fact)


def stored_fields(fact: Fact) -> Json:
    """The fields of a fact as they are stored: without `id`, and with the names that a line gives them."""
    names = {old: new for old, new in [RENAMED.get(fact.kind, ("", ""))] if old}
    return {names.get(name, name): value for name, value in fields(fact).items() if name != "id"}


def line(kind: str, ident: str, report: str, payload: Mapping[str, object]) -> Json:
    """A stored fact as `dragoman facts --json` and the stream give it."""
    return {"kind": kind, "id": ident, "report": report, **payload}


def id_of(fact: Fact, report: str) -> str:
    """The fact's stable id: its own, or one made of the report's id and what tells the fact from its neighbours."""
    if isinstance(fact, Event | Statement | Agreement):
        return fact.id or fact_id(report, fact.kind, fact.evidence[0].span)
    if isinstance(fact, Figure):
        return fact_id(report, fact.kind, fact.span, fact.value, fact.unit, fact.measure)
    if isinstance(fact, Transfer):
        parties = [actor.name if actor else None for actor in (fact.supplier, fact.recipient)]
        return fact_id(report, fact.kind, fact.evidence[0].span, fact.item, *parties)
    return fact_id(report, fact.kind, fact.evidence[0].span, fact.person, fact.office, fact.body)


def named(answer: Answer) -> list[tuple[str, Fact]]:
    """(id, fact) of all facts, no id twice: an equal fact is left out, an unlike one gets a number behind its id."""
    taken: dict[str, Fact] = {}
    for fact in answer.facts():
        ident = base = id_of(fact, answer.report.id)
        number = 1
        while ident in taken and taken[ident] != fact:
            number += 1
            ident = f"{base}-{number}"
        taken[ident] = fact
    return list(taken.items())


def fault(answer: Answer) -> str | None:
    """Why an answer may neither be printed nor stored, or None: each quote must stand in this very report's text.

    `Evidence` sees to it that a quote stands in some text, and a number that JSON can't hold is no number.
    """
    text = answer.report.text
    for fact in answer.facts():
        for item in fact.evidence:
            if text[item.start : item.end] != item.text:
                return f"the evidence of {fact.kind} at [{item.start}, {item.end}) does not stand there in the report"
        numbers = (getattr(fact, name, None) for name in ("value", "count", "confidence"))
        if any(isinstance(number, float) and not math.isfinite(number) for number in numbers):
            return f"a number of {fact.kind} at [{fact.evidence[0].start}, …) is not finite"
    return None


def with_links(fact: Json, happening: str | None, n_reports: int, n_sources: int, reviewed_by: str | None) -> Json:
    """The line of a FACT with what the record knows beside it: of events how they are told, and who looked it over."""
    if fact["kind"] == "event":
        fact = {**fact, "happening": happening, "n_reports": n_reports, "n_independent_sources": n_sources}
    return {**fact, "reviewed_by": reviewed_by} if reviewed_by else fact


def actors_from(value: object) -> tuple[Actor, ...]:
    """The actors of a stored side."""
    return tuple(actor_from(found) for found in cast("list[Json]", value))


def actor_from(found: Json) -> Actor:
    """A stored ACTOR."""
    span = cast("list[int] | None", found["span"])
    name, country, sector, role, group = (
        cast("str | None", found[key]) for key in ("name", "country", "sector", "role", "group")
    )
    return Actor(name or "", country, sector, role, group, (span[0], span[1]) if span else None)


def place_from(value: object) -> Place | None:
    """A stored place."""
    if value is None:
        return None
    found = cast(Json, value)
    lat, lon = (cast("float | None", found[key]) for key in ("lat", "lon"))
    return Place(str(found["name"]), cast("str | None", found["country"]), lat, lon)


def evidence_of(payload: Mapping[str, object]) -> list[tuple[int, int, str]]:
    """(start, end, text) of a stored fact's evidence."""
    items = cast(list[dict[str, object]], payload.get("evidence") or [])
    return [(cast(int, e["start"]), cast(int, e["end"]), str(e["text"])) for e in items]
