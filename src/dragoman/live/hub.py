"""One look into the record for all streams of a process.

A thread watches the record and fetches each new fact once; it is rendered once, and kept with the newest others in a
window that all streams read from. No stream has a queue of its own: who is slower than the window goes back to the
record, so that a slow reader costs no memory and loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from dragoman.errors import RecordError
from dragoman.pipeline.answer import dumps
from dragoman.store.query import StoredFact, Wanted, facts, latest_seq
from dragoman.store.record import Record
from dragoman.store.search.syntax import EVERYTHING
from dragoman.store.watching import Watch, watch

BATCH: Final = 200
"""Facts fetched at once: a replay from the start holds no more of them in memory."""

WINDOW: Final = 2000
"""Facts that are kept rendered."""

READERS: Final = 4
"""Replays and searches of streams that may read the record at one time, so that pages are not kept waiting."""

TRY_AGAIN_S: Final = 5.0
"""After an error of the database."""

LOG: Final = logging.getLogger("dragoman.live")


@dataclass(frozen=True, slots=True)
class Event:
    """A fact as it is sent."""

    seq: int
    text: bytes


def event(fact: StoredFact) -> Event:
    """FACT as a server-sent event."""
    return Event(fact.seq, f"event: fact\nid: {fact.seq}\ndata: {_one_line(dumps(fact.line()))}\n\n".encode())


def _one_line(json: str) -> str:
    """JSON has its line feeds escaped; a carriage return would end the line as well, and is escaped as well."""
    return json.replace("\r", "\\r").replace("\n", "\\n")


@dataclass(frozen=True, slots=True)
class Batch:
    """The facts after `low`, up to and with `high`. `found` are those that a search finds, as far as one was asked."""

    low: int
    high: int
    events: tuple[Event, ...]
    found: dict[Wanted, asyncio.Task[tuple[Event, ...]]] = field(default_factory=dict)


class Hub:
    """The newest facts of a record for any number of streams, all in one event loop.

    When CLOSING is set it looks a last time, and `ended` is true. `replaced` counts how often the record turned out to
    be another one, with fewer facts, as after a backup was put back.
    """

    def __init__(
        self, record: Record, poll_s: float, closing: threading.Event | None = None, window: int = WINDOW
    ) -> None:
        self.record = record
        self.ended = False
        self.replaced = 0
        self._poll_s = poll_s
        self._window = window
        self._batches: deque[Batch] = deque()
        self._newest = 0
        self._news = asyncio.Event()
        self._starting: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None
        self._closing = closing or threading.Event()
        self._limiter = CapacityLimiter(READERS)

    async def start(self) -> None:
        """Begin to watch, unless that was done already. Raises RecordError where the record can't be read."""
        if self._starting is None or (self._starting.done() and self._starting.exception()):
            self._starting = asyncio.create_task(self._start())
        await asyncio.shield(self._starting)

    async def _start(self) -> None:
        watched = await run_sync(watch, self.record)
        self._newest = await run_sync(latest_seq, self.record)
        loop = asyncio.get_running_loop()
        arguments = (watched, self._newest, loop)
        self._thread = threading.Thread(target=self._run, args=arguments, name="dragoman-watcher", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the watching and all streams; wait until it has ended."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def newest(self) -> int:
        """All facts up to that `seq` can be had here or in the record."""
        return self._newest

    @property
    def floor(self) -> int:
        """Facts after that `seq` are in the window."""
        return self._batches[0].low if self._batches else self._newest

    async def wait(self, seen: int, timeout_s: float) -> None:
        """Until there is something after SEEN, or TIMEOUT_S have passed."""
        if self._newest <= seen and not self.ended:
            try:
                await asyncio.wait_for(self._news.wait(), timeout_s)
            except TimeoutError:
                return

    async def after(self, seen: int, wanted: Wanted) -> tuple[list[Event], int]:
        """Facts after SEEN that are WANTED, in order, and the `seq` up to which was looked: call again with that.

        Out of the window where it reaches so far back, else out of the record, not more than a batch.
        """
        if seen < self.floor:
            return await self._replayed(seen, wanted)
        found: list[Event] = []
        for batch in list(self._batches):
            if batch.high > seen and len(found) < BATCH:
                events = batch.events if wanted == EVERYTHING else await self._found(batch, wanted)
                found += [event for event in events if event.seq > seen]
                seen = batch.high
        return found, seen

    async def _replayed(self, seen: int, wanted: Wanted) -> tuple[list[Event], int]:
        newest = self._newest
        found = await run_sync(_fetched, self.record, wanted, seen, limiter=self._limiter)
        if len(found) == BATCH:
            return found, found[-1].seq
        return found, max(newest, found[-1].seq if found else newest)

    async def _found(self, batch: Batch, wanted: Wanted) -> tuple[Event, ...]:
        """What a search finds in a batch: looked up once, however many streams ask for it."""
        task = batch.found.get(wanted)
        if task is None or (task.done() and task.exception()):
            task = batch.found[wanted] = asyncio.create_task(self._look_up(batch, wanted))
        return await asyncio.shield(task)

    async def _look_up(self, batch: Batch, wanted: Wanted) -> tuple[Event, ...]:
        known = {event.seq: event for event in batch.events}
        found: list[Event] = []
        seen = batch.low
        while True:
            page = await run_sync(_fetched, self.record, wanted, seen, limiter=self._limiter)
            found += [known.get(event.seq, event) for event in page if event.seq <= batch.high]
            if len(page) < BATCH or page[-1].seq >= batch.high:
                return tuple(found)
            seen = page[-1].seq

    def _publish(self, batch: Batch) -> None:
        if batch.high < batch.low:
            self.replaced += 1
            self._batches.clear()
        else:
            self._batches.append(batch)
        self._newest = batch.high
        while len(self._batches) > 1 and sum(max(1, len(one.events)) for one in self._batches) > self._window:
            self._batches.popleft()
        self._wake()

    def _end(self) -> None:
        self.ended = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _run(self, watched: Watch, newest: int, loop: asyncio.AbstractEventLoop) -> None:
        """The watcher's thread: fetch what is new, whenever there may be something."""
        watching: Watch | None = watched
        due, ending = True, False
        while not ending:
            ending = self._closing.is_set()  # before the look: what was there when the end was asked for is still sent
            try:
                if watching is None:
                    watching, due = watch(self.record), True
                while (due or ending) and (batch := _next(self.record, newest)) is not None:
                    newest = batch.high
                    _call(loop, partial(self._publish, batch))
                due = not ending and watching.wait(self._poll_s)
            except RecordError as error:
                LOG.warning("streams wait for the record: %s", error)
                _closed(watching)
                watching = None
                self._closing.wait(TRY_AGAIN_S)
        _closed(watching)
        _call(loop, self._end)


def _call(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has been closed: nobody listens any more
        loop.call_soon_threadsafe(call)


def _closed(watching: Watch | None) -> None:
    if watching is not None:
        watching.close()


def _next(record: Record, newest: int) -> Batch | None:
    """The facts after NEWEST, at most a batch; None where there are none."""
    latest = latest_seq(record)
    if latest <= newest:
        return Batch(newest, latest, ()) if latest < newest else None
    events = tuple(_fetched(record, EVERYTHING, newest))
    return Batch(newest, events[-1].seq if len(events) == BATCH else max(latest, *(e.seq for e in events), 0), events)


def _fetched(record: Record, wanted: Wanted, seen: int) -> list[Event]:
    return list(map(event, facts(record, wanted, after_seq=seen, limit=BATCH)))
