"""Killed at any moment, a record loses and doubles nothing, and whoever starts again goes on where it stopped."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.store.query import FactFilter, count, counts, facts
from dragoman.store.record import open_record
from tests import made

KILLS = 50
REPORTS = 400

WRITER = """
import sys
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add, has_report
from tests import made
STAMP = Stamp("0.1", "lex")
with open_record(sys.argv[1], write=True) as record:
    print("ready", flush=True)
    for number in range(int(sys.argv[2])):
        answer = made.answer(f"r{number}")
        if not has_report(record, answer.report, STAMP):
            add(record, answer, STAMP)
            print(number, flush=True)
"""


def _start(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(REPORTS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_fifty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    chance = random.Random(7)
    finished: set[int] = set()
    for _ in range(KILLS):
        with _start(path) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.06))
            writer.send_signal(signal.SIGKILL)
            finished |= {int(line) for line in writer.stdout.read().split("\n")[:-1] if line.isdigit()}
    with open_record(str(path)) as record:
        stored = {fact.report for fact in facts(record)}
        assert {f"r{number}" for number in finished} <= stored
        assert count(record, FactFilter(superseded=True)) == len(stored) * made.FACTS
    with _start(path) as writer:
        assert writer.stdout is not None
        rest = writer.stdout.read().split()[1:]
    assert len(rest) == REPORTS - len(stored) > 0
    _check_whole(path)


def _check_whole(path: Path) -> None:
    with open_record(str(path), write=True) as record:
        assert counts(record).reports == REPORTS
        assert count(record) == REPORTS * made.FACTS == len(list(facts(record)))
        assert count(record, FactFilter(words="trucks")) == 2 * REPORTS
        with record.writing() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            connection.exec_driver_sql("INSERT INTO fact_words(fact_words) VALUES('integrity-check')")
