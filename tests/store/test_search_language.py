"""The language of searches: what is understood, and what is said of what isn't."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.errors import SearchError
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.store.search.keys import KEYS
from dragoman.store.search.lexer import LONGEST_QUERY, phrases
from dragoman.store.search.parser import parse
from dragoman.store.search.pointing import pointed
from dragoman.store.search.syntax import (
    CODE_FIELDS,
    EVERYTHING,
    NAME_FIELDS,
    PERIOD_FIELDS,
    Cameo,
    Code,
    Confidence,
    Name,
    Not,
    OfReport,
    Pair,
    Period,
    Query,
    Words,
)

NAMES = Names(Lexicon(None))
APRIL = ("1997-04-01", "1997-04-30")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("RUS CHN", (Pair("CHN", "RUS"),)),
        ("Russia china", (Pair("CHN", "RUS"),)),
        ("RUS>CHN", (Pair("RUS", "CHN", True),)),
        ("RUS Russia", (Code("country", ("RUS",)),)),
        ("Soviet Union", (Code("country", ("SUN",)),)),
        ("-RUS CHN", (Code("country", ("CHN",)), Not(Code("country", ("RUS",))))),
        ("-Egypt", (Not(Code("country", ("EGY",))),)),
        ("ZZZ AID", (Words(("zzz",)), Words(("aid",)))),
        ('"Egypt"', (Words(("egypt",)),)),
        ("type:agree,CONSULT", (Code("type", ("AGREE", "CONSULT")),)),
        ("TYPE:AGREE", (Code("type", ("AGREE",)),)),
        ("-type:AID", (Not(Code("type", ("AID",))),)),
        ("act:consult kind:event", (Code("act", ("CONSULT",)), Code("kind", ("event",)))),
        ('status:scheduled,"in force"', (Code("status", ("scheduled", "in force")),)),
        ("background:no", (Code("background", ("no",)),)),
        ("mode:visit,direct", (Code("mode", ("visit", "direct")),)),
        ("context:military,GULF:BLOCKADE", (Code("context", ("military", "GULF:BLOCKADE")),)),
        ("cameo:05,190*", (Cameo(("05", "190")),)),
        ("event:1997-04", (Period("event", *APRIL),)),
        ("event:1997-04..1997-06-02", (Period("event", "1997-04-01", "1997-06-02"),)),
        ("event:1996..", (Period("event", "1996-01-01", None),)),
        ("published:..1996-02", (Period("published", None, "1996-02-29"),)),
        ("published:1996", (Period("published", "1996-01-01", "1996-12-31"),)),
        ("confidence:0.7 -confidence:.9", (Confidence(0.7), Not(Confidence(0.9)))),
        ("speaker:Yeltsin", (Name("speaker", (("yeltsin",),)),)),
        ('speaker:"Boris Yeltsin",Jiang', (Name("speaker", (("boris", "yeltsin"), ("jiang",))),)),
        ('outlet:"New York Times"', (Name("outlet", (("new", "york", "times"),)),)),
        ("place:Accra", (Name("place", (("accra",),)),)),
        ('report:a/b,"c, d"', (OfReport(("a/b", "c, d")),)),
        ("country:rus,RUS/mil,Egypt", (Code("country", ("RUS", "RUS/MIL", "EGY")),)),
        ("source:RUS/GOV target:MIL", (Code("source", ("RUS/GOV",)), Code("target", ("MIL",)))),
        ("sector:uno", (Code("sector", ("UNO",)),)),
        ('"border agreement" treaty', (Words(("border", "agreement")), Words(("treaty",)))),
        ("“border agreement”", (Words(("border", "agreement")),)),
        ("sanction* -lift*", (Words(("sanction",), True), Not(Words(("lift",), True)))),
        ('-"border agreement"', (Not(Words(("border", "agreement"))),)),
        ("cease-fire", (Words(("cease", "fire")),)),
        ("treaty treaty", (Words(("treaty",)),)),
        ("中俄", (Words(("中", "俄")),)),
        (
            'RUS CHN type:AGREE status:scheduled event:1997-04 "border agreement" speaker:Yeltsin outlet:reuters',
            (
                Pair("CHN", "RUS"), Code("type", ("AGREE",)), Code("status", ("scheduled",)), Period("event", *APRIL),
                Words(("border", "agreement")), Name("speaker", (("yeltsin",),)), Name("outlet", (("reuters",),)),
            ),
        ),
    ],
)  # fmt: skip
def test_a_search_is_understood(text: str, terms: tuple[object, ...]) -> None:
    assert parse(text, NAMES) == Query(terms)  # type: ignore[arg-type]


def test_sentences_are_asked_for_by_in() -> None:
    assert parse("treaty in:sentences", NAMES) == Query((Words(("treaty",)),), "sentences")
    assert parse("in:facts", NAMES) == EVERYTHING


@pytest.mark.parametrize(
    ("text", "under", "problem", "remedy"),
    [
        ("RUS type:DANCE", "DANCE", "'DANCE' is no type", "there are AGREE, CONSULT"),
        ("type:AGRE", "AGRE", "'AGRE' is no type", "did you mean AGREE?"),
        ("type:AGREE,DANCE", "DANCE", "no type", "there are"),
        ("typ:AGREE", "typ:", "typ: is no key", "did you mean type:?"),
        ("-foo:1", "foo:", "foo: is no key", "words go in quotation marks"),
        ("from:1978", "from:", "from: is no key", "write event:1978-09.."),
        ("treaty type:", "type:", "no value follows type:", "without a blank"),
        ("type:AGREE,", "type:AGREE,", "no value follows", "without a blank"),
        ("status: scheduled", "status:", "no value follows status:", "without a blank"),
        ("RUS - CHN", "-", "no word or term follows the minus sign", "before one"),
        ("--treaty", "-", "no word or term follows", "before one"),
        ('a "border agreement', '"', "the quotation mark is not closed", "close it"),
        ('type:"AGREE"x', "x", "a blank is missing here", "part the terms by blanks"),
        ("FRA DEU USA", "USA", "a third country", "country:FRA,DEU,USA is any"),
        ("FRA>XXX", "XXX", "XXX is the code of no country", "two codes"),
        ("FRA>FRA", "FRA>FRA", "one country twice", "two codes"),
        ("country:Atlantis", "Atlantis", "'Atlantis' is no country", "a code such as RUS"),
        ("source:RUS/XX", "XX", "'XX' is no sector", "RUS/GOV"),
        ("target:Q", "Q", "no country or sector", "RUS/MIL"),
        ("event:soon", "soon", "'soon' is no date", "1997-04-23"),
        ("event:1997-13", "1997-13", "is no date", "1997-04"),
        ("event:1997-02-30", "1997-02-30", "is no date", "1997-04-23"),
        ("event:1997..x", "x", "'x' is no date", "1997-04-23"),
        ("event:1997..1996", "1997..1996", "1997 is after 1996", "write 1996..1997"),
        ("event:..", "..", "has no side", "1997.."),
        ("event:1997,1998", "1998", "a second period", "event:1997-04..1997-06"),
        ("cameo:5x", "5x", "no CAMEO code", "cameo:05"),
        ("confidence:1.1", "1.1", "is no probability", "from 0 to 1"),
        ("confidence:nan", "nan", "is no probability", "confidence:0.7"),
        ("background:maybe", "maybe", "is no background", "yes, no"),
        ("mode:vist", "vist", "is no mode", "did you mean visit?"),
        ("speaker:…", "…", "no letter or digit", "speaker:"),
        ("RUS & CHN", "&", "no letter or digit", "leave it out"),
        ("treaty OR accord", "OR", "OR is no operator", "joined by commas"),
        ("NOT treaty", "NOT", "NOT is no operator", "a minus before it"),
        ("type:AID in:sentences", "in:sentences", "nothing says which sentences", "add a word"),
        ("in:books", "books", "'books' is no target", "facts, sentences"),
        ("treaty in:facts in:facts", "in:facts", "given once", "in:sentences"),
        ("x" * (LONGEST_QUERY + 1), "x", "401 characters are too many", "400 are enough"),
    ],
)
def test_a_fault_has_a_place_and_a_remedy(text: str, under: str, problem: str, remedy: str) -> None:
    with pytest.raises(SearchError) as raised:
        parse(text, NAMES)
    error = raised.value
    assert text[error.start : error.end] == under
    assert problem in error.problem and remedy in error.remedy
    assert str(error) == f"search, character {error.start + 1}: {error.problem}; {error.remedy}"


@pytest.mark.parametrize(
    ("text", "shown", "carets"),
    [
        ("RUS type:DANCE", "RUS type:DANCE", "         ^^^^^"),
        ("中俄 type:DANCE", "中俄 type:DANCE", "          ^^^^^"),
        ("a\x1b[2J\u202e type:DANCE", "a [2J  type:DANCE", "            ^^^^^"),
        ("treaty type:", "treaty type:", "       ^^^^^"),
    ],
)
def test_carets_stand_under_the_fault(text: str, shown: str, carets: str) -> None:
    with pytest.raises(SearchError) as raised:
        parse(text, NAMES)
    assert pointed(raised.value) == (shown, carets)


def test_of_long_searches_the_surroundings_are_shown() -> None:
    with pytest.raises(SearchError) as raised:
        parse("word " * 40 + "type:X" + " word" * 20, NAMES)
    line, carets = pointed(raised.value)
    assert len(line) <= 76
    assert line[carets.index("^")] == "X"


KEYED = st.builds(
    "{}{}:{}".format, st.sampled_from(["", "-"]), st.sampled_from([*KEYS, "in", "foo"]), st.text(max_size=9)
)
HARD = st.sampled_from(
    ["RUS", "CHN", '"', "“", "-", ",", "event:", "..", "*", "\x00", "\ud800", "in:sentences", "'; --"]
)
HOSTILE = st.text(max_size=60) | st.lists(HARD | KEYED | st.text(max_size=6), max_size=6).map(" ".join)


@given(HOSTILE)
@example('report:"\ud800"')
def test_any_string_is_a_query_or_one_sentence_with_a_place(text: str) -> None:
    try:
        query = parse(text, NAMES)
    except SearchError as error:
        assert 0 <= error.start <= error.end <= len(text)
        line, carets = pointed(error)
        assert "\n" not in line and set(carets) <= {" ", "^"} and "^" in carets
        assert error.problem and error.remedy
    else:
        assert parse(text, NAMES) == query


def test_every_field_has_a_key_and_an_example_that_is_understood() -> None:
    assert {*CODE_FIELDS, *NAME_FIELDS, *PERIOD_FIELDS, "cameo", "report", "confidence"} == set(KEYS)
    for name, key in KEYS.items():
        assert key.example.startswith(f"{name}:")
        assert len(parse(key.example, NAMES).terms) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("one two", [("one",), ("two",)]),
        ('"one two" three', [("one", "two"), ("three",)]),
        ("NEAR(a) OR *", [("near", "a"), ("or",)]),
    ],
)
def test_words_alone(words: str, expected: list[tuple[str, ...]]) -> None:
    assert phrases(words) == expected


@pytest.mark.parametrize("words", ["", " * ", '"open', '""'])
def test_searches_without_words_are_refused(words: str) -> None:
    with pytest.raises(SearchError):
        phrases(words)
