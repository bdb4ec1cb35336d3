"""Commands that look into a record: what they print, and the sentence that they fail with."""

from __future__ import annotations

import csv
import json
import socket
import sqlite3
from pathlib import Path

import pytest

from dragoman.store.record import open_record
from dragoman.store.reports import recent
from dragoman.store.tokens import token_allows
from dragoman.store.writing import Stamp, add
from tests import made
from tests.cli.conftest import Run


def test_facts_as_json_lines(run: Run, record: str) -> None:
    ran = run("facts", "--json", "--record", record)
    lines = [json.loads(text) for text in ran.lines]
    assert [line["kind"] for line in lines] == [
        "event", "event", "statement", "figure", "agreement", "transfer", "office",
    ]  # fmt: skip
    assert all(list(line)[:3] == ["kind", "id", "report"] and line["report"] == "r1" for line in lines)
    assert (lines[2]["speech"], lines[3]["measure"]) == ("speech", "value")
    assert lines[0]["evidence"][0]["text"] == "France and Germany signed the Elbe accord on Monday"


@pytest.mark.parametrize(
    ("args", "number"),
    [
        (("--kind", "event", "--kind", "office"), 3),
        (("--pair", "fra", "deu"), 2),
        (("--status", "claimed"), 1),
        (("--from", "1994-03-07", "--kind", "event"), 1),
        (("--to", "1994-03-01"), 1),
        (("--type", "consult"), 1),
        (("--report", "r2"), 0),
        (("--words", "trucks"), 2),
        (("--limit", "3"), 3),
        (("--min-confidence", "0.5"), 7),
        (("--min-confidence", "0.6"), 6),
        (("--min-confidence", "1", "--kind", "event"), 0),
    ],
)
def test_filters_of_facts(run: Run, record: str, args: tuple[str, ...], number: int) -> None:
    assert len(run("facts", "--json", "--record", record, *args).lines) == number


def test_facts_as_a_table_for_people(run: Run, record: str) -> None:
    ran = run("facts", "--record", record, "--kind", "event")
    assert "1994-02-28 – 1994-03-06" in ran.out
    assert "“ claimed" in ran.out
    assert "CONSULT (visit): Canada (CAN) → Ghana (GHA)" in ran.out
    assert "2 facts" in ran.err
    assert "7 facts, the newest 1 shown" in run("facts", "--record", record, "--limit", "1").err


