"""A follower for tests: its clock can be put forward, and reading needs no parser."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from dragoman.errors import InputError
from dragoman.facts import Answer
from dragoman.live.following.follower import Follower
from dragoman.live.following.health import Health, health
from dragoman.pipeline.batch import Unchanged
from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.feeds import NewFeed, add_feeds
from dragoman.store.record import Record
from dragoman.store.reports import StoredReport, recent, report
from dragoman.store.writing import Stamp, has_report

HOUR = 3600.0
DAY = 24 * HOUR
STAMP = Stamp("coder-1", "lexicon-1")


class Clock:
    """The time, and as much later as a test has put it."""

    def __init__(self) -> None:
        self.later = 0.0

    def __call__(self) -> float:
        return time.time() + self.later


class Reader:
    """Reads as the program does, but codes no facts."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.Lock()
        self.read: list[str] = []

    def stamp(self) -> Stamp:
        return STAMP

    def outcome(self, source: Source, record: Record) -> Any:
        with self.lock:
            self.read.append(source.id)
            try:
                made = make_report(source, self.settings)
            except InputError as error:
                return error
            return Unchanged(made) if has_report(record, made, STAMP) else Answer(made)


def settings(**given: object) -> Settings:
    """Settings for an outlet on this machine."""
    return Settings(**{"allow_private_addresses": True, "follow_host_delay_s": 0.0, "fetch_timeout_s": 20, **given})


@dataclass
class Desk:
    """A record that follows feeds."""

    record: Record
    settings: Settings = field(default_factory=settings)
    clock: Clock = field(default_factory=Clock)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reader = Reader(self.settings)

    def add(self, address: str, kind: str = "feed", **more: str) -> None:
        add_feeds(self.record, [NewFeed(address, kind, **more)], self.clock(), self.settings.follow_min_interval_s)

    def work(self, later: float = 0.0) -> Follower:
        """Put the clock forward, and do all that is due."""
        self.clock.later += later
        made = Follower(self.record, self.settings, self.reader, self.said.append, self.clock, lambda: 0.0)  # type: ignore[arg-type]
        made.run(until_idle=True)
        return made

    def health(self, number: int = 0) -> Health:
        return health(self.record, self.clock())[number]

    def ids(self) -> list[str]:
        return sorted(one.id for one in recent(self.record))

    def report(self, ident: str) -> StoredReport:
        return report(self.record, ident)
