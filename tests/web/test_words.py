from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Answer, Date, Evidence
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.store.query import facts
from dragoman.store.record import Record
from dragoman.store.writing import add
from dragoman.web import urls, words
from dragoman.web.marking import Words, paragraphs
from dragoman.web.sentences import sentence
from dragoman.web.site import FOLDER
from tests import made
from tests.web.conftest import STAMP


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Lexicon(None))


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (Date.on("1978-09-17"), "17 Sep 1978"),
        (Date.on("1978-09-17", approx=True), "about 17 Sep 1978"),
        (Date("1977-09-01", "1977-09-30", "month", True), "about Sep 1977"),
        (Date("1973-01-01", "1973-12-31", "year"), "1973"),
        (Date("1970-01-01", "1979-12-31", "decade"), "1970s"),
        (Date("1971-01-01", "1979-12-31", "interval"), "1971–1979"),
        (Date(None, "1978-09-18", "interval", True), "≤ 18 Sep 1978"),
        (Date("1978-09-18", None, "interval"), "≥ 18 Sep 1978"),
        (Date("1978-03-13", "1978-03-19", "week"), "13–19 Mar 1978"),
        (Date("1978-03-27", "1978-04-02", "week"), "27 Mar – 2 Apr 1978"),
        (Date("1978-09-18", "1978-12-17", "interval"), "18 Sep – 17 Dec 1978"),
        (Date("1978-12-30", "1979-01-02", "interval"), "30 Dec 1978 – 2 Jan 1979"),
        (Date("1978-01-01", "1978-03-31", "interval"), "Jan – Mar 1978"),
        (Date("1977-09-01", "1977-11-30", "season"), "autumn 1977"),
        (Date.unknown(), "unknown"),
    ],
)
def test_a_date_says_what_is_known_and_no_more(date: Date, text: str) -> None:
    assert words.date(date) == text


@given(st.dates(), st.dates())
def test_every_interval_has_words(one: object, other: object) -> None:
    start, end = sorted((str(one), str(other)))
    assert words.date(Date(start, end, "interval"))


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (8000.0, "8,000"), (2.5, "2.5"), (3e9, "3 billion"), (2.2e9, "2.2 billion"), (1e6, "1 million")],
)
def test_numbers(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("names_given", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "A", "C"], "A, B and C"),
        (["A", "B", "C", "D", "E", "F"], "A, B, C and 3 more"),
    ],
)
def test_lists_of_names(names_given: list[str], text: str) -> None:
    assert words.joined(names_given) == text


@given(st.text(), st.integers(5, 80))
def test_a_clipped_text_is_a_start_of_the_text(text: str, most: int) -> None:
    found = words.clipped(text, most)
    assert len(found) <= most + 2
    assert " ".join(text.split()).startswith(found.removesuffix(" …"))


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_id_comes_back_from_its_address(ident: str) -> None:
    from urllib.parse import unquote

    address = urls.report_url(ident)
    segment = unquote(address.removeprefix("/reports/"))
    assert urls.unslug(segment) == (ident, "")
    for suffix in urls.SUFFIXES:
        assert urls.unslug(f"{segment}.{suffix}") == (ident, suffix)
    assert re.fullmatch(r"/reports/[\w.~%-]+", address)
    assert address.removeprefix("/reports/") not in (".", "..")


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=3, min_size=1)


@given(st.text(alphabet="ab \n", min_size=1, max_size=80), st.lists(spans, max_size=6))
def test_pieces_give_the_text_back_and_each_fact_its_words(text: str, found: list[list[tuple[int, int]]]) -> None:
    given_words = [
        Words(str(n), "proof", tuple((a, min(a + size, len(text))) for a, size in group if a < len(text)))
        for n, group in enumerate(found)
    ]
    given_words = [item for item in given_words if item.spans]
    pieces = [piece for paragraph in paragraphs(text, given_words) for piece in paragraph]
    assert re.sub(r"\s", "", "".join(piece.text for piece in pieces)) == re.sub(r"\s", "", text)
    for item in given_words:
        covered = sorted({at for a, b in item.spans for at in range(a, b)})
        marked = "".join(piece.text for piece in pieces if item.label in piece.labels)
        assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", "".join(text[at] for at in covered))


