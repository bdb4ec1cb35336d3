"""Exports that are stopped from outside: by a disk that takes no more, or by a kill at any moment."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman import Record
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.run import ABOUT
from dragoman.store.record import open_record
from dragoman.store.writing import add_all
from tests import made
from tests.conftest import STAMP

REPORTS = 100
KILLS = 4

FULL = """
import resource, signal, sys
from dragoman import Record
from dragoman.errors import RecordError
from dragoman.store.exports.formats import FORMATS
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
record = Record(sys.argv[1])
assert len(record.facts()) > 0
for room in map(int, sys.argv[3:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    for name in FORMATS:
        try:
            record.export(name, f"{sys.argv[2]}/{name}", force=True)
        except RecordError as error:
            print(error)
"""
"""The limit on the size of files is a disk that is full after so many bytes."""

AGAIN = """
import sys
from dragoman import Record
from dragoman.store.exports.formats import FORMATS
record = Record(sys.argv[1])
print("ready", flush=True)
while True:
    for name in FORMATS:
        record.export(name, f"{sys.argv[2]}/{name}", force=True)
"""


@pytest.fixture
def where(tmp_path: Path) -> str:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        add_all(record, [made.answer(f"r{number}") for number in range(REPORTS)], STAMP)
    return str(tmp_path / "r.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_a_disk_that_is_full_leaves_the_old_files_and_nothing_else(where: str, folder: Path) -> None:
    for name in FORMATS:
        (folder / name).write_text("old")
    command = [sys.executable, "-c", FULL, where, str(folder), "0", "200", "900"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    sentence = "File too large; nothing was written under this name"
    assert ran.stdout.splitlines() == [f"{folder / name}: {sentence}" for _ in range(3) for name in FORMATS]
    assert {path.name: path.read_text() for path in folder.iterdir()} == dict.fromkeys(FORMATS, "old")


@pytest.mark.slow
def test_killed_at_any_moment_every_file_is_whole(where: str, folder: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    with Record(where) as record:
        for name in FORMATS:
            record.export(name, whole / name)
    chance = random.Random(11)
    seen = 0
    for _ in range(KILLS):
        command = [sys.executable, "-c", AGAIN, where, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.01, 0.6))
            process.send_signal(signal.SIGKILL)
        for name in FORMATS:
            if (folder / name).exists():
                seen += 1
                assert (folder / name).read_bytes() == (whole / name).read_bytes()
                assert json.loads((folder / f"{name}{ABOUT}").read_text())["format"] == name
        assert all(path.name.endswith(".part") for path in folder.iterdir() if path.name.startswith("."))
    assert seen
