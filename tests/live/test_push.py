"""What saved searches find is pushed: once, encrypted and signed, when the reader wants to hear."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.live.push.hours import next_digest
from dragoman.live.push.keys import ensure_key, public_key
from dragoman.live.push.sender import Sender, sending
from dragoman.settings import Settings
from dragoman.store import devices, pushes
from dragoman.store.devices import Hours
from dragoman.store.record import Record, open_record
from dragoman.store.saved import remove_search, save_search
from dragoman.store.tables import PUSHES
from dragoman.store.writing import Stamp, add
from dragoman.web.notices import drafts
from tests import made
from tests.live.push_service import Browser, Service, push_service

STAMP = Stamp("0.1", "lex")
SETTINGS = Settings(allow_private_addresses=True, push_contact="mailto:desk@wire.example")
NAMES = Names(Lexicon(None))
NEVER = "FRA DEU type:ASSAULT"
SIGNED = "FRA DEU kind:event"
"""Finds one fact of each report that `made.answer` gives; `FRA` finds more than three."""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        yield running


@dataclass
class Desk:
    """A record, a reader's browser and a sender with a clock that only the test moves."""

    record: Record
    service: Service
    sender: Sender
    browser: Browser
    complaints: list[str]
    at: datetime

    def bell(
        self, query: str, digest: str = "at once", hours: Hours | None = None, browser: Browser | None = None
    ) -> str:
        saved = save_search(self.record, query)
        hours = hours or Hours()
        key = devices.put_device(self.record, (browser or self.browser).subscription, hours, self.at)
        assert devices.hang_bell(self.record, key, saved.id, digest, self.at, next_digest(hours, digest, self.at))
        return saved.id

    def read(self, ident: str) -> None:
        add(self.record, made.answer(ident), STAMP)

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)

    def said(self) -> list[dict[str, object]]:
        return [self.browser.opened(one.body) for one in self.service.received]

    def waiting(self) -> int:
        with self.record.reading() as connection:
            return len(connection.execute(PUSHES.select()).all())


def desk_at(where: str, service: Service, record: Record) -> Desk:
    complaints: list[str] = []

    def tell(bell, facts, more, at):  # type: ignore[no-untyped-def]
        return drafts(bell, facts, more, at, NAMES)

    sender = Sender(record, SETTINGS, NAMES, tell, complaints.append)
    made_desk = Desk(record, service, sender, service.browser(), complaints, datetime(2020, 3, 2, 12, tzinfo=UTC))
    sender.clock = lambda: made_desk.at
    return made_desk


def again(desk: Desk) -> Sender:
    """Another sender on the same record, as after a start or in a second process."""
    return replace(desk.sender, results=Counter(), _seen={}, _looked=None, _key=None)


@pytest.fixture
def desk(new_record: str, service: Service) -> Iterator[Desk]:
    """On SQLite and PostgreSQL. The clock stands years before the facts are read, so that all of these are new."""
    with open_record(new_record, write=True) as record:
        yield desk_at(new_record, service, record)


@pytest.fixture
def lone(tmp_path: Path, service: Service) -> Iterator[Desk]:
    """On SQLite alone, for what no database has to do with."""
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        yield desk_at(str(tmp_path / "r.db"), service, record)


def test_a_new_fact_is_pushed_encrypted_and_signed(desk: Desk) -> None:
    desk.read("old")
    desk.bell(SIGNED)
    desk.read("new")
    assert desk.sender.round() == 1
    (one,) = desk.service.received
    assert one.path == "/push/a"
    assert one.headers["content-encoding"] == "aes128gcm"
    assert int(one.headers["ttl"]) == 24 * 3600
    assert one.headers["urgency"] == "normal"
    assert 0 < len(one.headers["topic"]) <= 32
    assert set(one.headers["topic"]) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert len(one.body) <= 4096
    assert b"Elbe" not in one.body
    origin = desk.service.base
    assert one.claims == {"aud": origin, "sub": "mailto:desk@wire.example", "exp": int(desk.at.timestamp()) + 12 * 3600}
    assert one.headers["authorization"].endswith("k=" + public_key(ensure_key(desk.record)))
    (said,) = desk.said()
    assert said["title"] == "France and Germany signed the Elbe accord on Monday"
    assert said["url"] == f"/facts/{made.event('new').id}"
    assert "“France and Germany signed the Elbe accord on Monday”" in str(said["body"])
    assert "Morning Wire, 8 Mar 1994" in str(said["body"])
    (device,) = devices.devices(desk.record)
    assert (device.told_at, device.trouble, device.failures) == (devices.stamp(desk.at), None, 0)
    assert desk.sender.round() == desk.waiting() == 0