def test_marking_a_long_text_takes_time_that_grows_with_it() -> None:
    import time

    text = "word " * 40_000
    given_words = [Words(str(n), "proof", ((n * 10, n * 10 + 14),)) for n in range(20_000)]
    start = time.process_time()
    paragraphs(text, given_words)
    assert time.process_time() - start < 3


CLAUSES = [
    ("France and Germany signed the Elbe accord on Monday", "signed", "Germany", "France and Germany signed",
     "the Elbe accord on Monday"),
    ("France and Germany will not have signed the accord, they said", "signed", "Germany",
     "France and Germany will not have signed", "the accord"),
    ("France and the head of Germany, Karl Weiss, signed it", "signed", "Germany", "France and Germany signed", "it"),
    ("talks of France and Germany in Bonn", "talks", "Germany", "France and Germany · talks", ""),
    ("Germany told France that Ghana must withdraw", "withdraw", "Germany", "France and Germany · withdraw", ""),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "verb", "last", "lead", "rest"), CLAUSES)
def test_a_sentence_is_made_of_names_and_the_reports_own_words(
    record: Record, names: Names, clause: str, verb: str, last: str, lead: str, rest: str
) -> None:
    at = clause.index(verb)
    actors = tuple(
        replace(made.actor(name, code), span=(clause.index(name), clause.index(name) + len(name)))
        for name, code in (("France", "FRA"), ("Germany", "DEU"))
    )
    event = made.event(
        source=actors, evidence=(Evidence(0, len(clause), clause), Evidence(at, at + len(verb), clause)), agreement=None
    )
    add(record, Answer(made.report(text=clause), events=(event,)), STAMP)
    found = sentence(next(facts(record)), names)
    assert (found.lead, found.rest, found.tag, found.to) == (lead, rest, "SUPPORT", "")


def test_one_name_for_two_countries_stands_once(record: Record, names: Names) -> None:
    both = tuple(made.actor("French and German forces", code) for code in ("FRA", "DEU"))
    add(record, Answer(made.report(), events=(made.event(source=both),)), STAMP)
    assert sentence(next(facts(record)), names).lead == "French and German forces (FRA, DEU) · signed"


def test_each_kind_of_fact_has_a_sentence(record: Record, names: Names) -> None:
    add(record, made.answer("r1"), STAMP)
    found = {fact.kind: str(sentence(fact, names)) for fact in facts(record, order="-seq")}
    assert found == {
        "event": "France and Germany signed the Elbe accord on Monday SUPPORT",
        "statement": "President Marie Duval FRA direct to reporters · “told reporters”",
        "figure": "3 billion USD trucks value · FRA · GHA",
        "agreement": "the Elbe accord agreement · France and Germany",
        "transfer": "France · 40 trucks transfer → Ghana",
        "office": "Marie Duval president, France office",
    }


# WCAG 2.2, 1.4.3: contrast of text, 4.5 to 1; 1.4.11: of shapes that carry meaning, 3 to 1.
TEXT_ON = [("ink", "paper"), ("ink", "marked"), ("ink", "said"), ("soft", "paper"), ("soft", "said"), ("paper", "ink"),
           ("live", "paper"), ("cooperation", "paper"), ("conflict", "paper")]  # fmt: skip
SHAPES_ON = [("lit", "paper"), ("lit", "said"), ("cooperation", "said"), ("conflict", "said")]


def themes() -> dict[str, dict[str, str]]:
    css = (FOLDER / "static" / "style.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{([^}]*)\}", css)[:2]
    )
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), [
    *((front, ground, 4.5) for front, ground in TEXT_ON), *((front, ground, 3.0) for front, ground in SHAPES_ON),
])  # fmt: skip
def test_colours_can_be_told_from_their_ground(theme: str, front: str, ground: str, least: float) -> None:
    colours = themes()[theme]
    assert contrast(colours[front], colours[ground]) >= least
