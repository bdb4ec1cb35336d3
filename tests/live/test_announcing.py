"""A hub is told of the feeds that have changed, again where it fails, and of no others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from anyio.to_thread import run_sync

from dragoman.errors import SettingError
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.live.announcing import Announcer, Topics
from dragoman.live.hub import Hub
from dragoman.settings import Settings
from dragoman.store.query import Wanted
from dragoman.store.record import Record, open_record
from dragoman.store.search.parser import parse
from dragoman.store.writing import Stamp, add
from dragoman.web.announcing import announce
from dragoman.web.site import make_site
from tests import made

STAMP = Stamp("coder-1", "lexicon-1")
NAMES = Names(Lexicon(None))


def read(text: str) -> Wanted:
    return parse(text, NAMES)


def address(text: str, form: str) -> str:
    return f"https://facts.example/search.{form}?q={text}"


class WebSubHub:
    """A hub on this machine; the first FAILS requests are answered by 503."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.told: list[str] = []
        self.where = ""

    async def answer(self, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        head = await incoming.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-le")
        )
        form = parse_qs((await incoming.readexactly(length)).decode())
        status = "503 Busy" if self.fails else "204 No Content"
        if self.fails:
            self.fails -= 1
        elif form["hub.mode"] == ["publish"]:
            self.told += form["hub.url"]
        outgoing.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        outgoing.close()

    async def until(self, number: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.told) < number:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        told, self.told = self.told, []
        return told


@asynccontextmanager
async def announcing(record: Record, topics: Topics, fails: int = 0) -> AsyncIterator[WebSubHub]:
    there = WebSubHub(fails)
    listening = await asyncio.start_server(there.answer, "127.0.0.1", 0)
    there.where = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    streams = Hub(record, 0.01)
    task = asyncio.create_task(Announcer(there.where, streams, topics, address, read, (0.05, 0.05), 0.05).run())
    try:
        yield there
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await run_sync(streams.close)
        listening.close()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "record.db"), write=True) as opened:
        yield opened


def test_feeds_that_have_changed_are_announced_once(record: Record) -> None:
    topics = Topics(("atom",))
    topics.asked_for("kind:office", "rss")
    topics.asked_for("CHN USA", "atom")

    async def run() -> tuple[list[str], list[str]]:
        async with announcing(record, topics) as there:
            at_start = await there.until(3)
            await run_sync(add, record, made.answer("r1"), STAMP)
            return at_start, await there.until(2)

    at_start, after = asyncio.run(run())
    assert len(at_start) == 3  # what came while no server ran
    assert sorted(after) == sorted([address("", "atom"), address("kind:office", "rss")])


def test_a_hub_that_fails_is_told_again(record: Record) -> None:
    async def run() -> list[str]:
        async with announcing(record, Topics(("atom", "rss")), fails=3) as there:
            return await there.until(2)

    assert sorted(asyncio.run(run())) == [address("", "atom"), address("", "rss")]


def test_only_the_feeds_asked_for_last_are_remembered() -> None:
    topics = Topics(("atom",), most=2)
    for text in ("a", "b", "a", "c"):
        topics.asked_for(text, "rss")
    assert topics.all() == [("", "atom"), ("a", "rss"), ("c", "rss")]


def test_a_hub_needs_an_address_to_come_back_to(record: Record) -> None:
    with pytest.raises(SettingError, match="DRAGOMAN_PUBLIC_URL"):
        announce(make_site(record, Settings(websub_hub="https://hub.example/")))
    assert announce(make_site(record, Settings())) is None
