"""The tables of units, currencies, and words of time and figures."""

from __future__ import annotations

import pytest

from dragoman.coding.figures.amounts import forms
from dragoman.coding.times.calendar import holiday
from dragoman.errors import TableError
from dragoman.lexicon.table import Lexicon, read_rows
from dragoman.lexicon.time_words import TimeWord
from dragoman.lexicon.units import Currency, FigureWord, Unit

LEXICON = Lexicon()


def test_a_form_is_a_unit_or_a_currency_but_not_both() -> None:
    units = {row.form for row in LEXICON.rows(Unit)}
    assert not units & {row.form for row in LEXICON.rows(Currency)}


@pytest.mark.parametrize(
    ("form", "code"), [("$", "USD"), ("euros", "EUR"), ("rm", "MYR"), ("dinars", None), ("pakistani rupees", "PKR")]
)
def test_currency(form: str, code: str | None) -> None:
    assert next(row.code for row in LEXICON.rows(Currency) if row.form == form) == code


@pytest.mark.parametrize(("form", "unit"), [("kilometres", "km"), ("bpd", "bbl/d"), ("%", "percent"), ("tonnes", "t")])
def test_unit(form: str, unit: str) -> None:
    assert next(row.unit for row in LEXICON.rows(Unit) if row.form == form) == unit


def test_all_forms_are_in_lower_case() -> None:
    names = [row.form for row in (*LEXICON.rows(Unit), *LEXICON.rows(Currency))]
    names += [row.word for row in (*LEXICON.rows(FigureWord), *LEXICON.rows(TimeWord))]
    assert all(name == name.lower() for name in names)


def test_forms_are_indexed() -> None:
    known = LEXICON.compiled(forms)
    assert known.by_role["name"] >= {"flight", "resolution", "article"}
    assert "km" in {row.unit for _, row in known.units["km"]}


def test_every_holiday_has_a_day_in_every_year() -> None:
    rules = [row.value for row in LEXICON.rows(TimeWord) if row.kind == "HOLIDAY"]
    assert rules
    for rule in rules:
        assert {holiday(year, rule).year for year in (1900, 1999, 2000, 2024)} <= {1900, 1999, 2000, 2024}


@pytest.mark.parametrize(
    ("year", "rule", "day"),
    [
        (1998, "easter", "1998-04-12"),
        (2000, "easter", "2000-04-23"),
        (2024, "easter+1", "2024-04-01"),
        (1999, "11-4-4", "1999-11-25"),
        (1998, "11-1-1+1", "1998-11-03"),
        (2024, "05-1--1", "2024-05-27"),
        (1998, "12-25", "1998-12-25"),
    ],
)
def test_holidays(year: int, rule: str, day: str) -> None:
    assert holiday(year, rule).isoformat() == day


def test_a_wrong_class_names_the_line() -> None:
    with pytest.raises(TableError, match="MONTHS"):
        list(read_rows(TimeWord, "time_words.tsv", "word\tkind\tvalue\nmay\tMONTHS\t5\n"))


def test_a_wrong_code_names_the_line() -> None:
    with pytest.raises(TableError, match="EURO"):
        list(read_rows(Currency, "currencies.tsv", "form\tcode\neuro\tEURO\n"))
