"""A stored fact's JSON back into the type that it was made of: the inverse of `payload.stored_fields`.

Whatever comes from a person or a file is checked here as strictly as what the coder makes: unknown keys, values of
another type and quotes that don't stand at their characters are refused, each with the place of the fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman import facts
from dragoman.facts import (
    Fact,
    FactError,
    FieldConfidence,
    FigureKind,
    Granularity,
    Span,
    SpeechKind,
    SpeechMode,
    Status,
)
from dragoman.store.payload import Json, stored_fields

Finite: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Probability: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Text: TypeAlias = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Date(_Part):
    start: str | None
    end: str | None
    granularity: Granularity
    approx: bool
    basis: str

    def made(self) -> facts.Date:
        return facts.Date(self.start, self.end, self.granularity, self.approx, self.basis)


class _Actor(_Part):
    name: Text
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    group: str | None = None
    span: Span | None = None

    def made(self) -> facts.Actor:
        return facts.Actor(self.name, self.country, self.sector, self.role, self.group, self.span)


class _Place(_Part):
    name: Text
    country: str | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None

    def made(self) -> facts.Place:
        return facts.Place(self.name, self.country, self.lat, self.lon)


class _Cue(_Part):
    text: Text
    span: Span


class _Evidence(_Part):
    start: int
    end: int
    text: str


class _Confidence(_Part):
    type: Probability
    source: Probability
    target: Probability
    status: Probability
    background: Probability


class _Fact(_Part):
    evidence: tuple[_Evidence, ...]

    def proof(self, text: str) -> tuple[facts.Evidence, ...]:
        """The evidence, cut from the report's TEXT. Raises FactError where other words stand there."""
        made = tuple(facts.Evidence(item.start, item.end, text) for item in self.evidence)
        for given, cut in zip(self.evidence, made, strict=True):
            if given.text != cut.text:
                raise FactError(f"evidence: {given.text[:60]!r} does not stand at [{given.start}, {given.end})")
        return made


class _Event(_Fact):
    act: str
    type: str
    mode: str | None
    contexts: tuple[Text, ...]
    cameo: str | None
    status: Status
    background: bool
    source: tuple[_Actor, ...]
    target: tuple[_Actor, ...]
    reciprocal: bool
    date: _Date
    place: _Place | None
    attributed_to: str | None
    agreement: str | None
    confidence: Probability
    field_confidence: _Confidence | None = None

    def made(self, ident: str, text: str) -> facts.Event:
        own = self.field_confidence
        return facts.Event(
            id=ident,
            act=self.act,
            type=self.type,
            status=self.status,
            source=_actors(self.source),
            target=_actors(self.target),
            evidence=self.proof(text),
            date=self.date.made(),
            mode=self.mode,
            contexts=self.contexts,
            cameo=self.cameo,
            background=self.background,
            reciprocal=self.reciprocal,
            place=self.place.made() if self.place else None,
            attributed_to=self.attributed_to,
            agreement=self.agreement,
            confidence=self.confidence,
            field_confidence=FieldConfidence(**own.model_dump()) if own else None,
        )


class _Statement(_Fact):
    speaker: _Actor | None
    affiliation: str | None
    cue: _Cue | None
    mode: SpeechMode
    speech: SpeechKind
    content: tuple[Span, ...]
    addressee: str | None
    chain: tuple[Text, ...]
    date: _Date
    confidence: Probability

    def made(self, ident: str, text: str) -> facts.Statement:
        return facts.Statement(
            id=ident,
            speaker=self.speaker.made() if self.speaker else None,
            cue=facts.Cue(self.cue.text, self.cue.span) if self.cue else None,
            mode=self.mode,
            speech=self.speech,
            content=self.content,
            evidence=self.proof(text),
            date=self.date.made(),
            affiliation=self.affiliation,
            addressee=self.addressee,
            chain=self.chain,
            confidence=self.confidence,
        )


class _Figure(_Fact):
    value: Finite
    unit: str | None
    measure: FigureKind
    span: Span
    what: str | None
    when: _Date
    qualifier: str | None
    countries: tuple[Text, ...]
    set_by: str | None
    status: Status

    def made(self, ident: str, text: str) -> facts.Figure:
        return facts.Figure(
            value=self.value,
            unit=self.unit,
            measure=self.measure,
            span=self.span,
            evidence=self.proof(text),
            when=self.when.made(),
            what=self.what,
            qualifier=self.qualifier,
            countries=self.countries,
            set_by=self.set_by,
            status=self.status,
        )


class _Agreement(_Fact):
    name: Text
    parties: tuple[_Actor, ...]
    status: str
    date: _Date

    def made(self, ident: str, text: str) -> facts.Agreement:
        return facts.Agreement(ident, self.name, _actors(self.parties), self.status, self.proof(text), self.date.made())


class _Transfer(_Fact):
    item: Text
    count: Finite | None
    supplier: _Actor | None
    recipient: _Actor | None
    status: Status
    date: _Date

    def made(self, ident: str, text: str) -> facts.Transfer:
        return facts.Transfer(
            item=self.item,
            count=self.count,
            supplier=self.supplier.made() if self.supplier else None,
            recipient=self.recipient.made() if self.recipient else None,
            status=self.status,
            evidence=self.proof(text),
            date=self.date.made(),
        )


class _Office(_Fact):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    person: Text
    office: Text
    body: str | None
    country: str | None
    start: Annotated[_Date | None, Field(alias="from")]
    end: Annotated[_Date | None, Field(alias="to")]
    as_of: _Date

    def made(self, ident: str, text: str) -> facts.Office:
        return facts.Office(
            person=self.person,
            office=self.office,
            body=self.body,
            country=self.country,
            evidence=self.proof(text),
            as_of=self.as_of.made(),
            start=self.start.made() if self.start else None,
            end=self.end.made() if self.end else None,
        )


def _actors(found: tuple[_Actor, ...]) -> tuple[facts.Actor, ...]:
    return tuple(actor.made() for actor in found)


_MODELS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "event": _Event,
        "statement": _Statement,
        "figure": _Figure,
        "agreement": _Agreement,
        "transfer": _Transfer,
        "office": _Office,
    }
)


def fact_of(kind: str, ident: str, payload: Json, text: str) -> Fact:
    """The fact of KIND whose stored fields are PAYLOAD, proved by TEXT, its report's.

    Raises FactError that names the field at fault.
    """
    try:
        made: Fact = _MODELS[kind].model_validate(payload).made(ident, text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FactError(f"{where or kind}: {first['msg'][:1].lower()}{first['msg'][1:]}") from error
    return made


def normal(kind: str, ident: str, payload: Json, text: str) -> Json:
    """PAYLOAD as `stored_fields` writes it. Raises FactError as `fact_of` does."""
    return stored_fields(fact_of(kind, ident, payload, text))
