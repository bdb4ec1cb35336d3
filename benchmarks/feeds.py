"""Follow some hundred feeds of a server on this machine that misbehaves, and count what is lost or asked for too soon.

python -m benchmarks.feeds                          500 feeds, 30 minutes
python -m benchmarks.feeds --minutes 3 --kills 2    shorter; the follower is killed twice

Every feed has a host of its own (127.x.y.z), so that many are asked at one time and each by its own rules. A referee in
the server notes each request: whether it came while another one of the host was in hand, before the host's delay or
Retry-After was over, or sooner than the feed's least interval. At the end all that was published must be in the record,
each once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.feeds_server import DELAY_S, INTERVAL_S, Outlets, serving
from dragoman.store.alone import only_follower
from dragoman.store.feeds import NewFeed, add_feeds, ask_now, followed
from dragoman.store.record import open_record
from dragoman.store.reports import recent
from dragoman.store.verifying import verify

PROGRAM: Final = (sys.executable, "-c", "import sys; from dragoman.cli import main; sys.exit(main())")
SETTLE_S: Final = 420.0
"""After the last article is out and all faults are over, so long is waited for what is still missing."""

LOOK_S: Final = 2.0


def environment() -> dict[str, str]:
    """The follower's settings: time runs faster than with real outlets, all else is as there."""
    given = {
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "FOLLOW_MIN_INTERVAL_S": f"{INTERVAL_S:g}",
        "FOLLOW_MAX_INTERVAL_S": "60",
        "FOLLOW_HOST_DELAY_S": f"{DELAY_S:g}",
        "FOLLOW_WORKERS": "32",
        "FETCH_TIMEOUT_S": "3",
        "MAX_FEED_BYTES": "1000000",
    }
    return {**os.environ, **{f"DRAGOMAN_{name}": value for name, value in given.items()}}


def start(where: str) -> subprocess.Popen[bytes]:
    """A follower of the record WHERE."""
    command = [*PROGRAM, "follow", "--quiet", "--parser", "fast", "--record", where]
    return subprocess.Popen(command, env=environment())


def run(feeds: int, minutes: float, kills: int, seed: int) -> dict[str, object]:
    """One run; the figures, of which `lost`, `doubled` and what is under `too soon` must be none."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, serving(feeds, seed) as outlets:
        where = str(Path(folder) / "feeds.db")
        with open_record(where, write=True) as record:
            add_feeds(record, [NewFeed(one) for one in outlets.feeds()], time.time(), INTERVAL_S)
        follower = start(where)
        begun = time.monotonic()
        kill_at = sorted(chance.uniform(0.1, 0.9) * minutes * 60 for _ in range(kills))
        try:
            while time.monotonic() - begun < minutes * 60:
                if kill_at and time.monotonic() - begun >= kill_at[0]:
                    kill_at.pop(0)
                    follower.send_signal(signal.SIGKILL)
                    follower.wait()
                    outlets.next_life()
                    follower = start(where)
                if follower.poll() is not None:
                    raise SystemExit(f"the follower ended by itself with {follower.returncode}")
                time.sleep(0.2)
            outlets.end()
            settled_s = _settle(where, outlets)
            peak = _peak_mib(follower.pid)
            follower.send_signal(signal.SIGTERM)
            stopped = follower.wait(60)
        finally:
            follower.kill()
        return {**_figures(where, outlets), "settled after s": settled_s, "peak MiB": peak, "exit code": stopped}


def _settle(where: str, outlets: Outlets) -> float:
    """Wait until all is there; feeds are asked for once more, within what their servers allow."""
    begun = time.monotonic()
    with open_record(where, write=True) as record:
        outlets.asked_by_hand()
        ask_now(record, [feed.key for feed in followed(record)], time.time())
        outlets.asked_by_hand()  # whatever was asked between the two was asked by its rhythm
        while time.monotonic() - begun < SETTLE_S:
            stored = {one.id for one in recent(record, 1_000_000)}
            if outlets.published().keys() <= stored:
                break
            time.sleep(LOOK_S)
    return round(time.monotonic() - begun, 1)


def _figures(where: str, outlets: Outlets) -> dict[str, object]:
    with open_record(where, write=True) as record, only_follower(record):
        stored = recent(record, 1_000_000)
        wrong = [str(one) for one in verify(record)]
        conditions = Counter("failing" if feed.error else "well" for feed in followed(record))
    published = outlets.published()
    kept = Counter(one.id for one in stored)
    return {
        "feeds": len(outlets.feeds()),
        "requests": outlets.requests,
        "faults": dict(sorted(outlets.faults.items())),
        "published": len(published),
        "stored": len(stored),
        "lost": sorted(published.keys() - kept.keys())[:20],
        "doubled": sorted(one.id for one in stored if one.version > 1 or kept[one.id] > 1)[:20],
        "unknown": sorted(kept.keys() - published.keys())[:20],
        "too soon": dict(outlets.violations),
        "examples": outlets.examples[:10],
        "record": wrong,
        "feeds at the end": dict(conditions),
        "median s from out to stored": round(median(outlets.lags(where)), 1) if stored else None,
    }


def _peak_mib(pid: int) -> float | None:
    """The most memory that the process held, where the system tells."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    line = next((one for one in status.read_text().splitlines() if one.startswith("VmHWM")), "")
    return round(int(line.split()[1]) / 1024, 1) if line else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 where anything was lost, doubled or asked for too soon."""
    parser = argparse.ArgumentParser(prog="benchmarks.feeds", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--kills", type=int, default=10, help="how often the follower is killed, at random")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    figures = run(options.feeds, options.minutes, options.kills, options.seed)
    figures = {"minutes": options.minutes, "kills": options.kills, **figures}
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    bad = any(figures[name] for name in ("lost", "doubled", "unknown", "too soon", "record", "exit code"))
    return int(bad)


if __name__ == "__main__":
    raise SystemExit(main())
