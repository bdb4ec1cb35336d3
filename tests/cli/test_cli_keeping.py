"""Commands that keep a record: verify, backup, copy, retain."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def test_a_whole_record_is_said_to_be_so(run: Run, record: str) -> None:
    ran = run("verify", "--record", record)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"dragoman: {record}: 1 reports, 7 facts, all as it should be\n"


def test_findings_are_lines_and_an_exit_code(run: Run, record: str) -> None:
    with sqlite3.connect(record) as other:
        other.execute("UPDATE reports SET title = 'Another'")
    other.close()
    ran = run("verify", "--record", record)
    assert ran.code == 1
    assert ran.lines == ["report r1, version 1: its text, title or date isn't what was read: the hash is another"]
    assert "1 findings; restore a backup, or read the named reports again" in ran.err


def test_what_can_not_be_read_is_another_exit_code(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("Dear diary, " * 500)
    ran = run("verify", "--record", "x.db")
    assert (ran.code, ran.err) == (
        2,
        "dragoman: x.db: this is no record, nor a SQLite database; name another file with --record\n",
    )


def test_a_backup_and_a_copy_are_records(run: Run, record: str) -> None:
    assert run("backup", "kept.db", "--record", record).code == 0
    copied = run("copy", "kept.db", "copied.db")
    assert copied.code == 0
    assert [line.split("\t")[:2] for line in copied.lines if line.startswith(("reports", "facts"))] == [
        ["reports", "1 rows"],
        ["facts", "7 rows"],
    ]
    for name in ("kept.db", "copied.db"):
        assert run("verify", "--record", name).code == 0
    again = run("copy", record, "copied.db")
    assert again.code == 2
    assert again.err == (
        "dragoman: copied.db: the file is there already; name another, or write over it with --force\n"
    )
    assert run("copy", "nowhere.db", "c.db").err.startswith("dragoman: nowhere.db: there is no record; make one with")


def test_rules_are_set_listed_and_applied(run: Run, record: str) -> None:
    assert run("retain", "set", "--days", "0", "--record", record).code == 0
    named = ("--outlet", "The Daily", "--licence", "CC BY 4.0", "--record", record)
    assert run("retain", "set", *named).code == 0
    listed = run("retain", "rules", "--record", record)
    assert listed.lines == ["*\t0 days\tno licence named", "The Daily\tfor ever\tCC BY 4.0"]
    assert "2 rules; 1 texts are to be dropped" in listed.err
    assert run("retain", "apply", "--dry-run", "--record", record).lines == ["Morning Wire\t1 texts"]
    assert "1 texts dropped; facts and quotes stay" in run("retain", "apply", "--record", record).err
    assert "0 texts dropped" in run("retain", "apply", "--record", record).err
    shown = run("show", "r1", "--record", record).out
    assert "only the words of its facts are kept" in shown
    assert run("verify", "--record", record).code == 0
    assert run("retain", "remove", "--record", record).code == 0
    assert "there is no rule for all others" in run("retain", "remove", "--record", record).err
