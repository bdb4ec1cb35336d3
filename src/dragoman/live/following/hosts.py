"""One request at a time to a host, and none before its time; kept in the record, so that a restart forgets nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dragoman.reading.exchange import LONGEST_WAIT_S
from dragoman.reading.robots import Rules
from dragoman.settings import Settings
from dragoman.store.feed_hosts import Host, load_host, save_not_before
from dragoman.store.record import Record

MOST_KEPT: Final = 5000
"""Hosts in memory; the others stand in the record."""

DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Later(Exception):  # noqa: N818  # no error: it says when to come back
    """The host may not be asked before the moment `at`."""

    def __init__(self, at: float) -> None:
        self.at = at
        super().__init__(f"not before {at}")


@dataclass(slots=True)
class _State:
    """A host now. `rules` are those of the robots.txt in `kept`, None while they were not looked at."""

    kept: Host
    not_before: float
    asked_at: float = float("-inf")
    busy: bool = False
    rules: Rules | None = None


def host_of(address: str) -> str:
    """The host that is asked at ADDRESS: its name, with the port where that is not the usual one."""
    parts = urlsplit(address)
    name = (parts.hostname or "").rstrip(".")
    port = parts.port
    return name if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{port}"


class Hosts:
    """Whose turn it is. Threads share it; CLOCK gives seconds since 1970, WAIT waits and says whether to give up."""

    def __init__(
        self, record: Record, settings: Settings, clock: Callable[[], float], wait: Callable[[float], bool]
    ) -> None:
        self._record = record
        self._settings = settings
        self._clock = clock
        self._wait = wait
        self._lock = threading.Lock()
        self._hosts: dict[str, _State] = {}

    def free_at(self, host: str) -> float:
        """The moment from which HOST may be asked; infinity while somebody asks it."""
        state = self._state(host)
        with self._lock:
            return float("inf") if state.busy else state.not_before

    def kept(self, host: str) -> Host:
        """What the record knows of HOST's robots.txt."""
        return self._state(host).kept

    def rules(self, host: str) -> Rules | None:
        """The rules that were set for HOST."""
        return self._state(host).rules

    def set_rules(self, host: str, kept: Host, rules: Rules) -> None:
        """Keep what HOST's robots.txt says. Its delay counts from the last request on, which asked for that file."""
        state = self._state(host)
        with self._lock:
            state.kept, state.rules = kept, rules
            later = state.asked_at + self._delay(state) > state.not_before
            state.not_before = max(state.not_before, state.asked_at + self._delay(state))
        if later:
            save_not_before(self._record, host, state.not_before)

    def back_off(self, host: str, until: float) -> None:
        """Leave HOST alone until UNTIL."""
        state = self._state(host)
        with self._lock:
            state.not_before = max(state.not_before, until)
            moment = state.not_before
        save_not_before(self._record, host, moment)

    @contextmanager
    def turn(self, host: str, patience_s: float) -> Iterator[None]:
        """Hold HOST for one request. Raises Later where that would take longer than PATIENCE_S.

        When the next request may be sent is written down before this one is: whoever is killed in between has asked
        once, and the next one to come knows it.
        """
        state = self._take(host, patience_s)
        try:
            save_not_before(self._record, host, self._clock() + self._delay(state))
            yield
        finally:
            with self._lock:
                state.busy = False
                state.asked_at = self._clock()
                state.not_before = max(state.not_before, self._clock() + self._delay(state))

    def _take(self, host: str, patience_s: float) -> _State:
        state = self._state(host)
        give_up_at = self._clock() + patience_s
        while True:
            now = self._clock()
            with self._lock:
                if not state.busy and state.not_before <= now:
                    state.busy = True
                    return state
                at = now + 0.05 if state.busy else state.not_before
            if at > give_up_at or self._wait(max(at - now, 0.001)):
                raise Later(at)

    def _delay(self, state: _State) -> float:
        return max(self._settings.follow_host_delay_s, state.rules.delay_s if state.rules else 0.0)

    def _state(self, host: str) -> _State:
        with self._lock:
            if host in self._hosts:
                return self._hosts[host]
        kept = load_host(self._record, host)
        with self._lock:
            if len(self._hosts) >= MOST_KEPT:
                self._forget_idle()
            # a clock that was set back would else keep a host closed for as long as it was wrong
            not_before = min(kept.not_before, self._clock() + LONGEST_WAIT_S)
            return self._hosts.setdefault(host, _State(kept, not_before))

    def _forget_idle(self) -> None:
        now = self._clock()
        for host in [one for one, state in self._hosts.items() if not state.busy and state.not_before <= now]:
            del self._hosts[host]
