"""New facts as server-sent events (WHATWG HTML, 9.2), read from the record and so from whichever process wrote them.

An event's id is the `seq` of its fact: a reader that comes back with the last id it saw gets what it missed, in order,
none twice. The record keeps facts in the order in which they were committed, so that no later one has a lower `seq`.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

from anyio.to_thread import run_sync

from dragoman.errors import QueryError
from dragoman.pipeline.answer import dumps
from dragoman.store.query import StoredFact, Wanted, facts, latest_seq
from dragoman.store.record import Record

RETRY_MS: Final = 2000
"""So long a browser waits before it comes back."""

BATCH: Final = 200
"""Facts fetched at once: a replay from the start holds no more of them in memory."""

MOST_DIGITS: Final = 18
"""A `seq` has no more: the databases keep it in 64 bits."""


class Pulse:
    """The newest `seq`, looked up at most once in `poll_s` seconds however many streams ask."""

    def __init__(self, record: Record, poll_s: float) -> None:
        self.record = record
        self.poll_s = poll_s
        self._lock = asyncio.Lock()
        self._seq = 0
        self._looked_at = float("-inf")

    async def latest(self) -> int:
        """The newest `seq`, at most `poll_s` seconds old."""
        async with self._lock:
            if time.monotonic() - self._looked_at >= self.poll_s:
                self._seq = await run_sync(latest_seq, self.record)
                self._looked_at = time.monotonic()
            return self._seq


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a stream looks into the record, and after how much silence it says that it is still there; seconds."""

    poll_s: float
    heartbeat_s: float


def parse_last(text: str | None) -> int | None:
    """The last id that a reader saw, None where it names none. Raises QueryError where it is none of ours."""
    if text is None or not text.strip():
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise QueryError(f"last: {text[:40]!r} is no id of an event of this stream, which are whole numbers")
    return int(text)


def event(fact: StoredFact) -> bytes:
    """One fact as an event."""
    return f"event: fact\nid: {fact.seq}\ndata: {_one_line(dumps(fact.line()))}\n\n".encode()


def _one_line(json: str) -> str:
    """JSON has its line feeds escaped; a carriage return would end the line as well, and is escaped as well."""
    return json.replace("\r", "\\r").replace("\n", "\\n")


async def stream(
    pulse: Pulse,
    rhythm: Rhythm,
    last: int | None = None,
    filters: Wanted | None = None,
    closing: threading.Event | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[bytes]:
    """The events after the one with the id LAST (None: from now on), for ever or until CLOSING is set.

    A LAST that the record has not reached, as when another record is served now, counts as the newest.
    """
    newest = await run_sync(latest_seq, pulse.record)
    seen = newest if last is None else min(last, newest)
    yield f"retry: {RETRY_MS}\n: from {seen}\n\n".encode()
    spoke = clock()
    while not (closing and closing.is_set()):
        newest = await pulse.latest()
        if newest > seen:
            found = await run_sync(_batch, pulse.record, filters, seen)
            for fact in found:
                yield event(fact)
                await asyncio.sleep(0)  # a reader who has gone is noticed here, not after a thousand writes
            seen = found[-1].seq if len(found) == BATCH else max(newest, *(fact.seq for fact in found), seen)
            spoke = clock() if found else spoke
            continue
        if clock() - spoke >= rhythm.heartbeat_s:
            yield b": still here\n\n"
            spoke = clock()
        await asyncio.sleep(rhythm.poll_s)


def _batch(record: Record, filters: Wanted | None, seen: int) -> list[StoredFact]:
    return list(facts(record, filters, after_seq=seen, limit=BATCH))
