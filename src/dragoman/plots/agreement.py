"""How agreements came on: a row a step from proposed to expired, a mark for each date on which reports put it.

A day is a dot, a longer time a bar with an end on each side, an open side an arrow. A line leads from step to step in
the order of time. Steps of no known date stand apart, on the right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.facts import Date
from dragoman.plots.bars import NARROW
from dragoman.plots.canvas import Anchor, Canvas, Caption, Look, label_box
from dragoman.plots.fitting import width_of
from dragoman.plots.keys import Entry, key, time_axis
from dragoman.plots.scales import TimeScale, ordinal, padded
from dragoman.plots.theme import LINE, SIZE, Colour
from dragoman.terms import AGREEMENT_STATUSES

ROW: Final = 24.0
NAMES: Final = 84.0
UNDATED: Final = 64.0
"""Units on the right, for steps of which no date is known."""
MOST: Final = 12
"""Agreements that are drawn, those told of most often."""
SHORTEST: Final = 3.0
"""Units; an interval that would be shorter is a dot."""

BACKWARDS: Final = frozenset({"suspended", "violated", "rejected", "left", "expired"})
"""Steps away from an agreement, in the colour of conflict; `mentioned` is on neither side."""

_ORDER: Final = tuple(AGREEMENT_STATUSES)


@dataclass(frozen=True, slots=True)
class Step:
    """That reports tell of an agreement as having come so far, on that date; `reports` is how many do."""

    agreement: str
    status: str
    date: Date
    reports: int = 1


def agreement(steps: Sequence[Step], caption: Caption, look: Look, most: int = MOST) -> str:
    """The SVG of STEPS, an agreement below the other, those with most reports first."""
    canvas = Canvas(look)
    canvas.head(caption)
    if not steps:
        canvas.none()
        return canvas.document(caption)
    told: Counter[str] = Counter()
    for step in steps:
        told[step.agreement] += step.reports
    names = sorted(told, key=lambda name: (-told[name], name))
    drawn = [step for step in steps if step.agreement in names[:most]]
    _key(canvas)
    scale = _scale(canvas, drawn)
    for name in names[:most]:
        _one(canvas, scale, name, [step for step in drawn if step.agreement == name])
    rest = len(names) - most
    canvas.notes(
        [
            "A number beside a mark: so many reports tell of it.",
            f"{rest:,} agreements that fewer reports tell of are not drawn." if rest > 0 else "",
        ]
    )
    return canvas.document(caption)


def _key(canvas: Canvas) -> None:
    def dot(to: Canvas, x: float, y: float) -> None:
        to.circle(x, y, 4, "cooperation")

    def stretch(to: Canvas, x: float, y: float) -> None:
        _interval(to, x - 7, x + 7, y, "cooperation")

    def away(to: Canvas, x: float, y: float) -> None:
        to.path(_diamond(x, y), "conflict")

    entries = (
        Entry("a day", dot),
        Entry("somewhere between two days", stretch),
        Entry("a step away from the agreement", away),
    )
    key(canvas, entries)


def _scale(canvas: Canvas, steps: Sequence[Step]) -> TimeScale | None:
    days = [day for step in steps for day in (step.date.start, step.date.end) if day]
    if not days:
        return None
    left, right = canvas.left + NAMES, canvas.right - UNDATED
    return TimeScale.between(*padded(min(days), max(days)), left, right)


def _one(canvas: Canvas, scale: TimeScale | None, name: str, steps: Sequence[Step]) -> None:
    """One agreement: its name, its ladder of steps, its axis of time."""
    canvas.y += LINE + 6
    canvas.text(canvas.left, canvas.y - 4, name, "ink", bold=True)
    canvas.y += 4
    rows = [status for status in _ORDER if any(step.status == status for step in steps)]
    top, bottom = canvas.y, canvas.y + ROW * len(rows)
    place = {status: top + ROW * (at + 0.5) for at, status in enumerate(rows)}
    if scale:
        time_axis(canvas, scale, top, bottom, canvas.right - UNDATED)
    for status in rows:
        canvas.line(canvas.left, place[status] + ROW / 2, canvas.right, place[status] + ROW / 2)
        canvas.text(canvas.left, place[status] + 4, status, room=NAMES - 8)
    if scale:
        _path(canvas, scale, place, steps)
        for step in steps:
            if step.date.known:
                _step(canvas, scale, place[step.status], step)
    _undated(canvas, place, steps, bottom)
    canvas.y = bottom + LINE + 3


def colour_of(status: str) -> Colour:
    """The colour of a step."""
    return "soft" if status == "mentioned" else "conflict" if status in BACKWARDS else "cooperation"


def _path(canvas: Canvas, scale: TimeScale, place: dict[str, float], steps: Sequence[Step]) -> None:
    """The line from step to step; what is known only as mentioned, or open on a side, is no station of it."""
    stations = sorted(
        (step for step in steps if step.date.start and step.date.end and step.status != "mentioned"),
        key=lambda step: (ordinal(step.date.start or "") + ordinal(step.date.end or ""), _ORDER.index(step.status)),
    )
    points = [(sum(_bounds(scale, step.date)) / 2, place[step.status]) for step in stations]
    if len(points) > 1:
        canvas.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), None, "soft", 1.2)


def _bounds(scale: TimeScale, date: Date) -> tuple[float, float]:
    return (
        scale.start(ordinal(date.start)) if date.start else scale.left,
        scale.start(ordinal(date.end) + 1) if date.end else scale.right,
    )


def _step(canvas: Canvas, scale: TimeScale, y: float, step: Step) -> None:
    colour = colour_of(step.status)
    left, right = _bounds(scale, step.date)
    told = f"{step.status}: {step.date.start or '…'} – {step.date.end or '…'}, {step.reports} reports"
    with canvas.group(told):
        if right - left < SHORTEST or step.date.start == step.date.end:
            middle = (left + right) / 2
            if colour == "conflict":
                canvas.path(_diamond(middle, y), colour, "paper")
            else:
                canvas.circle(middle, y, 4.5, colour, "paper")
        else:
            _interval(canvas, left, right, y, colour, not step.date.start, not step.date.end)
        if step.reports > 1:
            _number(canvas, (left, max(right, left + 4)), scale.right, y, step.reports)


def _number(canvas: Canvas, ends: tuple[float, float], edge: float, y: float, reports: int) -> None:
    """How many reports, behind the mark or before it, where it covers no other word and stays before EDGE."""
    text = f"{reports:,}"
    sides: tuple[tuple[float, Anchor], ...] = ((ends[1] + 6, "start"), (ends[0] - 7, "end"))
    for x, anchor in sides:
        box = label_box(x, y + 4, text, anchor)
        if canvas.free(box) and box.right <= edge:
            canvas.text(x, y + 4, text, "ink", anchor, halo=True)
            return


def _interval(
    canvas: Canvas,
    left: float,
    right: float,
    y: float,
    colour: Colour,
    open_left: bool = False,
    open_right: bool = False,
) -> None:
    canvas.line(left, y, right, y, colour, 3)
    for x, is_open, sign in ((left, open_left, -1), (right, open_right, 1)):
        if is_open:
            canvas.path(f"M{x - sign * 7:.1f} {y - 5:.1f}v10l{sign * 7} -5z", colour)
        else:
            canvas.line(x, y - 5, x, y + 5, colour, 1.6)


def _diamond(x: float, y: float) -> str:
    return f"M{x - 5.5:.1f} {y:.1f}l5.5-5.5 5.5 5.5-5.5 5.5z"


def _undated(canvas: Canvas, place: dict[str, float], steps: Sequence[Step], bottom: float) -> None:
    """Steps of unknown date, in the margin on the right."""
    counts: Counter[str] = Counter()
    for step in steps:
        if not step.date.known:
            counts[step.status] += step.reports
    if not counts:
        return
    x = canvas.right - UNDATED + 12
    canvas.line(x - 6, bottom - ROW * len(place), x - 6, bottom, "soft")
    label = "no date" if canvas.look.width >= NARROW or width_of("no date", SIZE) < UNDATED - 14 else "?"
    canvas.text(x, bottom + 12, label, room=UNDATED - 12)
    for status, number in counts.items():
        with canvas.group(f"{status}: date unknown, {number} reports"):
            canvas.circle(x + 6, place[status], 4, None, colour_of(status), 1.3)
            canvas.text(x + 15, place[status] + 4, f"{number:,}", "ink")
