"""Several processes at one record, a disk that takes no more, a kill at any moment: nothing lost, nothing doubled."""

from __future__ import annotations

import hashlib
import json
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.store.query import count, counts, facts
from dragoman.store.record import Record, open_record
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add, add_all
from tests import made

STAMP = Stamp("0.1", "lex")
PROCESSES = 4
EACH = 25
SHARED = 10
"""Reports that every process reads; the others are its own."""

WRITER = """
import sys
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add, add_all
from tests import made
where, name, shared, each = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
names = [f"all-{number}" for number in range(shared)] + [f"{name}-{number}" for number in range(each)]
with open_record(where, write=True) as record:
    for first in range(0, len(names), 5):
        answers = [made.answer(ident) for ident in names[first:first + 5]]
        if first % 2:
            add_all(record, answers, Stamp("0.1", "lex"))
        else:
            for answer in answers:
                add(record, answer, Stamp("0.1", "lex"))
        print(first, flush=True)
"""

READER = """
import sys, time
from dragoman.store.query import count, facts, pairs
from dragoman.store.record import open_record
from tests import made
end, seen, looks = time.monotonic() + float(sys.argv[2]), 0, 0
with open_record(sys.argv[1]) as record:
    while time.monotonic() < end:
        number = sum(1 for _ in facts(record))
        assert number >= seen and number % made.FACTS == 0, (number, seen)
        seen, looks = number, looks + 1
        pairs(record)
print(looks, flush=True)
"""


def start(program: str, *args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str], expected: int = 0) -> str:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == expected, errors
    return out


def checksum(record: Record) -> str:
    """Of all facts, but for their place in the stream and the time of reading."""
    lines = sorted(json.dumps(fact.line(), sort_keys=True) for fact in facts(record))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_four_processes_read_into_one_record(new_record: str, tmp_path: Path) -> None:
    writers = [start(WRITER, new_record, name, SHARED, EACH) for name in "abcd"]
    for writer in writers:
        ended(writer)
    names = [f"all-{number}" for number in range(SHARED)]
    names += [f"{name}-{number}" for name in "abcd" for number in range(EACH)]
    with open_record(new_record) as record, open_record(str(tmp_path / "one.db"), write=True) as alone:
        add_all(alone, [made.answer(ident) for ident in names], STAMP)
        assert counts(record).reports == len(names) == SHARED + PROCESSES * EACH
        assert count(record) == len(names) * made.FACTS
        assert checksum(record) == checksum(alone)
        assert list(verify(record)) == []
        seqs = [fact.seq for fact in facts(record)]
        assert len(seqs) == len(set(seqs))


def test_two_readers_and_a_writer_never_find_the_record_locked(new_record: str) -> None:
    open_record(new_record, write=True).close()
    readers = [start(READER, new_record, 3) for _ in range(2)]
    writer = start(WRITER, new_record, "w", 0, 150)
    ended(writer)
    assert all(int(ended(reader)) > 1 for reader in readers)
    with open_record(new_record) as record:
        assert counts(record).reports == 150
        assert list(verify(record)) == []


def test_writers_that_are_killed_leave_whole_reports(new_record: str) -> None:
    chance = random.Random(3)
    open_record(new_record, write=True).close()
    done = 0
    for _ in range(6):
        with start(WRITER, new_record, "w", 0, 150) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.3))
            writer.send_signal(signal.SIGKILL)
            done = max([done, *(int(line) for line in writer.stdout.read().split())])
        with open_record(new_record) as record:
            assert list(verify(record)) == []
            assert counts(record).reports >= done
    ended(start(WRITER, new_record, "w", 0, 150))
    with open_record(new_record) as record:
        assert (counts(record).reports, count(record)) == (150, 150 * made.FACTS)
        assert list(verify(record)) == []


FILLER = """
import resource, sys
from dragoman.errors import RecordError
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add, add_all
from tests import made
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    with open_record(sys.argv[1], write=True) as record:
        for number in range(0, 400, 4):
            add_all(record, [made.answer(f"f{number + more}") for more in range(4)], Stamp("0.1", "lex"))
            print(number + 4, flush=True)
except RecordError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


@pytest.mark.parametrize("room", [60_000, 300_000, 900_000])
def test_a_disk_that_fills_up_in_a_batch_loses_nothing(tmp_path: Path, room: int) -> None:
    path = tmp_path / "r.db"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] in (resource.RLIM_INFINITY, -1)
    with start(FILLER, path, room) as process:
        out, errors = process.communicate(timeout=120)
    assert process.returncode == 2, errors
    assert errors.startswith(f"{path}: the disk is full, fails, or lets no file grow so large; make room"), errors
    assert "Traceback" not in errors
    stored = int(out.split()[-1]) if out else 0
    with open_record(str(path), write=True) as record:
        assert counts(record).reports == stored
        assert list(verify(record)) == []
        add(record, made.answer("after"), STAMP)
    assert room < 900_000 or stored > 0


def test_a_batch_is_stored_whole_or_not_at_all(new_record: str) -> None:
    with open_record(new_record, write=True) as record:
        other = made.TEXT.replace("signed", "burned")
        wrong = made.event("r2", evidence=made.proof("burned", text=other))
        answers = [made.answer("r1"), made.answer("r2", events=(wrong,))]
        with pytest.raises(RecordError, match="r2: the evidence of event at"):
            add_all(record, answers, STAMP)
        assert counts(record).reports == 0
        added = add_all(record, [made.answer("r1"), made.answer("r2"), made.answer("r1")], STAMP)
        assert [(item.report, item.new) for item in added] == [("r1", True), ("r2", True), ("r1", False)]
        assert add_all(record, [], STAMP) == []
