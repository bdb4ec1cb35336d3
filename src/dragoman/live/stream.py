"""New facts as server-sent events (WHATWG HTML, 9.2), read from the record and so from whichever process wrote them.

An event's id is the `seq` of its fact: a reader that comes back with the last id it saw gets what it missed, in order,
none twice, whether the server has been started anew meanwhile or not. The record keeps facts in the order in which
they were committed, so that no later one has a lower `seq`.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Final

from anyio.to_thread import run_sync

from dragoman.errors import QueryError, RecordError
from dragoman.live.hub import LOG, Hub
from dragoman.store.query import Wanted, latest_seq
from dragoman.store.search.syntax import EVERYTHING

RETRY_MS: Final = 2000
"""So long a browser waits before it comes back."""

MOST_DIGITS: Final = 18
"""A `seq` has no more: the databases keep it in 64 bits."""


def parse_last(text: str | None) -> int | None:
    """The last id that a reader saw, None where it names none. Raises QueryError where it is none of ours."""
    if text is None or not text.strip():
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise QueryError(f"last: {text[:40]!r} is no id of an event of this stream, which are whole numbers")
    return int(text)


async def stream(
    hub: Hub,
    heartbeat_s: float,
    last: int | None = None,
    wanted: Wanted = EVERYTHING,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncGenerator[bytes]:
    """The events after the one with the id LAST (None: from now on), until the hub ends.

    Each item is whole events, at most a few hundred, or after HEARTBEAT_S of silence a comment. A LAST that the record
    has not reached, as when another record is served now, counts as the newest. Where the record can't be read the
    stream ends, and its reader comes back.
    """
    try:
        async with aclosing(_events(hub, heartbeat_s, last, wanted, clock)) as events:
            async for item in events:
                yield item
    except RecordError as error:
        LOG.warning("a stream is ended: %s", error)


async def _events(
    hub: Hub, heartbeat_s: float, last: int | None, wanted: Wanted, clock: Callable[[], float]
) -> AsyncGenerator[bytes]:
    await hub.start()
    newest = await run_sync(latest_seq, hub.record)
    seen = newest if last is None else min(last, newest)
    told, replaced = seen, hub.replaced
    yield f"retry: {RETRY_MS}\n: from {seen}\n\n".encode()
    spoke = clock()
    while True:
        ended = hub.ended
        if hub.replaced != replaced:
            seen, replaced = min(seen, hub.newest), hub.replaced
        while seen < hub.newest:
            events, seen = await hub.after(seen, wanted)
            if events:
                yield b"".join(event.text for event in events)
                spoke, told = clock(), events[-1].seq
        if ended:
            return
        left = spoke + heartbeat_s - clock()
        if left <= 0:
            yield heartbeat(seen if seen > told else None)
            spoke, told, left = clock(), seen, heartbeat_s
        await hub.wait(seen, left)


def heartbeat(seen: int | None) -> bytes:
    """A comment. With SEEN, also the id up to which nothing was found, so that a reader comes back from there."""
    return b": still here\n\n" if seen is None else f"id: {seen}\n: still here\n\n".encode()
