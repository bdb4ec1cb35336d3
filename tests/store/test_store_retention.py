"""Texts that are dropped in time, by outlet; what facts rest on stays where it stood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.store.query import facts
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report
from dragoman.store.retention import OTHERS, Rule, apply, due, kept_text, remove_rule, rules, set_rule
from dragoman.store.search.parser import parse
from dragoman.store.search.results import found_sentences
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add
from tests import made
from tests.store.test_search_language import NAMES

STAMP = Stamp("0.1", "lex")
SECRET = "The minister's umbrella was purple.\nIt rained."
TEXT = f"{made.TEXT} {SECRET}"
LATER = datetime.now(UTC) + timedelta(days=30, hours=12)


@pytest.fixture
def record(new_record: str):
    with open_record(new_record, write=True) as opened:
        for ident, outlet in (("r1", "Morning Wire"), ("r2", "Évening «Post»"), ("r3", None)):
            add(opened, made.answer(ident, report=made.report(ident, text=TEXT, outlet=outlet)), STAMP)
        yield opened


def texts(record: Record) -> dict[str, bool]:
    return {ident: SECRET in report(record, ident).report.text for ident in ("r1", "r2", "r3")}


CASES = [
    ([], {"r1": True, "r2": True, "r3": True}),
    ([Rule("Morning Wire", 30)], {"r1": False, "r2": True, "r3": True}),
    ([Rule("Morning Wire", 31)], {"r1": True, "r2": True, "r3": True}),
    ([Rule("Morning Wire", None)], {"r1": True, "r2": True, "r3": True}),
    ([Rule(OTHERS, 30)], {"r1": False, "r2": False, "r3": False}),
    ([Rule(OTHERS, 30), Rule("Morning Wire", None, "CC0")], {"r1": True, "r2": False, "r3": False}),
    ([Rule(OTHERS, None), Rule("Évening «Post»", 0)], {"r1": True, "r2": False, "r3": True}),
]


@pytest.mark.parametrize(("wanted", "left"), CASES)
def test_rules_say_whose_text_goes(record: Record, wanted: list[Rule], left: dict[str, bool]) -> None:
    for rule in wanted:
        set_rule(record, rule)
    assert rules(record) == sorted(wanted, key=lambda rule: rule.outlet)
    before = [fact.line() for fact in facts(record)]
    gone = sum(not there for there in left.values())
    assert sum(due(record, LATER).values()) == gone == apply(record, LATER)
    assert texts(record) == left
    assert [fact.line() for fact in facts(record)] == before
    assert list(verify(record)) == []
    assert apply(record, LATER) == 0


def test_what_is_dropped_leaves_quotes_in_their_places(record: Record) -> None:
    set_rule(record, Rule("Morning Wire", 5))
    apply(record, LATER)
    kept = report(record, "r1").report
    assert len(kept.text) == len(TEXT)
    for words in ("France and Germany signed the Elbe accord on Monday", "Canada met Ghana in Accra last week"):
        assert kept.text.index(words) == TEXT.index(words)
    assert kept.text[made.TEXT.index(".") :].rstrip(" ").endswith("\n")
    assert kept.warnings[-1].endswith("only the words of its facts are kept")
    assert not add(record, made.answer("r1", report=made.report("r1", text=TEXT)), STAMP).new


def test_old_versions_go_too(record: Record) -> None:
    add(record, made.answer("r1", report=made.report("r1", text=TEXT + " Corrected.")), STAMP)
    set_rule(record, Rule("Morning Wire", 5))
    assert due(record, LATER) == {"Morning Wire": 2}
    assert apply(record, LATER) == 2
    assert all(SECRET not in report(record, "r1", version).report.text for version in (1, 2))
    assert list(verify(record)) == []


def test_dropped_words_are_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_record(str(path), write=True) as record:
        add(record, made.answer("r1", report=made.report("r1", text=TEXT)), STAMP)
        set_rule(record, Rule(OTHERS, 0))
        assert apply(record, LATER) == 1
    assert all(b"umbrella" not in file.read_bytes() for file in tmp_path.iterdir())


def test_dropped_words_are_not_found_by_a_search(record: Record) -> None:
    def found(words: str) -> int:
        return len(found_sentences(record, parse(f"{words} in:sentences", NAMES))[0])

    assert (found("umbrella"), found("Elbe")) == (3, 3)
    set_rule(record, Rule("Morning Wire", 0))
    apply(record, LATER)
    assert (found("umbrella"), found("Elbe")) == (2, 3)


def test_what_is_kept_of_a_text_is_verified(record: Record) -> None:
    set_rule(record, Rule(OTHERS, 0))
    apply(record, LATER)
    with record.writing() as connection:
        connection.exec_driver_sql("UPDATE reports SET text = text || 'x' WHERE id = 'r2'")
    (finding,) = verify(record)
    assert finding.where == "report r2, version 1"
    assert finding.problem.startswith("what is kept of its text isn't what was kept")


def test_rules_are_replaced_and_removed(record: Record) -> None:
    set_rule(record, Rule("Morning Wire", 5, "contract"))
    set_rule(record, Rule("Morning Wire", 6))
    assert rules(record) == [Rule("Morning Wire", 6)]
    remove_rule(record, "Morning Wire")
    assert rules(record) == []
    with pytest.raises(QueryError, match="there is no rule for all others; `dragoman retain rules` lists them"):
        remove_rule(record, OTHERS)
    with pytest.raises(QueryError, match="days: -1 is negative"):
        set_rule(record, Rule("x", -1))


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda two: (min(two), max(two)))))
def test_kept_text_keeps_spans_and_length(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(min(start, len(text)), min(end, len(text))) for start, end in spans]
    kept = kept_text(text, inside)
    within = {at for start, end in inside for at in range(start, end)}
    assert kept == "".join(c if at in within or c == "\n" else " " for at, c in enumerate(text))
