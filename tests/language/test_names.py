import numpy as np
import pytest

from dragoman.language.names import names, settle

TAGS = ["O", "B-ORG", "I-ORG", "B-GPE", "I-GPE"]
NAMES = [
    ([0, 0, 0], []),
    ([1, 2, 0], [(0, 2, "ORG")]),
    ([1, 1, 2], [(0, 1, "ORG"), (1, 3, "ORG")]),
    ([0, 4, 4], [(1, 3, "GPE")]),
    ([3, 2, 2], [(0, 3, "ORG")]),
    ([3, 0, 1], [(0, 1, "GPE"), (2, 3, "ORG")]),
]


@pytest.mark.parametrize(("best", "expected"), NAMES)
def test_names(best: list[int], expected: list[tuple[int, int, str]]) -> None:
    scores = np.zeros((len(best), len(TAGS)), np.float32)
    scores[np.arange(len(best)), best] = 5
    assert [(name.start, name.end, name.label) for name in names(scores, TAGS)] == expected


def test_no_name_runs_over_the_start_of_a_sentence() -> None:
    scores = np.eye(5, dtype=np.float32)[[1, 2, 2, 2, 0]]
    assert [(name.start, name.end) for name in names(scores, TAGS, [0, 2])] == [(0, 2), (2, 4)]


def test_a_label_is_judged_by_its_better_tag() -> None:
    scores = np.array([[0, 1, 9, 4, 2], [0, 2, 9, 3, 8]], np.float32)
    assert [name.scores for name in names(scores, TAGS)] == [{"ORG": 9.0, "GPE": 6.0}]


ORG, PERSON = {"ORG": 2.0, "PERSON": 1.0}, {"ORG": 0.0, "PERSON": 5.0}
SETTLED = [
    ([("Hamas", ORG)], ["ORG"]),
    ([("Ron Haley", PERSON), ("Haley", ORG)], ["PERSON", "PERSON"]),
    ([("Haley", ORG), ("Haley", PERSON), ("Hamas", ORG)], ["PERSON", "PERSON", "ORG"]),
    ([("Haley Inc", ORG), ("Inc", PERSON)], ["ORG", "PERSON"]),
    ([], []),
]


@pytest.mark.parametrize(("found", "expected"), SETTLED)
def test_one_form_has_one_label(found: list[tuple[str, dict[str, float]]], expected: list[str]) -> None:
    assert settle(found) == expected
