"""Crowded, sparse, hostile and empty answers for every kind of plot, the same in each run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from dragoman.facts import PLOVER_TYPES, STATUSES, Date
from dragoman.plots.agreement import Step, agreement
from dragoman.plots.canvas import Caption, Look
from dragoman.plots.columns import Point, binned
from dragoman.plots.map import Spot, draw_map
from dragoman.plots.matrix import TypeOf, matrix
from dragoman.plots.network import Tie, network
from dragoman.plots.series import MonthOf, Series, series
from dragoman.plots.timeline import Mark, timeline
from dragoman.terms import AGREEMENT_STATUSES

HOSTILE = '</text><script>alert("1")</script>&amp;\x00\u202e𝔘𝔫𝔦 中華人民共和國 ' + "long" * 90
CODES = [f"{a}{b}{c}" for a in "ABCDE" for b in "KLMN" for c in "XYZ"]

Draw = Callable[[Look], str]


def caption(name: str, title: str = "Egypt – Israel: what passed between them") -> Caption:
    told = "1 Jan 1970 – 31 Dec 1979 · 412 events in 133 reports of 9,870 read; background is left out"
    return Caption(name, title, told, "Source: record gulf.db · query EGY ISR · drawn 2026-01-01 · dragoman 0.1.0")


def crowded_points() -> list[Point]:
    chance = Random(1)
    points = []
    for _ in range(900):
        year, month = chance.randint(1970, 1974), chance.randint(1, 12)
        first = f"{year}-{month:02}-{chance.randint(1, 28):02}"
        kind = chance.random()
        date = Date.on(first)
        if kind < 0.1:
            date = Date(f"{year}-01-01", f"{year}-12-31", "year")
        elif kind < 0.2:
            date = Date(None, first, "interval") if kind < 0.17 else Date(first, None, "interval")
        elif kind < 0.22:
            date = Date.unknown()
        points.append(Point(date, chance.random() < 0.6, chance.random() < 0.3, chance.randint(1, 4)))
    return points


def crowded_marks() -> list[Mark]:
    return [Mark(f"197{n % 5}-0{n % 9 + 1}-15", f"agreement on matter number {n} of the two") for n in range(24)]


def crowded_series() -> Series:
    chance = Random(2)
    months = [f"{1970 + n // 12}-{n % 12 + 1:02}" for n in range(120)]
    counts = tuple(
        MonthOf(month, status, side, chance.randint(1, 900 if status == "happened" else 9))
        for month in months
        for status in STATUSES
        for side in (True, False)
        if chance.random() < 0.7
    )
    return Series(months[0], months[-1], counts, {month: chance.randint(0, 400) for month in months}, 312)


def crowded_types() -> list[TypeOf]:
    chance = Random(3)
    names = [f"Republic of {code.title()}land and the Islands" if n % 3 else code for n, code in enumerate(CODES)]
    return [
        TypeOf(name, type_, planned, chance.randint(1, 12_000 if type_ == "CONSULT" else 200))
        for name in names
        for type_ in PLOVER_TYPES
        for planned in (False, True)
        if chance.random() < 0.6
    ]


def crowded_ties() -> list[Tie]:
    chance = Random(4)
    pairs = {tuple(sorted(chance.sample(CODES, 2))) for _ in range(400)}
    return [
        Tie(one, other, side, planned, chance.randint(1, 60))
        for one, other in sorted(pairs)
        for side in (True, False)
        for planned in (False, True)
        if chance.random() < 0.5
    ]


def crowded_steps() -> list[Step]:
    chance = Random(5)
    steps = []
    for number in range(20):
        for status in AGREEMENT_STATUSES:
            year = 1970 + chance.randint(0, 9)
            date = chance.choice(
                (
                    Date.on(f"{year}-05-0{chance.randint(1, 9)}"),
                    Date(f"{year}-01-01", f"{year}-12-31", "year"),
                    Date(None, f"{year}-03-04", "interval"),
                    Date(f"{year}-03-04", None, "interval"),
                    Date.unknown(),
                )
            )
            if chance.random() < 0.5:
                name = f"agreement number {number} on the use of the waters"
                steps.append(Step(name, status, date, chance.randint(1, 40)))
    return steps


def crowded_spots() -> list[Spot]:
    chance = Random(6)
    return [
        Spot(
            f"City number {n}",
            chance.uniform(-50, 65),
            chance.uniform(-170, 175),
            *chance.sample(range(99), 4),
        )
        for n in range(150)
    ]


def near_spots() -> list[Spot]:
    places = (("Jerusalem", 31.78, 35.22), ("Cairo", 30.06, 31.25), ("Amman", 31.95, 35.93), ("Beirut", 33.89, 35.5))
    return [Spot(*place, number, number // 2, number // 3, 1) for number, place in enumerate(places, 2)]


NAMES: Mapping[str, str] = {code: f"{code.title()}land" for code in CODES}

DRAWINGS: Mapping[str, Draw] = {
    "timeline crowded": lambda look: timeline(binned(crowded_points()), caption("timeline"), look, crowded_marks()),
    "timeline sparse": lambda look: timeline(
        binned([Point(Date.on("1978-09-17"), True)]), caption("timeline"), look, [Mark("1978-09-17", "Camp David")]
    ),
    "timeline intervals": lambda look: timeline(
        binned([Point(Date(None, "1978-09-17", "interval"), True), Point(Date("1979-01-01", None, "interval"), False)]),
        caption("timeline"),
        look,
    ),
    "timeline hostile": lambda look: timeline(
        binned([Point(Date.on("0001-01-01"), True), Point(Date.on("9999-12-31"), False, True, 10**9)]),
        caption("timeline", HOSTILE),
        look,
        [Mark("0001-01-01", HOSTILE), Mark("9999-12-31", HOSTILE)],
    ),
    "timeline empty": lambda look: timeline(binned([]), caption("timeline"), look),
    "series crowded": lambda look: series(crowded_series(), caption("series"), look),
    "series sparse": lambda look: series(
        Series("1978-09", "1978-09", (MonthOf("1978-09", "denied", False, 1),), {}), caption("series", HOSTILE), look
    ),
    "series long": lambda look: series(
        Series("0001-01", "9999-12", (MonthOf("0001-01", "happened", True, 10**9),), {"9999-12": 7}),
        caption("series"),
        look,
    ),
    "series empty": lambda look: series(None, caption("series"), look),
    "types crowded": lambda look: matrix(crowded_types(), caption("types"), look),
    "types sparse": lambda look: matrix([TypeOf(HOSTILE, "AID", True, 1)], caption("types", HOSTILE), look),
    "types empty": lambda look: matrix([], caption("types"), look),
    "network crowded": lambda look: network(crowded_ties(), NAMES, caption("network"), look),
    "network sparse": lambda look: network(
        [Tie("EGY", "ISR", True, False, 1)], {"EGY": HOSTILE, "ISR": "Israel"}, caption("network", HOSTILE), look
    ),
    "network empty": lambda look: network([], {}, caption("network"), look),
    "agreements crowded": lambda look: agreement(crowded_steps(), caption("agreements"), look),
    "agreements sparse": lambda look: agreement(
        [Step(HOSTILE, "signed", Date.unknown(), 3)], caption("agreements", HOSTILE), look
    ),
    "agreements empty": lambda look: agreement([], caption("agreements"), look),
    "map crowded": lambda look: draw_map(crowded_spots(), 900, caption("map"), look),
    "map near": lambda look: draw_map(near_spots(), 0, caption("map"), look),
    "map sparse": lambda look: draw_map([Spot(HOSTILE, -90.0, 180.0, 1)], 1, caption("map", HOSTILE), look),
    "map empty": lambda look: draw_map([], 12, caption("map"), look),
}
"""Every kind of plot on every kind of answer."""
