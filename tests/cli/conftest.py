"""Running commands in this process, with standard streams of their own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.cli import main
from dragoman.coding.tools import Tools
from dragoman.facts import Answer, Report
from dragoman.lexicon import Lexicon
from dragoman.pipeline import batch as batch_module
from dragoman.pipeline import run as run_module
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add
from tests import made


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.split("\n")[:-1]


Run = Callable[..., Ran]


class FakeParser:
    def pipe(self, texts: Iterable[str], meanings: bool = False) -> Iterator[Doc]:
        for text in texts:
            yield Doc(Vocab(), words=[text], spaces=[False])


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder: `run("facts", "--json", stdin=b"…")`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_RECORD", raising=False)
    monkeypatch.setenv("COLUMNS", "160")

    def run_one(*args: str, stdin: bytes = b"") -> Ran:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", write_through=True))
            try:
                code = main(list(args))
            except SystemExit as ended:
                code = int(ended.code or 0)
            return Ran(code, out.getvalue().decode(), err.getvalue().decode())

    return run_one


@pytest.fixture
def record(tmp_path: Path) -> str:
    """A record with one report, `r1`."""
    path = str(tmp_path / "r.db")
    with open_record(path, write=True) as opened:
        add(opened, made.answer(), Stamp("0.1", "lex"))
    return path


@pytest.fixture
def fake_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading without the parser: the facts of `made.answer` stand in every report that has its text."""

    def code(report: Report, *_: object) -> Answer:
        return made.answer(report.id, report=report) if report.text == made.TEXT else Answer(report)

    monkeypatch.setattr(run_module, "load_tools", lambda _: Tools(FakeParser(), Lexicon()))
    monkeypatch.setattr(batch_module, "code", code)
