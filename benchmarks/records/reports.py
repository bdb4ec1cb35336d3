"""Made-up reports with facts of all kinds, each the same whenever it is asked for by its number.

How many facts a report has, of which kinds, how long their words are and how their dates are known was counted in the
sample archive as Dragoman reads it. One report of `CHANGED_EVERY` is a later version of the one before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as day_type
from datetime import timedelta
from typing import Final

import numpy as np

from benchmarks.records.world import World
from dragoman.facts import (
    Actor,
    Agreement,
    Answer,
    Cue,
    Date,
    DateCandidate,
    Event,
    Evidence,
    Fact,
    FieldConfidence,
    Figure,
    Office,
    Place,
    Report,
    Span,
    Statement,
    Transfer,
    fact_id,
)
from dragoman.terms import AGREEMENT_STATUSES

SEED: Final = 20
CHANGED_EVERY: Final = 50
SENTENCES: Final = 20
LEAST_FACTS: Final = 28
"""Of a report on average; there are 32."""

FIRST_DAY: Final = day_type(2004, 1, 1)
DAYS: Final = 20 * 365

_KINDS: Final = ("event", "statement", "figure", "office", "agreement", "transfer")
_SHARES: Final = (0.394, 0.307, 0.167, 0.098, 0.020, 0.014)
_EVENTS: Final = (
    ("SUPPORT", "05", "signed"), ("CONSULT", "04", "met"), ("AGREE", "03", "promised"), ("REJECT", "12", "refused"),
    ("ACCUSE", "11", "accused"), ("REQUEST", "02", "asked"), ("SANCTION", "17", "punished"),
    ("ASSAULT", "19", "shelled"), ("COOPERATE", "06", "helped"), ("AID", "07", "paid"), ("CONCEDE", "08", "yielded to"),
    ("RETREAT", "08", "left"), ("THREATEN", "13", "threatened"), ("PROTEST", "14", "defied"),
    ("MOBILIZE", "15", "alerted"), ("COERCE", "18", "held"),
)  # fmt: skip
_MODES: Final = ("visit", "negotiate", "third-party", "mediate", "meet", "phone", "multilateral")
_CONTEXTS: Final = ("diplomatic", "military", "economic", "legal", "territory", "energy", "migration", "human_rights")
_STATUSES: Final = ("happened", "scheduled", "ongoing", "proposed", "claimed", "denied", "hypothetical")
_STATUS_SHARES: Final = (0.58, 0.15, 0.07, 0.07, 0.06, 0.04, 0.03)
_AGREED: Final = tuple(AGREEMENT_STATUSES)
_SECTORS: Final = ("GOV", "MIL", "LEG", "OPP", "BUS")
_CUES: Final = ("said", "told reporters", "announced", "warned", "insisted")
_UNITS: Final = (None, "USD", "percent", "tonne", "person", "year")


@dataclass(slots=True)
class _Dice:
    """What is drawn for one report, in the order in which it is asked for."""

    world: World
    rng: np.random.Generator
    words: list[int] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def number(self) -> float:
        """From 0 to below 1."""
        if not self.numbers:
            self.numbers = self.rng.random(512).tolist()
        return self.numbers.pop()

    def below(self, size: int) -> int:
        return int(self.number() * size)

    def word(self) -> str:
        if not self.words:
            self.words = self.world.word.draw(self.rng, 512)
        return self.world.words[self.words.pop()]

    def some(self, least: int, most: int) -> str:
        """From LEAST to MOST words."""
        return " ".join(self.word() for _ in range(least + self.below(most - least + 1)))


class _Text:
    """A text that grows; says where its pieces stand."""

    def __init__(self, start: str) -> None:
        self.pieces = [start]
        self.length = len(start)

    def add(self, piece: str) -> Span:
        start = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return start, self.length


def answer(world: World, number: int) -> Answer:
    """The report of that NUMBER with its facts."""
    changed = number % CHANGED_EVERY == CHANGED_EVERY - 1
    dice = _Dice(world, np.random.default_rng((SEED, number - changed)))
    report, sentences = _report(dice, number - changed, " Changed." if changed else "")
    facts: dict[str, list[Fact]] = {kind: [] for kind in _KINDS}
    for sentence in sentences:
        fact = sentence.make(report, dice)
        facts[fact.kind].append(fact)
    return Answer(report, **{f"{kind}s": tuple(found) for kind, found in facts.items()})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact that a sentence tells: the sentence, two parties' mentions and the predicate's, and what makes it."""

    whole: Span
    one: tuple[int, Span]
    other: tuple[int, Span]
    verb: Span
    kind: int
    maker: Callable[[Report, _Told, _Dice], Fact]

    def make(self, report: Report, dice: _Dice) -> Fact:
        return self.maker(report, self, dice)


