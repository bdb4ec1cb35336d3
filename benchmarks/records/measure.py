"""How long the questions behind the pages, and adding a report, take on a record as it is.

Each is asked many times, of pairs and words drawn as often as they are in the news. Two times are kept: what passed on
the clock, in which other work on the machine counts too, and what of it the processors spent: this process, and, where
the database is a server, what the server says that carrying out took. The greatest pair is told by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import numpy as np
import sqlalchemy as sa

from benchmarks.records.fill import STAMP, last_report
from benchmarks.records.reports import SEED, answer
from benchmarks.records.world import PHRASE, World, world
from dragoman.lexicon.table import Lexicon
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.dyad_month import rows as dyad_rows
from dragoman.store.exports.job import Job, Wanted
from dragoman.store.outlets import greatest_outlets, outlets
from dragoman.store.points import pair_events
from dragoman.store.query import FactFilter, counts, facts, pairs
from dragoman.store.record import Record
from dragoman.store.reports import recent
from dragoman.store.search.results import facets, found_facts, found_sentences
from dragoman.store.search.syntax import Query, Words
from dragoman.store.tables import PAIRS
from dragoman.store.writing import add, add_all

ROUNDS: Final = 40
COMMON: Final = "government"
COMMONEST: Final = "the"
PAGE: Final = 61
"""Facts that a pair's page asks for."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of many runs: median and ninth decile on the clock, and the median of the processors' own."""

    name: str
    runs: int
    wall: float
    wall_p90: float
    processor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A record, how large it is, and how long it takes."""

    database: str
    facts: int
    reports: int
    pair_rows: int
    bytes: int
    greatest_pair: int
    timings: tuple[Timing, ...]


def measure(record: Record, rounds: int = ROUNDS) -> Measured:
    """Measure RECORD, which has some reports more afterwards."""
    made = world()
    rng = np.random.default_rng(SEED)
    drawn = [made.pairs[place] for place in made.pair.draw(rng, rounds)]
    asked = [(made.countries[one].code, made.countries[other].code) for one, other in drawn]
    great = pairs(record, limit=1)[0]
    timings = [
        _timed(record, name, calls) for name, calls in _questions(record, asked, (great.low, great.high)).items()
    ]
    timings += _adding(record, made, rounds)
    held = counts(record)
    with record.reading() as connection:
        rows = int(connection.scalar(sa.select(sa.func.count()).select_from(PAIRS)) or 0)
    name = record.engine.dialect.name
    return Measured(name, held.facts, held.reports, rows, _bytes(record), great.facts, tuple(timings))


Calls = list[Callable[[], object]]


def _questions(record: Record, asked: list[tuple[str, str]], great: tuple[str, str]) -> Mapping[str, Calls]:
    again = range(len(asked))
    found: dict[str, Calls] = {
        "front page": [partial(_front, record) for _ in again],
        "pair page": [partial(_pair, record, pair) for pair in asked],
        "pair page, greatest pair": [partial(_pair, record, great) for _ in again],
    }
    words = {"rare phrase": PHRASE, "common word": (COMMON,), "commonest word": (COMMONEST,)}
    asks: dict[str, Callable[..., object]] = {"facts": found_facts, "sentences": found_sentences, "facets": facets}
    for what, ask in asks.items():
        for name, forms in words.items():
            found[f"{what}, {name}"] = [partial(ask, record, Query((Words(forms),))) for _ in again]
    found["sources page"] = [partial(outlets, record)] * 4
    found["dyad-month, all pairs, a year"] = [partial(_dyads, record)] * 2
    return found


def _front(record: Record) -> None:
    counts(record)
    list(facts(record, limit=81, order="-seq"))
    pairs(record, limit=8)
    greatest_outlets(record, 8)
    recent(record, 1)


def _pair(record: Record, pair: tuple[str, str]) -> None:
    """What the page of a pair asks."""
    pair_events(record, pair)
    list(facts(record, FactFilter(kinds=("agreement",), pair=pair), limit=40, order="date"))
    list(facts(record, FactFilter(kinds=("event",), pair=pair), limit=PAGE, order="-date"))


def _dyads(record: Record) -> None:
    """All events of all pairs are counted; rows, with zeros, are made for one year."""
    period = FactFilter(date_from="2020-01-01", date_to="2020-12-31")
    for _ in dyad_rows(Job(record, Wanted(period), Codes(Lexicon()), "PLOVER")):
        pass


def _adding(record: Record, made: World, rounds: int) -> list[Timing]:
    """Reports added one by one and by tens: those that filling would add next, so that it can go on afterwards."""
    first = last_report(record) + 1
    new = [answer(made, number) for number in range(first, first + rounds + 40)]
    single, many = new[:rounds], [new[at : at + 10] for at in range(rounds, rounds + 40, 10)]
    one = _timed(record, "adding a report", [partial(add, record, new, STAMP) for new in single])
    ten = _timed(record, "", [partial(add_all, record, new, STAMP) for new in many])
    by_ten = Timing("adding a report, ten at once", 40, ten.wall / 10, ten.wall_p90 / 10, ten.processor / 10)
    return [one, by_ten]


def _timed(record: Record, name: str, calls: Calls) -> Timing:
    """The first call fills caches and is not counted, unless there is no other."""
    wall, processor = [], []
    spent = _spent(record)
    for call in calls:
        clock, own = time.perf_counter(), spent()
        call()
        processor.append((spent() - own) * 1e3)
        wall.append((time.perf_counter() - clock) * 1e3)
    if len(calls) > 1:
        wall, processor = wall[1:], processor[1:]
    ninth = quantiles(wall, n=10)[-1] if len(wall) > 1 else wall[0]
    return Timing(name, len(wall), median(wall), ninth, median(processor))


def _spent(record: Record) -> Callable[[], float]:
    """Tells the seconds that a processor has worked for this process and, where it can be seen, for its server."""
    if record.engine.dialect.name == "sqlite":
        return time.process_time
    with record.reading() as connection:
        server = Path(f"/proc/{connection.scalar(sa.select(sa.func.pg_backend_pid()))}/schedstat")
    if not server.exists():
        return time.process_time
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


def _bytes(record: Record) -> int:
    """What the record takes on the disk."""
    with record.reading() as connection:
        if connection.dialect.name == "sqlite":
            pages, size = (
                connection.exec_driver_sql(f"PRAGMA {of}").scalar() or 0 for of in ("page_count", "page_size")
            )
            return int(pages) * int(size)
        return int(connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)
