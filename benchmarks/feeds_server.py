"""Outlets that misbehave, each on an address of its own, and the referee who notes what comes too soon."""

from __future__ import annotations

import asyncio
import gzip
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from dragoman.store.record import open_record
from dragoman.store.reports import recent

DELAY_S: Final = 0.5
"""The follower's delay between two requests to a host."""

INTERVAL_S: Final = 10.0
"""The follower's least interval between two looks at a feed."""

LENIENT_S: Final = 0.05
"""A request that leaves in time may arrive as much nearer to the one before, which was slower on its way."""

FAULTY: Final = 0.2
FAULTY_ARTICLE: Final = 0.05
SHOWN: Final = 20
MEAN_PAUSE_S: Final = 120.0
"""Between two articles of a feed."""

RETRY_S: Final = 7
CRAWL_DELAY_S: Final = 2
HANG_S: Final = 6.0
BIG_BYTES: Final = 50_000_000
FAULTS: Final = (
    "hang", "429", "503 skewed", "500", "broken", "loop", "50 MB", "drip", "encoding", "bomb", "html", "cut off",
)  # fmt: skip

CITIES: Final = ("Vienna", "Geneva", "Cairo", "Ankara", "Delhi", "Hanoi", "Lima", "Oslo", "Rabat", "Tunis")


@dataclass
class Host:
    """One outlet. `delay_s` is what must lie between two requests, once its robots.txt was read where it asks more."""

    number: int
    address: str
    crawl_delay: bool
    articles: list[float] = field(default_factory=list)
    not_before: float = 0.0
    delay_s: float = DELAY_S
    last_at: float = float("-inf")
    feed_at: float = float("-inf")
    in_hand: int = 0
    life: int = 0


