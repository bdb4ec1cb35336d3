"""docs/exports.md: its tables name each format's columns, and its recipes run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.plover import FIELDS
from dragoman.store.record import Record
from tests.store.exports.test_loading import run_r

PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
SECTIONS = dict(part.split("\n", 1) for part in PAGE.split("\n## ")[1:])
RECIPES = [name for name, text in SECTIONS.items() if "```" in text]
TITLES = {"csv": "csv and parquet", "parquet": "csv and parquet"}


def blocks(section: str, language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", SECTIONS[section], flags=re.MULTILINE | re.DOTALL)
    return [text for name, text in found if name == language]


@pytest.mark.parametrize("format_", [name for name, one in FORMATS.items() if one.columns])
def test_tables_name_the_columns_in_order(format_: str) -> None:
    lines = [line for line in SECTIONS[TITLES.get(format_, format_)].split("\n") if line.startswith("| `")]
    named = [name for line in lines for name in re.findall(r"`([^`]+)`", line.split("|")[1])]
    assert tuple(named) == FORMATS[format_].columns


def test_plovers_fields_are_named_in_order() -> None:
    first = SECTIONS["plover"].split("keep their names:", 1)[1].split(". `date`", 1)[0]
    assert tuple(re.findall(r"`([^`]+)`", first)) == FIELDS


def test_every_format_has_a_section_and_a_line() -> None:
    assert set(RECIPES) == {TITLES.get(name, name) for name in FORMATS}
    assert all(name in PAGE.split("\n## ")[0] for name in FORMATS)


@pytest.mark.parametrize("section", RECIPES)
def test_recipes_run(section: str, sample_record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in "".join(blocks(section, "")).splitlines():
        program, *args = shlex.split(line)
        assert program == "dragoman"
        with pytest.raises(SystemExit, match="^0$"):
            main([*args, "--record", sample_record.where])
    for recipe in blocks(section, "python"):
        ran = subprocess.run([sys.executable, "-W", "error", "-c", recipe], capture_output=True, text=True, timeout=120)
        assert (ran.returncode, bool(ran.stdout.strip())) == (0, True), ran.stderr
    for recipe in blocks(section, "r"):
        assert run_r(recipe, tmp_path).strip()
