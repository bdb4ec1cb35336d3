"""One export: what is asked for, and the events on their way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dragoman.store.exports.codes import Codes
from dragoman.store.exports.daily import one_a_day
from dragoman.store.exports.events import ExportedEvent, event_of, without_text
from dragoman.store.exports.leads import with_leads
from dragoman.store.exports.pairs import pairs_of
from dragoman.store.exports.selection import Rule, Tally, kept, with_report_day
from dragoman.store.query import FactFilter, Order, StoredFact, facts
from dragoman.store.record import Record
from dragoman.store.search.asked import both
from dragoman.store.search.syntax import EVERYTHING, Query


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is to hold: facts that `filters` let through and `search` finds.

    `expand`: a row for each pair of source and target; `one_a_day`: what several reports tell of one day is one row;
    `report_day`: where nothing is known but the report's day, that day; `undirected`: of dyads, both ways in one row;
    `once`: of dyads, a happening counts once, however many reports tell it;
    `text` False: no words of the reports.
    """

    filters: FactFilter = field(default_factory=FactFilter)
    search: Query = EVERYTHING
    expand: bool = False
    one_a_day: bool = False
    report_day: bool = False
    undirected: bool = False
    once: bool = False
    text: bool = True

    @property
    def query(self) -> Query:
        """Which facts are asked for, in one."""
        return both(self.filters, self.search)


@dataclass(frozen=True, slots=True)
class Job:
    """An export under way.

    `rules` leave events out, `in_pairs` makes a row of each pair, `leads` says which events a report begins with;
    `progress` is told after each fact how many have been read.
    """

    record: Record
    wanted: Wanted
    codes: Codes
    codebook: str
    rules: tuple[Rule, ...] = ()
    in_pairs: bool = False
    leads: bool = False
    tally: Tally = field(default_factory=Tally)
    progress: Callable[[int], None] | None = None

    def facts(self) -> Iterator[StoredFact]:
        """The facts that are asked for, streamed: in the order of their dates for one a day, else of reading."""
        order: Order = "date" if self.wanted.one_a_day else "seq"
        for number, fact in enumerate(facts(self.record, self.wanted.query, order=order), 1):
            self.tally.coders.add(fact.coder)
            self.tally.lexicons.add(fact.lexicon)
            if self.progress:
                self.progress(number)
            yield fact

    def events(self) -> Iterator[ExportedEvent]:
        """The events of those facts that the format can hold, as its rows are to have them."""
        events = kept(map(event_of, self.facts()), self.rules, self.tally)
        if self.leads:
            events = with_leads(events, self.record)
        if self.wanted.report_day:
            events = with_report_day(events, self.tally)
        if self.in_pairs:
            events = (pair for event in events for pair in pairs_of(event))
        if self.wanted.one_a_day:
            events = one_a_day(events)
        return events if self.wanted.text else map(without_text, events)
