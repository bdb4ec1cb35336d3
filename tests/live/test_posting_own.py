"""Reports of one's own: held under embargo, corrected, withdrawn, and nobody else's touched."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from dragoman.errors import LineError
from dragoman.facts import Answer
from dragoman.live.posting import NoReportError, Poster, embargo_of, split_embargo
from dragoman.pipeline import batch, tools
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.changes import change
from dragoman.store.posts import Held, NotYoursError, held
from dragoman.store.query import facts
from dragoman.store.record import Record, open_record
from dragoman.store.reports import recent, report
from dragoman.store.tokens import add_token
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add
from dragoman.web.app import create_app
from tests import made


def read(source: Source, *_: object) -> Answer:
    text = source.text or ""
    return made.answer(source.id, report=made.report(source.id, text=made.TEXT + text.removeprefix(made.TEXT)))


@pytest.fixture
def record(new_record: str) -> Iterator[Record]:
    with open_record(new_record, write=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "read_report", read)
    monkeypatch.setattr(tools, "load_tools", lambda _: SimpleNamespace())


@pytest.fixture
def poster(record: Record) -> Iterator[Poster]:
    found = Poster(record, Settings())
    yield found
    found.close()


def line(ident: str = "r1", text: str = made.TEXT, **more: object) -> bytes:
    return json.dumps({"id": ident, "text": text, **more}).encode()


def later(seconds: float) -> str:
    return datetime.fromtimestamp(time.time() + seconds, UTC).isoformat()


def test_nothing_of_a_held_report_is_shown_before_its_time(record: Record, poster: Poster) -> None:
    posted = poster.read(line(embargo=later(3600)), "me")
    assert isinstance(posted, Held)
    assert recent(record) == [] and list(facts(record)) == []
    assert poster.release_due(time.time()) == []
    (released,) = poster.release_due(time.time() + 3700)
    assert released.new and len(list(facts(record))) == made.FACTS
    assert held(record, "me") == [] and poster.release_due(time.time() + 9999) == []


def test_a_held_report_is_replaced_and_withdrawn_by_its_owner_alone(record: Record, poster: Poster) -> None:
    poster.read(line(embargo=later(3600)), "me")
    with pytest.raises(NotYoursError):
        poster.read(line(embargo=later(10)), "you")
    with pytest.raises(NotYoursError):
        poster.take_back("r1", "you")
    poster.read(line(text=made.TEXT + " More.", embargo=later(7200)), "me")
    (one,) = held(record, "me")
    assert "More." in one.line and one.release_at > time.time() + 7000
    poster.take_back("r1", "me")
    assert poster.release_due(time.time() + 9999) == [] and recent(record) == []


def test_a_report_that_fails_at_its_release_says_why_and_stays(
    record: Record, poster: Poster, monkeypatch: pytest.MonkeyPatch
) -> None:
    poster.read(line(embargo=later(60)), "me")

    def breaks(*_: object) -> Answer:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(batch, "read_report", breaks)
    assert poster.release_due(time.time() + 61) == []
    (one,) = held(record, "me")
    assert one.attempts == 1 and "ZeroDivisionError" in (one.error or "")
    monkeypatch.setattr(batch, "read_report", read)
    assert poster.release_due(time.time() + 62) == [], "not at once"
    assert len(poster.release_due(time.time() + 200)) == 1


@pytest.mark.parametrize("embargo", ["tomorrow", "2026-11-25", "2026-11-25T06:00:00", "", 12, "9999999-01-01T00:00Z"])
def test_an_embargo_that_is_no_time_with_a_zone_is_refused(embargo: object) -> None:
    with pytest.raises(LineError, match="embargo"):
        split_embargo(line(embargo=embargo))


def test_an_embargo_is_read_with_its_zone() -> None:
    assert embargo_of("2026-11-25T06:00:00+01:00") == embargo_of("2026-11-25T05:00:00Z")
    assert split_embargo(line(text='says "embargo" in words')) == (line(text='says "embargo" in words'), None)


def test_an_embargo_of_the_past_holds_nothing(record: Record, poster: Poster) -> None:
    poster.read(line(embargo=later(-5)), "me")
    assert len(recent(record)) == 1


def test_a_correction_is_a_version_with_its_difference(record: Record, poster: Poster) -> None:
    poster.read(line(), "me")
    poster.read(line(text=made.TEXT + " Née à Łódź."), "me")
    found = change(record, "r1", 2)
    assert found is not None and found.kind == "changed" and found.reason == "posted again with other words"
    assert [piece for piece in found.pieces if piece[0] != "same"] == [("added", " Née à Łódź.")]


def test_anothers_report_is_not_changed(record: Record, poster: Poster) -> None:
    poster.read(line(), "me")
    assert not poster.read(line(), "you").new  # type: ignore[union-attr]
    with pytest.raises(NotYoursError):
        poster.read(line(text=made.TEXT + " Other."), "you")
    add(record, made.answer("followed"), Stamp("c", "l"))
    with pytest.raises(NotYoursError):
        poster.read(line("followed", made.TEXT + " Other."), "me")
    assert report(record, "r1").versions == (1,)


def test_a_withdrawn_report_keeps_its_versions_and_counts_no_facts(record: Record, poster: Poster) -> None:
    poster.read(line(), "me")
    added = poster.take_back("r1", "me", "the quote was misheard")
    assert (added.version, list(facts(record))) == (2, [])
    found = report(record, "r1")
    assert found.report.text == "" and "the quote was misheard" in found.report.warnings[0]
    assert report(record, "r1", 1).report.text == made.TEXT
    assert not poster.take_back("r1", "me").new
    assert list(verify(record)) == []
    told = change(record, "r1", 2)
    assert told is not None and told.kind == "withdrawn" and told.pieces == (("removed", made.TEXT),)


def test_what_isnt_there_cant_be_withdrawn_or_corrected(poster: Poster) -> None:
    with pytest.raises(NoReportError):
        poster.take_back("nothing", "me")
    with pytest.raises(NoReportError):
        asyncio.run(poster.correct("nothing", line("nothing"), "me"))


def test_over_the_web(record: Record) -> None:
    if record.engine.dialect.name == "postgresql":
        pytest.skip("the addresses are the same over either database")
    mine = {"Authorization": f"Bearer {add_token(record, 'post')}"}
    theirs = {"Authorization": f"Bearer {add_token(record, 'post')}"}
    with TestClient(create_app(record, Settings()), base_url="http://127.0.0.1:8000") as client:
        address = "/api/reports/wire%2F7"
        assert client.put(address, content=line("wire/7"), headers=mine).status_code == 404
        assert client.post("/api/reports", content=line("wire/7"), headers=mine).status_code == 201
        changed = json.dumps({"text": made.TEXT + " More."})
        assert client.put(address, content=changed, headers=theirs).status_code == 403
        answer = client.put(address, content=changed, headers=mine)
        assert (answer.status_code, answer.json()["version"]) == (201, 2)
        assert client.put(address, content=line("other"), headers=mine).status_code == 400
        assert client.delete(address).status_code == 401
        assert client.delete(address, headers=theirs).status_code == 403
        assert client.delete(address, params={"reason": "misheard"}, headers=mine).json()["withdrawn"]
        page = client.get("/reports/wire%2F7").text
        assert "withdrawn" in page and "misheard" in page
        held_one = client.post("/api/reports", content=line("h", embargo=later(1.5)), headers=mine)
        assert held_one.status_code == 202
        assert client.get("/reports/h").status_code == 404
        assert [one["report"] for one in client.get("/api/held", headers=mine).json()["held"]] == ["h"]
        assert client.get("/api/held", headers=theirs).json()["held"] == []
        end = time.monotonic() + 20
        while client.get("/reports/h").status_code == 404 and time.monotonic() < end:
            time.sleep(0.2)
        assert client.get("/reports/h").status_code == 200, "released by the server itself"
