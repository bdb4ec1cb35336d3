"""Records for any test: `new_record` names one of each database that isn't there yet, `sample_record` is the demo's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from dragoman import sample
from dragoman.facts import Answer
from dragoman.pipeline.run import read_all
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.record import Record, open_record
from dragoman.store.writing import Stamp, add
from tests import postgresql

STAMP = Stamp("0.1", "lex")

MISSING = "there is no PostgreSQL server; install Debian's package postgresql, or run `make system`"


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[..., str]]:
    """Makes an empty database, by OPTIONS of SQL, on a server of the tests' own, and gives its URL.

    Without a server the test is skipped, but fails where CI is set: there nobody would see that it was left out.
    """
    found = postgresql.binaries()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with postgresql.server(found) as url:
        numbers = count(1)
        admin = sa.create_engine(url.format("postgres"), isolation_level="AUTOCOMMIT")

        def make(options: str = "") -> str:
            name = f"record_{next(numbers)}"
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name} {options}")
            return url.format(name)

        yield make
        admin.dispose()


DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def new_record(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record may be made, in a database of each kind in turn."""
    return name_of(request, tmp_path)


@pytest.fixture(scope="module", params=DATABASES)
def module_record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same for a record that the tests of a module share."""
    return name_of(request, tmp_path_factory.mktemp("shared"))


def name_of(request: pytest.FixtureRequest, folder: Path) -> str:
    """A SQLite file in FOLDER or a new PostgreSQL database."""
    if request.param == "sqlite":
        return str(folder / "r.db")
    make: Callable[..., str] = request.getfixturevalue("new_database")
    return make()


@pytest.fixture(scope="session")
def sample_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record of the forty sample reports, as the fast parser reads them."""
    pages = [Source(page.id, page.id, html=page.html, url=page.url) for page in sample.pages()]
    with open_record(str(tmp_path_factory.mktemp("sample") / "sample.db"), write=True) as record:
        for outcome in read_all(pages, Settings(parser="fast", record="unused.db")):
            assert isinstance(outcome, Answer)
            add(record, outcome, STAMP)
        yield record
