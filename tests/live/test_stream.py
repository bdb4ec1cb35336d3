from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from anyio.to_thread import run_sync
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError, RecordError
from dragoman.live import hub as hubs
from dragoman.live.hub import WINDOW, Event, Hub, event
from dragoman.live.stream import parse_last, stream
from dragoman.store.query import FactFilter, Wanted, facts
from dragoman.store.record import Record, open_record
from dragoman.store.search.syntax import EVERYTHING, Query
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("coder-1", "lexicon-1")
QUIET = 60.0


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "record.db"), write=True) as opened:
        yield opened


def blocks(item: bytes) -> list[dict[str, str]]:
    """The blocks of one item, each with its fields; comments are left out."""
    return [
        dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        for block in item.decode().split("\n\n")[:-1]
    ]


async def take(events: AsyncGenerator[bytes], number: int) -> list[dict[str, str]]:
    """The first NUMBER facts of a stream, which is then closed."""
    found: list[dict[str, str]] = []
    async with asyncio.timeout(20):
        while len(found) < number:
            found += [block for block in blocks(await anext(events)) if block.get("event") == "fact"]
    await events.aclose()
    return found[:number]


@asynccontextmanager
async def hub_of(record: Record, window: int = WINDOW, poll_s: float = 0.01) -> AsyncIterator[Hub]:
    hub = Hub(record, poll_s, window=window)
    try:
        yield hub
    finally:
        await run_sync(hub.close)


def taken(record: Record, last: int | None, number: int, wanted: Query = EVERYTHING) -> list[dict[str, str]]:
    async def run() -> list[dict[str, str]]:
        async with hub_of(record) as hub:
            return await take(stream(hub, QUIET, last, wanted), number)

    return asyncio.run(run())


def ids(found: list[dict[str, str]]) -> list[int]:
    return [int(block["id"]) for block in found]


def test_a_fact_is_sent_as_facts_json_prints_it(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)
    found = taken(record, 0, made.FACTS)
    assert [json.loads(block["data"]) for block in found] == [fact.line() for fact in facts(record)]
    assert {block["event"] for block in found} == {"fact"}


def test_without_an_id_only_what_comes_later_is_sent(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)

    async def run() -> list[dict[str, str]]:
        async with hub_of(record) as hub:
            events = stream(hub, QUIET)
            assert blocks(await anext(events)) == [{"retry": "2000"}]
            add(record, made.answer("r2"), STAMP)
            return await take(events, made.FACTS)

    assert {json.loads(block["data"])["report"] for block in asyncio.run(run())} == {"r2"}


@pytest.mark.parametrize("cut", range(0, 2 * made.FACTS + 1, 3))
def test_over_a_reconnect_no_fact_is_lost_or_doubled(record: Record, cut: int) -> None:
    add(record, made.answer("r1"), STAMP)
    add(record, made.answer("r2"), STAMP)
    everything = [fact.seq for fact in facts(record)]
    first = ids(taken(record, 0, cut))
    rest = ids(taken(record, first[-1] if first else 0, len(everything) - cut))
    assert first + rest == everything


@pytest.mark.parametrize("window", [1, 10, WINDOW])
def test_while_another_process_writes_every_fact_comes_once(new_record: str, window: int) -> None:
    """Readers that start at different times, and one that is slower than the window of newest facts."""

    def write() -> None:
        with open_record(new_record, write=True) as other:
            for number in range(12):
                add(other, made.answer(f"r{number}"), STAMP)

    async def slowly(events: AsyncGenerator[bytes], number: int) -> list[int]:
        found: list[int] = []
        while len(found) < number:
            found += ids([block for block in blocks(await anext(events)) if "event" in block])
            await asyncio.sleep(0.05)
        await events.aclose()
        return found

    async def run(record: Record) -> list[list[int]]:
        async with hub_of(record, window) as hub:
            first, slow, later = (stream(hub, QUIET, 0) for _ in range(3))
            await anext(first)
            await anext(slow)
            writer = asyncio.create_task(run_sync(write))
            found = [ids(await take(first, 6 * made.FACTS)), await slowly(slow, 12 * made.FACTS)]
            await writer
            rest = stream(hub, QUIET, found[0][-1])
            found[0] += ids(await take(rest, 6 * made.FACTS))
            return [*found, ids(await take(later, 12 * made.FACTS))]

    with open_record(new_record, write=True) as record:
        everything = asyncio.run(run(record))
        assert everything == [[fact.seq for fact in facts(record)]] * 3


