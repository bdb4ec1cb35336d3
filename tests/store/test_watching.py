"""A watch hears of what others write, of nothing else, and soon."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from dragoman.store import watching
from dragoman.store.record import open_record
from dragoman.store.watching import watch
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("coder-1", "lexicon-1")
WRITER = """
import sys
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add
from tests import made
with open_record(sys.argv[1], write=True) as record:
    add(record, made.answer("other"), Stamp("coder-1", "lexicon-1"))
"""


@pytest.fixture(autouse=True)
def heard_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is noticed is heard, and not found by looking anyway."""
    monkeypatch.setattr(watching, "LOOK_ANYWAY_S", 600.0)


def test_what_this_process_and_others_write_is_noticed_once(new_record: str) -> None:
    with open_record(new_record, write=True) as record:
        watched = watch(record)
        try:
            assert not watched.wait(0.05)
            add(record, made.answer("own"), STAMP)
            assert watched.wait(0.05)
            assert not watched.wait(0.05)
            subprocess.run([sys.executable, "-c", WRITER, new_record], check=True)
            assert watched.wait(0.05)
            assert not watched.wait(0.05)
        finally:
            watched.close()


def test_what_is_taken_back_is_not_noticed(new_record: str) -> None:
    with open_record(new_record, write=True) as record:
        watched = watch(record)
        try:
            with pytest.raises(ZeroDivisionError), record.writing() as connection:
                connection.exec_driver_sql("UPDATE facts SET last_seen = 'now'")
                raise ZeroDivisionError
            assert not watched.wait(0.05)
        finally:
            watched.close()


def test_a_pooled_connection_that_hears_nothing_looks_anyway(new_record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_ANYWAY_S", 0.2)
    with open_record(new_record, write=True) as record:
        if record.engine.dialect.name == "sqlite":
            pytest.skip("SQLite counts the commits itself")
        watched = watch(record)
        try:
            until = time.monotonic() + 5
            while not watched.wait(0.05):
                assert time.monotonic() < until
        finally:
            watched.close()