def test_the_record_may_be_named_by_the_environment(run: Run, record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_RECORD", record)
    assert len(run("facts", "--json").lines) == made.FACTS


def test_the_least_confidence_may_be_given_by_the_environment(
    run: Run, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_MIN_CONFIDENCE", "0.6")
    assert len(run("facts", "--json", "--record", record).lines) == made.FACTS - 1
    assert len(run("facts", "--json", "--record", record, "--min-confidence", "0").lines) == made.FACTS
    monkeypatch.setenv("DRAGOMAN_MIN_CONFIDENCE", "6")
    ran = run("facts", "--record", record)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("dragoman: DRAGOMAN_MIN_CONFIDENCE: ")


def test_show_and_export_leave_out_events_less_sure(run: Run, record: str, tmp_path: Path) -> None:
    out = run("show", "r1", "--record", record, "--min-confidence", "0.6").out
    assert "6 facts" in out
    assert "CONSULT" not in out
    run("export", "csv", "--out", "e.csv", "--record", record, "--min-confidence", "0.6")
    rows = list(csv.DictReader((tmp_path / "e.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["type"], row["confidence"]) for row in rows] == [("SUPPORT", "0.9")]


def test_show_gives_head_candidates_and_numbered_facts(run: Run, record: str) -> None:
    out = run("show", "r1", "--record", record).out
    assert out.startswith("An accord on the Elbe\n")
    assert "published  1994-03-08 (day, dateline)" in out
    assert "not believed: 2011-01-01 from meta, meta date “2011-01-01”: years after the dateline" in out
    assert "warning  the page is short" in out
    assert "  1. 1994-03-07  ● happened  event SUPPORT: France (FRA), Germany (DEU)" in out
    assert "     “France and Germany signed the Elbe accord on Monday”" in out
    assert "figure value 3,000,000,000 USD trucks" in out
    assert run("show", "--record", record).lines[0].startswith("r1  1994-03-08  7 facts  Morning Wire")


def test_text_from_strangers_steers_no_terminal(run: Run, record: str) -> None:
    with open_record(record, write=True) as opened:
        add(opened, made.answer("bad", report=made.report("bad", title="\x1b[2Jgone\u202e")), Stamp("1", "1"))
    out = run("show", "bad", "--record", record).out + run("facts", "--record", record).out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_init_makes_a_record_once(run: Run) -> None:
    assert run("init", "--record", "n.db").out == "n.db: a new record with 0 reports, 0 facts\n"
    assert run("init", "--record", "n.db").out == "n.db: a record with 0 reports, 0 facts\n"


def test_export_csv(run: Run, record: str, tmp_path: Path) -> None:
    ran = run("export", "csv", "--out", "e.csv", "--record", record)
    assert (ran.code, ran.err) == (0, "e.csv: 2 rows\n")
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["cameo"], second["cameo"]) == ("057", "042")
    assert (first["date_start"], first["date_end"], first["date_granularity"]) == ("1994-03-07", "1994-03-07", "day")
    assert (second["status"], second["place_lon"], second["background"]) == ("claimed", "-0.2", "false")
    assert (first["source_countries"], first["target_names"]) == ("FRA; DEU", "")
    assert (first["coder"], first["lexicon"], first["codebook"][:6]) == ("0.1", "lex", "PLOVER")
    assert len(first["coded_date"]) == 10


def test_export_jsonl(run: Run, record: str, tmp_path: Path) -> None:
    assert run("export", "jsonl", "--out", "f.jsonl", "--record", record, "--kind", "figure").code == 0
    (line,) = map(json.loads, (tmp_path / "f.jsonl").read_text(encoding="utf-8").splitlines())
    assert (line["kind"], line["measure"], line["coder"]) == ("figure", "value", "0.1")


def test_exports_hold_no_formulas(run: Run, record: str, tmp_path: Path) -> None:
    with open_record(record, write=True) as opened:
        evil = made.report("evil", title='=HYPERLINK("http://x")', outlet="@sum")
        add(opened, made.answer("evil", report=evil), Stamp("1", "1"))
    run("export", "csv", "--out", "e.csv", "--record", record)
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[-1]
    assert (row["title"], row["outlet"]) == ('\'=HYPERLINK("http://x")', "'@sum")


def test_an_export_is_whole_or_not_at_all(run: Run, record: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "e.csv").write_text("old")
    ran = run("export", "csv", "--out", "e.csv", "--record", record)
    assert ran.code == 2
    assert "e.csv: the file is there already" in ran.err
    monkeypatch.setattr(
        "dragoman.store.exports.job.event_of", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    ran = run("export", "csv", "--out", "e.csv", "--force", "--record", record)
    assert (ran.code, ran.err) == (2, "dragoman: e.csv: No space left; nothing was written under this name\n")
    assert [path.name for path in tmp_path.iterdir() if "e.csv" in path.name] == ["e.csv"]
    assert (tmp_path / "e.csv").read_text() == "old"


def test_tokens(run: Run, record: str) -> None:
    token = run("token", "add", "--scope", "post", "--record", record).out.strip()
    with open_record(record) as opened:
        assert token_allows(opened, token, "post")
    assert (
        "scope: 'all' is none of read, post, review, admin"
        in run("token", "add", "--scope", "all", "--record", record).err
    )


def test_doctor_names_what_is_wrong(run: Run, record: str) -> None:
    ran = run("doctor", "--record", record)
    assert "1 reports, 7 facts" in ran.out
    assert "countries" in ran.out
    Path("bad.db").write_text("no record " * 400)
    assert (
        "! swift                  missing: install dragoman again, or choose from: "
        in run("doctor", "--record", record, "--parser", "swift").out
    )
    bad = run("doctor", "--record", "bad.db", "--lexicon", "nowhere")
    assert bad.code == 1
    assert "! bad.db                 can't be used: this is no record" in bad.out
    assert "! nowhere" in bad.out


def test_a_port_in_use_is_told_before_anything_is_read(run: Run, record: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for args in (("serve", "--record", record), ("demo", "--serve")):
            ran = run(*args, "--port", port)
            assert ran.code == 2
            assert f"127.0.0.1:{port}: the port is in use; end the other program or name another" in ran.err


def test_the_demo_makes_a_new_record_only(run: Run, record: str) -> None:
    ran = run("demo", "--record", record)
    assert ran.code == 2
    assert "the demo makes a new record" in ran.err


def _not_a_record(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" * 500)


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (a)")
    other.close()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: None, "x.db: there is no record; make one with `dragoman init`"),
        (_not_a_record, "x.db: this is no record, nor a SQLite database"),
        (_other_program, "x.db: this database belongs to another program"),
    ],
)
@pytest.mark.parametrize("args", [("facts",), ("show", "r1"), ("export", "csv", "--out", "e.csv")])
def test_bad_records_are_one_sentence(run: Run, tmp_path: Path, spoil, sentence, args) -> None:  # type: ignore[no-untyped-def]
    spoil(tmp_path / "x.db")
    ran = run(*args, "--record", "x.db")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"dragoman: {sentence}")
    assert not (tmp_path / "e.csv").exists()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("facts", "--pair", "FRA", "Germany"), "country: 'GERMANY' is no three-letter code"),
        (("facts", "--from", "yesterday"), "date_from: 'yesterday' is no day such as"),
        (("facts", "--from", "2001-01-02", "--to", "2001-01-01"), "--from 2001-01-02 is after --to 2001-01-01"),
        (
            ("facts", "--min-confidence", "2"),
            "--min-confidence: '2' is no probability; write one from 0 to 1, such as 0.7",
        ),
        (("show", "--min-confidence", "nan"), "--min-confidence: 'nan' is no probability"),
        (("export", "csv", "--out", "e.csv", "--min-confidence", "0,5"), "--min-confidence: '0,5' is no probability"),
        (("serve", "--min-confidence", "high"), "--min-confidence: 'high' is no probability"),
        (("read", "--min-confidence", "-1", "-"), "--min-confidence: '-1' is no probability"),
        (("show", "r9"), "there is no report 'r9'"),
        (
            ("export", "csv", "--out", "e.csv", "--kind", "figure"),
            "export csv: it holds events",
        ),
        (("export", "xls", "--out", "e.xls"), "export: 'xls' is none of polecat, icews"),
        (("export", "jsonl", "--out", "e.jsonl", "--expand"), "export jsonl: --expand goes with polecat, icews"),
        (("export", "icews", "--out", "e.tsv", "--status", "denied"), "what is denied would be told as done"),
        (("export", "csv", "--out", "e.csv", "--as-of", "today"), "as_of: 'today' is no day such as"),
        (("export", "csv", "--out", "no/e.csv"), "the folder no doesn't exist"),
    ],
)
def test_wrong_questions_are_one_sentence(run: Run, record: str, args: tuple[str, ...], sentence: str) -> None:
    ran = run(*args, "--record", record)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.usefixtures("fake_coder")
def test_the_demo_reads_the_sample_into_a_record_of_its_own(run: Run, tmp_path: Path) -> None:
    for name in ("dragoman-demo.db", "dragoman-demo-2.db"):
        ran = run("demo")
        assert ran.code == 0
        assert f"40 reports with 0 facts are in {name}" in ran.out
        assert f"dragoman serve --record {name}" in ran.out
        with open_record(str(tmp_path / name)) as opened:
            assert len(recent(opened, 100)) == 40
