"""A stream of events as an answer: ended when its reader leaves, or takes nothing for too long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from types import MappingProxyType
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

HEADERS: Final[Mapping[str, str]] = MappingProxyType({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
"""No cache keeps a stream, and a proxy in front passes each event on at once."""


class EventStream(Response):
    """EVENTS as they come. DONE is called when the stream has ended, in whichever way.

    What a reader hasn't taken is one item and what the connection buffers: the next item is made only then.
    """

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes], stall_s: float, done: Callable[[], None]) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._events = events
        self._stall_s = stall_s
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until one side ends."""
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._done()
            leaving.cancel()
            sending.cancel()
            results = await asyncio.gather(sending, leaving, return_exceptions=True)
        if isinstance(results[0], Exception) and not isinstance(results[0], TimeoutError | OSError):
            raise results[0]

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with aclosing(self._events) as events:
            async for item in events:
                async with asyncio.timeout(self._stall_s):
                    await send({"type": "http.response.body", "body": item, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Places:
    """How many streams may be open at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    def take(self) -> bool:
        """Take a place; False where there is none."""
        if self.taken >= self.most:
            return False
        self.taken += 1
        return True

    def give_back(self) -> None:
        """Leave a place that was taken."""
        self.taken -= 1
