"""One page in a real browser, served by the real program: a posted report arrives without a reload."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dragoman.store.record import open_record
from dragoman.store.tokens import add_token
from dragoman.store.writing import add
from tests import made
from tests.signals import heed_interrupts
from tests.web.conftest import STAMP

START_S = 60
ARRIVES_MS = 30_000
"""The first report waits for the parser to be loaded, on a machine that has other things to do."""

LIVE = {
    "id": "live-1",
    "title": "Envoys meet in Vienna",
    "outlet": "Harbour Wire",
    "published": "1994-03-09",
    "text": "VIENNA — The foreign ministers of Austria and Hungary met in Vienna on Wednesday. Austria will send "
    "20 trucks to Hungary, the Austrian minister said. Hungary rejected a Romanian demand.",
}


def chromium() -> str:
    found = shutil.which("chromium")
    if not found:
        pytest.fail("there is no chromium on the PATH; install it with `apt-get install chromium`", pytrace=False)
    return found


class Server:
    """`dragoman serve` as a user starts it."""

    def __init__(self, record: Path) -> None:
        command = [sys.executable, "-c", "from dragoman.cli import main; main()"]
        self.process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--record", str(record)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=heed_interrupts,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://" in line, line + self.process.stdout.read()
        self.base = "http://" + line.split("http://")[1].split("/")[0]
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + START_S
        while True:
            try:
                with urllib.request.urlopen(f"{self.base}/method", timeout=START_S):
                    return
            except OSError:
                assert time.monotonic() < until, "the server did not answer in time"

    def post(self, token: str, report: dict[str, str]) -> int:
        request = urllib.request.Request(
            f"{self.base}/api/reports", json.dumps(report).encode(), {"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request, timeout=START_S) as answer:
            return int(answer.status)

    def end(self) -> tuple[int, str]:
        """Ctrl-C; exit code and what was printed since."""
        self.process.send_signal(signal.SIGINT)
        try:
            out, _ = self.process.communicate(timeout=15)
        finally:
            self.process.kill()
        return self.process.returncode, out


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def token(where: Path) -> str:
    with open_record(str(where), write=True) as record:
        add(record, made.answer("r1"), STAMP)
        return add_token(record, "post")


@pytest.fixture
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def watched(page: Page) -> list[str]:
    """Messages of the console and requests to elsewhere; a good page has none."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else found.append(r.url))
    return found


def test_a_posted_report_arrives_in_an_open_page(where: Path, token: str, browser: Browser) -> None:
    server = Server(where)
    try:
        page = browser.new_context().new_page()
        complaints = watched(page)
        page.goto(server.base)
        expect(page.locator("#live-state")).to_have_text("Live")
        page.evaluate("window.opened = true")
        assert server.post(token, LIVE) == 201
        arrived = page.locator("#groups .group").first
        expect(arrived.locator("h2")).to_have_text("Envoys meet in Vienna", timeout=ARRIVES_MS)
        expect(page.locator("#news")).to_contain_text("added at the top")
        assert page.evaluate("window.opened") is True
        _behind_a_button_while_reading(server, token, page)
        _tabs_share_one_stream(server, token, page)
        _rows_are_asked_for_where_no_stream_gets_through(server, token, browser)
        _words_and_facts_light_each_other(page, "/reports/live-1", server)
        assert complaints == []
    finally:
        code, out = server.end()
    assert (code, "Traceback" in out) == (0, False), out


def _behind_a_button_while_reading(server: Server, token: str, page: Page) -> None:
    """A reader who has gone down the page is told, and not disturbed."""
    page.set_viewport_size({"width": 1000, "height": 300})
    page.evaluate("scrollTo(0, 400)")
    assert server.post(token, {**LIVE, "id": "live-2", "title": "A second report"}) == 201
    button = page.locator("#show")
    expect(button).to_contain_text("new, show", timeout=ARRIVES_MS)
    expect(page.locator("#groups .group h2", has_text="A second report")).to_have_count(0)
    button.click()
    expect(page.locator("#groups .group h2").first).to_have_text("A second report")
    page.set_viewport_size({"width": 1280, "height": 800})


def _tabs_share_one_stream(server: Server, token: str, page: Page) -> None:
    """A second tab hears of news from the first; when that one leaves, it takes the stream over."""
    other = page.context.new_page()
    streams: list[str] = []
    other.on("request", lambda request: streams.append(request.url) if "/stream" in request.url else None)
    other.goto(server.base)
    expect(other.locator("#live-state")).to_have_text("Live")
    assert server.post(token, {**LIVE, "id": "live-3", "title": "A third report"}) == 201
    first = other.locator("#groups .group h2").first
    expect(first).to_have_text("A third report", timeout=ARRIVES_MS)
    assert streams == []
    page.goto("about:blank")
    assert server.post(token, {**LIVE, "id": "live-4", "title": "A fourth report"}) == 201
    expect(first).to_have_text("A fourth report", timeout=ARRIVES_MS)
    assert len(streams) == 1
    other.close()


def _rows_are_asked_for_where_no_stream_gets_through(server: Server, token: str, browser: Browser) -> None:
    """As behind a proxy that cuts streams; the page's clock is put forward, so that the test need not wait."""
    page = browser.new_context().new_page()
    page.route("**/stream*", lambda route: route.abort())
    page.clock.install()
    page.goto(server.base)
    expect(page.locator("#live-state")).to_have_text("Connection lost, trying again")
    assert server.post(token, {**LIVE, "id": "live-5", "title": "A fifth report"}) == 201
    titles = page.locator("#groups .group h2, #groups .group h3")  # within a story a report's title is one below
    expect(titles.first).to_have_text("A fourth report")
    page.clock.fast_forward(16_000)
    expect(titles.first).to_have_text("A fifth report", timeout=ARRIVES_MS)
    page.context.close()


def _words_and_facts_light_each_other(page: Page, address: str, server: Server) -> None:
    ring = "element => getComputedStyle(element).outlineStyle"
    browser = page.context.browser
    assert browser is not None
    without_script = browser.new_context(java_script_enabled=False).new_page()
    without_script.goto(server.base + address)
    word = without_script.locator('mark[data-f~="1"]').first
    assert word.evaluate(ring) == "none"
    without_script.locator("#fact-1").hover()
    assert word.evaluate(ring) == "solid"
    page.goto(server.base + address)
    word = page.locator('mark[data-f~="1"]').first
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('li.fact').id") == "fact-1"
    assert word.evaluate(ring) == "solid"
    page.set_viewport_size({"width": 390, "height": 800})
    word.click()
    expect(page.locator("p + .inplace li.fact").first).to_be_visible()
