"""The committed page is the one that the tables give."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.lexicon import Lexicon
from dragoman.lexicon.codebook_page import main, page, table

PAGE = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_the_committed_page_is_what_the_tables_give():
    assert PAGE.read_text(encoding="utf-8") == page(Lexicon()), (
        "run: python -m dragoman.lexicon.codebook_page docs/codebook.md"
    )


def test_a_bar_in_a_cell_does_not_open_another_cell():
    assert table(("a", "b"), [("x|y", "z")])[2] == "| x/y | z |"


def test_the_program_writes_the_page_and_says_how_it_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path / "page.md")]) == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8").startswith("# Codebook\n")
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
