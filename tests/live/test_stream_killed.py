"""Streams over a server that is killed and started anew, and over one that is asked to end."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from anyio.to_thread import run_sync

from dragoman.store.query import facts, latest_seq
from dragoman.store.record import Record, open_record
from dragoman.store.writing import Stamp, add
from tests import made
from tests.live.readers import Reader, Server, server

STAMP = Stamp("coder-1", "lexicon-1")
CLIENTS = 200
REPORTS = 45
KILLED_AT = (15, 30)


def test_200_readers_lose_and_double_nothing_over_kills(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(str(path), write=True) as record, server(path) as running:
        readers = [Reader(running.port) for _ in range(CLIENTS)]
        asyncio.run(_read_while_killed(record, running, readers))
        everything = [fact.seq for fact in facts(record)]
    assert len(everything) == (REPORTS + len(KILLED_AT)) * made.FACTS
    assert all(reader.ids == everything for reader in readers)
    assert sum(reader.connections for reader in readers) > CLIENTS  # the kills were felt


async def _read_while_killed(record: Record, running: Server, readers: list[Reader]) -> None:
    last = (REPORTS + len(KILLED_AT)) * made.FACTS
    reading = [asyncio.create_task(reader.read(last)) for reader in readers]
    for number in range(REPORTS):
        await run_sync(add, record, made.answer(f"r{number}"), STAMP)
        await asyncio.sleep(0.1)
        if number in KILLED_AT:
            await run_sync(running.kill)
            await run_sync(add, record, made.answer(f"while {number}"), STAMP)
            await run_sync(running.again)
    async with asyncio.timeout(120):
        await asyncio.gather(*reading)


def test_a_server_that_is_asked_to_end_sends_what_it_has_and_ends(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(str(path), write=True) as record, server(path) as running:
        readers = [Reader(running.port) for _ in range(20)]

        async def run() -> int:
            reading = [asyncio.create_task(reader.read(made.FACTS)) for reader in readers]
            while sum(reader.connections for reader in readers) < len(readers):
                await asyncio.sleep(0.02)
            await run_sync(add, record, made.answer("r1"), STAMP)
            status = await run_sync(running.end)
            async with asyncio.timeout(10):
                await asyncio.gather(*reading)
            return status

        assert asyncio.run(run()) in (0, -signal.SIGTERM)  # uvicorn takes the signal up again when all is closed
        assert latest_seq(record) == made.FACTS
    assert all(reader.ids == list(range(1, made.FACTS + 1)) for reader in readers)
    assert {reader.connections for reader in readers} == {1}
