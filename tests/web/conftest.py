from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.settings import Settings
from dragoman.store.record import Record, open_record
from dragoman.store.writing import Stamp, add, add_all
from dragoman.web.app import create_app
from tests import made
from tests.web.told import answers

STAMP = Stamp("coder-1", "lexicon-1")
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record."""
    with open_record(str(tmp_path / "record.db"), write=True) as opened:
        yield opened


@pytest.fixture
def client(record: Record) -> Iterator[TestClient]:
    """A browser on an empty record; tests fill it."""
    with TestClient(create_app(record, Settings()), base_url=BASE) as made_client:
        yield made_client


@pytest.fixture
def filled(record: Record, client: TestClient) -> TestClient:
    """A browser on a record with one report."""
    add(record, made.answer("r1"), STAMP)
    return client


@pytest.fixture(scope="module")
def told_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a record lies that holds the reports of `told.py`."""
    path = str(tmp_path_factory.mktemp("told") / "record.db")
    with open_record(path, write=True) as opened:
        add_all(opened, answers(), STAMP)
    return path


@pytest.fixture(scope="module")
def told(told_path: str) -> Iterator[TestClient]:
    """A browser on the record of `told_path`, which tests leave as it is."""
    with open_record(told_path, write=True) as opened, TestClient(create_app(opened, Settings()), base_url=BASE) as it:
        yield it
