"""What a server remembers of who asks: wrong tokens, rates, who signed in at the address that the terminal showed."""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from dragoman.errors import RecordError
from dragoman.settings import Settings
from dragoman.store.record import Record, now
from dragoman.store.tokens import Token, digest_of, find_token, used
from dragoman.web.buckets import AtOnce, Buckets
from dragoman.web.refusing import wait_refusal
from dragoman.web.tokens import BadTokens

LOG: Final = logging.getLogger("dragoman.web")

MOST_REMEMBERED: Final = 100
"""Sessions of this machine's user; tokens whose last use was just written."""


class Visitors:
    """All that is remembered, each kind of it bounded. Threads may share it."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self.record = record
        self.local_key = secrets.token_urlsafe(32)
        self.bad = BadTokens()
        self.addresses = Buckets(settings.address_requests_per_minute)
        self.tokens = Buckets(settings.token_requests_per_minute)
        self.at_once = AtOnce(settings.address_requests_at_once)
        self._lock = threading.Lock()
        self._local: OrderedDict[str, None] = OrderedDict()
        self._noted: OrderedDict[str, str] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="dragoman-tokens")

    def close(self) -> None:
        """Write down the last uses that wait for it."""
        self._thread.shutdown(wait=True)

    def open_local(self, key: str) -> str | None:
        """A session's secret for who knows the address that the terminal showed, else None."""
        if not hmac.compare_digest(key.encode("utf-8", "replace"), self.local_key.encode()):
            return None
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._local[digest_of(secret)] = None
            while len(self._local) > MOST_REMEMBERED:
                self._local.popitem(last=False)
        return secret

    def is_local(self, secret: str) -> bool:
        """Whether SECRET is the session of such a browser."""
        with self._lock:
            return digest_of(secret) in self._local

    def close_local(self, secret: str) -> None:
        """Sign such a browser out."""
        with self._lock:
            self._local.pop(digest_of(secret), None)

    def note(self, token: Token) -> None:
        """Keep that TOKEN is used now, without waiting for whoever writes to the record."""
        with self._lock:
            minute = now()[:16]
            if self._noted.get(token.digest) == minute:
                return
            self._noted[token.digest] = minute
            while len(self._noted) > MOST_REMEMBERED:
                self._noted.popitem(last=False)
        self._thread.submit(self._use, token)

    def _use(self, token: Token) -> None:
        try:
            used(self.record, token)
        except RecordError as error:
            LOG.warning("the last use of a token could not be kept: %s", error)


def check_token(visitors: Visitors, address: str, token: str) -> Token | None:
    """TOKEN if it holds, else None. Raises RefusedError where too many wrong ones came from ADDRESS."""
    if wait := visitors.bad.wait_s(address, token):
        raise wait_refusal(f"Too many wrong tokens came from this address; try again in {wait:.0f} seconds.", wait)
    found = find_token(visitors.record, token)
    visitors.bad.seen(address, token, right=found is not None)
    return found
