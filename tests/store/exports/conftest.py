"""The sample archive as a record, read once, and a way to export it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest

from dragoman.lexicon import Lexicon
from dragoman.pipeline.tools import CODEBOOK
from dragoman.store.exports.job import Wanted
from dragoman.store.exports.run import ABOUT, export
from dragoman.store.query import FactFilter
from dragoman.store.record import Record, open_record
from dragoman.store.writing import add
from tests import made
from tests.conftest import STAMP as STAMP

LEXICON = Lexicon()


@dataclass(frozen=True)
class Written:
    path: Path
    about: dict[str, Any]

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode("utf-8")

    @property
    def cells(self) -> list[list[str]]:
        return [line.split("\t") for line in self.text.split("\n")[:-1]]


Write = Callable[..., Written]


def written(record: Record, path: Path, format_: str, **options: Any) -> Written:
    """Export by the options of `Wanted` and of `FactFilter`."""
    own = {field.name for field in fields(Wanted)}
    filters = {name: options.pop(name) for name in list(options) if name not in own}
    export(record, format_, path, Wanted(FactFilter(**filters), **options), LEXICON, CODEBOOK, force=True)
    return Written(path, json.loads(Path(f"{path}{ABOUT}").read_text(encoding="utf-8")))


@pytest.fixture
def of_sample(sample_record: Record, tmp_path: Path) -> Write:
    """Exports the sample: `of_sample("icews", expand=True)`."""
    return lambda format_, **options: written(sample_record, tmp_path / f"sample.{format_}", format_, **options)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A record with the one report of `made.answer`."""
    with open_record(str(tmp_path / "r.db"), write=True) as opened:
        add(opened, made.answer(), STAMP)
        yield opened


@pytest.fixture
def of_record(record: Record, tmp_path: Path) -> Write:
    """Exports the record of one report."""
    return lambda format_, **options: written(record, tmp_path / f"made.{format_}", format_, **options)
