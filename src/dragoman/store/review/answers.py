"""What reviewers answer on the facts of a sample, field by field, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.payload import Json
from dragoman.store.record import Record, now
from dragoman.store.review.sampling import Item, Sample
from dragoman.store.tables import ANSWERS

Answer: TypeAlias = Literal["right", "wrong", "unsure"]
ANSWERS_KNOWN: Final[tuple[Answer, ...]] = get_args(Answer)

FACT: Final = "fact"
"""The first question: do the words tell such a fact at all? Where they don't, no field is asked, and all are wrong."""

SENTENCE: Final = "sentence"
"""The last question of an event: has the record all events of the sentence, and right? It is no field, but tells
which sentences are gold."""

FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "event": ("type", "status", "background", "source", "target", "date", "place"),
        "statement": ("speaker", "content", "date"),
        "figure": ("value", "unit", "what", "when", "status"),
        "agreement": ("name", "parties", "status", "date"),
        "transfer": ("item", "count", "supplier", "recipient", "status", "date"),
        "office": ("person", "office", "body", "country", "as_of"),
    }
)
"""Fact kind to the fields that are asked; those in which nothing is said only where that says something."""

_SAYS_NOTHING_TOO: Final = frozenset({"source", "target", "date"})
"""Fields that are asked even where they are empty: that nobody is named, or no day, is right or wrong too."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reviewer's answers on one fact of a sample, by field."""

    number: int
    reviewer: str
    answers: Mapping[str, Answer]


def questions(kind: str, payload: Json) -> tuple[str, ...]:
    """What is asked of a fact, in order."""
    fields = tuple(
        name for name in FIELDS[kind] if name in _SAYS_NOTHING_TOO or payload.get(name) not in (None, [], "")
    )
    return (FACT, *fields, *((SENTENCE,) if kind == "event" else ()))


def missing(item: Item, given: Mapping[str, Answer]) -> tuple[str, ...]:
    """What of an item is still to be asked of somebody who has GIVEN these answers."""
    asked = questions(item.fact.kind, item.fact.payload)
    if given.get(FACT) == "wrong":
        asked = tuple(name for name in asked if name in (FACT, SENTENCE))
    return tuple(name for name in asked if name not in given)


def answers(record: Record, sample: Sample) -> list[Given]:
    """All answers on a sample, by fact and reviewer."""
    statement = sa.select(ANSWERS).where(ANSWERS.c.sample_key == sample.key)
    found: dict[tuple[int, str], dict[str, Answer]] = {}
    with record.reading() as connection:
        for row in connection.execute(statement.order_by(ANSWERS.c.number, ANSWERS.c.reviewer, ANSWERS.c.field)):
            found.setdefault((row.number, row.reviewer), {})[row.field] = row.answer
    return [Given(number, reviewer, given) for (number, reviewer), given in found.items()]


def answers_of(record: Record, sample: Sample, reviewer: str) -> dict[int, dict[str, Answer]]:
    """Number of a fact to what REVIEWER has answered on it."""
    return {given.number: dict(given.answers) for given in answers(record, sample) if given.reviewer == reviewer}


def forget(record: Record, sample: Sample, reviewer: str, number: int, fields: Iterable[str]) -> None:
    """Take back what REVIEWER has answered on these FIELDS of a fact."""
    of_fact = sa.and_(ANSWERS.c.sample_key == sample.key, ANSWERS.c.number == number, ANSWERS.c.reviewer == reviewer)
    with record.writing() as connection:
        connection.execute(ANSWERS.delete().where(of_fact, ANSWERS.c.field.in_(list(fields))))


def keep(record: Record, sample: Sample, reviewer: str, given: Iterable[tuple[int, str, Answer]]) -> int:
    """Keep answers (number of the fact, field, answer) in place of those that REVIEWER gave before; returns how many.

    Raises QueryError where there is no such fact or field in the sample; then none is kept.
    """
    items = {item.number: item for item in sample.items}
    rows = []
    for number, field, answer in given:
        if number not in items:
            raise QueryError(f"answer: the sample {sample.name} has no fact {number}; it has {len(items)}")
        asked = questions(items[number].fact.kind, items[number].fact.payload)
        if field not in asked or answer not in ANSWERS_KNOWN:
            raise QueryError(f"answer: of fact {number} {', '.join(asked)} are asked, right, wrong or unsure")
        rows.append({"sample_key": sample.key, "number": number, "reviewer": reviewer, "field": field,
                     "answer": answer, "answered_at": now()})  # fmt: skip
    with record.writing() as connection:
        for row in rows:
            key = sa.and_(*(ANSWERS.c[name] == row[name] for name in ("sample_key", "number", "reviewer", "field")))
            connection.execute(ANSWERS.delete().where(key))
            connection.execute(ANSWERS.insert().values(**row))
    return len(rows)
