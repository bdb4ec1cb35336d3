"""docs/search.md says what is so: its keys, examples, faults and Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.store.record import open_record
from dragoman.store.search.keys import KEYS
from dragoman.store.search.parser import parse
from dragoman.store.search.results import search
from tests.cli.conftest import Run

TEXT = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    (found,) = re.findall(f"```{name}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


def test_the_table_of_keys_is_that_of_the_program() -> None:
    table = TEXT.split("## Keys\n", 1)[1].split("\n\n**", 1)[0]
    assert re.findall(r"^\| `([^`]+)` \| (.*) \|$", table, re.MULTILINE) == [
        (key.example, key.gloss) for key in KEYS.values()
    ]


@pytest.mark.parametrize("text", block("search").splitlines())
def test_examples_are_answered(record: str, text: str) -> None:
    query = parse(text, Names(Lexicon(None)))
    assert query.terms
    with open_record(record) as opened:
        search(opened, query)


def test_terms_of_the_first_table_are_understood() -> None:
    table = TEXT.split("| Write | to find |\n", 1)[1].split("\n\n", 1)[0]
    for example in re.findall(r"`([^`]+)`", table):
        if not example.startswith(("KEY", "-TERM")):
            parse(f"word {example}", Names(Lexicon(None)))


def test_faults_are_told_as_they_stand_there(run: Run, record: str) -> None:
    told = re.findall(r"\$ dragoman (.*)\n((?:(?!\$).*\n)+)", block("fault"))
    assert len(told) == 3
    for command, expected in told:
        ran = run(*shlex.split(command), "--record", record)
        assert (ran.code, ran.err) == (2, expected)


def test_the_python_example_runs(record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    Path(record).rename(tmp_path / "gulf.db")
    exec(compile(block("python"), "docs/search.md", "exec"), {})
    assert capsys.readouterr().out == (
        "1994-03-07 France and Germany signed the Elbe accord on Monday\n" * 2 + "(('happened', 1),)\n"
    )
