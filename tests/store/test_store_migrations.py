"""Records of every earlier revision are brought forward with all that is in them, or stay as they were."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from dragoman.errors import RecordError
from dragoman.store import record as record_module
from dragoman.store.copying import checksums
from dragoman.store.engine import UNLINKED, WRITE, make_engine
from dragoman.store.links.linking import link_record
from dragoman.store.query import FactFilter, count, counts, facts
from dragoman.store.record import REVISIONS, open_record
from dragoman.store.reports import report
from dragoman.store.tables import METADATA
from dragoman.store.verifying import verify
from dragoman.store.writing import add
from tests import made
from tests.store import revisions

STORED = sorted({path.name.split(".")[0] for path in revisions.FOLDER.iterdir()})
STEPS = [(stored, stop) for stored in STORED for stop in REVISIONS[:-1] if stored <= stop]
"""(revision of a stored record, revision to which it is brought first)."""


def load(revision: str, where: str) -> None:
    if "://" in where:
        revisions.load_postgresql(revision, where)
    else:
        revisions.load_sqlite(revision, Path(where))


def bring_to(where: str, revision: str) -> None:
    engine = make_engine(where, write=True)
    config = Config()
    config.set_main_option("script_location", str(Path(record_module.__file__).parent / "migrations"))
    with engine.connect().execution_options(**{WRITE: True, UNLINKED: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


@pytest.mark.parametrize(("stored", "stop"), STEPS)
def test_records_come_forward_with_their_data(new_record: str, stored: str, stop: str) -> None:
    load(stored, new_record)
    bring_to(new_record, stop)
    with pytest.raises(RecordError, match="run `dragoman init` to bring it forward"):
        open_record(new_record)
    with open_record(new_record, write=True) as record:
        assert list(verify(record)) == []
        assert counts(record).reports == revisions.REPORTS
        assert count(record) == revisions.FACTS_KEPT == len(list(facts(record)))
        assert count(record, FactFilter(superseded=True)) == revisions.FACTS_KEPT + made.FACTS
        assert count(record, FactFilter(words="trucks")) == 4
        assert report(record, "r1").report == made.report("r1")
        assert report(record, "r2").report.text == made.TEXT + " Née à Łódź, “so”."
        assert not add(record, made.answer("r1"), revisions.STAMP).new
        assert add(record, made.answer("r9"), revisions.STAMP).first_seq == 24
        with record.reading() as connection:
            unlike = compare_metadata(MigrationContext.configure(connection), METADATA)
            assert [diff for diff in unlike if "_words" not in str(diff)] == []


def test_a_record_that_was_brought_forward_is_as_a_new_one(new_record: str, tmp_path: Path) -> None:
    load("0001", new_record)
    with open_record(new_record, write=True) as old, open_record(str(tmp_path / "new.db"), write=True) as new:
        assert list(link_record(old))[-1] == revisions.REPORTS
        lines = [fact.line() for fact in facts(old)]
        for stored in ("r1", "r2", "r3"):
            kept = report(old, stored)
            assert kept.versions == ((1, 2) if stored == "r2" else (1,))
        revisions.fill(new.where)
        assert [fact.line() for fact in facts(new)] == lines


def test_hashes_of_replaced_characters_can_be_checked(new_record: str) -> None:
    """Earlier revisions kept the hash of a text before what no database takes was replaced in it."""
    load("0001", new_record)
    engine = make_engine(new_record, write=True)
    with engine.begin() as connection:
        text = "UPDATE reports SET title = :title, content_hash = 'of before' WHERE id = 'r1'"
        connection.execute(sa.text(text), {"title": "A \ufffd title"})
    engine.dispose()
    with open_record(new_record, write=True) as record:
        assert list(verify(record)) == []


KILLED = """
import os, signal, sys
from dragoman.store import record
honest = record._upgrade
def upgrade(connection):
    honest(connection)
    os.kill(os.getpid(), signal.SIGKILL)
record._upgrade = upgrade
record.open_record(sys.argv[1], write=True)
"""


def test_a_migration_that_is_killed_leaves_the_old_record(new_record: str) -> None:
    load("0001", new_record)
    killed = subprocess.run([sys.executable, "-c", KILLED, new_record], timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(RecordError, match="run `dragoman init` to bring it forward"):
        open_record(new_record)
    with open_record(new_record, write=True) as record:
        assert list(verify(record)) == []
        assert count(record) == revisions.FACTS_KEPT


def test_an_old_record_is_copied_after_it_was_brought_forward(tmp_path: Path, new_database: Callable[[], str]) -> None:
    load("0001", str(tmp_path / "r.db"))
    load("0001", where := new_database())
    with open_record(str(tmp_path / "r.db"), write=True) as one, open_record(where, write=True) as other:
        rows = [{item.table: item.rows for item in checksums(record)} for record in (one, other)]
    assert rows[0] == rows[1]
