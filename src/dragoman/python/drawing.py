"""A drawing that a notebook shows and a file can hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.facts import Event
from dragoman.plots.columns import Binned, Point, binned
from dragoman.plots.timeline import timeline
from dragoman.store.exports.files import whole_files
from dragoman.terms import BASE_STATUSES, COOPERATIVE

PLANNED: Final = frozenset({"scheduled", "proposed"})


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """An SVG. A notebook shows it by itself; `save` writes it to a file. `summary` says how much is drawn, and why the
    rest is not.
    """

    svg: str
    summary: str

    def __repr__(self) -> str:
        return f"<Drawing: {self.summary}>"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: Path | str, force: bool = False) -> None:
        """Write it to PATH, whole or not at all. Raises RecordError where a file is there and FORCE isn't given."""
        with whole_files((Path(path),), force) as (file,):
            file.write(self.svg.encode())


def drawn_timeline(events: Iterable[Event], title: str) -> Drawing:
    """Cooperation upwards, conflict downwards, plans as outlines; background and what is claimed or denied left out."""
    shown = [event for event in events if not event.background and event.status in BASE_STATUSES | PLANNED]
    bins = binned(Point(event.date, event.type in COOPERATIVE, event.status in PLANNED) for event in shown)
    summary = _summary(bins, len(shown))
    return Drawing(timeline(bins.columns, title, summary), summary)


def _summary(bins: Binned, number: int) -> str:
    drawn = number - bins.wide - bins.undated
    parts = [f"{drawn} of {number} events are drawn"]
    parts += [f"{bins.wide} have dates wider than a column"] if bins.wide else []
    parts += [f"{bins.undated} have none, or one that is open"] if bins.undated else []
    span = f"{bins.columns[0].start} to {bins.columns[-1].end}: " if bins.columns else ""
    return f"{span}{', '.join(parts)}."
