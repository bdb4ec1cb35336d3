"""Fetching politely: robots.txt, one request at a time to a host, redirects each in its own turn."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx2

from dragoman.errors import FetchError
from dragoman.live.following.hosts import Hosts, host_of
from dragoman.reading.addresses import CheckedBackend
from dragoman.reading.exchange import Reply, ask
from dragoman.reading.fetch import checked_address
from dragoman.reading.robots import MAX_ROBOTS_BYTES, Rules, rules_for
from dragoman.reading.transport import CheckedTransport
from dragoman.reading.unpacking import ACCEPTED
from dragoman.settings import Settings
from dragoman.store.feed_hosts import Host, save_robots
from dragoman.store.record import Record

ROBOTS_KEPT_S: Final = 86_400.0
"""RFC 9309, 2.4: a robots.txt is asked for again after a day."""

ROBOTS_RETRY_S: Final = 900.0
"""A robots.txt that failed is asked for again after so long."""

ROBOTS_HOPS: Final = 5
FIRST_PATIENCE_S: Final = 2.0
"""So long a worker waits for the first request of a visit; the whole visit can as well be made later."""

HOP_PATIENCE_S: Final = 120.0
"""So long it waits for a further one of the same visit, which else would have to begin anew each time."""

ASKED_TO_WAIT: Final = frozenset({429, 503})
WAIT_S: Final = 60.0
"""A host that asks to be left alone and doesn't say for how long."""

FEED_TYPES: Final = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
PAGE_TYPES: Final = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"


class RefusedError(FetchError):
    """An address that robots.txt forbids to fetch."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last answer of a visit; `lasting` is where permanent redirects led, the address to be asked from now on."""

    reply: Reply
    lasting: str


class Visitor:
    """Fetches for a follower. Threads share it."""

    def __init__(self, record: Record, settings: Settings, hosts: Hosts, clock: Callable[[], float]) -> None:
        self._record = record
        self._settings = settings
        self._hosts = hosts
        self._clock = clock
        self._tls = ssl.create_default_context()

    def visit(
        self,
        address: str,
        limit: int,
        accept: str = FEED_TYPES,
        validators: tuple[str | None, str | None] = (None, None),
        patience_s: float = FIRST_PATIENCE_S,
    ) -> Visit:
        """Fetch ADDRESS, of at most LIMIT bytes; VALIDATORS are the ETag and Last-Modified of what we have of it.

        Raises Later where its host may not be asked yet, RefusedError where robots.txt forbids it, FetchError where
        there is no answer. An answer of any status but a redirect's is returned.
        """
        etag, modified = validators
        headers = {"Accept": accept}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        current, lasting, permanent = checked_address(address, address), address, True
        for hop in range(self._settings.fetch_max_redirects + 1):
            patience = patience_s if hop == 0 else HOP_PATIENCE_S
            if not self._rules(current, patience).allows(current):
                raise RefusedError(
                    address, "the site's robots.txt forbids fetching it", "nothing is fetched from there"
                )
            reply = self._ask(current, limit, headers, patience)
            if reply.location is None:
                return Visit(reply, lasting)
            permanent = permanent and reply.permanent
            current = reply.location
            lasting = current if permanent else lasting
        problem = f"more than {self._settings.fetch_max_redirects} redirects"
        raise FetchError(address, problem, "give the address that it leads to in a browser")

    def post(self, address: str, form: dict[str, str]) -> Reply:
        """Send FORM to ADDRESS, which no redirect may lead away from. Raises Later and FetchError."""
        return self._ask(checked_address(address, address), 100_000, {}, FIRST_PATIENCE_S, form)

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """Sitemaps that the robots.txt of ADDRESS's host names. Raises Later and FetchError."""
        return self._rules(address, HOP_PATIENCE_S).sitemaps

    def _ask(
        self, address: str, limit: int, headers: dict[str, str], patience_s: float, form: dict[str, str] | None = None
    ) -> Reply:
        host = host_of(address)
        with self._hosts.turn(host, patience_s), self._client() as client:
            reply = ask(client, address, self._settings, limit, headers, form)
            if reply.status in ASKED_TO_WAIT:
                wait = WAIT_S if reply.retry_after_s is None else reply.retry_after_s
                self._hosts.back_off(host, self._clock() + wait)
            return reply

    def _client(self) -> httpx2.Client:
        deadline = time.monotonic() + self._settings.fetch_timeout_s
        backend = CheckedBackend(self._settings.allow_private_addresses, deadline)
        return httpx2.Client(
            transport=CheckedTransport(backend, self._tls),
            headers={"User-Agent": self._settings.user_agent, "Accept-Encoding": ACCEPTED},
            timeout=self._settings.fetch_timeout_s,
            follow_redirects=False,
            trust_env=False,
        )

    def _rules(self, address: str, patience_s: float) -> Rules:
        """What the robots.txt of ADDRESS's host says; asked for once a day. Raises Later and FetchError."""
        host = host_of(address)
        kept, rules = self._hosts.kept(host), self._hosts.rules(host)
        now = self._clock()
        fresh_s = ROBOTS_KEPT_S if _answered(kept.robots_status) else ROBOTS_RETRY_S
        if kept.robots_at is None or not 0 <= now - kept.robots_at < fresh_s:
            kept = self._fetch_robots(address, host, kept, patience_s)
            rules = None
        if kept.robots is None and not _answered(kept.robots_status):
            raise FetchError(
                address, "its robots.txt could not be fetched lately, which forbids fetching", "it is tried again later"
            )
        if rules is None:
            rules = rules_for(kept.robots or "", self._settings.user_agent)
            self._hosts.set_rules(host, kept, rules)
        return rules

    def _fetch_robots(self, address: str, host: str, kept: Host, patience_s: float) -> Host:
        """Ask for a robots.txt and keep the answer. Where it fails, what it said before still holds."""
        problem: FetchError | None = None
        status, text = 0, None
        try:
            status, text = self._robots(address, patience_s)
        except FetchError as error:
            problem = error
        found = Host(kept.not_before, self._clock(), status, kept.robots if text is None else text)
        save_robots(self._record, host, self._clock(), status, text)
        self._hosts.set_rules(host, found, rules_for(found.robots or "", self._settings.user_agent))
        if problem is not None and found.robots is None:
            raise FetchError(address, problem.problem, problem.remedy) from problem
        return found

    def _robots(self, address: str, patience_s: float) -> tuple[int, str | None]:
        """Status and text; None where the server failed to answer. No robots.txt (4xx) allows all."""
        current = httpx2.URL(address).copy_with(raw_path=b"/robots.txt", fragment=None)
        where = str(current)
        for hop in range(ROBOTS_HOPS + 1):
            reply = self._ask(where, 8 * MAX_ROBOTS_BYTES, {}, patience_s if hop == 0 else HOP_PATIENCE_S)
            if reply.location is None:
                if reply.status >= 500 or reply.status == 429:
                    return reply.status, None
                text = reply.data[:MAX_ROBOTS_BYTES].decode("utf-8", "replace") if reply.status == 200 else ""
                return reply.status, text
            where = reply.location
        return 404, ""


def _answered(status: int | None) -> bool:
    return status is not None and 200 <= status < 500 and status != 429