def test_a_fact_is_pushed_once_whatever_finds_it_and_however_often_it_is_read(desk: Desk) -> None:
    desk.bell(SIGNED)
    desk.bell("type:SUPPORT")
    desk.read("r1")
    desk.sender.round()
    add(desk.record, made.answer("r1"), Stamp("0.2", "lex"))
    desk.sender.round()
    assert len(desk.service.received) == 1


def test_two_browsers_are_both_told(desk: Desk) -> None:
    other = desk.service.browser("b")
    desk.bell(SIGNED)
    desk.bell(SIGNED, browser=other)
    desk.read("r1")
    desk.sender.round()
    assert sorted(one.path for one in desk.service.received) == ["/push/a", "/push/b"]


def test_what_the_record_had_before_the_bell_is_no_news(lone: Desk) -> None:
    lone.read("r1")
    lone.at = datetime.now(UTC) + timedelta(seconds=2)
    lone.bell(SIGNED)
    add(lone.record, made.answer("r1"), Stamp("0.2", "lex"))
    assert lone.sender.round() == 0


def test_many_facts_at_once_are_one_push(lone: Desk) -> None:
    ident = lone.bell("FRA")
    lone.read("r1")
    assert lone.sender.round() == 1
    (said,) = lone.said()
    assert str(said["title"]).endswith(" new facts: FRA")
    assert str(said["body"]).count("\n") == 4
    assert "and " in str(said["body"]).split("\n")[-1]
    assert said["url"] == f"/saved/{ident}"


def test_a_bell_that_finds_nothing_costs_no_write(lone: Desk) -> None:
    lone.bell(NEVER)
    before = devices.bells(lone.record)
    lone.read("r1")
    assert lone.sender.round() == 0
    assert devices.bells(lone.record) == before
    lone.read("r2")
    assert lone.sender.round() == 0


def test_a_search_taken_down_rings_no_more_and_leaves_nothing_of_the_browser(desk: Desk) -> None:
    ident = desk.bell(SIGNED)
    assert remove_search(desk.record, ident)
    desk.read("r1")
    assert desk.sender.round() == 0
    assert devices.devices(desk.record) == []


def test_the_last_bell_taken_forgets_the_browser(desk: Desk) -> None:
    ids = [desk.bell(SIGNED), desk.bell("type:SUPPORT")]
    desk.read("r1")
    desk.sender.ring()
    endpoint = desk.browser.subscription.endpoint
    devices.take_bell(desk.record, endpoint, ids[0])
    assert [bell.saved for bell in devices.bells(desk.record, endpoint)] == [ids[1]]
    devices.take_bell(desk.record, endpoint, ids[1])
    assert devices.devices(desk.record) == []
    assert desk.waiting() == 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_dropped(desk: Desk, status: int) -> None:
    desk.bell(SIGNED)
    desk.service.answers["/push/a"] = [(status, {})]
    desk.read("r1")
    desk.sender.round()
    assert devices.devices(desk.record) == devices.bells(desk.record) == []
    assert desk.waiting() == 0
    assert desk.sender.results == {"gone": 1}


WAITS = [(429, {"Retry-After": "300"}, 300), (503, {}, 30), (500, {"Retry-After": "soon"}, 30)]


