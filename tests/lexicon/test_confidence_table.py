"""The table of confidence: its schema, and what a row may not be."""

from __future__ import annotations

import pytest

from dragoman.errors import TableError
from dragoman.lexicon import Lexicon
from dragoman.lexicon.confidence import FEATURES, OWN, RISING, ConfidenceRow, weights
from dragoman.lexicon.table import read_rows

HEADER = "field\tfeature\tweight\n"


def test_every_field_has_weights_and_a_feature_without_a_row_weighs_nothing() -> None:
    table = weights(Lexicon())
    assert table.keys() == FEATURES.keys()
    assert all("bias" in row for row in table.values())
    assert all(row.keys() <= set(FEATURES[field]) for field, row in table.items())


def test_what_only_speaks_for_a_field_is_known_there() -> None:
    assert set(FEATURES["all"]) >= RISING
    assert OWN["source"] and {name.split(":")[1] for name in OWN["source"]} == {n.split(":")[1] for n in OWN["target"]}


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("date\tbias\t1", "field: 'date' is none of type, source"),
        ("type\tsource:seen\t1", "feature: 'source:seen' is none of bias, "),
        ("type\tact\tmuch", "weight: 'much' is no number"),
        ("type\tact\tnan", "weight: nan is not finite"),
        ("type\tact\t-0.1", "weight: act only speaks for a field, so -0.1 may not be below 0"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(cells: str, problem: str) -> None:
    with pytest.raises(TableError, match=r"^t.tsv:2: ") as error:
        list(read_rows(ConfidenceRow, "t.tsv", HEADER + cells + "\n"))
    assert problem in str(error.value)