def _report(dice: _Dice, number: int, end: str) -> tuple[Report, list[_Told]]:
    world = dice.world
    outlet = world.outlets[world.outlet.draw(dice.rng, 1)[0]]
    day = (FIRST_DAY + timedelta(days=int(DAYS * dice.number() ** 0.7))).isoformat()
    text = _Text(f"{dice.word().upper()} ({outlet}) — ")
    pairs = world.pair.draw(dice.rng, 4)
    told: list[_Told] = []
    for at in range(SENTENCES - 4 + dice.below(9)):
        told += _sentence(dice, text, world.pairs[pairs[dice.below(4)]])
        text.add("\n\n" if at % 3 == 2 else " ")
    report = Report(
        id=f"made-{number}",
        text="".join(text.pieces).rstrip() + end,
        published=Date.on(day, "meta"),
        url=f"https://news.example/{outlet.split()[0].lower()}/{number}",
        outlet=outlet,
        title=dice.some(5, 10).capitalize(),
        language="en",
        candidates=(
            DateCandidate(Date.on(day), "meta", "article:published_time", day, True, "no other says otherwise"),
        ),
    )
    return report, told


def _sentence(dice: _Dice, text: _Text, pair: tuple[int, int]) -> list[_Told]:
    """A sentence of some twenty words about PAIR, and up to four facts in it."""
    one, other = pair if dice.number() < 0.6 else (pair[1], pair[0])
    kind = min(dice.below(16), dice.below(16))
    start = text.length
    first = text.add(dice.world.countries[one].name)
    text.add(" ")
    verb = text.add(_EVENTS[kind][2])
    text.add(" ")
    second = text.add(dice.world.countries[other].name)
    text.add(f" {dice.some(8, 22)}.")
    whole = (start, text.length)
    return [
        _Told(whole, (one, first), (other, second), verb, kind, _MAKERS[_drawn(dice, _SHARES)])
        for _ in range((0, 1, 1, 2, 2, 2, 3)[dice.below(7)])
    ]


def _drawn(dice: _Dice, shares: tuple[float, ...]) -> int:
    left = dice.number()
    for place, share in enumerate(shares):
        left -= share
        if left < 0:
            return place
    return 0


def _date(report: Report, dice: _Dice) -> Date:
    """A day of the week before most often, now and then a month, a year, an open or an unknown date."""
    drawn = dice.number()
    published = day_type.fromisoformat(report.published.start or "")
    day = published - timedelta(days=dice.below(8))
    if drawn < 0.42:
        return Date.on(day, "relative")
    if drawn < 0.72:
        return Date(None, report.published.end, "interval", basis="report")
    if drawn < 0.85:
        return Date.unknown()
    month = day.replace(day=1)
    if drawn < 0.95:
        end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Date(month.isoformat(), end.isoformat(), "month", basis="text")
    year = day.year - dice.below(9)
    return Date(f"{year}-01-01", f"{year}-12-31", "year", basis="text")


def _actor(dice: _Dice, mention: tuple[int, Span], role: str | None = None) -> Actor:
    country = dice.world.countries[mention[0]]
    return Actor(country.name, country.code, _SECTORS[min(dice.below(5), dice.below(5))], role, span=mention[1])


def _proof(report: Report, told: _Told) -> tuple[Evidence, ...]:
    return (Evidence(*told.whole, report.text),)


def _share(dice: _Dice) -> float:
    return round(0.3 + 0.7 * dice.number(), 3)


