"""A stream as an answer: its readers are bounded in number, in what they hold, and in how long they may hold it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from fastapi.testclient import TestClient
from starlette.types import Message

from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.store.writing import add
from dragoman.web.app import create_app
from dragoman.web.streaming import EventStream, Places
from tests import made
from tests.web.conftest import BASE, STAMP

SCOPE = {"type": "http"}


def test_what_a_stream_sends_is_replayed_by_the_header_and_the_search(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)
    app = create_app(record, Settings())
    with TestClient(app, base_url=BASE) as client:
        app.state.site.closing.set()  # so that a stream ends when it has sent what there is
        answer = client.get("/stream?last=0&q=kind:office", headers={"Last-Event-ID": "2"})
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.text.startswith("retry: 2000\n: from 2\n\n")
        assert answer.text.count("event: fact\n") == 1
        assert app.state.site.streams.taken == 0
        wrong = client.get("/stream?last=x")
        assert (wrong.status_code, wrong.headers["content-type"]) == (400, "application/problem+json")


def test_there_are_no_more_streams_than_allowed(record: Record) -> None:
    app = create_app(record, Settings(max_streams=1))
    with TestClient(app, base_url=BASE) as client:
        assert app.state.site.streams.take()
        refused = client.get("/stream")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        assert "DRAGOMAN_MAX_STREAMS" in refused.json()["detail"]


class Source:
    """Events without end; `made` counts those that were asked for, `ended` is true when the stream is closed."""

    def __init__(self) -> None:
        self.made = 0
        self.ended = False

    async def events(self) -> AsyncGenerator[bytes]:
        try:
            while True:
                self.made += 1
                yield b": x\n\n"
                await asyncio.sleep(0)
        finally:
            self.ended = True


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


def test_a_reader_who_takes_nothing_is_let_go_and_holds_one_item() -> None:
    source, places = Source(), Places(1)

    async def stuck(message: Message) -> None:
        if message["type"] == "http.response.body" and source.made == 3:
            await asyncio.Event().wait()

    async def run() -> None:
        assert places.take()
        async with asyncio.timeout(5):
            await EventStream(source.events(), 0.05, places.give_back)(SCOPE, never, stuck)

    asyncio.run(run())
    assert (source.made, source.ended, places.taken) == (3, True, 0)


def test_a_reader_who_leaves_ends_the_stream() -> None:
    source, places = Source(), Places(1)

    async def leave() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        await asyncio.sleep(0)

    async def run() -> None:
        assert places.take()
        async with asyncio.timeout(5):
            await EventStream(source.events(), 5, places.give_back)(SCOPE, leave, send)

    asyncio.run(run())
    assert (source.ended, places.taken) == (True, 0)
