"""The follower: hands out what is due, host by host, until it is told to stop.

What is due stands in the record, and nowhere else: a follower that is killed leaves nothing behind but what the next
one finds there. One follower works on a record at a time.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

from dragoman.errors import DragomanError, ModelError, RecordError, SettingError, TableError
from dragoman.live.following.articles import read_item
from dragoman.live.following.feeds import check_feed
from dragoman.live.following.hosts import Later, host_of
from dragoman.live.following.hubs import subscribe
from dragoman.live.following.work import Clock, make_work
from dragoman.live.reader import Reader
from dragoman.pipeline.faults import attempted, failure
from dragoman.settings import Settings
from dragoman.store.feed_hubs import due_hubs, hub_waits, set_hub
from dragoman.store.feed_items import due_items, item_later, item_of_key, item_waits
from dragoman.store.feeds import due_feeds, feed_failed, feed_of_key, set_next
from dragoman.store.record import Record

Tell: TypeAlias = Callable[[str], None]
"""Takes a sentence for the log."""

Key: TypeAlias = tuple[str, int]

IDLE_S: Final = 1.0
"""So often the record is looked into while nothing is due: others add feeds to it, and hubs send items."""

DUE_FEEDS: Final = 500
OF_EACH: Final = 20
"""Items of one feed that are considered at once: those of one host wait for each other anyway."""

SOON_S: Final = 60.0
"""One look at all that is due waits so long for a host that may not be asked yet."""

LOOK_S: Final = 0.25
"""So often the record is looked into while something waits for its host."""

FAULT_PAUSE_S: Final = 3600.0
"""After a fault of ours: the same thing would break us again at once."""

MOST_FAULTS: Final = 3

DATABASE_PAUSE_S: Final = 5.0
"""After the record could not be read or written."""


@contextmanager
def following(follower: Follower, tell: Tell) -> Iterator[None]:
    """Let FOLLOWER work in a thread of its own for as long as the block lasts."""

    def run() -> None:
        try:
            follower.run()
        except DragomanError as error:
            tell(f"feeds are followed no more: {error}")

    thread = threading.Thread(target=run, name="dragoman-follow")
    thread.start()
    try:
        yield
    finally:
        follower.stop()
        thread.join()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done that asks one host.

    `wait` puts it off until a moment, `fail` keeps what went wrong where that is a fault of ours.
    """

    key: Key
    host: str
    run: Callable[[], None]
    wait: Callable[[float], None]
    fail: Callable[[str], None]


@dataclass(slots=True)
class Tally:
    """What was done since the start."""

    checks: int = 0
    new: int = 0
    stored: int = 0
    failed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, checks: int = 0, new: int = 0, stored: int = 0, failed: int = 0) -> None:
        """Count."""
        with self.lock:
            self.checks += checks
            self.new += new
            self.stored += stored
            self.failed += failed


