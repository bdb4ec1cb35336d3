"""Who keeps sending wrong tokens is asked to wait; whoever sent a right one before is let through meanwhile."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST_BAD: Final = 10
"""Wrong tokens from one address within the window."""
WINDOW_S: Final = 60.0
MOST_KEPT: Final = 1024
"""Addresses, and right tokens, that are remembered: memory stays bounded whoever calls."""


class BadTokens:
    """Counts wrong tokens by address. Threads may share it; it keeps digests, never a token."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._bad: OrderedDict[str, deque[float]] = OrderedDict()
        self._good: OrderedDict[bytes, None] = OrderedDict()

    def wait_s(self, address: str, token: str) -> float:
        """How long a caller has to wait before TOKEN is even looked at; 0 where it need not."""
        with self._lock:
            times = self._bad.get(address)
            while times and self._clock() - times[0] >= WINDOW_S:
                times.popleft()
            if not times or len(times) < MOST_BAD or _digest(token) in self._good:
                return 0.0
            return WINDOW_S - (self._clock() - times[0])

    def seen(self, address: str, token: str, right: bool) -> None:
        """Remember that ADDRESS sent a right or a wrong token."""
        with self._lock:
            if right:
                self._good[_digest(token)] = None
                _bound(self._good)
                return
            self._bad.setdefault(address, deque(maxlen=MOST_BAD)).append(self._clock())
            self._bad.move_to_end(address)
            _bound(self._bad)


def _bound(kept: OrderedDict[str, deque[float]] | OrderedDict[bytes, None]) -> None:
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
