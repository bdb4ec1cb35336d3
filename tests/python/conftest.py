"""The sample archive and a record of one report, opened as users do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman import Record
from dragoman.store import record as records
from dragoman.store.writing import add
from tests import made
from tests.cli.conftest import fake_coder as fake_coder
from tests.conftest import STAMP


@pytest.fixture(scope="session")
def sample(sample_record: records.Record) -> Iterator[Record]:
    with Record(sample_record.where) as opened:
        yield opened


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A record with the one report of `made.answer`."""
    path = str(tmp_path / "r.db")
    with records.open_record(path, write=True) as opened:
        add(opened, made.answer(), STAMP)
    return path
