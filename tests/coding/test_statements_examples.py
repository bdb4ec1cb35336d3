"""Each cue's example and counterexample through the parser, and whole passages; needs the shipped weights."""

import time
from functools import cache

import pytest
from spacy.tokens import Doc

from dragoman.coding import statements
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Report, Statement
from dragoman.language.parser import WEIGHTS, load_parser
from dragoman.lexicon import Lexicon
from dragoman.lexicon.cues import ReportingCue

pytestmark = pytest.mark.skipif(
    not (WEIGHTS / "standard" / "meta.json").is_file(), reason="no weights in this checkout"
)

LEXICON = Lexicon()
ROWS = LEXICON.rows(ReportingCue)
MISREAD = 0.03
"""Share of the sentences that the parser may misread: their rows say what a right parse gives."""


@cache
def parsed(texts: tuple[str, ...]) -> tuple[Doc, ...]:
    return tuple(load_parser(acts=False).pipe(texts))


def found(text: str, doc: Doc | None = None, **report: str) -> tuple[Statement, ...]:
    doc = doc or parsed((text,))[0]
    return statements.find(
        Draft(Report(id="r", text=text, published=Date.on("2020-05-04"), **report), Tree(doc), LEXICON)
    )


def cued(row: ReportingCue, text: str, doc: Doc) -> bool:
    """Whether a statement of TEXT has a cue that begins like ROW's."""
    stem = row.cue.split()[0][:3]
    cues = [statement.cue.text.lower() for statement in found(text, doc) if statement.cue]
    irregular = {"say": "sai", "tell": "tol", "think": "thi", "make": "mad", "find": "fou", "cry": "cri", "show": "sho"}
    return any(word.startswith((stem, irregular.get(row.cue.split()[0], stem))) for cue in cues for word in cue.split())


def test_examples_match_their_cue():
    docs = parsed(tuple(row.example for row in ROWS))
    missed = [row.id for row, doc in zip(ROWS, docs, strict=True) if not cued(row, row.example, doc)]
    assert len(missed) <= MISREAD * len(ROWS), missed


def test_counterexamples_do_not():
    docs = parsed(tuple(row.counterexample for row in ROWS))
    taken = [row.id for row, doc in zip(ROWS, docs, strict=True) if cued(row, row.counterexample, doc)]
    assert len(taken) <= MISREAD * len(ROWS), taken


PASSAGES = [
    (  # a quotation over two paragraphs, the cue in the first
        "“We have no choice,” said Anna Weber, the defence minister. “The bridge is gone.”\n\n“We leave tonight.”",
        [
            (
                "Anna Weber, the defence minister",
                "said",
                "“We have no choice,”|“The bridge is gone.”|“We leave tonight.”",
            )
        ],
    ),
    (  # whom it was told is left out; the continuing participle is a statement of its own
        "The minister told reporters on Monday that talks would resume, adding that no date was set.",
        [
            ("The minister", "told", "that talks would resume"),
            ("The minister", "adding", "that no date was set"),
        ],
    ),
    (  # nobody speaks in a passive
        "The king is believed to be ill.",
        [("", "is believed", "The king|to be ill")],
    ),
    (
        "According to the ministry, 300 soldiers crossed the river.",
        [("the ministry", "According to", "300 soldiers crossed the river")],
    ),
    (
        "The general accused the rebels of breaking the truce.",
        [("The general", "accused", "the rebels of breaking the truce")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PASSAGES, ids=[text[:30] for text, _ in PASSAGES])
def test_passages(text: str, expected: list[tuple[str, str, str]]):
    view = []
    for statement in found(text):
        span = statement.speaker.span if statement.speaker else None
        words = "|".join(text[a:b] for a, b in statement.content)
        view.append((text[span[0] : span[1]] if span else "", statement.cue.text if statement.cue else "", words))
    assert view == expected


def test_addressee_outlet_and_chain():
    (statement,) = found("The envoy told reporters that talks had failed.", outlet="The Courier")
    assert statement.addressee == "reporters"
    assert statement.chain == ("The Courier", "The envoy")


CHAINS = [
    (
        "“We will not yield,” Anna Weber told reporters, according to the Courier news agency.",
        ("The Page", "the Courier news agency", "Anna Weber"),
    ),
    (
        "The agency reported on Tuesday, citing two officials, that talks had failed.",
        ("The Page", "The agency", "two officials"),
    ),
    ("He was quoted by the agency as saying that talks had failed.", ("The Page", "the agency", "He")),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS, ids=[text[:30] for text, _ in CHAINS])
def test_chains(text: str, expected: tuple[str, ...]):
    (statement,) = found(text, outlet="The Page")
    assert statement.chain == expected


@pytest.mark.parametrize("part", ['"We go," he said. ', "he said that ", "according to ", "“ ", "Minister: go\n\n"])
def test_time_is_linear_in_the_text(part: str):
    text = part * 1500
    doc = load_parser(acts=False).parse(text)
    started = time.process_time()
    found(text, doc)
    assert time.process_time() - started < 5
