"""Records of both databases for any test: `new_record` names one that isn't there yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import postgresql

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
