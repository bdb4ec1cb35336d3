"""What a format can't say is left out of it, and counted with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, TypeVar

from dragoman.facts import Actor, Date
from dragoman.store.exports.events import ExportedEvent
from dragoman.terms import BASE_STATUSES, BODY_SECTORS

T = TypeVar("T")

Rule: TypeAlias = Callable[[ExportedEvent], str | None]
"""Why an event is left out, or None."""

SAYABLE: Final = ("happened", "ongoing", "scheduled", "proposed", "claimed")
"""Statuses that may be asked for in formats without a status; the others would be told there as done."""

_PLANNED: Final = frozenset({"scheduled", "proposed"})


@dataclass(slots=True)
class Tally:
    """What became of the facts that were read for one export; grows while it is written."""

    rows: int = 0
    from_report: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    coders: set[str] = field(default_factory=set)
    lexicons: set[str] = field(default_factory=set)

    def counted(self, rows: Iterable[T]) -> Iterator[T]:
        """ROWS, counted as they pass."""
        for row in rows:
            self.rows += 1
            yield row

    def leave_out(self, reason: str, number: int = 1) -> None:
        """Count facts that are left out."""
        if number:
            self.left_out[reason] = self.left_out.get(reason, 0) + number


def kept(events: Iterable[ExportedEvent], rules: tuple[Rule, ...], tally: Tally) -> Iterator[ExportedEvent]:
    """EVENTS that no rule leaves out."""
    for event in events:
        reason = next(filter(None, (rule(event) for rule in rules)), None)
        if reason is None:
            yield event
        else:
            tally.leave_out(reason)


def no_background(event: ExportedEvent) -> str | None:
    """Leaves out what is older than the news."""
    return "background" if event.fact.background else None


def only_facts(event: ExportedEvent) -> str | None:
    """Leaves out what did not take place as far as the report knows.

    A plan stays where it is counted as an act of its own, which did take place: a visit still to come is AGREE.
    """
    if event.status in BASE_STATUSES or (event.status in _PLANNED and event.type != event.act):
        return None
    return f"status {event.status}"


def has_cameo(event: ExportedEvent) -> str | None:
    """Leaves out what CAMEO has no code for."""
    return None if event.cameo else "no CAMEO code"


def named_parties(event: ExportedEvent) -> str | None:
    """Leaves out events in which a side is only a named group, such as "the West"; PLOVER has no code for those."""
    sides = [side for side in (event.source, event.target) if side]
    if not sides:
        return "no party"
    return None if all(any(map(_coded, side)) for side in sides) else "a side without country or kind of body"


def _coded(actor: Actor) -> bool:
    return actor.country is not None or actor.sector in BODY_SECTORS


def with_report_day(events: Iterable[ExportedEvent], tally: Tally) -> Iterator[ExportedEvent]:
    """EVENTS, with the report's day for those of which nothing is known but that they were before it."""
    for event in events:
        date = event.date
        if date.basis == "report" and date.start is None and date.end is not None:
            tally.from_report += 1
            yield replace(event, date=Date.on(date.end, "report"))
        else:
            yield event
