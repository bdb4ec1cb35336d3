"""Rows of marked pairs from the event corpus."""

import random

from training.event_rows import Row, macro_f1, rows_of, swapped
from training.events_corpus import parse

TEXT = """= t00-001 | 1984-06-02 | agency | africa | passive
Mali's army and Niger shelled Chad on Monday.
- ASSAULT | Mali's army=MLIMIL + Niger=NER > Chad=TCD | shelled
Egypt and Libya met.
- CONSULT | Egypt=EGYGOV + Libya=LBYGOV <> | met
"""


def cut(row: Row, name: str) -> str | None:
    span = getattr(row, name)
    return None if span is None else row.text[span[0] : span[1]]


def test_every_pair_of_an_event_is_a_row_and_reciprocal_ones_are_two() -> None:
    items, faults = parse(TEXT, "t.txt")
    rows = rows_of(items)
    assert not faults
    assert [(cut(r, "source"), cut(r, "target"), r.type) for r in rows] == [
        ("Mali's army", "Chad", "ASSAULT"),
        ("Niger", "Chad", "ASSAULT"),
        ("Egypt", "Libya", "CONSULT"),
        ("Libya", "Egypt", "CONSULT"),
    ]
    assert [row.text[slice(*row.trigger[0])] for row in rows] == ["shelled", "shelled", "met", "met"]


def test_a_swapped_party_moves_the_other_spans_along() -> None:
    row = Row("Mali shelled Chad.", (0, 4), (13, 17), ((5, 12),), "ASSAULT")
    other = Row("The Togolese army met Benin.", (0, 17), (22, 27), ((18, 21),), "CONSULT")
    made = {swapped(row, [other], random.Random(seed)) for seed in range(20)}
    assert {(r.text, cut(r, "source"), cut(r, "target"), r.text[slice(*r.trigger[0])]) for r in made} == {
        ("The Togolese army shelled Chad.", "The Togolese army", "Chad", "shelled"),
        ("Mali shelled Benin.", "Mali", "Benin", "shelled"),
    }


def test_a_party_inside_another_is_not_swapped() -> None:
    row = Row("Mali's army shelled itself.", (0, 11), (0, 4), ((12, 19),), "ASSAULT")
    other = Row("Togo met Benin.", (0, 4), (9, 14), ((5, 8),), "CONSULT")
    assert {swapped(row, [other], random.Random(seed)).text for seed in range(20)} == {row.text}


def test_macro_f1_is_over_the_types_of_the_gold() -> None:
    assert macro_f1(["A", "B", "C"], ["A", "B", "B"]) == 100 * (1 + 2 / 3) / 2
