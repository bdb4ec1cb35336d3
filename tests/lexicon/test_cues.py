"""The table of reporting cues: its schema, its coverage, and that each row's example names its cue."""

import pytest

from dragoman.errors import TableError
from dragoman.lexicon import Lexicon, cues
from dragoman.lexicon.table import read_rows

LEXICON = Lexicon()
ROWS = LEXICON.rows(cues.ReportingCue)
HEADER = "cue\tpos\tkind\tframes\tfactivity\tstrength\texample\tcounterexample\n"


def test_the_table_is_broad_and_holds_every_part_of_speech():
    assert len(ROWS) >= 250
    assert {row.pos for row in ROWS} == cues.CUE_POS
    assert {row.kind for row in ROWS} == set(cues.KINDS)
    assert {row.factivity for row in ROWS} == cues.FACTIVITIES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_row_has_a_frame_and_two_sentences(row: cues.ReportingCue):
    assert row.frames
    assert row.example.endswith((".", '"'))
    assert row.counterexample.endswith(".")


def test_ids_are_unique():
    assert len({row.id for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("say\tword\tspeech\tclause\tnone\t1\tA.\tB.", "pos: unknown 'word'"),
        ("say\tverb\ttalk\tclause\tnone\t1\tA.\tB.", "kind: unknown 'talk'"),
        ("say\tverb\tspeech\tclausal\tnone\t1\tA.\tB.", "frames: unknown 'clausal'"),
        ("say\tverb\tspeech\tclause\tmaybe\t1\tA.\tB.", "factivity: unknown 'maybe'"),
        ("say\tverb\tspeech\tclause\tnone\t0\tA.\tB.", "strength: 0.0"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(cells: str, problem: str):
    with pytest.raises(TableError, match=r"^t.tsv:2: ") as error:
        list(read_rows(cues.ReportingCue, "t.tsv", HEADER + cells + "\n"))
    assert problem in str(error.value)


def test_the_longer_cue_is_tried_first():
    found = LEXICON.compiled(cues.index).at("verb", "point")
    assert [row.cue for row in found][:1] == ["point out"]


@pytest.mark.parametrize(
    ("cue", "pos", "factivity"),
    [
        ("deny", "verb", "counterfactive"),
        ("admit", "verb", "factive"),
        ("say", "verb", "none"),
        ("denial", "noun", "counterfactive"),
    ],
)
def test_factivity(cue: str, pos: str, factivity: str):
    assert next(row.factivity for row in ROWS if (row.cue, row.pos) == (cue, pos)) == factivity


def test_frames_with_prepositions():
    row = next(row for row in ROWS if row.id == "verb.warn")
    assert {"of", "against"} <= row.prepositions
    assert row.takes("clause", "raise")
    assert not row.takes("raise")
