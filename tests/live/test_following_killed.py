"""Killed at any moment, a follower loses and doubles nothing, and the next one asks nobody sooner than it may."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.store.alone import only_follower
from dragoman.store.feed_items import waiting
from dragoman.store.feeds import NewFeed, add_feeds, ask_now, set_state
from dragoman.store.record import open_record
from dragoman.store.reports import recent
from dragoman.store.verifying import verify
from tests.live.outlet import article, item, outlet, rss

KILLS = 6
ARTICLES = 30

FOLLOWER = """
import sys, time
from dragoman.live.following.follower import Follower
from dragoman.store.alone import only_follower
from dragoman.store.record import open_record
from tests.live.following import Reader, settings
chosen = settings(follow_host_delay_s=0.01)
with open_record(sys.argv[1], write=True) as record, only_follower(record):
    print("ready", flush=True)
    Follower(record, chosen, Reader(chosen), print).run(until_idle=len(sys.argv) > 2)
"""


def _start(where: str, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", FOLLOWER, where, *more], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    where, chance = str(tmp_path / "r.db"), random.Random(11)
    with outlet() as site, open_record(where, write=True) as record:
        for number in range(ARTICLES):
            site.answers[f"/a/{number}"] = article(f"Talks {number}")
        site.answers["/feed"] = rss(*(item(number) for number in range(ARTICLES)))
        add_feeds(record, [NewFeed(site.base + "/feed")], time.time(), 300)
        for _ in range(KILLS):
            with _start(where) as running:
                assert running.stdout is not None
                running.stdout.readline()
                time.sleep(chance.uniform(0, 0.25))
                running.send_signal(signal.SIGKILL)
        ask_now(record, [1], time.time())  # a kill in mid-request leaves the feed for its next turn
        with _start(where, "end") as last:
            assert last.stdout is not None
            last.stdout.read()
        assert last.returncode == 0
        assert waiting(record) == 0
        found = recent(record, 1000)
        assert sorted(one.id for one in found) == sorted(f"{site.base}/a/{number}" for number in range(ARTICLES))
        assert {one.version for one in found} == {1}
        assert list(verify(record)) == []
        asked = site.paths()
        assert asked.count("/feed") <= 2 + KILLS, "only what was in hand is asked for again"
        assert len(asked) <= ARTICLES + 2 + 2 * KILLS
        assert site.most == 1


def test_one_follower_at_a_time(new_record: str) -> None:
    with open_record(new_record, write=True) as record, only_follower(record):
        add_feeds(record, [NewFeed("http://x.example/feed")], time.time(), 300)
        set_state(record, [1], "paused", time.time())
        with pytest.raises(RecordError, match="another process follows its feeds already"), only_follower(record):
            pass
    with open_record(new_record, write=True) as record, only_follower(record):
        pass
