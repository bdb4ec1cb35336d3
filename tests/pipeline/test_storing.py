"""One report into a record, as a server does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.pipeline.storing import read_into
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
