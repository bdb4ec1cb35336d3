from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.errors import InputError, LineError, PageError
from dragoman.facts import Answer
from dragoman.live import posting
from dragoman.live.posting import BusyError, Poster
from dragoman.pipeline import batch, tools
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.query import facts
from dragoman.store.record import Record, open_record
from tests import made


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "record.db"), write=True) as opened:
        yield opened


@pytest.fixture
def poster(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[Poster]:
    """A poster whose reading needs no parser: every report has the facts of `made.answer`."""

    def read(source: Source, _: object, __: Settings) -> Answer:
        if "broken" in (source.text or ""):
            raise ZeroDivisionError("a fault of ours")
        if not (source.text or "").strip():
            raise PageError(source.name, "the text is empty")
        return made.answer(source.id)

    monkeypatch.setattr(batch, "read_report", read)
    monkeypatch.setattr(tools, "load_tools", lambda _: SimpleNamespace())
    found = Poster(record, Settings())
    yield found
    found.close()


def line(ident: str = "r1", text: str = made.TEXT) -> bytes:
    return json.dumps({"id": ident, "text": text}).encode()


def test_a_posted_report_is_stored_with_its_facts(record: Record, poster: Poster) -> None:
    added = asyncio.run(poster.post(line()))
    assert (added.report, added.new, added.facts) == ("r1", True, made.FACTS)
    assert len(list(facts(record))) == made.FACTS


def test_posted_again_it_adds_nothing(record: Record, poster: Poster) -> None:
    asyncio.run(poster.post(line()))
    assert not asyncio.run(poster.post(line())).new
    assert len(list(facts(record))) == made.FACTS


@pytest.mark.parametrize(
    ("body", "error", "part"),
    [
        (b"{", LineError, "malformed JSON"),
        (b"[]", LineError, "not a JSON object"),
        (b'{"id": "a"}', LineError, "neither text nor html"),
        (b'{"id": "a", "text": "b", "x": 1}', LineError, "unknown key 'x'"),
        (b'{"id": "a", "text": "b"}\n{"id": "c", "text": "d"}', LineError, "Extra data"),
        (b"\xff", LineError, "not UTF-8"),
        (line(text=" "), PageError, "empty"),
        (line(text="broken"), InputError, "a fault of Dragoman's, ZeroDivisionError"),
    ],
)
def test_what_cant_be_read_says_why_and_stores_nothing(
    record: Record, poster: Poster, body: bytes, error: type[InputError], part: str
) -> None:
    with pytest.raises(error, match=part):
        asyncio.run(poster.post(body))
    assert not list(facts(record))


def test_reports_are_read_one_at_a_time(poster: Poster, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[int] = []
    most: list[int] = []
    lock = threading.Lock()

    def read(source: Source, _: object, __: Settings) -> Answer:
        with lock:
            at_work.append(1)
            most.append(len(at_work))
        threading.Event().wait(0.01)
        with lock:
            at_work.pop()
        return replace(made.answer(source.id))

    monkeypatch.setattr(batch, "read_report", read)

    async def post_all() -> None:
        await asyncio.gather(*(poster.post(line(f"r{n}")) for n in range(8)))

    asyncio.run(post_all())
    assert most == [1] * 8


def test_when_too_many_wait_the_next_is_asked_to_come_back(poster: Poster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "MOST_WAITING", 2)

    async def post_all() -> list[object]:
        return await asyncio.gather(*(poster.post(line(f"r{n}")) for n in range(4)), return_exceptions=True)

    found = asyncio.run(post_all())
    assert [isinstance(item, BusyError) for item in found] == [False, False, True, True]
    assert asyncio.run(poster.post(line("later"))).new