def test_more_facts_than_a_batch_are_all_replayed(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.live.hub.BATCH", 4)
    for number in range(3):
        add(record, made.answer(f"r{number}"), STAMP)
    assert ids(taken(record, 0, 3 * made.FACTS)) == [fact.seq for fact in facts(record)]


def test_only_what_a_search_finds_is_sent_of_old_and_new(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.live.hub.BATCH", 3)
    add(record, made.answer("r1"), STAMP)
    wanted = FactFilter(kinds=("office", "figure")).query

    async def run() -> list[int]:
        async with hub_of(record) as hub:
            events = stream(hub, QUIET, 0, wanted)
            await anext(events)
            found = ids(blocks(await anext(events)))
            add(record, made.answer("r2"), STAMP)
            return found + ids(await take(events, 2))

    assert asyncio.run(run()) == [fact.seq for fact in facts(record, wanted)]


def test_a_search_is_made_once_for_all_streams_that_ask_for_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = hubs._fetched

    def counted(opened: Record, wanted: Wanted, seen: int) -> list[Event]:
        asked.append(wanted)
        return real(opened, wanted, seen)

    async def run() -> list[list[dict[str, str]]]:
        async with hub_of(record) as hub:
            streams = [stream(hub, QUIET, 0, FactFilter(kinds=("office",)).query) for _ in range(20)]
            await asyncio.gather(*(anext(events) for events in streams))
            monkeypatch.setattr(hubs, "_fetched", counted)
            add(record, made.answer("r1"), STAMP)
            return await asyncio.gather(*(take(events, 1) for events in streams))

    found = asyncio.run(run())
    assert len(found) == 20 and all(one == found[0] for one in found)
    assert len(asked) == 2  # the new facts, and the search


def test_an_id_beyond_the_record_counts_as_the_newest(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)

    async def run() -> list[dict[str, str]]:
        async with hub_of(record) as hub:
            events = stream(hub, QUIET, 10**9)
            await anext(events)
            add(record, made.answer("r2"), STAMP)
            return await take(events, made.FACTS)

    assert min(ids(asyncio.run(run()))) == made.FACTS + 1


def test_silence_is_broken_by_a_heartbeat(record: Record) -> None:
    async def run() -> list[bytes]:
        async with hub_of(record) as hub, asyncio.timeout(10):
            events = stream(hub, 0.05, 0, FactFilter(kinds=("office",), pair=("CHN", "USA")).query)
            await anext(events)
            found = [await anext(events)]
            add(record, made.answer("r1"), STAMP)
            while b"id" not in found[-1]:
                found.append(await anext(events))
            return found

    found = asyncio.run(run())
    assert found[0] == b": still here\n\n"
    assert found[-1] == f"id: {made.FACTS}\n: still here\n\n".encode()  # none of the new facts is asked for


def test_streams_end_with_the_hub_and_send_what_is_there_before(record: Record) -> None:
    ending = threading.Event()

    async def run() -> list[int]:
        hub = Hub(record, 0.2, ending)
        events = stream(hub, QUIET)
        await anext(events)
        add(record, made.answer("r1"), STAMP)
        ending.set()
        async with asyncio.timeout(10):
            return [number async for item in events for number in ids(blocks(item))]

    assert asyncio.run(run()) == [fact.seq for fact in facts(record)]


def test_a_stream_ends_where_the_record_cannot_be_read(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Event]:
        raise RecordError("the disk fails")

    async def run() -> list[bytes]:
        async with hub_of(record) as hub, asyncio.timeout(10):
            events = stream(hub, QUIET, 0)
            found = [await anext(events)]
            monkeypatch.setattr(hubs, "_fetched", broken)
            return found + [item async for item in events]

    add(record, made.answer("r1"), STAMP)
    assert len(asyncio.run(run())) == 1


def test_streams_go_on_in_a_record_that_was_put_back(record: Record, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept.db")
    add(record, made.answer("r0"), STAMP)
    with closing(sqlite3.connect(record.where)) as now, closing(sqlite3.connect(kept)) as copy:
        now.backup(copy)
    add(record, made.answer("r1"), STAMP)

    async def run() -> list[int]:
        async with hub_of(record) as hub:
            events = stream(hub, QUIET)
            await anext(events)
            with closing(sqlite3.connect(record.where)) as now, closing(sqlite3.connect(kept)) as copy:
                copy.backup(now)
            while not hub.replaced:
                await asyncio.sleep(0.01)
            add(record, made.answer("r9"), STAMP)
            return ids(await take(events, made.FACTS))

    assert asyncio.run(run())[0] == made.FACTS + 1


@pytest.mark.parametrize(("text", "last"), [(None, None), ("", None), (" ", None), ("0", 0), ("17", 17)])
def test_ids_that_are_understood(text: str | None, last: int | None) -> None:
    assert parse_last(text) == last


@pytest.mark.parametrize("text", ["-1", "1.5", "abc", "٣", "1" * 19, "1\n2"])
def test_ids_that_are_none_of_ours(text: str) -> None:
    with pytest.raises(QueryError, match="whole numbers"):
        parse_last(text)


@given(st.text())
def test_an_event_is_three_lines_whatever_the_fact_holds(words: str) -> None:
    class Fact:
        seq = 7

        def line(self) -> dict[str, object]:
            return {"text": words}

    lines = event(Fact()).text.decode("utf-8").split("\n")  # type: ignore[arg-type]
    assert lines[:2] == ["event: fact", "id: 7"]
    assert lines[3:] == ["", ""]
    assert "\r" not in lines[2]
    assert json.loads(lines[2].removeprefix("data: "))["text"] == words
