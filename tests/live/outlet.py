"""An outlet of the tests' own: a server whose answers are set by path, and that keeps every request it gets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = """<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="Courier">
<meta property="article:published_time" content="{date}"></head>
<body><article><h1>{title}</h1>{body}</article></body></html>"""
PARAGRAPH = (
    "<p>The foreign ministers of France and Germany met in Vienna on Monday and signed an agreement on grain, "
    "a spokesman for the French ministry said after the talks, which had lasted for most of the day.</p>"
)
BODY = PARAGRAPH + (
    "<p>The two sides will meet again in the spring, when the text is to be laid before both parliaments.</p>"
    "<p>Farmers had asked for the talks since the harvest failed in the south of both countries last summer.</p>"
)


def article(title: str, body: str = BODY, date: str = "2026-11-23T09:00:00Z") -> bytes:
    """A page with an article."""
    return ARTICLE.format(title=title, body=body, date=date).encode()


def item(number: int, base: str = "", extra: str = "", date: str = "Mon, 23 Nov 2026 09:00:00 GMT") -> str:
    """An item of a feed, with a teaser only."""
    return (
        f"<item><guid>g{number}</guid><title>Talks {number}</title><link>{base}/a/{number}</link>"
        f"<pubDate>{date}</pubDate><description>Ministers met for talks …</description>{extra}</item>"
    )


def rss(*items: str, channel: str = "") -> bytes:
    """A feed."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Courier</title>'
        f"<link>/</link>{channel}{''.join(items)}</channel></rss>"
    ).encode()


@dataclass(frozen=True)
class Request:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    at: float
    method: str = "GET"
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """An answer; `drip_s` sends a byte in so many seconds, `close` breaks off after the body."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drip_s: float = 0.0
    length: int | None = None


Answer = Response | bytes | Callable[[Request], Response | bytes]


class Outlet:
    """Answers by path; what has none is 404. `most` is the most requests that were in hand at one time."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.base = ""
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def answer(self, request: Request) -> Response:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.requests.append(request)
        try:
            found = self.answers.get(request.path, Response(404, b"no"))
            made = found(request) if callable(found) else found
            return made if isinstance(made, Response) else Response(200, made)
        finally:
            with self._lock:
                self._now -= 1


@contextmanager
def outlet() -> Iterator[Outlet]:
    """A running outlet on this machine."""
    found = Outlet()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            request = Request(self.path, dict(self.headers.items()), time.time(), self.command, body)
            self.send(found.answer(request))

        do_POST = do_GET  # noqa: N815

        def send(self, answer: Response) -> None:
            if "Date" in answer.headers:
                self.send_response_only(answer.status)
            else:
                self.send_response(answer.status)
            kind = "text/html" if b"<html" in answer.body[:200] else "application/xml"
            length = len(answer.body) if answer.length is None else answer.length
            headers = {"Content-Type": kind, "Content-Length": str(length), **answer.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if answer.drip_s:
                    for byte in answer.body:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(answer.drip_s)
                else:
                    self.wfile.write(answer.body)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    found.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
