"""What is no good record says so in one sentence, the same by every command and in Python, and is left as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import Record
from dragoman.errors import RecordError
from dragoman.store.engine import make_engine
from dragoman.store.record import REVISIONS, open_record
from dragoman.store.writing import add_all
from tests import made
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.conftest import STAMP

Spoil = Callable[[Path], None]
ANSWERS = [made.answer(f"r{number}") for number in range(30)]


def good(path: Path) -> None:
    with open_record(str(path), write=True) as record:
        add_all(record, ANSWERS, STAMP)


def sql(path: Path, *statements: str) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        other.execute(statement)
    other.close()


def foreign(path: Path) -> None:
    sql(path, "CREATE TABLE notes (a)")


def newer(path: Path) -> None:
    good(path)
    sql(path, "UPDATE alembic_version SET version_num = '9999'")


def older(path: Path) -> None:
    good(path)
    sql(path, f"UPDATE alembic_version SET version_num = '{REVISIONS[0]}'")


def cut_off(path: Path) -> None:
    good(path)
    path.write_bytes(path.read_bytes()[: 12 * 4096])


def no_database(path: Path) -> None:
    path.write_text("Dear diary, " * 500)


def empty(path: Path) -> None:
    path.touch()


KNOWN = REVISIONS[-1]
NONE = "there is no record; make one with `dragoman init` or `dragoman read PATHS`"
BAD: list[tuple[Spoil, str]] = [
    (lambda path: None, NONE),
    (lambda path: path.mkdir(), "this is a folder; name a file with --record"),
    (
        lambda path: path.write_bytes(b"") and None,
        "there is no record; make one with `dragoman init` or `dragoman read PATHS`",
    ),
    (no_database, "this is no record, nor a SQLite database; name another file with --record"),
    (foreign, "this database belongs to another program; name another file with --record"),
    (
        newer,
        f"the record was written by a newer Dragoman (revision 9999, this one knows {REVISIONS[-1]}); update Dragoman",
    ),
    (older, "the record is of an older Dragoman; run `dragoman init` to bring it forward"),
    (cut_off, "the record is damaged; restore a copy, or try `sqlite3 FILE .recover`"),
]


def by_facts(path: Path) -> None:
    with Record(path) as record:
        list(record.facts())


def by_frame(path: Path) -> None:
    with Record(path) as record:
        record.facts("FRA").to_polars()


def by_export(path: Path) -> None:
    with Record(path) as record:
        record.export("jsonl", path.parent / "out.jsonl")


COMMANDS = [("facts", "--json"), ("search", "trucks"), ("export", "jsonl", "--out", "out.jsonl"), ("facts", "FRA")]


@pytest.mark.parametrize(("spoil", "sentence"), BAD)
def test_a_bad_record_is_one_sentence_everywhere(tmp_path: Path, run: Run, spoil: Spoil, sentence: str) -> None:
    path = tmp_path / "x.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    for ask in (by_facts, by_frame, by_export):
        with pytest.raises(RecordError) as told:
            ask(path)
        assert str(told.value) == f"{path}: {sentence}"
    for command in COMMANDS:
        ran = run(*command, "--record", str(path))
        assert (ran.code, ran.err) == (2, f"dragoman: {path}: {sentence}\n")
    assert before is None or path.read_bytes() == before
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]


def test_a_locked_record_says_so(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    good(path)
    monkeypatch.setattr("dragoman.store.engine.BUSY_TIMEOUT_S", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    sentence = f"{path}: another process has kept the record locked for 30 s; wait for it or end it"
    for ask in (by_facts, by_frame, by_export):
        with pytest.raises(RecordError) as told:
            ask(path)
        assert str(told.value) == sentence
    assert run("facts", "--record", str(path)).err == f"dragoman: {sentence}\n"
    assert run("export", "csv", "--out", "out.csv", "--record", str(path)).code == 2
    other.close()
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]
    by_facts(path)


@pytest.mark.usefixtures("fake_coder")
def test_a_read_only_record_is_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is opened as a file without the right to write is: tests may run as root, who may write all."""
    path = tmp_path / "x.db"
    good(path)
    monkeypatch.setattr("dragoman.store.record.make_engine", lambda where, _: make_engine(where, write=False))
    with Record(path, write=True) as record:
        assert len(record.facts()) == len(ANSWERS) * made.FACTS
        with pytest.raises(RecordError, match=r"x\.db: the record is read-only; change its permissions"):
            record.read(texts=[{"id": "new", "text": made.TEXT}])
        assert record.export("csv", tmp_path / "out.csv").rows == 2 * len(ANSWERS)
    with Record(path) as record:
        assert len(record.reports()) == len(ANSWERS)


@pytest.mark.usefixtures("fake_coder")
def test_a_full_disk_in_the_middle_of_a_reading_keeps_what_is_finished(tmp_path: Path) -> None:
    """The next reading, with room again, adds what is missing and nothing twice."""
    lines = [{"id": f"r{number}", "text": made.TEXT} for number in range(100)]
    with Record(tmp_path / "x.db", write=True) as record:
        record.read(texts=lines[:20])
        with record._record.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
        with pytest.raises(RecordError, match="the disk is full; free some space and run the command again"):
            record.read(texts=lines)
        kept = len(record.reports())
        assert 20 <= kept < 100
        assert len(record.facts()) == kept * made.FACTS
    with Record(tmp_path / "x.db", write=True) as record:
        done = record.read(texts=lines)
        assert (done.reports, done.unchanged) == (100 - kept, kept)
        assert len(record.facts()) == 100 * made.FACTS
