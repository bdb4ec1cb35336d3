"""`dragoman saved`, and the key that `dragoman init` makes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman.live.push.keys import ensure_key, public_key
from dragoman.store.devices import Hours, Subscription, devices, hang_bell, put_device
from dragoman.store.pushes import push_key
from dragoman.store.record import open_record
from tests.cli.conftest import Run

NOW = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def where(tmp_path: Path, run: Run) -> str:
    path = str(tmp_path / "saved.db")
    assert run("init", "--record", path).code == 0
    return path


def test_searches_are_added_listed_and_removed(run: Run, where: str) -> None:
    added = run("saved", "add", "EGY ISR type:AGREE", "--name", "Sinai", "--record", where)
    (ident,) = added.lines
    assert run("saved", "list", "--record", where).lines == [f"{ident}\tSinai\tEGY ISR type:AGREE\t0 bells"]
    (listed,) = run("saved", "list", "--json", "--record", where).lines
    assert json.loads(listed)["query"] == "EGY ISR type:AGREE"
    assert run("saved", "remove", "Sinai", "--record", where).code == 0
    assert run("saved", "list", "--record", where).lines == []


def test_a_name_that_two_have_takes_the_id(run: Run, where: str) -> None:
    ids = [run("saved", "add", query, "--name", "N", "--record", where).lines[0] for query in ("FRA", "DEU")]
    twice = run("saved", "remove", "N", "--record", where)
    assert (twice.code, "2 saved searches" in twice.err) == (2, True)
    assert run("saved", "remove", ids[0], "--record", where).code == 0
    missing = run("saved", "remove", "nobody", "--record", where)
    assert (missing.code, "dragoman saved list" in missing.err) == (2, True)


@pytest.mark.parametrize(
    ("query", "part"), [("type:NOSUCH", "NOSUCH"), ("x in:sentences", "finds facts"), (" ", "nothing")]
)
def test_what_cant_be_saved_says_why(run: Run, where: str, query: str, part: str) -> None:
    ran = run("saved", "add", query, "--record", where)
    assert (ran.code, part in ran.err) == (2, True)


def test_init_makes_one_key_and_keeps_it(run: Run, where: str) -> None:
    with open_record(where) as record:
        first = push_key(record)
    assert first is not None
    run("init", "--record", where)
    with open_record(where, write=True) as record:
        assert push_key(record) == first
        assert len(public_key(ensure_key(record))) == 87


def test_browsers_are_listed_by_service_alone_and_can_be_forgotten(run: Run, where: str) -> None:
    (ident,) = run("saved", "add", "FRA", "--record", where).lines
    with open_record(where, write=True) as record:
        key = put_device(record, Subscription("https://push.example/SECRET", "p", "a"), Hours(), NOW)
        assert hang_bell(record, key, ident, "daily", NOW, NOW)
    listed = run("saved", "devices", "--record", where)
    assert listed.lines == ["push.example\t1 bell\tnothing yet\tin order"]
    assert "SECRET" not in listed.out + listed.err
    assert run("saved", "devices", "--forget", "--record", where).code == 0
    with open_record(where) as record:
        assert devices(record) == []
        assert push_key(record) is None
    assert run("saved", "list", "--record", where).lines == [f"{ident}\tFRA\tFRA\t0 bells"]
