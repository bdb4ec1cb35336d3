"""From an event to its rows: pairs, one a day, what is left out, days, codes, text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Actor, Answer, Date, Event, Place
from dragoman.lexicon import Lexicon
from dragoman.store.exports.cameo_actors import ROLES, cameo_actor
from dragoman.store.exports.cells import cell, joined, joined_urls
from dragoman.store.exports.codes import codes
from dragoman.store.exports.daily import independent
from dragoman.store.exports.events import Telling
from dragoman.store.exports.gdelt import QUAD_CLASS
from dragoman.store.exports.phoenix import PENTA_CLASS
from dragoman.store.exports.writers import comma_separated, tab_separated
from dragoman.store.record import Record
from dragoman.store.writing import add
from dragoman.terms import BODY_SECTORS, SECTORS
from tests import made
from tests.store.exports.conftest import STAMP, Write, Written

CODES = Lexicon().compiled(codes)
FRANCE, GERMANY, GHANA = Actor("France", "FRA", "GOV"), Actor("Germany", "DEU", "GOV"), Actor("Ghana", "GHA", "GOV")
WEST = Actor("the West", group="the West")


def told(record: Record, ident: str, *events: Event, **report: Any) -> None:
    add(record, Answer(made.report(ident, **report), events=events), STAMP)


def columns(done: Written, *names: str) -> list[tuple[str, ...]]:
    """Cells of those columns, row by row."""
    places = [done.about["columns"].index(name) for name in names]
    rows = list(csv.reader(io.StringIO(done.text))) if done.about["format"] == "csv" else done.cells
    headed = done.about["format"] in ("csv", "polecat", "icews")
    return [tuple(row[place] for place in places) for row in rows[headed:]]


def test_what_several_do_together_is_a_row_each_way(record: Record, of_record: Write) -> None:
    told(record, "r2", made.event("r2", source=(FRANCE, GERMANY, GHANA)))
    done = of_record("icews", report="r2")
    pairs = columns(done, "Source Country", "Target Country")
    assert pairs == [
        ("France", "Germany"), ("France", "Ghana"), ("Germany", "France"),
        ("Germany", "Ghana"), ("Ghana", "France"), ("Ghana", "Germany"),
    ]  # fmt: skip
    ids = [row[0] for row in columns(done, "Event ID")]
    assert [name.rpartition(".")[2] for name in ids] == list("123456")


@pytest.mark.parametrize(
    ("source", "target", "reciprocal", "pairs"),
    [
        ((FRANCE,), (GERMANY, GHANA), False, [("FRA", "DEU"), ("FRA", "GHA")]),
        ((FRANCE,), (), False, [("FRA", "")]),
        ((), (GHANA,), False, [("", "GHA")]),
        ((FRANCE,), (), True, [("FRA", "")]),
        ((FRANCE, Actor("Duval", "FRA"), GHANA), (), True, [("FRA", "GHA"), ("FRA", "GHA"), ("GHA", "FRA")]),
        ((FRANCE, Actor("Duval", "FRA")), (), True, [("FRA", "FRA"), ("FRA", "FRA")]),
    ],
)
def test_pairs(record: Record, of_record: Write, source: Any, target: Any, reciprocal: bool, pairs: Any) -> None:
    told(record, "r2", made.meeting("r2", source=source, target=target, reciprocal=reciprocal, status="happened"))
    done = of_record("csv", report="r2", expand=True)
    found = columns(done, "source_countries", "target_countries")
    assert set(found) == set(pairs)
    assert [count for (count,) in columns(done, "pair_count")] == [str(len(found))] * len(found)
    (whole,) = columns(of_record("csv", report="r2"), "id", "pair_count")
    assert whole[1] == ""


def test_one_a_day_joins_reports_and_keeps_apart_what_is_unlike(record: Record, of_record: Write) -> None:
    told(record, "r2", made.event("r2", confidence=0.95), outlet="Evening Wire")
    told(record, "r3", made.event("r3"), outlet="Morning Wire")
    told(record, "r4", made.event("r4", status="denied"))
    told(record, "r5", made.event("r5", date=Date.on("1994-03-08")))
    told(record, "r6", made.event("r6", date=Date.unknown()))
    told(record, "r7", made.event("r7", date=Date.unknown()))
    done = of_record("csv", types=("SUPPORT",), one_a_day=True)
    rows = columns(done, "report_id", "outlet", "status", "date_start", "n_reports", "n_independent_sources")
    assert sorted(rows) == [
        ("r2; r1; r3", "Evening Wire; Morning Wire", "happened", "1994-03-07", "3", "1"),
        ("r4", "Morning Wire", "denied", "1994-03-07", "1", "1"),
        ("r5", "Morning Wire", "happened", "1994-03-08", "1", "1"),
        ("r6", "Morning Wire", "happened", "", "1", "1"),
        ("r7", "Morning Wire", "happened", "", "1", "1"),
    ]
    (ids,) = [row for row in columns(done, "merged_ids") if row[0]]
    assert len(ids[0].split("; ")) == 3


def test_one_a_day_counts_in_every_format(record: Record, of_record: Write) -> None:
    told(record, "r2", made.event("r2"), outlet="Evening Wire", url="https://example.org/a;b c")
    row = of_record("gdelt", one_a_day=True, types=("SUPPORT",))
    assert columns(row, "NumMentions", "NumSources", "NumArticles") == [("2", "1", "2")] * 2
    urls = columns(of_record("phoenix", one_a_day=True, types=("SUPPORT",)), "URLs", "NewsSources")
    assert urls[0] == ("https://example.org/r1;https://example.org/a%3Bb%20c", "Morning Wire;Evening Wire")
    (line,) = of_record("plover", one_a_day=True, types=("SUPPORT",)).text.splitlines()
    assert (json.loads(line)["n_reports"], len(json.loads(line)["told_by"])) == (2, 2)


@pytest.mark.parametrize(
    ("tellings", "number"),
    [
        ([("r1", "A", "x")], 1),
        ([("r1", "A", "x"), ("r2", "B", "y")], 2),
        ([("r1", "A", "x"), ("r2", "a", "y")], 1),
        ([("r1", "A", "Signed  it."), ("r2", "B", "signed it.")], 1),
        ([("r1", "A", "x"), ("r2", "B", "y"), ("r3", "A", "y")], 1),
        ([("r1", None, "x"), ("r2", None, "y")], 2),
    ],
)
def test_independent_sources(tellings: list[tuple[str, str | None, str]], number: int) -> None:
    assert independent(tuple(Telling(f"e-{r}", r, None, o, q) for r, o, q in tellings)) == number


LEFT_OUT = [
    ({"status": "denied"}, "status denied"),
    ({"status": "hypothetical"}, "status hypothetical"),
    ({"status": "claimed"}, "status claimed"),
    ({"status": "scheduled"}, "status scheduled"),
    ({"background": True}, "background"),
    ({"status": "scheduled", "type": "AGREE"}, None),
    ({"status": "proposed", "type": "AGREE"}, None),
    ({"status": "ongoing"}, None),
]


@pytest.mark.parametrize("format_", ["polecat", "icews", "phoenix", "gdelt", "plover"])
@pytest.mark.parametrize(("fields", "reason"), LEFT_OUT)
def test_only_what_took_place_goes_where_there_is_no_status(
    record: Record, of_record: Write, format_: str, fields: dict[str, Any], reason: str | None
) -> None:
    told(record, "r2", made.event("r2", **fields))
    done = of_record(format_, report="r2")
    assert done.about["left_out"] == ({reason: 1} if reason else {})
    assert bool(done.about["rows"]) is (reason is None)


def test_a_status_that_is_asked_for_is_exported(record: Record, of_record: Write) -> None:
    done = of_record("icews", statuses=("claimed",))
    assert columns(done, "Source Country", "Target Country", "CAMEO Code") == [("Canada", "Ghana", "042")]
    assert done.about["filters"]["statuses"] == ["claimed"]


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ((WEST,), (FRANCE,), False),
        ((FRANCE,), (WEST,), False),
        ((WEST, FRANCE), (GHANA,), True),
        ((Actor("UN", sector="UNO"),), (), True),
        ((), (), False),
    ],
)
def test_named_groups_stay_out_of_plover(
    record: Record, of_record: Write, source: Any, target: Any, kept: bool
) -> None:
    told(record, "r2", made.meeting("r2", source=source, target=target, status="happened"))
    for format_ in ("polecat", "plover"):
        assert of_record(format_, report="r2").about["rows"] == kept
    assert of_record("csv", report="r2").about["rows"] == 1


def test_what_cameo_has_no_code_for_is_left_out_and_counted(record: Record, of_record: Write) -> None:
    told(record, "r2", made.event("r2", cameo=None))
    assert of_record("gdelt", report="r2").about["left_out"] == {"no CAMEO code": 1}


DATES = [
    (Date.on("1978-09-17"), ("1978-09-17", "19780917", "1978", "9", "17", "197809", "1978.7041")),
    (Date.on("1978-09-17", approx=True), ("", "", "1978", "9", "", "197809", "")),
    (Date("1978-09-01", "1978-09-30", "month"), ("", "", "1978", "9", "", "197809", "")),
    (Date("1978-01-01", "1978-12-31", "year"), ("", "", "1978", "", "", "", "")),
    (Date("1978-12-30", "1979-01-02", "interval"), ("", "", "", "", "", "", "")),
    (Date(None, "1978-09-17", "interval", True, "report"), ("", "", "", "", "", "", "")),
    (Date.unknown(), ("", "", "", "", "", "", "")),
]


@pytest.mark.parametrize(("date", "cells"), DATES)
def test_a_day_is_never_invented(record: Record, of_record: Write, date: Date, cells: tuple[str, ...]) -> None:
    told(record, "r2", made.event("r2", date=date))
    first = [
        columns(of_record("icews", report="r2"), "Event Date"),
        columns(of_record("phoenix", report="r2"), "Date", "Year", "Month", "Day"),
        columns(of_record("gdelt", report="r2"), "MonthYear", "FractionDate"),
    ]
    assert tuple(value for rows in first for value in rows[0]) == cells
    assert columns(of_record("gdelt", report="r2"), "SQLDATE", "Year")[0] == (cells[1], cells[2])
    assert columns(of_record("polecat", report="r2"), "Event Date") == [(cells[0] or "None",)]


def test_the_reports_day_is_taken_only_when_asked_for(record: Record, of_record: Write) -> None:
    told(record, "r2", made.event("r2", date=Date(None, "1994-03-08", "interval", True, "report")))
    told(record, "r3", made.event("r3", date=Date(None, "1990-01-01", "interval", basis="text")))
    done = of_record("polecat", report="r2", report_day=True)
    assert columns(done, "Event Date", "Publication Date") == [("1994-03-08", "1994-03-08")]
    assert done.about["dated_by_their_report"] == 1
    assert columns(of_record("polecat", report="r3", report_day=True), "Event Date") == [("None",)]


def test_polecat_keeps_the_parties_places_in_every_list(record: Record, of_record: Write) -> None:
    parties = (replace(FRANCE, role="minister", span=made.span("France")), Actor("UN", sector="UNO"), WEST)
    told(record, "r2", made.event("r2", source=parties, place=Place("Accra", "GHA", 5.55, -0.2)))
    names = ("Name", "Country", "COW", "Title", "Name Raw")
    (row,) = columns(of_record("polecat", report="r2"), *(f"Actor {name}" for name in names))
    assert row == ("France; UN; the West", "France; UNO; None", "220; None; None", "minister; None; None",
                   "France; None; None")  # fmt: skip
    sectors = columns(of_record("polecat", report="r2"), "Primary Actor Sector", "Quad Code", "Recipient Name")
    assert sectors == [("GOV; UNO; None", "VERBAL COOPERATION", "None")]
    place = columns(of_record("polecat", report="r2"), "City", "Country", "Latitude", "GeoNames ID", "Feature Type")
    assert place == [("Accra", "Ghana", "5.55", "2306104", "town")]


@pytest.mark.parametrize(
    ("code", "day", "cow", "gw"),
    [
        ("DEU", "1994-01-01", 255, 260),
        ("SUN", "1975-01-01", 365, 365),
        ("RUS", "2001-01-01", 365, 365),
        ("IGO", "2001-01-01", None, None),
    ],
)
def test_numbers_of_states_hold_on_the_events_day(code: str, day: str, cow: int | None, gw: int | None) -> None:
    numbers = [CODES.number(Actor("x", code), system, Date.on(day)) for system in ("COW", "GW")]  # type: ignore[arg-type]
    assert numbers == [cow, gw]


def test_gdelt_has_cameo_letters_for_actors_and_fips_for_places(record: Record, of_record: Write) -> None:
    china, un = Actor("China", "CHN", "MIL"), Actor("United Nations", sector="UNO")
    told(
        record, "r2", made.meeting("r2", source=(china,), target=(un,), status="happened", place=Place("China", "CHN"))
    )
    done = of_record("gdelt", report="r2")
    assert columns(done, "Actor1Code", "Actor1CountryCode", "Actor1Type1Code") == [("CHNMIL", "CHN", "MIL")]
    assert columns(done, "Actor2Code", "Actor2CountryCode", "Actor2KnownGroupCode") == [("IGOUNO", "", "UNO")]
    assert columns(done, "ActionGeo_Type", "ActionGeo_CountryCode", "ActionGeo_Lat") == [("1", "CH", "")]
    assert columns(done, "EventCode", "EventBaseCode", "EventRootCode", "QuadClass") == [("042", "042", "04", "1")]
    assert int(columns(done, "GLOBALEVENTID")[0][0]) < 2**53


def test_gdelts_root_event_is_told_in_the_first_paragraph(record: Record, of_record: Write) -> None:
    split = made.TEXT.replace(" “Canada", "\n“Canada")
    met = made.meeting("r2", status="happened", evidence=made.proof("Canada met Ghana in Accra last week", text=split))
    told(record, "r2", made.event("r2"), met, text=split)
    found = columns(of_record("gdelt", report="r2"), "EventCode", "IsRootEvent")
    assert set(found) == {("057", "1"), ("042", "0")}
    assert set(columns(of_record("gdelt", report="r1"), "IsRootEvent")) == {("1",)}


def test_every_sector_and_root_code_has_its_place() -> None:
    assert {*SECTORS, *BODY_SECTORS} - {"PRE", "UNK"} == set(ROLES)
    assert cameo_actor(Actor("doctors", "FRA", "MED"), CODES).code == "FRAHLH"
    assert cameo_actor(Actor("reporters", "FRA", "JRN"), CODES).code == "FRAMED"
    assert cameo_actor(Actor("Kosovo", "KOS", "GOV"), CODES).code == "KSVGOV"
    assert cameo_actor(WEST, CODES).code is None
    roots = {f"{root:02}" for root in range(1, 21)}
    assert set(QUAD_CLASS) == set(PENTA_CLASS) == roots
    assert [QUAD_CLASS[root] for root in ("05", "06", "09", "10", "14", "15")] == [1, 2, 2, 3, 3, 4]


def test_goldstein_of_a_finer_code_is_that_of_the_wider() -> None:
    assert CODES.goldstein("0841") == CODES.goldstein("084") == 7.0
    assert CODES.goldstein("155") == CODES.goldstein("15") == -7.2
    assert CODES.goldstein(None) is None


@pytest.mark.parametrize("format_", ["csv", "polecat", "plover", "jsonl"])
def test_without_text_no_words_of_a_report_go_out(of_record: Write, format_: str) -> None:
    words = ("signed the Elbe accord on Monday", "An accord on the Elbe", "told reporters")
    whole, bare = of_record(format_).text, of_record(format_, text=False).text
    assert not any(item in bare for item in words)
    assert format_ == "polecat" or words[0] in whole


def test_the_text_of_reports_is_in_no_format(of_record: Write) -> None:
    for format_ in ("csv", "polecat", "icews", "phoenix", "gdelt", "plover", "jsonl"):
        assert made.TEXT not in of_record(format_).text


TRICKY = st.text(st.sampled_from("ab \t\r\n\x00\x0b\x1a\x1f\x85\u2028;,\"'=+-@＝é中\U0001f54a"), max_size=12)


@given(st.lists(st.tuples(TRICKY, TRICKY), max_size=5))
def test_tricky_text_stays_in_its_cell(rows: list[tuple[str, str]]) -> None:
    expected = [tuple(cell(value) for value in row) for row in rows]
    tabbed, commas = io.BytesIO(), io.BytesIO()
    tab_separated(("a", "b"), header=False)(tabbed, rows)
    comma_separated(("a", "b"))(commas, rows)
    lines = tabbed.getvalue().decode("utf-8").split("\n")[:-1]
    assert [tuple(line.split("\t")) for line in lines] == [tuple(c.replace('"', "'") for c in row) for row in expected]
    assert [tuple(row) for row in csv.reader(io.StringIO(commas.getvalue().decode("utf-8")))][1:] == expected
    assert not any(value[:1] in tuple("=+-@＝") for row in expected for value in row if value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"), (" ", "None"), (True, "true"), (-0.2, "-0.2"), (-3, "-3"), ("-3", "'-3"), (" =1+1", "'=1+1"),
        ("014", "014"), ("a\tb\r\nc", "a b c"), ("DEU; ", "DEU; "), ("@x", "'@x"),
    ],
)  # fmt: skip
def test_cells(value: Any, text: str) -> None:
    assert cell(value, "None") == text


def test_lists_keep_places_and_addresses_stay_addresses() -> None:
    assert joined(["a;b", None, "c"]) == "a,b; ; c"
    assert joined([None, None]) is None
    assert joined([None, "x"], "None") == "None; x"
    assert joined_urls(["https://a/?x=1;y", None, "https://a/?x=1;y"]) == "https://a/?x=1%3By"
