"""Opening records: made, found again, refused with a sentence; several processes at once; what the database says."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dragoman.errors import RecordError
from dragoman.store import record as record_module
from dragoman.store.engine import make_engine
from dragoman.store.query import count, facts
from dragoman.store.record import REVISIONS, damage, open_record
from dragoman.store.tables import METADATA
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("0.1", "lex")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        add(record, made.answer(), STAMP)
    return tmp_path / "r.db"


def test_migrations_make_the_tables_that_queries_expect(path: Path) -> None:
    with open_record(str(path)) as record, record.reading() as connection:
        context = MigrationContext.configure(connection)
        unlike = [diff for diff in compare_metadata(context, METADATA) if "_words" not in str(diff)]
        assert unlike == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_damage_is_found(path: Path) -> None:
    with open_record(str(path)) as record:
        assert damage(record) is None
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with open_record(str(path)) as record:
        assert damage(record) is not None


def test_every_revision_is_known_in_order() -> None:
    names = [item.name for item in (files("dragoman.store") / "migrations" / "versions").iterdir()]
    assert tuple(sorted(name[:4] for name in names if name[:4].isdigit())) == REVISIONS


def test_a_record_is_opened_again_by_path_and_by_url(path: Path) -> None:
    for where in (str(path), f"sqlite:///{path}"):
        with open_record(where, write=True) as record:
            assert count(record) == made.FACTS


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (a)")
    other.close()


def _newer(path: Path) -> None:
    open_record(str(path), write=True).close()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()


def _truncated(path: Path) -> None:
    with open_record(str(path), write=True) as record:
        for number in range(20):
            add(record, made.answer(f"r{number}"), STAMP)
    path.write_bytes(path.read_bytes()[: 10 * 4096])


BAD = [
    (lambda path: None, False, "there is no record; make one with `dragoman init`"),
    (lambda path: path.mkdir(), True, "this is a folder"),
    (lambda path: path.write_text("Dear diary, " * 500), True, "this is no record, nor a SQLite database"),
    (lambda path: path.write_bytes(b""), False, "there is no record"),
    (_foreign, True, "this database belongs to another program"),
    (_newer, True, r"written by a newer Dragoman \(revision 9999"),
    (_newer, False, r"written by a newer Dragoman \(revision 9999"),
    (_truncated, False, "the record is damaged"),
]


@pytest.mark.parametrize(("spoil", "write", "sentence"), BAD)
def test_what_is_no_good_record_is_refused_and_named(tmp_path, spoil, write, sentence) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError, match=f"^{path}: .*{sentence}"), open_record(str(path), write=write) as record:
        list(facts(record))
    assert before is None or path.read_bytes() == before


def test_missing_folders_and_drivers_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"nowhere doesn't exist; make it first"):
        open_record(str(tmp_path / "nowhere" / "x.db"), write=True)
    with pytest.raises(RecordError, match="nosuch://me:[*]+@host/x: a record is a SQLite file or a URL postgresql"):
        open_record("nosuch://me:secret@host/x", write=True)
    with pytest.raises(RecordError, match="no database URL"):
        open_record("postgresql+psycopg://me@host:port/x", write=True)


def test_a_record_opened_for_reading_is_not_written(path: Path) -> None:
    with open_record(str(path)) as record, pytest.raises(RecordError, match="opened for reading only"):
        add(record, made.answer("r2"), STAMP)


def test_a_read_only_file_says_so(path: Path) -> None:
    with open_record(str(path), write=True) as record:
        record.engine.dispose()
        record.engine = make_engine(str(path), write=False)
        with pytest.raises(RecordError, match="the record is read-only; change its permissions"):
            add(record, made.answer("r2"), STAMP)


def test_a_full_disk_says_so_and_keeps_what_is_finished(path: Path) -> None:
    with open_record(str(path), write=True) as record:
        with record.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(RecordError, match="the disk is full; free some space"):
            add(record, made.answer("r2", report=made.report("r2", text=made.TEXT + "x" * 100_000)), STAMP)
        assert count(record) == made.FACTS


def test_a_busy_record_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.engine.BUSY_TIMEOUT_S", 0.05)
    with (
        open_record(str(path), write=True) as one,
        open_record(str(path), write=True) as two,
        one.writing(),
        pytest.raises(RecordError, match="another process has kept the record locked"),
    ):
        add(two, made.answer("r2"), STAMP)


def test_readers_see_one_moment_while_a_writer_goes_on(path: Path) -> None:
    with open_record(str(path)) as reader, open_record(str(path), write=True) as writer:
        stream = facts(reader)
        first = next(stream)
        add(writer, made.answer("r2"), STAMP)
        assert len([first, *stream]) == made.FACTS
        assert count(reader) == 2 * made.FACTS


def test_a_record_in_a_folder_that_can_not_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = path.parent / "only"
    copy.mkdir()
    shutil.copy(path, copy / "r.db")
    monkeypatch.setattr("dragoman.store.engine.os.access", lambda *_: False)
    with open_record(str(copy / "r.db")) as record:
        assert count(record) == made.FACTS
    assert [item.name for item in copy.iterdir()] == ["r.db"]


def test_an_older_record_is_brought_forward_by_writers_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "REVISIONS", (*REVISIONS, "9998"))
    with pytest.raises(RecordError, match="run `dragoman init` to bring it forward"):
        open_record(str(path))


WRITER = """
import sys
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add
from tests import made
with open_record(sys.argv[1], write=True) as record:
    for number in range(15):
        add(record, made.answer(f"{sys.argv[2]}-{number}"), Stamp("0.1", "lex"))
"""


def test_processes_make_and_fill_one_new_record_together(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with open_record(str(path)) as record:
        assert count(record) == 45 * made.FACTS == len(list(facts(record)))
