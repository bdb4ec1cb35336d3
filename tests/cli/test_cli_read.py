"""`read`: what is printed, what is stored, and how the run ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from dragoman.pipeline.answer import schema
from dragoman.pipeline.known import _reader
from tests import made
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("fake_coder")


def line(ident: str, **fields: object) -> bytes:
    return json.dumps({"id": ident, "text": made.TEXT, **fields}).encode() + b"\n"


def test_json_prints_one_valid_object_a_report_in_order_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("read", "--json", "-", stdin=line("b", published="1994-03-08") + line("a", title="Élysée"))
    assert (ran.code, ran.err) == (0, "")
    answers = [json.loads(text) for text in ran.lines]
    assert [answer["report"]["id"] for answer in answers] == ["b", "a"]
    assert answers[0]["report"]["text"] == made.TEXT
    assert answers[0]["report"]["published"]["start"] == "1994-03-08"
    for answer in answers:
        jsonschema.validate(answer, schema())
    assert "Élysée" in ran.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("stdin", "code", "printed", "error"),
    [
        (line("a") + b"{broken\n" + line("c"), 1, 2, "line 2 of standard input: malformed JSON at character 2"),
        (b'{"id": "a"}\n', 2, 0, "line 1 of standard input: neither text nor html"),
        (b"", 0, 0, ""),
    ],
)
def test_exit_codes(run: Run, stdin: bytes, code: int, printed: int, error: str) -> None:
    ran = run("read", "--json", "-", stdin=stdin)
    assert (ran.code, len(ran.lines)) == (code, printed)
    assert error in ran.err
    assert "Traceback" not in ran.err


def test_other_languages_are_printed_with_a_warning(run: Run) -> None:
    text = "Le président de la République est arrivé lundi à Berlin pour des entretiens sur un nouvel accord."
    ran = run("read", "--json", "-", stdin=json.dumps({"id": "f", "text": text}).encode())
    assert ran.code == 0
    assert json.loads(ran.out)["report"]["language"] == "fr"
    assert "f: the report is not in English but in 'fr'" in ran.err


def test_json_and_record_exclude_each_other(run: Run) -> None:
    ran = run("read", "--json", "--record", "x.db", "-")
    assert ran.code == 2
    assert "--json stores nothing" in ran.err


def test_a_second_run_goes_on_where_the_first_one_stopped(run: Run) -> None:
    _reader.cache_clear()
    first = run("read", "--record", "x.db", "-", stdin=line("a") + line("b"))
    assert (first.code, first.lines) == (0, ["a\t7 facts", "b\t7 facts"])
    assert "2 reports with 14 facts stored in x.db" in first.err
    second = run("read", "--record", "x.db", "-", stdin=line("a") + line("b") + line("c"))
    assert (second.code, second.lines) == (0, ["c\t7 facts"])
    assert "1 reports with 7 facts stored in x.db, 2 unchanged" in second.err
    assert len(run("facts", "--json", "--record", "x.db").lines) == 21


def test_another_parser_reads_again(run: Run) -> None:
    def read(*args: str) -> list[str]:
        _reader.cache_clear()
        return run("read", "--record", "x.db", *args, "-", stdin=line("a")).lines

    assert read() == read("--parser", "fast") == ["a\t7 facts"]
    assert read("--parser", "fast") == []
    assert read("--parser", "standard") == ["a\t7 facts"]
    shown = run("show", "a", "--record", "x.db").out
    assert "version  3 of 3" in shown
    assert re.search(r"by coder [\w.]+\+standard\.[0-9a-f]{12}, lexicon", shown)


def test_files_and_missing_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(made.TEXT, encoding="utf-8")
    ran = run("read", "--json", "one.txt", "two.txt")
    assert (ran.code, [json.loads(text)["report"]["id"] for text in ran.lines]) == (1, ["one.txt"])
    assert "two.txt: there is no such file or folder" in ran.err
    assert run("read", "--json", "two.txt").code == 2


def test_a_folder_of_tables_that_is_not_there(run: Run) -> None:
    ran = run("read", "--record", "x.db", "--lexicon", "nowhere", "-", stdin=line("a"))
    assert ran.code == 2
    assert ran.err.count("\n") <= 2