@pytest.mark.parametrize(("status", "headers", "least_s"), WAITS)
def test_what_is_not_taken_comes_again_later(desk: Desk, status: int, headers: dict[str, str], least_s: int) -> None:
    desk.bell(SIGNED)
    desk.service.answers["/push/a"] = [(status, headers)]
    desk.read("r1")
    desk.sender.round()
    assert devices.devices(desk.record)[0].trouble == f"the push service answers {status}"
    desk.read("r2")
    desk.later(seconds=least_s - 1)
    assert desk.sender.round() == 0
    desk.later(seconds=least_s)
    assert desk.sender.round() == 2
    topics = [one.headers["topic"] for one in desk.service.received]
    assert topics[0] in topics[1:]
    assert len(set(topics)) == 2
    assert devices.devices(desk.record)[0].trouble is None


def test_waits_double_and_end_with_the_day(lone: Desk) -> None:
    lone.bell(SIGNED)
    lone.service.answers["/push/a"] = [(503, {})] * 99
    lone.read("r1")
    asked: list[datetime] = []
    for _ in range(26 * 60):
        if lone.sender.round():
            asked.append(lone.at)
        lone.later(minutes=1)
    waits = [later - earlier for earlier, later in zip(asked, asked[1:], strict=False)]
    assert waits[0] < timedelta(minutes=2) < waits[3]
    assert timedelta(hours=1) <= max(waits) < timedelta(minutes=80)
    assert lone.waiting() == 0
    assert len(lone.service.received) == len(asked) <= 12


@pytest.mark.parametrize("status", [301, 307, 400, 403, 413])
def test_what_is_refused_is_not_repeated_nor_followed(lone: Desk, status: int) -> None:
    lone.bell(SIGNED)
    lone.service.answers["/push/a"] = [(status, {"Location": "/push/b"})]
    lone.read("r1")
    assert lone.sender.round() == 1
    lone.later(hours=5)
    assert lone.sender.round() == 0
    assert [one.path for one in lone.service.received] == ["/push/a"]
    assert devices.devices(lone.record)[0].trouble == f"the push service answers {status}"


