from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.live.stream import Pulse, Rhythm, event, parse_last, stream
from dragoman.store.query import FactFilter, facts, latest_seq
from dragoman.store.record import Record, open_record
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("coder-1", "lexicon-1")
FAST = Rhythm(0.01, 60.0)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "record.db"), write=True) as opened:
        yield opened


def fields(block: bytes) -> dict[str, str]:
    lines = block.decode().strip("\n").split("\n")
    return dict(line.split(": ", 1) for line in lines if not line.startswith(":"))


async def take(events: AsyncIterator[bytes], number: int) -> list[dict[str, str]]:
    """The first NUMBER facts of a stream, which is then closed."""
    found: list[dict[str, str]] = []
    async with asyncio.timeout(10):
        while len(found) < number:
            block = fields(await anext(events))
            if block.get("event") == "fact":
                found.append(block)
    await events.aclose()  # type: ignore[attr-defined]
    return found


def ids(found: list[dict[str, str]]) -> list[int]:
    return [int(block["id"]) for block in found]


def test_a_fact_is_sent_as_facts_json_prints_it(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)
    found = asyncio.run(take(stream(Pulse(record, 0.01), FAST, 0), made.FACTS))
    assert [json.loads(block["data"]) for block in found] == [fact.line() for fact in facts(record)]
    assert {block["event"] for block in found} == {"fact"}


def test_without_an_id_only_what_comes_later_is_sent(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)

    async def run() -> list[dict[str, str]]:
        events = stream(Pulse(record, 0.01), FAST)
        assert fields(await anext(events)) == {"retry": "2000"}
        add(record, made.answer("r2"), STAMP)
        return await take(events, made.FACTS)

    assert {json.loads(block["data"])["report"] for block in asyncio.run(run())} == {"r2"}


@pytest.mark.parametrize("cut", range(2 * made.FACTS + 1))
def test_over_a_reconnect_no_fact_is_lost_or_doubled(record: Record, cut: int) -> None:
    add(record, made.answer("r1"), STAMP)
    add(record, made.answer("r2"), STAMP)
    everything = [fact.seq for fact in facts(record)]
    first = ids(asyncio.run(take(stream(Pulse(record, 0.01), FAST, 0), cut)))
    last = first[-1] if first else 0
    rest = ids(asyncio.run(take(stream(Pulse(record, 0.01), FAST, last), len(everything) - cut)))
    assert first + rest == everything


def test_while_another_process_writes_every_fact_comes_once(record: Record) -> None:
    def write() -> None:
        with open_record(record.where, write=True) as other:
            for number in range(12):
                add(other, made.answer(f"r{number}"), STAMP)

    async def run() -> list[int]:
        events = stream(Pulse(record, 0.01), FAST, 0)
        await anext(events)
        writer = threading.Thread(target=write)
        writer.start()
        found = await take(events, 12 * made.FACTS)
        writer.join()
        return ids(found)

    assert asyncio.run(run()) == [fact.seq for fact in facts(record)]


def test_more_facts_than_a_batch_are_all_replayed(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.live.stream.BATCH", 4)
    for number in range(3):
        add(record, made.answer(f"r{number}"), STAMP)
    found = ids(asyncio.run(take(stream(Pulse(record, 0.01), FAST, 0), 3 * made.FACTS)))
    assert found == [fact.seq for fact in facts(record)]


def test_only_what_a_search_finds_is_sent(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)
    add(record, made.answer("r2"), STAMP)
    events = stream(Pulse(record, 0.01), FAST, 0, FactFilter(kinds=("office",)))
    assert [json.loads(block["data"])["kind"] for block in asyncio.run(take(events, 2))] == ["office", "office"]


def test_an_id_beyond_the_record_counts_as_the_newest(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)

    async def run() -> list[dict[str, str]]:
        events = stream(Pulse(record, 0.01), FAST, 10**9)
        await anext(events)
        add(record, made.answer("r2"), STAMP)
        return await take(events, made.FACTS)

    assert min(ids(asyncio.run(run()))) == made.FACTS + 1


def test_silence_is_broken_by_a_heartbeat(record: Record) -> None:
    async def run() -> bytes:
        events = stream(Pulse(record, 0.01), Rhythm(0.01, 0.03), 0)
        await anext(events)
        async with asyncio.timeout(5):
            return await anext(events)

    assert asyncio.run(run()) == b": still here\n\n"


def test_a_stream_ends_when_the_server_closes(record: Record) -> None:
    closing = threading.Event()

    async def run() -> list[bytes]:
        events = stream(Pulse(record, 0.01), FAST, 0, None, closing)
        first = await anext(events)
        closing.set()
        async with asyncio.timeout(5):
            return [first, *[block async for block in events]]

    assert len(asyncio.run(run())) == 1


def test_many_streams_look_into_the_record_together(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def counted(opened: Record) -> int:
        looks.append(1)
        return latest_seq(opened)

    monkeypatch.setattr("dragoman.live.stream.latest_seq", counted)

    async def run() -> None:
        pulse = Pulse(record, 60.0)
        await asyncio.gather(*(pulse.latest() for _ in range(50)))

    asyncio.run(run())
    assert len(looks) == 1


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

    lines = event(Fact()).decode("utf-8").split("\n")  # type: ignore[arg-type]
    assert lines[:2] == ["event: fact", "id: 7"]
    assert lines[3:] == ["", ""]
    assert "\r" not in lines[2]
    assert json.loads(lines[2].removeprefix("data: "))["text"] == words
