"""The scorer of the event corpus: who is matched with whom, what counts as right, and that the test part stays shut."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.events_corpus import event_breakdown, item_breakdown, main, score, table
from benchmarks.events_errors import errors, listing
from benchmarks.events_matching import assign, pairs
from benchmarks.events_reading import Reading, reading
from dragoman.errors import InputError
from dragoman.facts import Actor, Answer, Date, Event, Evidence, Report
from training.events_corpus import Item, parse

TEXT = """= a-001 | 1984-06-02 | paper:KEN | africa | passive coordination
Mali's army shelled two bridges near Gao on Friday, and Niger will close the border.
- ASSAULT.heavy-weapons | Mali's army=MLIMIL > bridges=MLI | shelled | @1984-06-01
- COERCE.restrict scheduled | Niger=NERGOV > *=MLI | close
= a-002 | 1984-06-02 | paper:KEN | africa | light
Chad lodged a note with Mali.
- ACCUSE.disapprove | Chad=TCDGOV > Mali=MLIGOV | note
Togo and Benin held talks.
= a-003 | 1984-06-02 | paper:KEN | africa | none-nature
Rain fell on Mali.
"""


def items() -> dict[str, Item]:
    found, faults = parse(TEXT, "made.txt")
    assert not faults
    return {item.id: item for item in found}


def event(item: Item, words: str, act: str, source: str, target: str, **fields: object) -> Event:
    """An event read from ITEM at WORDS; sides are codes such as `MLIMIL`, separated by blanks."""
    at = item.text.index(words)
    evidence = (Evidence(0, len(item.text), item.text), Evidence(at, at + len(words), item.text))
    made = Event(
        "e", act, act, "happened", actors(source), actors(target), evidence,
        Date(None, item.day, "interval", basis="report"),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def actors(codes: str) -> tuple[Actor, ...]:
    return tuple(Actor(code, code[:3].strip("-") or None, code[3:] or None) for code in codes.split())


def read(ident: str, *events: Event) -> Reading:
    item = items()[ident]
    report = Report(item.id, item.text, Date.on(item.day, "given"))
    return reading(item, Answer(report, events))


SHELLED = event(
    items()["a-001"], "shelled", "ASSAULT", "MLIMIL", "MLI", mode="heavy-weapons",
    date=Date.on("1984-06-01", "relative"),
)  # fmt: skip
CLOSE = event(
    items()["a-001"], "close", "COERCE", "NERGOV", "MLI", type="THREATEN", mode="restrict", status="scheduled"
)


def figures(one: Reading) -> dict[str, tuple[int, int, int]]:
    return {row: (count.right, count.answered, count.gold) for row, count in score(one).items()}


def test_what_is_wholly_right_counts_in_every_row() -> None:
    rows = figures(read("a-001", SHELLED, CLOSE))
    dated = {"date": (1, 1, 1), "background": (0, 0, 0), "mode": (2, 2, 2)}
    assert rows == {row: dated.get(row, (2, 2, 2)) for row in rows}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        (replace(SHELLED, status="claimed"), {"status", "status of found", "all", "everything"}),
        (
            replace(SHELLED, target=actors("MLIGOV")),
            {"target+sector", "type+source+target+sector", "everything"},
        ),
        (
            replace(SHELLED, target=()),
            {"target", "target+sector", "type+source+target", "type+source+target+sector", "all", "everything"},
        ),
        (
            replace(SHELLED, source=actors("TCDMIL")),
            {"source", "source+sector", "type+source+target", "type+source+target+sector", "all", "everything"},
        ),
        (replace(SHELLED, mode="aerial"), {"mode", "everything"}),
        (replace(SHELLED, date=Date.on("1984-06-02", "report")), {"date", "everything"}),
        (replace(SHELLED, background=True), {"all", "everything"}),
        (
            replace(SHELLED, act="COERCE", type="COERCE"),
            {"type", "act", "type+source+target", "type+source+target+sector", "all", "everything"},
        ),
    ],
)
def test_a_wrong_field_costs_its_own_rows_and_no_other(changed: Event, wrong: set[str]) -> None:
    before, after = figures(read("a-001", SHELLED, CLOSE)), figures(read("a-001", changed, CLOSE))
    assert {row for row in before if after[row][0] < before[row][0]} == wrong


@pytest.mark.parametrize(
    ("ident", "words", "act", "source", "target", "found"),
    [
        ("a-001", "shelled", "AID", "FRAGOV", "DEU", True),  # the words meet, all else is wrong
        ("a-001", "border", "ASSAULT", "MLIMIL", "", True),  # same sentence, type and source
        ("a-001", "border", "ASSAULT", "", "", False),  # nobody is no party in common
        ("a-001", "border", "ASSAULT", "FRAMIL", "DEU", False),
        ("a-001", "border", "AID", "MLIMIL", "MLI", False),
        ("a-002", "lodged", "ACCUSE", "TCDGOV", "", True),  # the light verb for its noun
        ("a-002", "talks", "ACCUSE", "TCDGOV", "", False),  # another sentence needs both sides
        ("a-002", "talks", "ACCUSE", "TCD", "MLI", True),  # told once more elsewhere
    ],
)
def test_what_can_be_the_same_event(ident: str, words: str, act: str, source: str, target: str, found: bool) -> None:
    one = read(ident, event(items()[ident], words, act, source, target))
    assert bool(pairs(one.gold, one.read)) is found


def test_of_two_readings_the_better_one_is_taken_and_the_other_is_false() -> None:
    worse = replace(SHELLED, source=(), target=())
    one = read("a-001", worse, SHELLED)
    assert pairs(one.gold, one.read) == [(0, 1)]
    assert [kind for kind, _, _ in errors(one)] == ["missed", "false"]


def test_a_party_without_country_is_not_nobody() -> None:
    item = items()["a-001"]
    one = read("a-001", event(item, "shelled", "ASSAULT", "---UAF", ""))
    assert one.read[0].source == frozenset({"---"})
    assert one.read[0].source_sector == frozenset({"---UAF"})
    assert one.read[0].target == frozenset()


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_assignment_is_the_heaviest(weights: list[list[int]]) -> None:
    rows, columns = range(len(weights)), range(3)
    found = assign(list(rows), list(columns), lambda row, column: weights[row][column])
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert all(weights[row][column] for row, column in found)
    padded = [*columns, *[None] * len(rows)]
    best = max(
        sum(weights[row][column] for row, column in zip(rows, order, strict=False) if column is not None)
        for order in set(permutations(padded, len(rows)))
    )
    assert sum(weights[row][column] for row, column in found) == best


def test_the_table_counts_false_events_where_nothing_is_told() -> None:
    rain = event(items()["a-003"], "fell", "ASSAULT", "", "MLI")
    quiet, loud = read("a-003"), read("a-003", rain)
    assert score(quiet)["quiet"].right == 1
    assert score(loud)["quiet"].right == 0
    lines = list(table("dev", [read("a-001", SHELLED, CLOSE), loud]))
    assert lines[0] == "dev items 2, sets and single items 2, events 2, read 3"
    assert next(line.split() for line in lines if line.startswith("dev found"))[2:8] == [
        "2", "3", "2", "66.7", "100.0", "80.0",
    ]  # fmt: skip


def test_an_item_that_failed_is_missed_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    one = reading(items()["a-001"], InputError("a-001", "a fault"))
    assert [kind for kind, _, _ in errors(one)] == ["missed", "missed"]
    assert list(table("dev", [one]))[-1] == "inputs without an answer: 1"
    assert "a fault" in capsys.readouterr().err


def test_breakdowns() -> None:
    found = [read("a-001", replace(SHELLED, act="AID", type="AID")), read("a-003")]
    by_type = {line.split()[0]: line.split()[1:] for line in event_breakdown("type", found)}
    assert by_type["ASSAULT"] == ["1", "0", "0.0", "100.0", "0.0", "100.0", "0.0"]
    assert by_type["taken:"] == ["AID", "for", "ASSAULT", "1"]
    by_tag = {line.split()[0]: line.split()[1:] for line in item_breakdown("tag", found)}
    assert by_tag["passive"][:3] == ["1", "2", "1"]
    assert by_tag["none-nature"][:3] == ["1", "0", "0"]


def test_the_listing_sets_both_side_by_side() -> None:
    found = [read("a-001", replace(SHELLED, target=())), read("a-002")]
    assert list(listing(found, 1)) == [
        "a-001  1984-06-02  made.txt:1  passive coordination",
        "    Mali's army shelled two bridges near Gao on Friday, and Niger will close the border.",
        "  = ASSAULT.heavy-weapons happened | MLIMIL > MLI | shelled | @1984-06-01",
        "    ASSAULT.heavy-weapons happened | MLIMIL > - | shelled | @1984-06-01  <- target",
        "  - COERCE.restrict (THREATEN) scheduled | NERGOV > MLI | close",
        "",
    ]
    assert [line for line in listing(found, 5, "target") if line[:2] == "a-"] == [next(listing(found, 1))]


@pytest.mark.parametrize("option", [["--errors", "3"], ["--by", "tag"], ["--kind", "false"]])
def test_nothing_of_the_test_part_is_listed(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--part", "dev", "test", *option])
    assert f"leave out {option[0]}" in capsys.readouterr().err
