"""`follow` and `post` as a user runs them."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from dragoman.store.feeds import NewFeed, add_feeds, followed
from dragoman.store.record import open_record
from dragoman.store.reports import recent
from tests.cli.conftest import Run
from tests.cli.test_cli_program import PROGRAM
from tests.live.outlet import Outlet, Response, article, item, outlet, rss
from tests.signals import heed_interrupts


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outlet]:
    monkeypatch.setenv("DRAGOMAN_ALLOW_PRIVATE_ADDRESSES", "1")
    monkeypatch.setenv("DRAGOMAN_FOLLOW_HOST_DELAY_S", "0")
    with outlet() as found:
        found.answers["/"] = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
        found.answers["/feed"] = rss(item(1))
        found.answers["/a/1"] = article("Talks 1")
        yield found


def test_a_feed_is_added_listed_paused_resumed_and_removed(run: Run, site: Outlet) -> None:
    ran = run("follow", "add", site.base + "/")
    assert (ran.code, ran.out) == (0, f"{site.base}/feed Courier named by the page\n")
    assert "followed already" in run("follow", "add", site.base + "/feed").out
    assert "new     Courier" in run("follow", "list").out
    assert f"{site.base}/feed paused" in run("follow", "pause", "Courier").out
    (line,) = run("follow", "list", "--json").lines
    assert json.loads(line)["condition"] == "paused"
    run("follow", "resume", "1")
    assert f'xmlUrl="{site.base}/feed"' in run("follow", "list", "--opml").out
    assert "its reports stay" in run("follow", "remove", site.base + "/feed").out
    assert "nothing is followed yet" in run("follow", "list").err


def test_what_cant_be_added_is_named_and_costs_no_other(run: Run, site: Outlet) -> None:
    ran = run("follow", "add", site.base + "/nothing", "file:///etc/passwd", "none.opml", site.base + "/feed")
    assert ran.code == 1
    assert "answers 404" in ran.err and "file scheme" in ran.err and "no such file" in ran.err
    assert site.base + "/feed" in ran.out
    assert run("follow", "add", site.base + "/nothing").code == 2
    assert "none of auto, page, feed" in run("follow", "add", "--read", "all", site.base).err


@pytest.mark.parametrize("command", ["remove", "pause", "resume", "check"])
def test_a_feed_that_isnt_followed_is_said_to_be_none(run: Run, command: str) -> None:
    run("init")
    ran = run("follow", command, "http://x.example/")
    assert ran.code == 2 and "nothing of this address or title is followed" in ran.err


def test_check_looks_once_and_tells_how_the_feeds_are(run: Run, site: Outlet, monkeypatch: pytest.MonkeyPatch) -> None:
    run("follow", "add", site.base + "/feed")
    ran = run("follow", "check", "--parser", "fast")
    assert ran.code == 0 and "well    Courier" in ran.out and "1 reports stored" in ran.err
    assert f"{site.base}/a/1" in run("show").out
    site.answers["/feed"] = Response(500)
    ran = run("follow", "check", "1", "--parser", "fast")
    assert ran.code == 2 and "failed once: the server answers 500" in ran.out


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_following_in_good_order(site: Outlet, tmp_path: Path, number: int) -> None:
    where = str(tmp_path / "r.db")
    with open_record(where, write=True) as record:
        add_feeds(record, [NewFeed(site.base + "/feed")], time.time(), 300)
        command = [*PROGRAM, "follow", "--parser", "fast", "--record", where]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts) as running:
            end = time.monotonic() + 60
            while not recent(record) and time.monotonic() < end:
                time.sleep(0.1)
            running.send_signal(number)
            assert running.stderr is not None
            said = running.stderr.read()
        assert running.returncode == 0
        assert "1 new items, 1 reports stored" in said
        assert followed(record)[0].error is None


def test_reports_are_posted_into_the_record_corrected_and_withdrawn(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tmp_path / "story.txt"
    story.write_text("France and Egypt signed an accord.")
    given = ("--id", "wire/7", "--outlet", "Courier")
    monkeypatch.setenv("DRAGOMAN_PARSER", "fast")
    assert run("post", "story.txt", *given).out.startswith("wire/7 ")
    assert "there already, unchanged" in run("post", "story.txt", *given).out
    story.write_text("France and Egypt signed no accord.")
    assert "version 2" in run("post", "story.txt", *given).out
    assert "withdrawn" in run("post", "--withdraw", "wire/7", "--reason", "misheard").out
    assert "misheard" in run("show", "wire/7").err + run("show", "wire/7").out
    later = datetime.fromtimestamp(time.time() + 3600, UTC).isoformat()
    lines = "\n".join(json.dumps({"id": f"h{n}", "text": "A text."}) for n in range(2))
    ran = run("post", "-", "--embargo", later, stdin=lines.encode())
    assert ran.out.count("held until") == 2 and "h1" not in run("show").out


@pytest.mark.parametrize(
    ("args", "part"),
    [
        ((), "name files to post"),
        (("x.txt", "--withdraw", "a"), "name files to post"),
        (("x.txt", "--server", "http://127.0.0.1:1/"), "takes a token"),
        (("x.txt", "--server", "http://127.0.0.1:1/", "--record", "r.db"), "one of them"),
        (("x.txt", "--embargo", "tomorrow"), "is no time"),
        (("none.txt",), "there is no such file"),
        (("--withdraw", "none"), "there is no report 'none'"),
        (("x.txt", "--server", "http://127.0.0.1:1/", "--token", "t"), "check that the server runs there"),
    ],
)
def test_posting_that_cant_be_done_says_why(run: Run, tmp_path: Path, args: tuple[str, ...], part: str) -> None:
    (tmp_path / "x.txt").write_text("France and Egypt signed an accord.")
    ran = run("post", *args)
    assert ran.code == 2 and part in ran.err


def test_posting_to_a_server(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(article("Talks"))
    with outlet() as server:
        server.answers["/api/reports"] = lambda request: Response(
            201, json.dumps({"report": "w", "url": "/reports/w", "new": True, "facts": 3}).encode()
        )
        ran = run("post", "x.html", "--id", "w", "--server", server.base, "--token", "secret")
        assert ran.out == f"w 3 facts {server.base}/reports/w\n"
        (sent,) = server.requests
        assert sent.headers["Authorization"] == "Bearer secret"
        assert json.loads(sent.body)["id"] == "w" and "html" in json.loads(sent.body)
        server.answers["/api/reports"] = Response(403, b'{"error": "not yours"}')
        ran = run("post", "x.html", "--id", "w", "--server", server.base, "--token", "secret")
        assert ran.code == 2 and "answers 403: not yours" in ran.err and "secret" not in ran.err


def test_serving_and_following_in_one_process(site: Outlet, tmp_path: Path) -> None:
    where = str(tmp_path / "r.db")
    with open_record(where, write=True) as record:
        add_feeds(record, [NewFeed(site.base + "/feed")], time.time(), 300)
        command = [*PROGRAM, "serve", "--follow", "--port", "0", "--parser", "fast", "--record", where]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, text=True, preexec_fn=heed_interrupts, **streams) as running:  # type: ignore[call-overload]
            address = running.stdout.readline().split(" at ")[1].split(";")[0]
            end = time.monotonic() + 60
            while not recent(record) and time.monotonic() < end:
                time.sleep(0.1)
            feed = httpx2.get(address + "sources.json").json()["feeds"][0]
            second = subprocess.run([*PROGRAM, "follow", "--record", where], capture_output=True, text=True)
            running.send_signal(signal.SIGTERM)
            running.stdout.read()
            running.wait(30)
        assert (feed["condition"], recent(record)[0].id) == ("well", f"{site.base}/a/1")
        assert second.returncode == 2 and "another process follows its feeds already" in second.stderr
