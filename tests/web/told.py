"""Reports for the pages that join several: plans and outcomes, agreements, stories, figures, offices."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dragoman.facts import Answer, Date
from dragoman.pipeline.batch import read_batch
from dragoman.pipeline.tools import load_tools
from dragoman.reading.source import Source
from dragoman.settings import Settings

PATH = Path(__file__).parent / "told.tsv"
"""A report a line: its day, its outlet, its text."""


@cache
def answers() -> tuple[Answer, ...]:
    """The reports as they are read; `t0` and so on are their ids."""
    lines = [line.split("\t") for line in PATH.read_text(encoding="utf-8").splitlines()]
    sources = [
        Source(f"t{i}", "t", text=text, title=text[:60], published=Date.on(day, "given"), outlet=outlet)
        for i, (day, outlet, text) in enumerate(lines)
    ]
    read = read_batch(list(sources), load_tools(Settings()), Settings())
    return tuple(one for one in read if isinstance(one, Answer))
