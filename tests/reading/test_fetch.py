"""Fetching, from a server on this machine where the settings allow that."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from dragoman.errors import FetchError
from dragoman.reading.addresses import is_public
from dragoman.reading.fetch import checked_address, fetch, fetch_source
from dragoman.reading.robots import rules_for
from dragoman.settings import Settings

PAGE = b"<html><body><p>The envoys met in Velden.</p></body></html>"
LOCAL = Settings(allow_private_addresses=True, fetch_timeout_s=5, max_page_bytes=100_000)


class Site(BaseHTTPRequestHandler):
    robots: ClassVar[bytes] = b"User-agent: *\nDisallow: /closed/\n"
    agents: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        type(self).agents.append(self.headers["User-Agent"])
        path = self.path.split("?")[0]
        if path == "/robots.txt":
            self.answer(301, b"", "text/plain", Location="/rules.txt")
        elif path == "/rules.txt":
            self.answer(200, self.robots, "text/plain")
        elif path.startswith("/loop"):
            self.answer(302, b"", "text/html", Location="/loop" + str(len(path)))
        elif path == "/moved":
            self.answer(301, b"", "text/html", Location="/page")
        elif path == "/to-file":
            self.answer(302, b"", "text/html", Location="file:///etc/passwd")
        elif path == "/to-closed":
            self.answer(302, b"", "text/html", Location="/closed/x")
        elif path == "/gone":
            self.answer(404, b"no", "text/html")
        elif path == "/pdf":
            self.answer(200, b"%PDF-1.4", "application/pdf")
        elif path == "/disguised":
            self.answer(200, b"%PDF-1.4 binary", "text/html")
        elif path == "/big":
            self.answer(200, b"x" * 200_000, "text/html")
        elif path == "/bomb":
            self.answer(200, gzip.compress(b"x" * 5_000_000), "text/html", **{"Content-Encoding": "gzip"})
        elif path == "/empty":
            self.answer(200, b" ", "text/html")
        elif path == "/slow":
            self.drip()
        elif path == "/text":
            self.answer(200, "déjà vu".encode("latin-1"), "text/plain; charset=iso-8859-1")
        else:
            self.answer(200, PAGE, "text/html; charset=utf-8")

    def answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A byte now and then: no single read ever times out."""
        try:
            for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: " + b"x" * 200:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_page(site: str) -> None:
    source = fetch_source(site + "/page?x=1#part", LOCAL)
    assert (source.id, source.url, source.html) == (site + "/page?x=1#part", site + "/page?x=1", PAGE)
    assert source.charset == "utf-8"
    assert set(Site.agents) == {LOCAL.user_agent}


def test_redirect_is_followed_and_the_last_address_kept(site: str) -> None:
    assert fetch(site + "/moved", LOCAL).url == site + "/page"


def test_plain_text(site: str) -> None:
    assert fetch_source(site + "/text", LOCAL).text == "déjà vu"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/loop", "more than 5 redirects"),
        ("/to-file", "file scheme; only http and https are fetched"),
        ("/closed/page", "robots.txt forbids"),
        ("/to-closed", "robots.txt forbids"),
        ("/gone", "the server answers 404"),
        ("/pdf", "the server sends application/pdf, not a page"),
        ("/disguised", "binary content"),
        ("/big", "more than the 100,000 bytes"),
        ("/bomb", "more than the 100,000 bytes"),
        ("/empty", "an empty page"),
    ],
)
def test_refusal_names_address_and_remedy(site: str, path: str, problem: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(site + path, LOCAL)
    assert str(caught.value).startswith(f"{site}{path}: ")
    assert problem in str(caught.value)
    assert caught.value.remedy


def test_server_that_drips_is_left_in_time(site: str) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"no whole answer within 0\.6 seconds"):
        fetch(site + "/slow", Settings(allow_private_addresses=True, fetch_timeout_s=0.6))
    assert time.monotonic() - begun < 3


def test_this_machine_is_refused_unless_allowed(site: str) -> None:
    with pytest.raises(FetchError, match="it leads to 127.0.0.1, an address of this machine"):
        fetch(site + "/page", Settings())


def test_nobody_there() -> None:
    with pytest.raises(FetchError, match="no connection"):
        fetch("http://127.0.0.1:1/", LOCAL)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("file:///etc/passwd", "file scheme"),
        ("ftp://x.example/a", "ftp scheme"),
        ("http:///a", "without a host"),
        ("http://user:secret@x.example/", "name or password"),
        ("http://[::1", "no address that can be read"),
        ("http://x.example:99999/", "no address that can be read"),
    ],
)
def test_addresses_that_are_never_fetched(address: str, problem: str) -> None:
    with pytest.raises(FetchError, match=problem):
        checked_address(address, address)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


ROBOTS = """
User-agent: other
Disallow: /

User-agent: Dragoman
User-agent: friend
Disallow: /private   # a comment
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?q=*&page=

User-agent: *
Disallow: /all
"""


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("Dragoman/0.1 (news reader)", "/private/x", False),
        ("Dragoman/0.1", "/private/open/x", True),
        ("Dragoman/0.1", "/a/b.pdf", False),
        ("Dragoman/0.1", "/a/b.pdf.html", True),
        ("Dragoman/0.1", "/search?q=war&page=2", False),
        ("Dragoman/0.1", "/all", True),
        ("Somebody/2", "/all/x", False),
        ("Somebody/2", "/private", True),
        ("Somebody/2", "/robots.txt", True),
    ],
)
def test_robots(agent: str, path: str, allowed: bool) -> None:
    assert rules_for(ROBOTS, agent).allows("https://x.example" + path) is allowed


def test_no_rules_allow_all() -> None:
    assert rules_for("", "Dragoman/0.1").allows("https://x.example/a")
    assert rules_for("User-agent: *\nDisallow:", "Dragoman/0.1").allows("https://x.example/a")
