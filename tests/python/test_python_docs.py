"""docs/python.md and the notebooks run on the sample archive, and the page knows every filter."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from dragoman.python.values import Filters
from dragoman.store import record as records

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "python.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
CELL_TIMEOUT_S = 240


@pytest.fixture
def folder(sample_record: records.Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the record of the sample, as `dragoman demo` leaves it."""
    source, copy = sqlite3.connect(sample_record.where), sqlite3.connect(tmp_path / "dragoman-demo.db")
    source.backup(copy)
    source.close()
    copy.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_RECORD", raising=False)
    return tmp_path


def test_each_block_of_the_page_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 10
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
        assert capsys.readouterr().out.strip() or "save(" in block, block
    assert {path.name for path in folder.iterdir()} >= {
        "egypt-israel.svg",
        "egypt.tsv",
        "egypt.tsv.about.json",
        "own.db",
    }


def test_the_page_names_every_filter() -> None:
    table = PAGE.split("| What narrows | |", 1)[1].split("\n\n", 1)[0]
    assert set(Filters.__annotations__) <= set(re.findall(r"`(\w+)`", table))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(folder: Path, path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
    client = NotebookClient(notebook, timeout=CELL_TIMEOUT_S, resources={"metadata": {"path": str(folder)}})
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert [output for output in outputs if "image/svg+xml" in output.get("data", {})]


def test_there_are_two_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["pair-over-a-year", "planned-and-happened"]
    assert all(f"notebooks/{path.name}" in PAGE for path in NOTEBOOKS)
