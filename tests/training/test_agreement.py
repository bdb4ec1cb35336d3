"""Agreement of two annotations: alpha by Krippendorff's worked examples, and what is paired with what."""

from collections.abc import Hashable, Sequence
from pathlib import Path

import pytest

from dragoman.reliability import Unit, alpha
from training.agreement import NONE, all_pairs, differences, paired, read_second, table, units_of
from training.events_corpus import CorpusError, Item, parse

# The values of Krippendorff (2011), a row for each observer; a dot: the observer gave none.
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
MISSING = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def units(rows: Sequence[str]) -> list[list[str]]:
    return [[value for value in unit if value != "."] for unit in zip(*(row.split() for row in rows), strict=True)]


@pytest.mark.parametrize(("rows", "value"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)])
def test_alpha_of_the_worked_examples(rows: Sequence[str], value: float) -> None:
    assert alpha(units(rows)) == pytest.approx(value, abs=0.0005)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -0.5),
        ([("a", "a"), ("a", "a")], None),  # nothing varies, so that chance can't be told from agreement
        ([("a",), ("b",)], None),
        ([], None),
    ],
)
def test_alpha_at_its_ends(given: list[tuple[Hashable, ...]], value: float | None) -> None:
    assert alpha(given) == value


TEXT = "Mali shelled Gao and closed the border; Niger protested."


def item(*lines: str, text: str = TEXT, name: str = "p00-001") -> Item:
    tag = "active" if lines else "none-comment"
    items, faults = parse("\n".join([f"= {name} | 1984-06-02 | agency | africa | {tag}", text, *lines]), "some.txt")
    assert not faults
    return items[0]


SHELLED = "- ASSAULT | Mali=MLIGOV > Gao=MLI | shelled"
CLOSED = "- COERCE.restrict | Mali=MLIGOV > - | closed"
PROTESTED = "- ACCUSE | Niger=NERGOV > - | protested"


def lines_of(first: Item, second: Item) -> list[tuple[int | None, int | None, bool]]:
    """Which line of either, counted from 1 after the text, is paired with which."""
    return [
        (pair.first.line - 2 if pair.first else None, pair.second.line - 2 if pair.second else None, pair.by_trigger)
        for pair in paired(first, second)
    ]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ((SHELLED, CLOSED), (CLOSED, SHELLED), [(1, 2, True), (2, 1, True)]),
        # the same trigger outdoes the same act
        (
            (SHELLED, CLOSED),
            ("- COERCE | Mali=MLI > - | shelled", "- ASSAULT | - > - | closed"),
            [(1, 1, True), (2, 2, True)],
        ),
        # the larger share of a trigger outdoes the order
        (
            ("- ASSAULT | Mali=MLI > - | shelled Gao and closed",),
            (SHELLED, "- COERCE | - > - | Gao and closed the border"),
            [(1, 2, True), (None, 1, False)],
        ),
        # other words, the same act
        ((PROTESTED,), ("- ACCUSE | - > Mali=MLIGOV | border",), [(1, 1, False)]),
        ((PROTESTED,), ("- REJECT | - > Mali=MLIGOV | border",), [(1, None, False), (None, 1, False)]),
        ((SHELLED,), (), [(1, None, False)]),
        ((), (SHELLED,), [(None, 1, False)]),
    ],
)
def test_pairs(
    first: tuple[str, ...], second: tuple[str, ...], wanted: list[tuple[int | None, int | None, bool]]
) -> None:
    assert lines_of(item(*first), item(*second)) == wanted


def test_the_same_act_in_another_sentence_is_no_pair() -> None:
    text = "Mali protested.\nNiger complained."
    first = item("- ACCUSE | Niger=NERGOV > - | complained", text=text)
    [other], faults = parse(
        "= p00-001 | 1984-06-02 | agency | africa | active\nMali protested.\n- ACCUSE | Mali=MLIGOV > - | protested\n"
        "Niger complained.",
        "some.txt",
    )
    assert not faults
    assert [pair.whole for pair in paired(first, other)] == [False, False]


def test_lone_events_are_none_only_where_wanted() -> None:
    pairs = paired(item(SHELLED, CLOSED), item(SHELLED, PROTESTED))
    assert units_of(pairs, "act", False) == [("ASSAULT", "ASSAULT")]
    assert units_of(pairs, "act", True) == [("ASSAULT", "ASSAULT"), ("COERCE", NONE), (NONE, "ACCUSE")]
    lone: list[Unit] = [(frozenset(), NONE), (NONE, frozenset())]
    assert units_of(pairs, "target", True)[1:] == lone


def test_parties_are_compared_as_sets() -> None:
    text = "Mali and Niger protested."
    one = item("- ACCUSE | Mali=MLIGOV + Niger=NERGOV > - | protested", text=text)
    other = item("- ACCUSE | Niger=NERGOV + Mali=MLIGOV > - | protested", text=text)
    [(left, right)] = units_of(paired(one, other), "source", False)
    assert left == right == frozenset({"MLIGOV", "NERGOV"})


def test_table_counts_what_is_shared() -> None:
    pairs = paired(item(SHELLED, CLOSED), item(SHELLED, "- COERCE | Mali=MLI > - | closed", PROTESTED))
    told = table(pairs, 1).split("\n")
    assert told[0] == "1 sentences; 2 events in the first annotation, 3 in the second; 2 paired"
    assert told[1] == "(2 by trigger, the rest by act), 0.67 of the 3 that either has."
    assert told[-1] == "| same, of paired | 1.00 | 1.00 | 1.00 | 1.00 | 0.50 | 1.00 | 2 |"


def test_nothing_to_compare_is_a_table_too() -> None:
    assert table([], 0).endswith("| same, of paired | - | - | - | - | - | - | 0 |")


def test_no_difference_of_the_test_part_is_told() -> None:
    names = {part: next(n for n in map("p00-{:03}".format, range(1000)) if item(name=n).part == part) for part in PARTS}
    told = [differences(paired(item(SHELLED, name=n), item(CLOSED, name=n))) for n in names.values()]
    assert [bool(text) for text in told] == [True, True, False]


PARTS = ("train", "dev", "test")


@pytest.mark.parametrize(
    ("other", "problem"),
    [(item(name="p00-002"), "p00-002 is not in the corpus"), (item(text="Mali slept."), "the text of p00-001")],
)
def test_what_is_not_the_corpus_is_refused(other: Item, problem: str) -> None:
    with pytest.raises(CorpusError, match=problem):
        all_pairs([item(SHELLED)], [other])


def test_a_fault_in_a_second_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "second.txt"
    file.write_text("= p00-001 | 1984 | agency | africa | active\nMali slept.\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no ISO day"):
        read_second([file])
