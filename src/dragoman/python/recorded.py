"""What a record gives: facts with their reports, sums of months, what became of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.errors import InputError
from dragoman.facts import Date, Fact, Figure, Office
from dragoman.store.payload import Json, line, stored_fields, with_links
from dragoman.store.query import StoredFact
from dragoman.store.search.results import Passage

F_co = TypeVar("F_co", bound=Fact, covariant=True)


@dataclass(frozen=True, slots=True)
class ReportRef:
    """Which report a fact was read from. `read_at` is a UTC time; `Record.report(ref.id)` gives its text."""

    id: str
    version: int
    url: str | None
    outlet: str | None
    title: str | None
    language: str | None
    published: Date
    read_at: str


@dataclass(frozen=True, slots=True)
class Recorded(Generic[F_co]):
    """A fact as the record holds it: `fact` with its types, and `report`, its report.

    `id` is the fact's stable name, `seq` its place in the order of reading. `first_seen` and `last_seen` are UTC times;
    `coder` and `lexicon` say which versions read it. `superseded`: it stands no more, as a newer version of the report
    does, or a person has edited or rejected it. `reviewed_by` is who last made it so or accepted it, None where nobody
    did. `happening` names what an event is one telling of, None where that isn't known; `n_reports` reports tell it,
    `n_independent_sources` of them don't repeat one another. `sentence`: where it stands, only in what a search finds.
    """

    id: str
    fact: F_co
    report: ReportRef
    seq: int
    coder: str
    lexicon: str
    first_seen: str
    last_seen: str
    superseded: bool
    reviewed_by: str | None = None
    happening: str | None = None
    n_reports: int = 1
    n_independent_sources: int = 1
    sentence: Passage | None = None

    @property
    def kind(self) -> str:
        """`event`, `statement`, `figure`, `agreement`, `transfer` or `office`."""
        return self.fact.kind

    @property
    def quote(self) -> str:
        """The words that prove it; `fact.evidence` has their places in the report's text."""
        return self.fact.evidence[0].text

    @property
    def date(self) -> Date:
        """When it was or is to be, whatever its kind calls that."""
        fact: Fact = self.fact
        if isinstance(fact, Figure):
            return fact.when
        return fact.as_of if isinstance(fact, Office) else fact.date

    def as_json(self) -> Json:
        """The object that `dragoman facts --json` prints."""
        found = line(self.kind, self.id, self.report.id, stored_fields(self.fact))
        return with_links(found, self.happening, self.n_reports, self.n_independent_sources, self.reviewed_by)


def recorded(stored: StoredFact, fact: Fact, sentence: Passage | None = None) -> Recorded[Fact]:
    """STORED, of which FACT is the typed form."""
    report = ReportRef(
        id=stored.report,
        version=stored.version,
        url=stored.url,
        outlet=stored.outlet,
        title=stored.title,
        language=stored.language,
        published=stored.published,
        read_at=stored.read_at,
    )
    return Recorded(
        id=stored.id,
        fact=fact,
        report=report,
        seq=stored.seq,
        coder=stored.coder,
        lexicon=stored.lexicon,
        first_seen=stored.first_seen,
        last_seen=stored.last_seen,
        superseded=stored.superseded,
        reviewed_by=stored.reviewed_by,
        happening=stored.happening,
        n_reports=stored.n_reports,
        n_independent_sources=stored.n_sources,
        sentence=sentence,
    )


@dataclass(frozen=True, slots=True)
class ReadDone:
    """What became of a reading: reports and facts that were stored, reports that were there already, and the inputs
    that failed, each with its reason.
    """

    reports: int
    facts: int
    unchanged: int
    failed: tuple[InputError, ...]


@dataclass(frozen=True, slots=True)
class DyadMonth:
    """Events of one status between two countries in one month, as `dragoman export dyad-month` counts them.

    `month` is `1978-09`; `reports_read` are all reports of that month: what the counts are to be read against. Means
    are None where nothing is counted.
    """

    month: str
    source: str
    target: str
    direction: str
    status: str
    reports_read: int
    events: int
    agree: int
    consult: int
    support: int
    concede: int
    cooperate: int
    aid: int
    retreat: int
    request: int
    accuse: int
    reject: int
    threaten: int
    protest: int
    sanction: int
    mobilize: int
    coerce: int
    assault: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    intensity_sum: float
    intensity_mean: float | None
    goldstein_events: int
    goldstein_sum: float
    goldstein_mean: float | None
