"""How often somebody may ask: a bucket that fills at an even pace and from which each request takes one."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from typing import Final

from starlette.requests import HTTPConnection

MOST_KEPT: Final = 8192
"""Names that are remembered; the one that was quiet for longest is forgotten first, and its bucket is full again."""

BURST_S: Final = 15.0
"""A bucket holds what fills it in so many seconds: a page with all that belongs to it is asked for at once."""


class Buckets:
    """Buckets by name. Threads may share them."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._most = max(1.0, self._rate * BURST_S)
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Take one from the bucket NAME: 0 where there was one, else the seconds until there is."""
        with self._lock:
            now = self._clock()
            level, since = self._kept.get(name, (self._most, now))
            level = min(self._most, level + (now - since) * self._rate)
            wait = 0.0 if level >= 1 else (1 - level) / self._rate
            self._kept[name] = (level if wait else level - 1, now)
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return wait

    def __len__(self) -> int:
        return len(self._kept)


class AtOnce:
    """Counts what is under way, by name."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._now: dict[str, int] = {}

    @contextmanager
    def one(self, name: str) -> Iterator[bool]:
        """One more of NAME while the block runs; False where there are too many already."""
        with self._lock:
            free = self._now.get(name, 0) < self.most
            if free:
                self._now[name] = self._now.get(name, 0) + 1
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._now[name] -= 1
                    if not self._now[name]:
                        del self._now[name]


def address_of(request: HTTPConnection) -> str:
    """The caller's address; of IPv6 its network of 64 bits, of which one customer has all."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64)) + "/64"
    return str(address)
