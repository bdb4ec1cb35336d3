"""Telling a hub of WebSub (W3C, 2018) that feeds have changed, so that whoever subscribed there need not ask us.

Which feeds: those of all facts, and those of searches that somebody has asked for since the server was started, as
every subscriber's hub does. What is read while no server runs is announced when one is started.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import httpx2

from dragoman.errors import DragomanError
from dragoman.live.hub import Hub
from dragoman.store.query import Wanted

MOST_TOPICS: Final = 500
"""Feeds that are remembered; of more those asked for longest ago are forgotten."""

TOGETHER_S: Final = 2.0
"""News within so long are announced as one."""

WAITS_S: Final = (2.0, 10.0, 60.0)
"""Before a hub that failed is told again; after the last it hears of it with the next news."""

TIMEOUT_S: Final = 10.0
IDLE_S: Final = 30.0

LOG: Final = logging.getLogger("dragoman.live")


class Topics:
    """Feeds that were asked for: the text of their search, and their form."""

    def __init__(self, always: tuple[str, ...], most: int = MOST_TOPICS) -> None:
        self._always = [("", form) for form in always]
        self._most = most
        self._asked: OrderedDict[tuple[str, str], None] = OrderedDict()

    def asked_for(self, text: str, form: str) -> None:
        """Remember a feed. Threads may call it at once: each step is one that Python does not divide."""
        self._asked[text, form] = None
        self._asked.move_to_end((text, form))
        while len(self._asked) > self._most:
            self._asked.popitem(last=False)

    def all(self) -> list[tuple[str, str]]:
        """Text and form of each feed, once."""
        return list(dict.fromkeys([*self._always, *self._asked]))


class Announcer:
    """Tells the hub at WHERE. ADDRESS makes a feed's address of a search's text and a form, READ a query of a text."""

    def __init__(
        self,
        where: str,
        hub: Hub,
        topics: Topics,
        address: Callable[[str, str], str],
        read: Callable[[str], Wanted],
        waits_s: tuple[float, ...] = WAITS_S,
        together_s: float = TOGETHER_S,
    ) -> None:
        self._where = where
        self._hub = hub
        self._topics = topics
        self._address = address
        self._read = read
        self._waits_s = waits_s
        self._together_s = together_s

    async def run(self) -> None:
        """Announce what is new until the hub of streams ends."""
        async with httpx2.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
            while not await self._started():
                await asyncio.sleep(IDLE_S)
            seen = self._hub.newest
            await self._tell(client, [self._address(*topic) for topic in self._topics.all()])
            while not self._hub.ended:
                await self._hub.wait(seen, IDLE_S)
                if self._hub.newest <= seen:
                    seen = self._hub.newest
                    continue
                await asyncio.sleep(self._together_s)
                before, seen = seen, self._hub.newest
                changed = [
                    self._address(*topic) for topic in self._topics.all() if await self._has_new(topic[0], before)
                ]
                await self._tell(client, changed)

    async def _started(self) -> bool:
        try:
            await self._hub.start()
        except DragomanError as error:
            LOG.warning("feeds are not announced yet: %s", error)
            return False
        return True

    async def _has_new(self, text: str, before: int) -> bool:
        """Whether the search finds anything after BEFORE; where that can't be told the hub may look for itself."""
        try:
            seen = before
            while seen < self._hub.newest:
                found, seen = await self._hub.after(seen, self._read(text))
                if found:
                    return True
        except DragomanError:
            return True
        return False

    async def _tell(self, client: httpx2.AsyncClient, addresses: list[str]) -> None:
        for wait_s in (*self._waits_s, None):
            addresses = [address for address in addresses if not await self._told(client, address)]
            if not addresses:
                return
            if wait_s is not None:
                await asyncio.sleep(wait_s)
        LOG.warning("the hub %s was not told of %d feeds; it will be with the next news", self._where, len(addresses))

    async def _told(self, client: httpx2.AsyncClient, address: str) -> bool:
        form = {"hub.mode": "publish", "hub.url": address, "hub.topic": address}
        try:
            answer = await client.post(self._where, data=form)
        except httpx2.HTTPError:
            return False
        return answer.status_code < 300
