"""The types of all that crosses a folder's border: a report, and the facts read from it.

Spans are (start, end) in characters (Unicode code points) from 0 of `Report.text`, end exclusive. Days are ISO 8601
text (`1978-09-17`). None is "not known" or "not applicable", never "none found yet". All types are frozen; this module
imports nothing of ours. The terms in the Literals are glossed in `terms.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import InitVar, dataclass, field, replace
from datetime import date as day_type
from typing import ClassVar, Final, Literal, TypeAlias, get_args

Span: TypeAlias = tuple[int, int]
Status: TypeAlias = Literal["happened", "ongoing", "scheduled", "proposed", "hypothetical", "denied", "claimed"]
Granularity: TypeAlias = Literal["day", "week", "month", "season", "year", "decade", "interval", "unknown"]
PageKind: TypeAlias = Literal["article", "index", "gallery", "paywall", "consent", "empty", "unknown"]
SpeechMode: TypeAlias = Literal["direct", "indirect", "mixed"]
SpeechKind: TypeAlias = Literal["speech", "belief", "intention"]
FigureKind: TypeAlias = Literal["quantity", "value", "target", "duration", "change", "rank"]
TimexType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]
PloverType: TypeAlias = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip

GRANULARITIES: Final[tuple[str, ...]] = get_args(Granularity)
STATUSES: Final[tuple[str, ...]] = get_args(Status)
PLOVER_TYPES: Final[tuple[str, ...]] = get_args(PloverType)


class FactError(ValueError):
    """A fact that may not exist: no verbatim evidence, an unknown code, an impossible date. A fault of the coder."""


@dataclass(frozen=True, slots=True)
class Date:
    """An interval of whole days, as narrow as the words allow and no narrower.

    `start` and `end` are the first and last day, both inclusive; either may be None where that side is open, both are
    None where nothing is known. `basis` says what the interval rests on, in a word or two: `text`, `relative`,
    `dateline`, `json-ld`, `url`, `report`, `none`.
    """

    start: str | None
    end: str | None
    granularity: Granularity
    approx: bool = False
    basis: str = ""

    def __post_init__(self) -> None:
        if self.granularity not in GRANULARITIES:
            raise FactError(f"date: unknown granularity {self.granularity!r}; one of {', '.join(GRANULARITIES)}")
        for side in (self.start, self.end):
            if side is not None:
                _check_day(side)
        if self.start and self.end and self.start > self.end:
            raise FactError(f"date: starts on {self.start}, after its end on {self.end}")
        if self.granularity == "unknown" and (self.start or self.end):
            raise FactError("date: a date with a start or an end can't have the granularity 'unknown'")

    @classmethod
    def unknown(cls, basis: str = "none") -> Date:
        """Nothing is known."""
        return cls(None, None, "unknown", False, basis)

    @classmethod
    def on(cls, day: day_type | str, basis: str = "text", approx: bool = False) -> Date:
        """One single day."""
        iso = day if isinstance(day, str) else day.isoformat()
        return cls(iso, iso, "day", approx, basis)

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return self.granularity != "unknown"


def _check_day(text: str) -> None:
    try:
        if day_type.fromisoformat(text).isoformat() != text:
            raise FactError(f"date: {text!r} is no ISO day such as 1978-09-17")
    except ValueError as error:
        raise FactError(f"date: {text!r} is no ISO day such as 1978-09-17") from error


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One place where a report's own date may be read. `where` names it for the user; `text` is what stands there.

    `source` is one of `given`, `json-ld`, `meta`, `time`, `url`, `dateline`, `byline`, `text`, `feed`, `modified`,
    `copyright`; `reason` says why it won or lost.
    """

    date: Date
    source: str
    where: str
    text: str = ""
    won: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One article as read. `text` is what every span of its facts counts in; given text is kept to the character."""

    id: str
    text: str
    published: Date
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None
    kind: PageKind = "article"
    candidates: tuple[DateCandidate, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a report that prove a fact. It is cut from the report's text, so it can't be anything else.

    Raises FactError where the span is empty, outside the text, or holds no visible character.
    """

    start: int
    end: int
    source: InitVar[str]
    text: str = field(init=False)

    def __post_init__(self, source: str) -> None:
        if not 0 <= self.start < self.end <= len(source):
            raise FactError(f"evidence: [{self.start}, {self.end}) is no span of a text of {len(source)} characters")
        words = source[self.start : self.end]
        if not words.strip():
            raise FactError(f"evidence: [{self.start}, {self.end}) holds no words")
        object.__setattr__(self, "text", words)

    @property
    def span(self) -> Span:
        """Start and end."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to a fact.

    `country` is ISO 3166-1 alpha-3 (KOS for Kosovo) or the code of a former state; None for a named group without one.
    `sector` is a PLOVER sector, or IGO, UNO, EUR, NGO, ISM, IMG, MNC for bodies without a country. `span` is the
    mention it was read from ("he" itself); None where the actor is implied.
    """

    name: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    group: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened. `lat` and `lon` are None for whole countries: a country is never a point."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A TIMEX3 time expression. `value` is its TIMEX3 value; `date` the days it resolves to, None where it has none."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym and what it resolves to. A country's `lat` and `lon` are its label point, for maps of texts alone."""

    start: int
    end: int
    text: str
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say that something was said: "told reporters"."""

    text: str
    span: Span


def check_evidence(kind: str, evidence: tuple[Evidence, ...]) -> None:
    """Raise FactError where a fact of KIND has no evidence."""
    if not evidence:
        raise FactError(f"{kind}: a fact without evidence can't be built")


def check_status(kind: str, status: str) -> None:
    """Raise FactError where STATUS is none of ours."""
    if status not in STATUSES:
        raise FactError(f"{kind}: unknown status {status!r}; one of {', '.join(STATUSES)}")


@dataclass(frozen=True, slots=True)
class FieldConfidence:
    """For each field of an event the probability that there is such an event and that the field is right in it.

    Sides are right when their countries and bodies are.
    """

    type: float
    source: float
    target: float
    status: float
    background: float

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if not 0 <= getattr(self, name) <= 1:
                raise FactError(f"event: the confidence of its {name}, {getattr(self, name)}, is no probability")


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom.

    `act` is the PLOVER type of what is done or to be done, `type` the type it is counted as (a visit still to come is
    the act CONSULT, typed AGREE). In a reciprocal event all parties stand in `source` and `target` is empty.
    `evidence[0]` is the clause that a reader is shown, `evidence[1]` the predicate's own words. `confidence` is the
    probability that type, source, target, status and background are all right; `field_confidence` has that of each,
    None where it is not known.
    """

    kind: ClassVar[str] = "event"
    id: str
    act: str
    type: str
    status: Status
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    evidence: tuple[Evidence, ...]
    date: Date
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    background: bool = False
    reciprocal: bool = False
    place: Place | None = None
    attributed_to: str | None = None
    agreement: str | None = None
    confidence: float = 0.5
    field_confidence: FieldConfidence | None = None

    def __post_init__(self) -> None:
        check_evidence("event", self.evidence)
        check_status("event", self.status)
        for name in (self.act, self.type):
            if name not in PLOVER_TYPES:
                raise FactError(f"event: unknown PLOVER type {name!r}")
        if self.reciprocal and self.target:
            raise FactError("event: a reciprocal event has all parties in source and none in target")


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what. `content` spans may be in pieces; `chain` runs from the page's outlet inwards to the source."""

    kind: ClassVar[str] = "statement"
    id: str
    speaker: Actor | None
    cue: Cue | None
    mode: SpeechMode
    speech: SpeechKind
    content: tuple[Span, ...]
    evidence: tuple[Evidence, ...]
    date: Date
    affiliation: str | None = None
    addressee: str | None = None
    chain: tuple[str, ...] = ()
    confidence: float = 0.5

    def __post_init__(self) -> None:
        check_evidence("statement", self.evidence)
        if not self.content:
            raise FactError("statement: nothing is said in it")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. `value` is unsigned, 3 for "3 percent"; `unit` is ISO 4217 for money.

    `what` is the thing counted, in the report's words; `qualifier` is "about", "at least", "rise", "fall" and the like.
    """

    kind: ClassVar[str] = "figure"
    value: float
    unit: str | None
    measure: FigureKind
    span: Span
    evidence: tuple[Evidence, ...]
    when: Date
    what: str | None = None
    qualifier: str | None = None
    countries: tuple[str, ...] = ()
    set_by: str | None = None
    status: Status = "happened"

    def __post_init__(self) -> None:
        check_evidence("figure", self.evidence)
        check_status("figure", self.status)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty, accord, communiqué or the like, with its parties and how far it has come.

    `status` is one of `terms.AGREEMENT_STATUSES`: proposed, initialled, signed, ratified, in force, suspended …
    """

    kind: ClassVar[str] = "agreement"
    id: str
    name: str
    parties: tuple[Actor, ...]
    status: str
    evidence: tuple[Evidence, ...]
    date: Date

    def __post_init__(self) -> None:
        check_evidence("agreement", self.evidence)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Arms, aid, energy or money that goes from a supplier to a recipient. `count` is None where no number is given."""

    kind: ClassVar[str] = "transfer"
    item: str
    count: float | None
    supplier: Actor | None
    recipient: Actor | None
    status: Status
    evidence: tuple[Evidence, ...]
    date: Date

    def __post_init__(self) -> None:
        check_evidence("transfer", self.evidence)
        check_status("transfer", self.status)


@dataclass(frozen=True, slots=True)
class Office:
    """Who held which office: `start` and `end` of the term where the text gives them, `as_of` when the text says so."""

    kind: ClassVar[str] = "office"
    person: str
    office: str
    body: str | None
    country: str | None
    evidence: tuple[Evidence, ...]
    as_of: Date
    start: Date | None = None
    end: Date | None = None

    def __post_init__(self) -> None:
        check_evidence("office", self.evidence)


Fact: TypeAlias = Event | Statement | Figure | Agreement | Transfer | Office


@dataclass(frozen=True, slots=True)
class Answer:
    """A report and all that was read from it; what `dragoman read --json` prints as one object."""

    report: Report
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    offices: tuple[Office, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()

    def surer(self, least: float) -> Answer:
        """Without the events whose confidence is below LEAST; facts of other kinds stay."""
        return replace(self, events=tuple(event for event in self.events if event.confidence >= least))

    def facts(self) -> tuple[Fact, ...]:
        """All facts, by kind and then in the order of the text."""
        return (*self.events, *self.statements, *self.figures, *self.agreements, *self.transfers, *self.offices)


def fact_id(report: str, kind: str, *parts: object) -> str:
    """A stable name for a fact: the same report id, kind and parts give the same id on every machine."""
    digest = hashlib.sha256("\x1f".join([report, kind, *map(str, parts)]).encode("utf-8", "surrogatepass"))
    return f"{kind[0]}-{digest.hexdigest()[:16]}"
