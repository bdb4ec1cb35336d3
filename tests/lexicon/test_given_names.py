"""Given names and the gender that they tell."""

from __future__ import annotations

import pytest

from dragoman.lexicon import Lexicon, given_names


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Angela", "f"), ("angela", "f"), ("Ségolène", "f"), ("Segolene", "f"), ("Vladimir", "m"), ("Raul", "m"),
     ("Andrea", None), ("Jean", None), ("", None)],
)  # fmt: skip
def test_gender(name: str, gender: str | None) -> None:
    assert Lexicon().compiled(given_names.index).gender(name) == gender


def test_a_row_with_another_gender_is_refused() -> None:
    with pytest.raises(ValueError, match="neither f nor m"):
        given_names.GivenName("Kim", "x", "compiled")
