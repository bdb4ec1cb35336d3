"""Exports appear whole or not at all, hold the record as it stood, and say what is in them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.errors import QueryError, RecordError, SettingError
from dragoman.facts import Answer, Date
from dragoman.pipeline.tools import CODEBOOK
from dragoman.store import writing
from dragoman.store.exports.codes import codes
from dragoman.store.exports.files import whole_files
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.job import Job, Wanted
from dragoman.store.exports.run import ABOUT, export
from dragoman.store.query import FactFilter
from dragoman.store.record import Record
from dragoman.store.writing import add
from tests import made
from tests.signals import heed_interrupts
from tests.store.exports.conftest import LEXICON, STAMP, Write


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("r.db"))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_stop_leaves_nothing(record: Record, tmp_path: Path, format_: str) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(record, format_, tmp_path / "out", Wanted(), LEXICON, CODEBOOK, progress=stop)
    assert left(tmp_path) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_the_old_file_stays_until_the_new_one_is_whole(record: Record, tmp_path: Path, format_: str) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    with pytest.raises(RecordError, match="the file is there already; name another, or write over it with --force"):
        export(record, format_, path, Wanted(), LEXICON, CODEBOOK)
    assert path.read_text() == "old"
    export(record, format_, path, Wanted(), LEXICON, CODEBOOK, force=True)
    assert path.read_bytes() != b"old"
    assert left(tmp_path) == ["out", f"out{ABOUT}"]


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(RecordError, match=r"full\.tsv: No space left on device; nothing was written under this name"),
        whole_files((tmp_path / "full.tsv",)) as (file,),
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        file.write(b"x")
        full.write(b"x")
    assert left(tmp_path) == []


def test_the_record_is_never_written_over(record: Record, tmp_path: Path) -> None:
    before = Path(record.where).read_bytes()
    with pytest.raises(RecordError, match="this is the record itself"):
        export(record, "csv", tmp_path / "." / "r.db", Wanted(), LEXICON, CODEBOOK, force=True)
    assert Path(record.where).read_bytes() == before


def test_what_is_no_file_is_refused_even_by_force(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="this is no ordinary file"), whole_files((tmp_path,), force=True):
        pass


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(RecordError, match="is there already"), whole_files((path,)) as (file,):
        file.write(b"ours")
        path.write_text("theirs")
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("format_", FORMATS)
def test_the_file_beside_says_what_is_in_an_export(record: Record, tmp_path: Path, format_: str) -> None:
    done = export(record, format_, tmp_path / "out", Wanted(FactFilter(pair=("FRA", "DEU"))), LEXICON, CODEBOOK)
    about = json.loads((tmp_path / f"out{ABOUT}").read_text())
    assert (about["format"], about["rows"], about["filters"]["pair"]) == (format_, done.rows, ["FRA", "DEU"])
    made_by = (["0.1"], ["lex"]) if done.rows else ([], [])  # no plan is in this record
    assert (about["codebook"], about["coders"], about["lexicons"]) == (CODEBOOK, *made_by)
    assert tuple(about["columns"]) == FORMATS[format_].columns


def test_the_record_as_it_stood(record: Record, of_record: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def days(**options: str) -> list[str]:
        lines = [json.loads(line) for line in of_record("jsonl", report="r2", **options).text.splitlines()]
        return [line["date"]["start"] for line in lines]

    for version, (read, day) in enumerate((("2026-01-05", "1994-03-01"), ("2026-02-05", "1994-03-02")), 1):
        monkeypatch.setattr(writing, "now", lambda read=read: f"{read}T23:59:59+00:00")
        event = made.event("r2", date=Date.on(day))
        text = f"{made.TEXT} Version {version}."
        added = add(record, Answer(made.report("r2", text=text), events=(event,)), STAMP)
        assert added.version == version
    assert days() == ["1994-03-02"]
    assert days(as_of="2026-02-05") == ["1994-03-02"]
    assert days(as_of="2026-02-04") == days(as_of="2026-01-05") == ["1994-03-01"]
    assert days(as_of="2026-01-04") == []
    period = {"date_from": "1994-03-01", "date_to": "1994-03-31"}
    reports = of_record("dyad-month", as_of="2026-01-04", pair=("FRA", "DEU"), **period).text.splitlines()[1]
    assert reports.split(",")[5] == "0"


def test_facts_are_streamed(record: Record) -> None:
    """The first row is there before the second fact is read, and one day's rows before the next day's."""
    for number in range(3, 9):
        event = made.event(f"r{number}", date=Date.on(f"1994-03-0{number}"))
        add(record, Answer(made.report(f"r{number}"), events=(event,)), STAMP)
    filters = FactFilter(kinds=("event",))
    for wanted, read_by_then in ((Wanted(filters), [1]), (Wanted(filters, one_a_day=True), [1, 2])):
        read: list[int] = []
        next(Job(record, wanted, LEXICON.compiled(codes), CODEBOOK, progress=read.append).events())
        assert read == read_by_then


def test_parquet_without_its_library_is_one_sentence(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(SettingError, match=r"pyarrow is not installed; pip install 'dragoman\[parquet\]'"):
        export(record, "parquet", tmp_path / "out", Wanted(), LEXICON, CODEBOOK)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("format_", "wanted", "sentence"),
    [
        ("jsonl", Wanted(one_a_day=True), "--one-a-day goes with polecat, icews, phoenix, gdelt, plover, csv, parquet"),
        ("csv", Wanted(report_day=True), "--report-day goes with polecat, icews, phoenix, gdelt, dyad-month"),
        ("icews", Wanted(undirected=True), "--undirected goes with dyad-month"),
        ("polecat", Wanted(FactFilter(statuses=("hypothetical",))), "what is hypothetical would be told as done"),
        ("dyad-month", Wanted(FactFilter(kinds=("figure",))), "it holds events"),
        ("xls", Wanted(), "'xls' is none of polecat"),
    ],
)
def test_what_a_format_cannot_hold_is_refused(
    record: Record, tmp_path: Path, format_: str, wanted: Wanted, sentence: str
) -> None:
    with pytest.raises(QueryError, match=sentence):
        export(record, format_, tmp_path / "out", wanted, LEXICON, CODEBOOK)
    assert left(tmp_path) == []


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGKILL])
def test_a_killed_export_leaves_no_file_under_its_name(record: Record, tmp_path: Path, signal_: signal.Signals) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from dragoman.lexicon import Lexicon; from dragoman.store.record import open_record\n"
        "from dragoman.store.exports.run import export; from dragoman.store.exports.job import Wanted\n"
        "def wait(number): print('reading', flush=True); time.sleep(60)\n"
        "export(open_record(sys.argv[1]), 'csv', Path(sys.argv[2]), Wanted(), Lexicon(), 'c', progress=wait)\n"
    )
    command = [sys.executable, "-c", program, record.where, str(tmp_path / "out")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=heed_interrupts
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"reading\n"
        process.send_signal(signal_)
        assert process.wait(30) != 0
    kept = left(tmp_path)
    assert not [name for name in kept if not name.endswith(".part")]
    assert signal_ is signal.SIGKILL or kept == []
