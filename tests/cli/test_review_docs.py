"""docs/review.md says what is so: its Python runs, its ways to write values are taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.store.review.editing import written_date
from tests import made
from tests.cli.conftest import Run

TEXT = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


def test_its_python_runs(run: Run, record: str, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    code = code.replace("gulf.db", record).replace("e-1f2e3d4c5b6a7988", made.meeting().id)
    exec(compile(code, "docs/review.md", "exec"), {})
    assert "choice='reject'" in capsys.readouterr().out


def test_its_dates_and_parties_can_be_written(run: Run, record: str) -> None:
    rows = {row.split("|")[1].strip(): row.split("|")[2] for row in TEXT.splitlines() if row.startswith("| `")}
    dates = re.findall(r"`([^`]+)`", rows["`date`, `when`, `as_of`, `from`, `to`"])
    assert [written_date(date) for date in dates if date != "~"] and len(dates) == 9
    parties = re.findall(r"`([^`;]+)`", next(row for name, row in rows.items() if name.startswith("`source`")))
    ran = run("edit", made.meeting().id, "--set", f"target={'; '.join(parties)}", "--by", "anna", "--record", record)
    assert "Israel (ISR/GOV); NATO (IGO); the West" in ran.out
