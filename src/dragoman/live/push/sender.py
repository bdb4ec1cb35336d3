"""The loop beside a server: what saved searches find of new facts becomes pushes, and these are sent.

It looks at the place of the newest fact, as the stream does, and so tells of what any process wrote. Several servers on
one record may run it: a bell is dealt with, and a push is sent, by whichever comes first (`store/pushes.py`).
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice, takewhile
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from dragoman.errors import DragomanError, SearchError
from dragoman.lexicon.names import Names
from dragoman.live.push.hours import next_digest, quiet_until
from dragoman.live.push.keys import ensure_key
from dragoman.live.push.sending import SEND_TIMEOUT_S, Outcome, send
from dragoman.pipeline.faults import attempted
from dragoman.settings import Settings
from dragoman.store import pushes
from dragoman.store.devices import Bell, bells, stamp
from dragoman.store.pushes import Draft, Push
from dragoman.store.query import StoredFact, facts, latest_seq
from dragoman.store.record import Record
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import at_least

POLL_S: Final = 1.0
"""How often it looks whether there are new facts."""
MOST_FACTS: Final = 500
"""Facts that one push may stand for. Of more, as after a large import, the push says that there are more."""
MOST_ROUND: Final = 200
"""Pushes sent before it looks for new facts again."""
AT_ONCE: Final = 4
"""Pushes under way at one time: a slow service keeps only so many of the others waiting."""
MOST_TRIES: Final = 12
FIRST_WAIT_S: Final = 30.0
MOST_WAIT_S: Final = 3600.0

Tell = Callable[[Bell, Sequence[StoredFact], bool, datetime], Sequence[Draft]]
"""Makes the pushes for facts that a bell found, in their order; true: there are more of them than these."""


@dataclass(slots=True)
class Sender:
    """Deals with the bells of a record. `results` counts what became of pushes, by fate."""

    record: Record
    settings: Settings
    names: Names
    tell: Tell
    warn: Callable[[str], None]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    results: Counter[str] = field(default_factory=Counter)
    _seen: dict[int, int] = field(default_factory=dict)
    """Bell's key to the place up to which it found nothing: that is not worth a write."""
    _looked: tuple[int, datetime] | None = None
    """The newest fact and the minute of the last look at the bells: quiet hours and digests begin with a minute."""
    _key: EllipticCurvePrivateKey | None = None

    def run(self, ending: threading.Event) -> None:
        """Until ENDING is set. What goes wrong is told once and tried again."""
        last = ""
        while not ending.wait(POLL_S):
            try:
                self.round()
                last = ""
            except DragomanError as error:  # the record can't be read just now: it may be in a moment
                if str(error) != last:
                    self.warn(f"pushes: {error}")
                last = str(error)

    def round(self) -> int:
        """Deal once with all bells and pushes that are due; how many pushes were sent or tried."""
        self.ring()
        return self.send_due()

    def ring(self) -> int:
        """Make pushes of what the bells find that are due; how many."""
        at = self.clock()
        newest = latest_seq(self.record)
        look = (newest, at.replace(second=0, microsecond=0))
        if look == self._looked:
            return 0
        made = 0
        for bell in bells(self.record, due=stamp(at)):
            nothing_new = self._after(bell) >= newest and bell.digest == "at once"
            if nothing_new or self._seen.get(bell.key, -1) >= newest or quiet_until(bell.device.hours, at) is not None:
                continue
            rung = attempted(partial(self._ring, bell, newest, at), (DragomanError,))
            if isinstance(rung, Exception):  # a fault of ours with one bell: it is named, and the others ring
                self._seen[bell.key] = newest  # else it would be named every second
                self.warn(f"the bell of {bell.name!r} failed: {type(rung).__name__}: {rung}")
            else:
                made += rung
        self._looked = look
        return made

    def _ring(self, bell: Bell, newest: int, at: datetime) -> int:
        try:
            found = self._found(bell, newest)
        except SearchError as error:
            self.warn(f"the saved search {bell.name!r} can't be understood any more: {error}")
            found = []
        if not found and bell.digest == "at once":
            self._seen[bell.key] = newest
            return 0
        more, found = len(found) > MOST_FACTS, found[:MOST_FACTS]

        def draft(fresh: frozenset[str]) -> Sequence[Draft]:
            told = {fact.id: fact for fact in found if fact.id in fresh}
            return self.tell(bell, list(told.values()), more, at)

        following = next_digest(bell.device.hours, bell.digest, at)
        self._seen.pop(bell.key, None)
        return pushes.compose(self.record, bell, [fact.id for fact in found], newest, at, following, draft)

    def _found(self, bell: Bell, newest: int) -> list[StoredFact]:
        """Facts that came since the bell rang, at most one more than a push may stand for.

        What the record had before the bell was hung, and has read again since, is no news.
        """
        query = at_least(parse(bell.query, self.names), self.settings.min_confidence)
        with closing(cast("Generator[StoredFact]", facts(self.record, query, after_seq=self._after(bell)))) as found:
            new = (fact for fact in found if fact.first_seen >= bell.made_at)
            return list(islice(takewhile(lambda fact: fact.seq <= newest, new), MOST_FACTS + 1))

    def _after(self, bell: Bell) -> int:
        """The place up to which BELL has dealt with facts."""
        return max(bell.after_seq, self._seen.get(bell.key, 0))

    def send_due(self) -> int:
        """Send the pushes that are due, at most `MOST_ROUND` of them; how many."""
        sent = 0
        while sent < MOST_ROUND and pushes.next_due(self.record, at := self.clock()):
            claimed = pushes.claim(self.record, at, AT_ONCE, partial(quiet_until, at=at))
            if not claimed:
                break
            key = self._key = self._key or ensure_key(self.record)
            with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dragoman-push") as threads:
                self.results.update(threads.map(partial(self._deliver, key=key, at=at), claimed))
            sent += len(claimed)
        return sent

    def _deliver(self, push: Push, key: EllipticCurvePrivateKey, at: datetime) -> str:
        """Send PUSH and note at once what became of it: of few pushes nobody knows it after a kill."""
        outcome = send(push, key, self.settings, at)
        self._settle(push, outcome, at)
        return outcome.fate

    def _settle(self, push: Push, outcome: Outcome, at: datetime) -> None:
        if outcome.fate == "delivered":
            pushes.delivered(self.record, push, at)
        elif outcome.fate == "gone":
            pushes.device_gone(self.record, push)
        elif outcome.fate == "later" and push.tries < MOST_TRIES:
            pushes.put_back(self.record, push, at + timedelta(seconds=wait_s(push, outcome)), outcome.said)
        else:
            pushes.given_up(self.record, push, outcome.said)


@contextmanager
def sending(sender: Sender) -> Iterator[None]:
    """Run SENDER in a thread of its own for as long as the block lasts; a push that is under way may end."""
    ending = threading.Event()
    thread = threading.Thread(target=sender.run, args=(ending,), name="dragoman-sender", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(SEND_TIMEOUT_S)


def wait_s(push: Push, outcome: Outcome) -> float:
    """How long a push that was not taken waits: as the service asks, and never less than twice as long each time."""
    wait: float = min(FIRST_WAIT_S * 2 ** min(max(push.tries - 1, push.failures), 20), MOST_WAIT_S)
    wait *= random.uniform(1, 1.3)
    return max(wait, outcome.wait_s or 0.0)