class Outlets:
    """All outlets. `violations` counts what came too soon, `examples` tells of it."""

    def __init__(self, feeds: int, seed: int) -> None:
        self.requests = 0
        self.faults: Counter[str] = Counter()
        self.violations: Counter[str] = Counter()
        self.examples: list[str] = []
        self.port = 0
        self.started = time.time()
        self._chance = random.Random(seed)
        self._faulty = True
        self._life = 0
        self._by_hand_at = float("-inf")
        self._bomb = gzip.compress(b"<rss><channel>" + b" " * 40_000_000)
        self.hosts = [
            Host(number, f"127.{77 + number // 60000}.{number // 250 % 240 + 1}.{number % 250 + 1}", number % 5 == 0)
            for number in range(feeds)
        ]
        self._by_address = {host.address: host for host in self.hosts}
        for host in self.hosts:
            host.articles = [time.time() - 3600 * hours for hours in range(self._chance.randint(1, 2), 0, -1)]
        self._next = {host.number: time.time() + self._chance.expovariate(1 / MEAN_PAUSE_S) for host in self.hosts}

    def base(self, host: Host) -> str:
        """Where HOST is."""
        return f"http://{host.address}:{self.port}"

    def feeds(self) -> list[str]:
        """The addresses of all feeds."""
        return [f"{self.base(host)}/feed" for host in self.hosts]

    def published(self) -> dict[str, float]:
        """All articles, and when each came out."""
        return {f"{self.base(h)}/a/{n}": out for h in self.hosts for n, out in enumerate(h.articles)}

    def next_life(self) -> None:
        """The follower was killed: what it had in hand is nobody's any more."""
        self._life += 1

    def end(self) -> None:
        """Publish nothing more, and behave."""
        self._faulty = False

    def asked_by_hand(self) -> None:
        """From now on each feed may be asked for once without regard to its interval."""
        self._by_hand_at = time.time()

    def lags(self, where: str) -> list[float]:
        """Seconds from an article's coming out in this run to its being stored."""
        published = self.published()
        with open_record(where) as record:
            read = {one.id: datetime.fromisoformat(one.read_at).timestamp() for one in recent(record, 1_000_000)}
        return [read[one] - out for one, out in published.items() if one in read and out > self.started] or [0.0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close."""
        try:
            line = await reader.readline()
            while (await reader.readline()).strip():
                pass
            host = self._by_address[writer.get_extra_info("sockname")[0]]
            path = line.split(b" ")[1].decode()
            self._judge(host, path)
            life = self._life
            try:
                await self._answer(host, path, reader, writer)
                await writer.drain()
            finally:
                if host.life == life:
                    host.in_hand -= 1
        except (ConnectionError, IndexError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _judge(self, host: Host, path: str) -> None:
        now = time.time()
        self.requests += 1
        if host.life != self._life:
            host.life, host.in_hand = self._life, 0
        if host.in_hand:
            self._note("two at a time", host, path, host.in_hand)
        if now < host.not_before - LENIENT_S:
            self._note("before Retry-After was over", host, path, host.not_before - now)
        if now - host.last_at < host.delay_s - LENIENT_S:
            self._note("before the delay was over", host, path, host.delay_s - (now - host.last_at))
        if path == "/feed":
            by_hand = host.feed_at < self._by_hand_at
            if now - host.feed_at < INTERVAL_S - LENIENT_S and not by_hand:
                self._note("before the interval was over", host, path, INTERVAL_S - (now - host.feed_at))
            host.feed_at = now
        host.last_at = now
        host.in_hand += 1

    def _note(self, what: str, host: Host, path: str, much: float) -> None:
        self.violations[what] += 1
        self.examples.append(
            f"{host.address}{path}: {what} ({much:.3f}), {time.time() - self.started:.0f} s from the start"
        )

    def _publish(self, host: Host) -> None:
        while self._faulty and self._next[host.number] <= time.time():
            host.articles.append(self._next[host.number])
            self._next[host.number] += self._chance.expovariate(1 / MEAN_PAUSE_S)

    async def _answer(self, host: Host, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if path == "/robots.txt":
            if host.crawl_delay:
                host.delay_s = CRAWL_DELAY_S
            _send(writer, 200, f"User-agent: *\nCrawl-delay: {CRAWL_DELAY_S}\n".encode() if host.crawl_delay else b"")
        elif path == "/feed":
            self._publish(host)
            fault = self._fault(FAULTY)
            await self._faulty_feed(host, fault, reader, writer) if fault else _send(writer, 200, self._feed(host))
        elif path.startswith("/a/"):
            fault = self._fault(FAULTY_ARTICLE)
            if fault in ("hang", "500", "drip"):
                await self._faulty_feed(host, fault, reader, writer)
            else:
                _send(writer, 200, self._article(host, int(path[3:])), "text/html")
        else:
            _send(writer, 302, b"", headers=f"Location: {path}x\r\n")

    def _fault(self, share: float) -> str | None:
        return self._chance.choice(FAULTS) if self._faulty and self._chance.random() < share else None

    async def _faulty_feed(
        self, host: Host, fault: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.faults[fault] += 1
        feed = self._feed(host)
        if fault == "hang":
            await _gone(reader, HANG_S)
        elif fault == "drip":
            await _drip(reader, writer, feed)
        elif fault == "50 MB":
            await _flood(writer)
        elif fault in ("429", "503 skewed"):
            self._ask_to_wait(host, fault, writer)
        elif fault == "loop":
            _send(writer, 302, b"", headers="Location: /loop\r\n")
        elif fault == "bomb":
            _send(writer, 200, self._bomb, headers="Content-Encoding: gzip\r\n")
        elif fault == "cut off":
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(feed) * 2}\r\n\r\n".encode() + feed)
        else:
            bodies = {"broken": feed[: len(feed) * 2 // 3], "html": b"<html><body>maintenance</body></html>"}
            bodies["encoding"] = feed.decode().replace("Courier", "Küstenkurier").encode("latin-1")
            _send(writer, 500 if fault == "500" else 200, bodies.get(fault, b"fault"))

    def _ask_to_wait(self, host: Host, fault: str, writer: asyncio.StreamWriter) -> None:
        """By seconds, or by a time of a clock that is years behind."""
        host.not_before = time.time() + RETRY_S
        if fault == "429":
            _send(writer, 429, b"", headers=f"Retry-After: {RETRY_S}\r\n")
            return
        clock = datetime(2019, 5, 1, 12, 0, 0, tzinfo=UTC)
        times = [format_datetime(clock.replace(second=second), usegmt=True) for second in (0, RETRY_S)]
        _send(writer, 503, b"", headers=f"Date: {times[0]}\r\nRetry-After: {times[1]}\r\n")

    def _feed(self, host: Host) -> bytes:
        base = self.base(host)
        items = "".join(
            f"<item><guid>{base}/a/{n}</guid><link>{base}/a/{n}</link><title>{_title(host, n)}</title>"
            f"<pubDate>{format_datetime(datetime.fromtimestamp(host.articles[n], UTC))}</pubDate>"
            "<description>The ministers met for talks ...</description></item>"
            for n in reversed(range(max(len(host.articles) - SHOWN, 0), len(host.articles)))
        )
        head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Courier {host.number}</title>'
        return f"{head}{items}</channel></rss>".encode()

    def _article(self, host: Host, number: int) -> bytes:
        title = _title(host, number)
        text = (
            f"{title}, a spokesman said on Monday after a day of talks. The two sides will meet again in the spring, "
            "and will then lay the text of the agreement before both parliaments and decide on further steps."
        )
        return (
            f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p>'
            f"<p>It was meeting number {number} of the commission number {host.number}, which was set up two years ago "
            "to settle the matter of fishing rights in the waters between both countries.</p></article></body></html>"
        ).encode()


def _title(host: Host, number: int) -> str:
    return f"The ministers of France and Egypt met in {CITIES[(host.number + number) % len(CITIES)]}, talks {number}"


def _send(
    writer: asyncio.StreamWriter, status: int, body: bytes, kind: str = "application/rss+xml", headers: str = ""
) -> None:
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}"
    )
    writer.write(head.encode() + b"\r\n" + body)


async def _gone(reader: asyncio.StreamReader, most_s: float) -> bool:
    """Wait, at most until the other side hangs up; whether it did."""
    try:
        async with asyncio.timeout(most_s):
            return not await reader.read(1)
    except TimeoutError:
        return False


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
    """A byte now and then, for longer than anybody waits."""
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode())
    for byte in body[: int(HANG_S * 5)]:
        writer.write(bytes([byte]))
        await writer.drain()
        if await _gone(reader, 0.2):
            return


async def _flood(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>")
    for _ in range(BIG_BYTES // 100_000):
        writer.write(b" " * 100_000)
        await writer.drain()


@contextmanager
def serving(feeds: int, seed: int) -> Iterator[Outlets]:
    """Outlets that answer, in a thread of their own."""
    outlets = Outlets(feeds, seed)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(_listen(outlets))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield outlets
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _listen(outlets: Outlets) -> asyncio.Server:
    """One port on all addresses: the first address takes any that is free, the others the same."""
    first = await asyncio.start_server(outlets.serve, outlets.hosts[0].address, 0)
    outlets.port = first.sockets[0].getsockname()[1]
    first.close()
    await first.wait_closed()
    return await asyncio.start_server(outlets.serve, [host.address for host in outlets.hosts], outlets.port, backlog=16)
