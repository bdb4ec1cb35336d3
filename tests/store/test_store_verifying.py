"""What is wrong with a record is found and named; what is right is not."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.store.record import Record, open_record
from dragoman.store.verifying import verify
from tests.store import revisions


@pytest.fixture
def record(new_record: str):
    revisions.fill(new_record)
    with open_record(new_record, write=True) as opened:
        yield opened


def told(record: Record) -> list[str]:
    return [f"{finding.where}: {finding.problem}" for finding in verify(record)]


def test_a_whole_record_passes(record: Record) -> None:
    read: list[int] = []
    assert list(verify(record, read.append)) == []
    assert read == [revisions.VERSIONS]


def test_an_empty_record_passes(new_record: str) -> None:
    with open_record(new_record, write=True) as record:
        assert told(record) == []


SPOILT = [
    (
        "UPDATE reports SET text = replace(text, 'Germany', 'Hungary') WHERE id = 'r1'",
        [
            r"report r1, version 1: its text, title or date isn't what was read",
            r"report r1, version 1, event .*: its quote does not stand at \[13, 64\) of the text",
        ],
    ),
    ("UPDATE reports SET title = 'Another' WHERE id = 'r1'", ["report r1, version 1: its text, title or date"]),
    ('UPDATE evidence SET "end" = "end" + 1 WHERE seq = 3', [r"report r1, version 1, .*, the table evidence says"]),
    ("DELETE FROM evidence WHERE seq = 3", [r"its quotes stand at .*, the table evidence says \[\]"]),
    ("UPDATE facts SET payload = '{}' WHERE seq = 3", ["it has no words that prove it", "the table evidence says"]),
    (
        "UPDATE facts SET superseded = true WHERE seq = 3",
        ["report r1, .*: it is marked as superseded though", "tallies, statement: it says 2, there are 1"],
    ),
    ("UPDATE reports SET current = false WHERE id = 'r3'", [r"report r3: its newest .*; 0 versions are", "r3, v"]),
    (
        "UPDATE reports SET current = (version = 1) WHERE id = 'r2'",
        [r"report r2: its newest version alone should be current; version 1 is, 2 is the newest"],
    ),
    ("UPDATE tallies SET number = 9 WHERE kind = 'office'", ["tallies, office: it says 9, there are 2"]),
    ("DELETE FROM tallies WHERE kind = 'report'", ["tallies, report: it says 0, there are 3"]),
    ("UPDATE pairs SET date_end = '1999-01-01' WHERE seq = 1", ["pairs, DEU FRA: what it repeats of event .*"]),
    ("UPDATE pair_tallies SET happened = 7", ["pair_tallies, DEU FRA: it says 7, there are 2"]),
]


@pytest.mark.parametrize(("sql", "sentences"), SPOILT)
def test_each_fault_is_found(record: Record, sql: str, sentences: list[str]) -> None:
    with record.writing() as connection:
        connection.exec_driver_sql(sql)
    found = told(record)
    for sentence in sentences:
        assert any(re.search(sentence, line) for line in found), found


def test_links_without_an_end_are_found(record: Record) -> None:
    if record.engine.dialect.name == "sqlite":
        with sqlite3.connect(record.where) as other:
            other.execute("DELETE FROM facts WHERE seq = 3")
        other.close()
    else:
        with record.writing() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql("DELETE FROM facts WHERE seq = 3")
    assert "evidence, seq 3: there is no such seq in facts" in told(record)
    assert "fact_actors, seq 3: there is no such seq in facts" in told(record)


def test_a_damaged_file_is_one_finding_or_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    revisions.fill(str(path))
    pages = path.stat().st_size // 4096
    whole = path.read_bytes()
    for page in range(1, pages):
        content = bytearray(whole)
        content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
        path.write_bytes(content)
        try:
            with open_record(str(path)) as record:
                found = told(record)
        except RecordError as error:
            found = [str(error)]
        assert found, f"page {page} of {pages}"
        assert all("Traceback" not in line for line in found)
