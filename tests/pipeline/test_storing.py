"""One report into a record, as a server does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.pipeline.storing import in_batches, read_into
from dragoman.store.query import counts
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp
from tests.pipeline.test_run import ENGLISH, SETTINGS, TOOLS, source

BY = Stamp("0.1", "lex")


def test_a_posted_report_is_stored_once_and_a_broken_one_not(tmp_path: Path) -> None:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        first = read_into(record, source("a"), TOOLS, SETTINGS, BY)
        again = read_into(record, source("a"), TOOLS, SETTINGS, BY)
        assert (first.new, again.new, again.version) == (True, False, 1)
        with pytest.raises(InputError, match="line b: a fault of Dragoman's, ZeroDivisionError"):
            read_into(record, source("b", ENGLISH + " BREAK"), TOOLS, SETTINGS, BY)
        assert counts(record).reports == 1


def test_outcomes_are_stored_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = [InputError(str(number), "no page") for number in range(35)]
    assert [len(batch) for batch in in_batches(outcomes)] == [16, 16, 3]
    assert [item for batch in in_batches(outcomes) for item in batch] == outcomes
    assert list(in_batches([])) == []
    seconds = iter(range(1000))
    monkeypatch.setattr("dragoman.pipeline.storing.time.monotonic", lambda: next(seconds) / 2)
    assert [len(batch) for batch in in_batches(outcomes[:5])] == [2, 2, 1]
