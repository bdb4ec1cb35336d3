"""An event as it is exported: a stored fact with its parts typed, or several of them joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from dragoman.facts import Actor, Date, Place
from dragoman.store.payload import actors_from, evidence_of, place_from
from dragoman.store.query import StoredFact

Quote: TypeAlias = tuple[int, int, str]
"""Start, end and words of an evidence."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's word of an event: the fact's id, its report, and the quote that proves it."""

    id: str
    report: str
    url: str | None
    outlet: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class ExportedEvent:
    """An event on its way into a row.

    `id` is the fact's, with the number of the pair behind it (`e-1f….2`) where an event has become several rows;
    `pair` and `pairs` are that number and how many there are, 0 where events aren't parted. `tellings` are all reports
    that were joined in this row, the first being that of `fact`. `reports` tell of the happening in the whole
    record, and `sources` are those of them that do not repeat one another. `lead`: whether it is told in the report's
    first paragraph, None where nobody looked.
    """

    fact: StoredFact
    id: str
    act: str
    type: str
    status: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    reciprocal: bool
    date: Date
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    place: Place | None
    attributed_to: str | None
    agreement: str | None
    confidence: float
    quotes: tuple[Quote, ...]
    tellings: tuple[Telling, ...]
    reports: int = 1
    sources: int = 1
    pair: int = 0
    pairs: int = 0
    lead: bool | None = None

    @property
    def number(self) -> int:
        """A whole number of its own in one record: `seq`, then five digits for the pair. It fits 53 bits."""
        return self.fact.seq * 100_000 + self.pair

    @property
    def day(self) -> str | None:
        """The ISO day, None where the date is wider, open or only about right."""
        return self.date.start if self.date.start == self.date.end and not self.date.approx else None

    @property
    def month(self) -> str | None:
        """`1978-09`, None where the date does not lie within one month."""
        return self._shared(7)

    @property
    def year(self) -> str | None:
        """`1978`, None where the date does not lie within one year."""
        return self._shared(4)

    @property
    def on(self) -> Date:
        """The date by which codes are chosen that held for a time: the event's, or its report's where it has none."""
        return self.date if self.date.known else self.fact.published

    def raw(self, actor: Actor) -> str | None:
        """The words from which ACTOR was read, where a quote holds them."""
        if actor.span is None:
            return None
        start, end = actor.span
        for first, last, text in self.quotes:
            if first <= start and end <= last:
                return text[start - first : end - first] or None
        return None

    def _shared(self, digits: int) -> str | None:
        start, end = self.date.start, self.date.end
        return start[:digits] if start and end and start[:digits] == end[:digits] else None


def event_of(fact: StoredFact) -> ExportedEvent:
    """The event that FACT, of kind event, stores."""
    p = fact.payload
    quotes = tuple(evidence_of(p))
    return ExportedEvent(
        fact=fact,
        id=fact.id,
        act=str(p["act"]),
        type=str(p["type"]),
        status=str(p["status"]),
        source=actors_from(p["source"]),
        target=actors_from(p["target"]),
        reciprocal=bool(p["reciprocal"]),
        date=fact.date,
        mode=cast("str | None", p["mode"]),
        contexts=tuple(cast("list[str]", p["contexts"])),
        cameo=cast("str | None", p["cameo"]),
        place=place_from(p["place"]),
        attributed_to=cast("str | None", p["attributed_to"]),
        agreement=cast("str | None", p["agreement"]),
        confidence=cast(float, p["confidence"]),
        quotes=quotes,
        tellings=(Telling(fact.id, fact.report, fact.url, fact.outlet, quotes[0][2]),),
        reports=fact.n_reports,
        sources=fact.n_sources,
    )


def without_text(event: ExportedEvent) -> ExportedEvent:
    """EVENT without words of its report: where the quotes stand is kept, quotes and title are not."""
    quotes = tuple((start, end, "") for start, end, _ in event.quotes)
    return replace(event, quotes=quotes, fact=replace(event.fact, title=None))


def version(fact: StoredFact, codebook: str) -> str:
    """Codebook, coder, lexicon and day of coding in one cell."""
    return f"{codebook}; coder {fact.coder}; lexicon {fact.lexicon}; coded {fact.read_at[:10]}"