def _event(report: Report, told: _Told, dice: _Dice) -> Event:
    act, root, _ = _EVENTS[told.kind]
    status = _STATUSES[_drawn(dice, _STATUS_SHARES)]
    together = act == "CONSULT"
    parties = (_actor(dice, told.one), _actor(dice, told.other))
    alone = dice.number() < 0.3
    return Event(
        id=fact_id(report.id, "event", told.verb, dice.number()),
        act=act,
        type="AGREE" if status == "scheduled" and act in ("CONSULT", "SUPPORT", "COOPERATE", "AID") else act,
        status=status,  # type: ignore[arg-type]
        source=parties if together else parties[:1],
        target=() if together or alone else parties[1:],
        reciprocal=together,
        evidence=(*_proof(report, told), Evidence(*told.verb, report.text)),
        date=_date(report, dice),
        mode=_MODES[dice.below(7)] if dice.number() < 0.4 else None,
        contexts=(_CONTEXTS[dice.below(8)],) if dice.number() < 0.5 else (),
        cameo=f"{root}{dice.below(7)}",
        background=dice.number() < 0.15,
        place=Place(_town(dice), None, 10.0 + dice.below(400) / 10, dice.below(900) / 10)
        if dice.number() < 0.2
        else None,
        attributed_to=_person(dice) if dice.number() < 0.3 else None,
        agreement=_body(dice) if dice.number() < 0.05 else None,
        confidence=_share(dice),
        field_confidence=FieldConfidence(*(_share(dice) for _ in range(5))),
    )


def _town(dice: _Dice) -> str:
    """The name of a town."""
    return dice.word().capitalize()


def _person(dice: _Dice) -> str:
    return dice.world.people[dice.world.person.draw(dice.rng, 1)[0]]


def _body(dice: _Dice) -> str:
    return dice.world.bodies[dice.world.body.draw(dice.rng, 1)[0]]


def _statement(report: Report, told: _Told, dice: _Dice) -> Statement:
    country = dice.world.countries[told.one[0]]
    person = _person(dice)
    return Statement(
        id=fact_id(report.id, "statement", told.whole, dice.number()),
        speaker=Actor(person, country.code, "GOV", "minister", span=told.one[1]),
        cue=Cue(_CUES[dice.below(5)], told.verb),
        mode="indirect",
        speech="speech",
        content=((told.other[1][0], told.whole[1]),),
        evidence=_proof(report, told),
        date=_date(report, dice),
        affiliation=country.name,
        chain=(report.outlet or "", person),
        confidence=_share(dice),
    )


def _figure(report: Report, told: _Told, dice: _Dice) -> Figure:
    countries = [dice.world.countries[at].code for at in (told.one[0], told.other[0])]
    return Figure(
        value=float(1 + dice.below(100_000)),
        unit=_UNITS[dice.below(6)],
        measure="quantity",
        span=told.verb,
        evidence=_proof(report, told),
        when=_date(report, dice),
        what=dice.some(1, 3),
        countries=tuple(countries[: 1 + dice.below(2)]),
    )


def _office(report: Report, told: _Told, dice: _Dice) -> Office:
    country = dice.world.countries[told.one[0]]
    return Office(
        person=_person(dice),
        office="foreign minister",
        body=None,
        country=country.code,
        evidence=_proof(report, told),
        as_of=Date.on(report.published.start or "", "report"),
    )


def _agreement(report: Report, told: _Told, dice: _Dice) -> Agreement:
    return Agreement(
        id=fact_id(report.id, "agreement", told.whole, dice.number()),
        name=_body(dice),
        parties=(_actor(dice, told.one), _actor(dice, told.other)),
        status=_AGREED[dice.below(len(_AGREED))],
        evidence=_proof(report, told),
        date=_date(report, dice),
    )


def _transfer(report: Report, told: _Told, dice: _Dice) -> Transfer:
    return Transfer(
        item=dice.some(1, 3),
        count=float(1 + dice.below(500)),
        supplier=_actor(dice, told.one),
        recipient=_actor(dice, told.other),
        status="happened",
        evidence=_proof(report, told),
        date=_date(report, dice),
    )


_MAKERS: Final = (_event, _statement, _figure, _office, _agreement, _transfer)