class Follower:
    """Follows the feeds of a record. `run` returns after `stop`, which any thread and a signal may call."""

    def __init__(
        self,
        record: Record,
        settings: Settings,
        reader: Reader,
        tell: Tell = lambda _: None,
        clock: Clock = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.tally = Tally()
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._work = make_work(record, settings, reader, clock, chance, self._stopping)
        self._tell = tell
        self._busy: dict[Key, str] = {}
        self._jobs: dict[Key, Job] = {}
        self._looked_at = float("-inf")
        self._lock = threading.Lock()
        self._broken_until = 0.0
        self._fatal: DragomanError | None = None

    def stop(self) -> None:
        """End after the jobs in hand; what waits stays in the record."""
        self._stopping.set()
        self._woken.set()

    def run(self, until_idle: bool = False) -> None:
        """Work until `stop`, or with UNTIL_IDLE until nothing is due any more that may be asked for soon.

        Raises ModelError, SettingError and TableError where reports can't be read at all.
        """
        workers = self._work.settings.follow_workers
        with ThreadPoolExecutor(workers, thread_name_prefix="dragoman-follower") as pool:
            try:
                while not self._stopping.is_set() and self._fatal is None:
                    at_rest = not self._busy  # what ends after this look may leave more to be done
                    self._look()
                    wait_s = self._hand_out(pool, workers)
                    if until_idle and at_rest and wait_s > SOON_S and self._work.clock() >= self._broken_until:
                        break
                    self._woken.wait(min(wait_s, IDLE_S))
                    self._woken.clear()
            finally:
                self._stopping.set()
        if self._fatal is not None:
            raise self._fatal

    def _look(self) -> None:
        """Look what is due, where that was done a while ago. What is being done already is not listed again."""
        now = self._work.clock()
        if now < self._broken_until or (self._jobs and 0 <= now - self._looked_at < LOOK_S):
            return
        with self._lock:
            busy = set(self._busy)
        try:
            jobs = {job.key: job for job in self._due(now) if job.key not in busy}
        except RecordError as error:
            self._broke(error)
            return
        self._jobs, self._looked_at = jobs, now

    def _hand_out(self, pool: ThreadPoolExecutor, workers: int) -> float:
        """Start what can be started now; seconds until more could be, infinite where nothing else is due."""
        try:
            return self._start(pool, workers)
        except RecordError as error:
            self._broke(error)
            return DATABASE_PAUSE_S

    def _start(self, pool: ThreadPoolExecutor, workers: int) -> float:
        now = self._work.clock()
        wait_s = float("inf")
        for job in list(self._jobs.values()):
            with self._lock:
                if len(self._busy) >= workers or now < self._broken_until:
                    return IDLE_S
                free_at = float("inf") if job.host in self._busy.values() else self._work.hosts.free_at(job.host)
                if free_at > now:
                    wait_s = min(wait_s, max(free_at - now, 0.01))
                    continue
                wait_s = 0.0
                self._busy[job.key] = job.host
                del self._jobs[job.key]
            pool.submit(self._do, job)
        return wait_s

    def _due(self, now: float) -> Iterator[Job]:
        """All that is due: feeds before articles, so that news is known early however much there is to read."""
        work = self._work
        for feed in due_feeds(work.record, now, DUE_FEEDS):
            yield self._job("feed", feed.key, host_of(feed.fetched_from), self._check)
        for hub in due_hubs(work.record, now) if work.settings.public_url else []:
            yield self._job("hub", hub.feed_key, host_of(hub.hub), self._subscribe)
        for item in due_items(work.record, now, OF_EACH):
            yield self._job("item", item.key, host_of(item.link) if item.link else f"none {item.key}", self._read)

    def _job(self, kind: str, key: int, host: str, run: Callable[[int], None]) -> Job:
        wait = {"feed": set_next, "item": item_waits, "hub": hub_waits}[kind]
        fail = {"feed": self._feed_broke, "item": self._item_broke, "hub": self._hub_broke}[kind]
        return Job((kind, key), host, partial(run, key), partial(wait, self._work.record, key), partial(fail, key))

    def _check(self, key: int) -> None:
        feed = feed_of_key(self._work.record, key)
        if feed is None or feed.state != "active" or (feed.next_at or 0.0) > self._work.clock():
            return
        set_next(self._work.record, key, self._work.clock() + self._work.settings.follow_min_interval_s)
        taken = check_feed(self._work, feed)
        self.tally.add(checks=1, new=taken.new)
        if taken.new or taken.changed:
            self._tell(f"{feed.title or feed.address}: {taken.new} new, {taken.changed} changed")

    def _subscribe(self, key: int) -> None:
        for hub in due_hubs(self._work.record, self._work.clock()):
            if hub.feed_key == key:
                subscribe(self._work, hub)

    def _read(self, key: int) -> None:
        item = item_of_key(self._work.record, key, self._work.clock())
        feed = feed_of_key(self._work.record, item.feed_key) if item is not None else None
        if item is None or feed is None or feed.state != "active":
            return
        result = read_item(self._work, feed, item)
        self.tally.add(stored=result == "stored", failed=result == "given up")
        if result in ("stored", "withdrawn", "given up"):
            self._tell(f"{item.report}: {result}")

    def _do(self, job: Job) -> None:
        try:
            if not self._stopping.is_set():
                fault = attempted(partial(self._run, job), (ModelError, SettingError, TableError, RecordError))
                if fault is not None:  # of ours, with one feed or article; it costs no other, is named, and kept
                    self._fault(job, fault)
        except (ModelError, SettingError, TableError) as error:
            self._fatal = error
        except RecordError as error:
            self._broke(error)
        finally:
            with self._lock:
                self._busy.pop(job.key, None)
            self._woken.set()

    def _run(self, job: Job) -> None:
        """Do JOB. A redirect may lead to a host that is to be left alone for hours: so long it is put off."""
        try:
            job.run()
        except Later as later:
            job.wait(later.at)

    def _fault(self, job: Job, error: Exception) -> None:
        sentence = failure(" ".join(map(str, job.key)), error).problem
        self._tell(f"{job.key[0]} {job.key[1]}: {sentence}")
        try:
            job.fail(sentence)
        except RecordError as broken:
            self._broke(broken)

    def _feed_broke(self, key: int, sentence: str) -> None:
        now = self._work.clock()
        feed_failed(self._work.record, key, sentence, now + FAULT_PAUSE_S, now)

    def _item_broke(self, key: int, sentence: str) -> None:
        now = self._work.clock()
        item = item_of_key(self._work.record, key, now)
        if item is not None:
            item_later(self._work.record, item, now + FAULT_PAUSE_S if item.attempts < MOST_FAULTS else None, sentence)

    def _hub_broke(self, key: int, sentence: str) -> None:
        set_hub(self._work.record, key, None, self._work.clock() + FAULT_PAUSE_S, error=sentence, failed=True)

    def _broke(self, error: RecordError) -> None:
        """The record fails: nothing was marked as done, so all of it is tried again after a pause."""
        self._tell(str(error))
        self._broken_until = self._work.clock() + DATABASE_PAUSE_S