def test_no_answer_is_never_sent_twice_and_no_connection_is(lone: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.live.push.sending.SEND_TIMEOUT_S", 0.5)
    lone.bell(SIGNED)
    lone.service.hold.clear()
    lone.read("r1")
    lone.sender.round()
    lone.service.hold.set()
    lone.later(hours=5)
    lone.sender.round()
    assert len(lone.service.received) == 1
    assert lone.sender.results == {"unknown": 1}
    nobody = Browser("https://127.0.0.1:9/push/x")
    lone.bell(SIGNED, browser=nobody)
    lone.read("r2")
    lone.sender.round()
    assert lone.sender.results["later"] == 1
    assert lone.waiting() == 1


def test_an_endpoint_that_turns_to_a_private_address_is_dropped(lone: Desk) -> None:
    lone.bell(SIGNED)
    lone.read("r1")
    lone.sender.settings = Settings(allow_private_addresses=False)
    lone.sender.round()
    assert lone.service.received == []
    assert devices.devices(lone.record) == []


PARIS = Hours("Europe/Paris", quiet=(22 * 60, 7 * 60), daily_at=8 * 60 + 30)


def test_quiet_hours_hold_pushes_until_they_end(desk: Desk) -> None:
    desk.at = datetime(2020, 6, 1, 20, 30, tzinfo=UTC)  # 22:30 in Paris
    desk.bell(SIGNED, hours=PARIS)
    for number in range(3):
        desk.read(f"r{number}")
        assert desk.sender.round() == 0
        desk.later(hours=2)
    desk.at = datetime(2020, 6, 2, 4, 59, 59, tzinfo=UTC)
    assert desk.sender.round() == 0
    desk.at = datetime(2020, 6, 2, 5, 0, tzinfo=UTC)
    assert desk.sender.round() == 3
    assert desk.said()[0]["quiet"] == [22 * 60, 7 * 60]


def test_a_push_that_waits_keeps_quiet_hours_too(lone: Desk) -> None:
    lone.at = datetime(2020, 6, 1, 19, 59, tzinfo=UTC)
    lone.bell(SIGNED, hours=PARIS)
    lone.service.answers["/push/a"] = [(503, {})]
    lone.read("r1")
    assert lone.sender.round() == 1
    lone.at = datetime(2020, 6, 1, 21, 0, tzinfo=UTC)
    assert lone.sender.round() == 0
    lone.at = datetime(2020, 6, 2, 5, 0, tzinfo=UTC)
    assert lone.sender.round() == 1


def test_a_daily_digest_comes_once_at_its_hour_and_says_all(desk: Desk) -> None:
    desk.at = datetime(2020, 6, 1, 6, 31, tzinfo=UTC)  # a minute past this day's digest in Paris
    desk.bell(SIGNED, "daily", PARIS)
    for number in range(6):
        desk.read(f"r{number}")
        desk.later(hours=1)
        assert desk.sender.round() == 0
    desk.at = datetime(2020, 6, 2, 6, 30, tzinfo=UTC)
    assert desk.sender.round() == 1
    assert desk.sender.round() == 0
    (said,) = desk.said()
    assert said["title"] == f"6 new facts: {SIGNED}"
    assert str(said["body"]).split("\n")[-1] == "and 2 more"
    assert desk.service.received[0].headers["urgency"] == "low"
    desk.at = datetime(2020, 6, 3, 6, 30, tzinfo=UTC)
    assert desk.sender.round() == 0
    desk.read("r9")
    desk.at = datetime(2020, 6, 4, 6, 30, tzinfo=UTC)
    assert desk.sender.round() == 1


def test_an_hourly_digest_comes_on_the_hour(lone: Desk) -> None:
    lone.at = datetime(2020, 6, 1, 10, 20, tzinfo=UTC)
    lone.bell(SIGNED, "hourly")
    lone.read("r1")
    lone.at = datetime(2020, 6, 1, 10, 59, 59, tzinfo=UTC)
    assert lone.sender.round() == 0
    lone.later(seconds=1)
    assert lone.sender.round() == 1


def test_two_senders_on_one_record_push_each_fact_once(desk: Desk) -> None:
    for letter in "abcdef":
        desk.bell(SIGNED, browser=desk.service.browser(letter))
    other = again(desk)
    desk.read("r1")
    bells = devices.bells(desk.record)
    desk.sender.ring()
    assert [pushes.compose(desk.record, bell, ["x"], 99, desk.at, desk.at, lambda _: ()) for bell in bells] == [0] * 6
    claimed = pushes.claim(desk.record, desk.at, 4, lambda _: None)
    assert len(claimed) == 4
    assert other.send_due() == 2
    assert len({one.path for one in desk.service.received}) == 2


KILLED = """
import sys
from dragoman.live.push import sender as module
from tests.live.test_push import *
record = open_record(sys.argv[1], write=True)
desk = desk_at(sys.argv[1], Service(sys.argv[2]), record)
print("ready", flush=True)
desk.sender.round()
"""


def killed(where: str, service: Service, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, where, service.base]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert service.got.wait(30)
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL


def test_a_kill_between_sending_and_noting_it_pushes_nothing_twice(desk: Desk, new_record: str, tmp_path: Path) -> None:
    desk.bell(SIGNED)
    desk.read("r1")
    desk.service.hold.clear()
    killed(desk.record.engine.url.render_as_string(hide_password=False) if "://" in new_record else new_record,
           desk.service, tmp_path)  # fmt: skip
    desk.service.hold.set()
    assert desk.waiting() == 1
    for _ in range(30):
        desk.sender.round()
        desk.later(hours=1)
    assert len(desk.service.received) == 1
    assert desk.waiting() == 0
    desk.read("r2")
    desk.sender.round()
    assert len(desk.service.received) == 2


def test_a_browser_that_moved_while_a_push_was_under_way_is_kept(desk: Desk) -> None:
    desk.bell(SIGNED)
    desk.read("r1")
    desk.sender.ring()
    (push,) = pushes.claim(desk.record, desk.at, 4, lambda _: None)
    new = desk.service.browser("b")
    assert devices.move_device(desk.record, desk.browser.subscription.endpoint, new.subscription)
    pushes.device_gone(desk.record, push)
    assert [device.subscription for device in devices.devices(desk.record)] == [new.subscription]
    assert desk.waiting() == 0


def test_a_fault_with_one_bell_is_named_once_and_the_others_ring(lone: Desk) -> None:
    tell = lone.sender.tell

    def faulty(bell, facts, more, at):  # type: ignore[no-untyped-def]
        if bell.query == "type:SUPPORT":
            raise KeyError("payload")
        return tell(bell, facts, more, at)

    lone.sender.tell = faulty
    lone.bell("type:SUPPORT")
    lone.bell("type:CONSULT kind:event")
    lone.read("r1")
    for _ in range(3):
        lone.sender.round()
        lone.later(minutes=1)
    assert lone.complaints == ["the bell of 'type:SUPPORT' failed: KeyError: 'payload'"]
    assert len(lone.service.received) == 1


def test_waiting_for_a_service_costs_no_write(lone: Desk) -> None:
    lone.bell(SIGNED)
    lone.service.answers["/push/a"] = [(429, {"Retry-After": "3000"})]
    lone.read("r1")
    lone.sender.round()
    lone.read("r2")
    lone.sender.ring()
    assert lone.waiting() == 2
    assert not pushes.next_due(lone.record, lone.at + timedelta(minutes=20))


KILLS = 5

SENDER = """
import sys
from tests.live.test_push import *
record = open_record(sys.argv[1], write=True)
desk = desk_at(sys.argv[1], Service(sys.argv[2]), record)
while True:
    desk.sender.round()
    desk.later(seconds=1)
"""


@pytest.mark.slow
def test_kills_at_random_push_nothing_twice_and_lose_only_what_was_under_way(lone: Desk) -> None:
    """What was under way at a kill may or may not have arrived; all others do, each once."""
    chance, number, under_way = random.Random(3), 0, 0
    lone.bell(SIGNED)
    for _ in range(KILLS):
        lone.service.got.clear()
        for _ in range(3):  # three at once, lest they become one push
            lone.read(f"r{number}")
            number += 1
        command = [sys.executable, "-c", SENDER, lone.record.where, lone.service.base]
        with subprocess.Popen(command) as child:
            lone.service.got.wait(30)
            time.sleep(chance.uniform(0, 0.03))
            child.send_signal(signal.SIGKILL)
        with lone.record.writing() as connection:
            under_way += connection.execute(PUSHES.delete().where(PUSHES.c.claimed_at.is_not(None))).rowcount
    while lone.waiting():
        lone.sender.round()
        lone.later(minutes=30)
    told = [str(said["url"]) for said in lone.said() if str(said["url"]).startswith("/facts/")]
    assert len(told) == len(set(told))
    assert number - under_way <= len(told) <= number
    assert under_way < number


def test_a_kill_before_sending_loses_nothing(desk: Desk) -> None:
    desk.bell(SIGNED)
    desk.read("r1")
    desk.sender.ring()
    started = again(desk)
    assert started.round() == 1
    assert started.round() == 0
    assert len(desk.service.received) == 1


def test_the_loop_tells_of_what_another_process_wrote(lone: Desk) -> None:
    lone.sender.clock = lambda: datetime.now(UTC)
    lone.bell(SIGNED)
    with sending(lone.sender), open_record(lone.record.where, write=True) as other:
        add(other, made.answer("r1"), STAMP)
        assert lone.service.got.wait(10)
    until = time.monotonic() + 10
    while lone.waiting() and time.monotonic() < until:
        time.sleep(0.05)
    assert lone.waiting() == 0
    assert lone.complaints == []


def test_a_search_that_cant_be_understood_any_more_is_named_and_the_others_ring(lone: Desk) -> None:
    lone.bell("type:NOSUCH")
    lone.bell(SIGNED)
    lone.read("r1")
    assert lone.sender.round() == 1
    assert "type:NOSUCH" in lone.complaints[0]
