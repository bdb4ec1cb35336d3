"""Reading many: order, errors that stay with their report, languages, what is known already."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.coding.tools import Tools
from dragoman.errors import InputError
from dragoman.facts import Answer, Date, Evidence, Figure, Report
from dragoman.lexicon import Lexicon
from dragoman.pipeline import batch, processes, run
from dragoman.pipeline.batch import Outcome, Unchanged, read_batch, read_report
from dragoman.pipeline.run import batches, read_all
from dragoman.pipeline.tools import stamp
from dragoman.reading.source import Source
from dragoman.settings import Settings
from tests import made

SETTINGS = Settings()
ENGLISH = "The president of France arrived in Berlin on Monday for talks about the new trade agreement with Germany."
FRENCH = "Le président de la République est arrivé lundi à Berlin pour des entretiens sur un nouvel accord commercial."


class FakeParser:
    """Words and nothing else; breaks on a text that asks for it."""

    def pipe(self, texts: Iterable[str], meanings: bool = False) -> Iterator[Doc]:
        for text in texts:
            if "BREAK" in text:
                raise ZeroDivisionError("the tree has no root")
            yield Doc(Vocab(), words=[text], spaces=[False])


TOOLS = Tools(FakeParser(), Lexicon(), frozenset(
    ("times", "places", "actors", "statements", "figures", "agreements", "events", "transfers", "offices")
))  # fmt: skip


def source(ident: str, text: str = ENGLISH) -> Source:
    return Source(ident, f"line {ident}", text=text)


@dataclass(frozen=True)
class Seen:
    """Knows some ids."""

    ids: tuple[str, ...]

    def __call__(self, report: Report) -> bool:
        return report.id in self.ids


def names(outcomes: Iterable[Outcome]) -> list[str]:
    return [o.source if isinstance(o, InputError) else f"{type(o).__name__} {o.report.id}" for o in outcomes]


def test_a_report_that_breaks_the_parser_costs_no_other() -> None:
    batch = [source("a"), source("b", ENGLISH + " BREAK"), InputError("x.html", "gone"), source("c", " "), source("d")]
    outcomes = read_batch(batch, TOOLS, SETTINGS)
    assert names(outcomes) == ["Answer a", "line b", "x.html", "line c", "Answer d"]
    assert "ZeroDivisionError: the tree has no root at pipe, line" in str(outcomes[1])


def test_a_stage_that_breaks_costs_its_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def code(report: Report, *_: object) -> Answer:
        if report.id == "b":
            raise KeyError("no such code")
        return Answer(report)

    monkeypatch.setattr(batch, "code", code)
    assert names(read_batch([source("a"), source("b"), source("c")], TOOLS, SETTINGS)) == [
        "Answer a",
        "line b",
        "Answer c",
    ]


def test_a_fact_without_its_words_in_the_report_costs_its_report(monkeypatch: pytest.MonkeyPatch) -> None:
    proof = (Evidence(0, 5, "Other words than these"),)
    figures = {
        "a": Figure(1.0, None, "quantity", (0, 5), proof, Date.unknown()),
        "b": Figure(math.inf, None, "quantity", (0, 3), (Evidence(0, 3, ENGLISH),), Date.unknown()),
        "c": Figure(1.0, None, "quantity", (0, 3), (Evidence(0, 3, ENGLISH),), Date.unknown()),
    }
    monkeypatch.setattr(batch, "code", lambda report, *_: Answer(report, figures=(figures[report.id],)))
    outcomes = read_batch([source("a"), source("b"), source("c")], TOOLS, SETTINGS)
    assert names(outcomes) == ["line a", "line b", "Answer c"]
    assert "the evidence of figure at [0, 5) does not stand there" in str(outcomes[0])
    assert "is not finite" in str(outcomes[1])


def test_other_languages_are_kept_named_and_not_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "code", lambda *_: pytest.fail("coded"))
    answer = read_report(source("f", FRENCH), TOOLS, SETTINGS)
    assert (answer.report.language, answer.report.text, answer.facts()) == ("fr", FRENCH, ())
    assert any("not in English" in warning for warning in answer.report.warnings)
    assert names(read_batch([source("f", FRENCH)], TOOLS, SETTINGS)) == ["Answer f"]


def test_known_reports_are_passed_over() -> None:
    outcomes = read_batch([source("a"), source("b")], TOOLS, SETTINGS, Seen(("b",)))
    assert names(outcomes) == ["Answer a", "Unchanged b"]
    assert isinstance(outcomes[1], Unchanged)


def test_order_is_kept_and_progress_told_over_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "load_tools", lambda _: TOOLS)
    told: list[int] = []
    sources = [source(str(number)) for number in range(40)]
    assert names(read_all(sources, SETTINGS, progress=told.append)) == [f"Answer {number}" for number in range(40)]
    assert told == list(range(1, 41))
    assert [len(batch) for batch in batches(sources)] == [16, 16, 8]
    long = [source(str(number), "x" * 200_000) for number in range(4)]
    assert [len(batch) for batch in batches(long)] == [3, 1]


def test_nothing_is_read_ahead_of_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "load_tools", lambda _: TOOLS)
    taken: list[str] = []

    def inputs() -> Iterator[Source]:
        for number in range(100):
            taken.append(str(number))
            yield source(str(number))

    next(read_all(inputs(), SETTINGS))
    assert len(taken) == run.BATCH_REPORTS


@dataclass(frozen=True)
class Killer:
    """Kills the process that asks about a report of that id."""

    ident: str

    def __call__(self, report: Report) -> bool:
        if report.id == self.ident:
            os._exit(9)
        return True


def test_a_worker_that_dies_costs_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_work", _work_without_parser)
    sources = [source(str(number)) for number in range(20)]
    outcomes = list(processes.read_in_processes(batches(sources, 5), SETTINGS, 2, Killer("7")))
    expected = [f"Unchanged {number}" for number in range(20)]
    expected[7] = "line 7"
    assert names(outcomes) == expected
    assert "the process that read it died" in str(outcomes[7])


def _work_without_parser(sent, settings, known):  # type: ignore[no-untyped-def]
    batch = [processes._unpack_input(item) for item in sent]
    outcomes = read_batch(batch, TOOLS, settings, known)
    return [processes._pack(item) if isinstance(item, InputError) else item for item in outcomes]


def test_the_stamp_changes_with_the_tables(tmp_path) -> None:  # type: ignore[no-untyped-def]
    ours = stamp(SETTINGS)
    (tmp_path / "countries.tsv").write_text("code\tname\n", encoding="utf-8")
    theirs = stamp(Settings(lexicon=tmp_path))
    assert ours.coder == theirs.coder
    assert ours.lexicon != theirs.lexicon
    assert stamp(SETTINGS) == ours


@pytest.mark.parametrize(("least", "events"), [(0.0, 2), (0.5, 2), (0.6, 1), (1.0, 0)])
def test_events_less_sure_are_left_out_and_other_facts_stay(
    least: float, events: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "code", lambda *_, **__: made.answer())
    (answer,) = read_batch([source("r1", made.TEXT)], TOOLS, Settings(min_confidence=least))
    assert isinstance(answer, Answer)
    assert len(answer.events) == events
    assert len(answer.facts()) == events + made.FACTS - 2


def test_what_is_read_from_a_confidence_on_is_not_taken_for_the_whole() -> None:
    whole, some = stamp(SETTINGS), stamp(Settings(min_confidence=0.7))
    assert some.coder == whole.coder
    assert some.lexicon == whole.lexicon + "+sure.0.7"
