"""Records copied and backed up: whole, checked, of one moment, or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.store import copying
from dragoman.store.backup import backup
from dragoman.store.copying import checksums, copy
from dragoman.store.query import FactFilter, count, facts
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add
from tests import made
from tests.store import revisions

STAMP = Stamp("0.2", "lex")


@pytest.fixture
def record(new_record: str):
    revisions.fill(new_record)
    with open_record(new_record, write=True) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "copy.db")
    make: Callable[[], str] = request.getfixturevalue("new_database")
    return make()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("r.db"))


def test_a_copy_is_the_same_record(record: Record, target: str) -> None:
    done = copy(record, target)
    assert {item.table: item.rows for item in done} | {"facts": 23, "reports": 4} == {
        item.table: item.rows for item in done
    }
    with open_record(target, write=True) as other:
        assert checksums(other) == checksums(record) == done
        assert list(verify(other)) == []
        assert [fact.line() for fact in facts(other)] == [fact.line() for fact in facts(record)]
        assert report(other, "r2") == report(record, "r2")
        assert count(other, FactFilter(words="trucks")) == count(record, FactFilter(words="trucks")) == 4
        added = [add(one, made.answer("r9"), STAMP) for one in (record, other)]
        assert added[0] == added[1]
        assert added[0].first_seq == 24


def test_a_copy_back_is_the_same_again(record: Record, target: str, tmp_path: Path) -> None:
    copy(record, target)
    with open_record(target) as other:
        copy(other, str(tmp_path / "back.db"))
    with open_record(str(tmp_path / "back.db")) as back:
        assert checksums(back) == checksums(record)


def test_an_empty_record_is_copied_and_counts_from_one(new_record: str, target: str) -> None:
    with open_record(new_record, write=True) as empty:
        copy(empty, target)
    with open_record(target, write=True) as other:
        assert add(other, made.answer(), STAMP).first_seq == 1


def test_a_record_is_never_copied_into_another(record: Record, target: str) -> None:
    revisions.fill(target)
    with open_record(target) as other:
        before = checksums(other)
    with pytest.raises(RecordError, match="the file is there already|there is a record with .*reports"):
        copy(record, target)
    with open_record(target) as other:
        assert checksums(other) == before


def test_a_database_is_not_copied_into_itself(new_database: Callable[[], str]) -> None:
    where = new_database()
    with (
        open_record(where, write=True) as record,
        pytest.raises(RecordError, match="can't be copied into itself"),
    ):
        copy(record, where)


def test_a_row_that_changes_on_its_way_is_found_and_nothing_kept(
    record: Record, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = copying.copy_rows

    def spoil(connection, table, names, rows) -> None:  # type: ignore[no-untyped-def]
        at = names.index("name") if table.name == "fact_actors" else -1
        honest(connection, table, names, ((*row[:at], "Nobody", *row[at + 1 :]) if at >= 0 else row for row in rows))

    monkeypatch.setattr(copying, "copy_rows", spoil)
    with pytest.raises(RecordError, match=r"of 40 rows of fact_actors 40 were found again, or not as they were"):
        copy(record, target)
    _nothing_is_there(target, tmp_path)


def _nothing_is_there(target: str, folder: Path) -> None:
    if "://" not in target:
        assert left(folder) == []
        return
    with open_record(target, write=True) as other:
        assert {item.rows for item in checksums(other)} == {0}


COPIER = """
import sys, time
from pathlib import Path
from dragoman.store import copying
from dragoman.store.backup import backup
from dragoman.store.record import open_record
honest = copying._read
def slowly(connection, table):
    if table.name == sys.argv[3]:
        print("ready", flush=True)
        time.sleep(60)
    return honest(connection, table)
copying._read = slowly
with open_record(sys.argv[1]) as record:
    copying.copy(record, sys.argv[2])
"""


@pytest.mark.parametrize("table", ["reports", "evidence"])
def test_a_killed_copy_leaves_no_record_and_can_be_run_again(target: str, table: str, tmp_path: Path) -> None:
    where = str(tmp_path / "r.db")
    revisions.fill(where)
    with subprocess.Popen([sys.executable, "-c", COPIER, where, target, table], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.kill()
    if "://" not in target:
        assert not Path(target).exists()
    with open_record(where) as record:
        copy(record, target)
        with open_record(target) as other:
            assert checksums(other) == checksums(record)
            assert list(verify(other)) == []


def test_a_copy_holds_one_moment(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that comes in while the first tables are copied is not in the copy, nor is any row of it."""
    before, honest = checksums(record), copying._read

    def read(connection, table):  # type: ignore[no-untyped-def]
        if table.name == "reports":
            add(record, made.answer("late"), STAMP)
        return honest(connection, table)

    monkeypatch.setattr(copying, "_read", read)
    assert copy(record, str(tmp_path / "copy.db")) == before


def test_a_backup_is_the_record_while_others_write(record: Record, tmp_path: Path) -> None:
    out = tmp_path / "kept.db"
    before = checksums(record)
    backup(record, out)
    add(record, made.answer("late"), STAMP)
    assert left(tmp_path) == ["kept.db"]
    with open_record(str(out)) as kept:
        assert checksums(kept) == before
        assert list(verify(kept)) == []
    with pytest.raises(RecordError, match="the file is there already; name another, or write over it with --force"):
        backup(record, out)
    backup(record, out, force=True)
    with open_record(str(out)) as kept:
        assert checksums(kept) == checksums(record) != before


def test_a_backup_never_goes_over_the_record(record: Record, tmp_path: Path) -> None:
    if "://" in record.where:
        pytest.skip("a server's record is no file")
    with pytest.raises(RecordError, match="this is the record itself"):
        backup(record, tmp_path / "." / "r.db", force=True)
    with pytest.raises(RecordError, match="the folder .* doesn't exist; make it first"):
        backup(record, tmp_path / "no" / "kept.db")
    (tmp_path / "kept.db-wal").write_bytes(b"old")
    with pytest.raises(RecordError, match=r"kept\.db-wal: this belongs to a record of that name, in use or broken off"):
        backup(record, tmp_path / "kept.db")
