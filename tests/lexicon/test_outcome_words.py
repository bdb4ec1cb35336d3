"""Words that tell what became of a plan, families of acts, and agreements with several names."""

from __future__ import annotations

import pytest

from dragoman.errors import TableError
from dragoman.lexicon import outcome_words, treaties
from dragoman.lexicon.outcome_words import CUE_KINDS, OutcomeActRow, OutcomeCueRow
from dragoman.lexicon.table import Lexicon, read_rows
from dragoman.lexicon.treaties import TreatyRow

LEXICON = Lexicon()
WORDS = LEXICON.compiled(outcome_words.index)


@pytest.mark.parametrize("row", LEXICON.rows(OutcomeCueRow), ids=lambda row: row.id)
def test_a_row_matches_its_sentence_and_refuses_the_other(row: OutcomeCueRow) -> None:
    assert WORDS.cue(row.kind, row.matches) is not None
    assert WORDS.cue(row.kind, row.refuses) is None


def test_every_kind_has_words() -> None:
    assert {row.kind for row in LEXICON.rows(OutcomeCueRow)} == set(CUE_KINDS)


@pytest.mark.parametrize(
    ("kind", "text", "cue"),
    [
        ("called off", "They called the long-planned visit off.", "called the long-planned visit off"),
        ("called off", "They called a press conference and a strike, and set off.", None),
        ("put off", "Talks were put\noff until May.", "put\noff"),
        ("put off", "The postponement was welcomed.", "postponement"),
        ("did not happen", "The meeting didn't take place.", "didn't take place"),
        ("held", "The visit went ahead.", "went ahead"),
        ("as planned", "It was signed, as planned, on Monday.", "as planned"),
    ],
)
def test_cues(kind: str, text: str, cue: str | None) -> None:
    found = WORDS.cue(kind, text)
    assert (found.text if found else None) == cue
    if found:
        assert text[slice(*found.span)] == found.text


def test_a_cue_of_an_unknown_kind_is_refused_with_its_line() -> None:
    table = "id\tkind\twords\tmatches\trefuses\nx\tput away\tpostpone\ta\tb\n"
    with pytest.raises(TableError, match=r"outcome_cues.tsv:2: kind: 'put away' is none of"):
        list(read_rows(OutcomeCueRow, "outcome_cues.tsv", table))


def test_a_family_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(TableError, match="acts: 'TALK' is no PLOVER type"):
        list(read_rows(OutcomeActRow, "outcome_acts.tsv", "family\tacts\twords\nmeet\tTALK\tmeet\n"))


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("INF Treaty", "inf"),
        ("Intermediate-Range Nuclear Forces Treaty", "inf"),
        ("the Comprehensive Nuclear-Test-Ban Treaty", "ctbt"),
        ("CTBT", "ctbt"),
        ("Oslo Accords", "oslo"),
        ("Oslo accord", "oslo"),
        ("SALT II treaty with Moscow", "salt-ii"),
        ("salt treaty", None),
        ("border treaty", None),
        ("treaty", None),
    ],
)
def test_names_of_treaties(name: str, ident: str | None) -> None:
    row = LEXICON.compiled(treaties.index).named(name)
    assert (row.id if row else None) == ident


def test_no_two_treaties_share_a_name() -> None:
    found = LEXICON.compiled(treaties.index)
    assert len({row.id for row in found.by_name.values()}) == len(LEXICON.rows(TreatyRow)) > 60
