"""A user's codebook through the coder: the one that the documentation shows, and what its types do to events."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from dragoman.coding.codebook import try_examples
from dragoman.coding.relate import RelateRow, relate
from dragoman.coding.stages import code
from dragoman.coding.tools import Tools
from dragoman.facts import Date, Event, Report
from dragoman.lexicon import Lexicon
from dragoman.lexicon.codebook import Codebook, frames, load
from dragoman.lexicon.codebook_types import is_code
from dragoman.lexicon.plover import terms
from dragoman.lexicon.predicates import PredicateRow
from dragoman.store.payload import fault
from tests.coding.event_reading import LEXICON, codes, parser

DOCUMENT = Path(__file__).parents[2] / "docs" / "own-codebook.md"
SEIZE, CLOSE, SUMMON = (f"gulf-shipping:{name}" for name in ("SEIZE_SHIP", "CLOSE_BORDER", "SUMMON_ENVOY"))


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path = tmp_path_factory.mktemp("codebook") / "gulf.toml"
    found = re.search(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    path.write_text(found[1], encoding="utf-8")
    return load(path, LEXICON.compiled(terms))


@cache
def tools_of(codebook: Codebook) -> Tools:
    return Tools(parser(), Lexicon(None, {PredicateRow: frames(codebook)}))


def read(codebook: Codebook, text: str) -> tuple[Event, ...]:
    tools = tools_of(codebook)
    return code(Report("test", text, Date.on("2015-06-10", "given")), parser().parse(text), tools.lexicon).events


def test_the_examples_of_the_documentation_are_coded_as_they_say(codebook: Codebook):
    tried = list(try_examples(codebook, tools_of(codebook)))
    assert len(tried) == 10
    assert [one.example.text for one in tried if not one.right] == []


ROWS = [
    ("Iran seized a Greek tanker.", (SEIZE, "COERCE", "seize", "happened", "IRN", "GRC")),
    ("A Greek tanker was impounded by Iran.", (SEIZE, "COERCE", "seize", "happened", "IRN", "GRC")),
    ("Iran may seize a Greek tanker.", (SEIZE, "COERCE", "seize", "hypothetical", "IRN", "GRC")),
    ("Iran did not seize the Greek ship.", (SEIZE, "COERCE", "seize", "denied", "IRN", "GRC")),
    ("Algeria will close its border with Mali.", (CLOSE, "THREATEN", "restrict", "scheduled", "DZA", "MLI")),
    ("The Libyan envoy was summoned by Egypt.", (SUMMON, "ACCUSE", "disapprove", "happened", "EGY", "LBY")),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_own_type_is_carried_beside_type_status_and_sides(codebook: Codebook, text: str, expected: tuple[str, ...]):
    found = [
        (context, e.type, e.mode, e.status, codes(e.source), codes(e.target))
        for e in read(codebook, text)
        for context in e.contexts
    ]
    assert expected in found


OTHER = """\
name = "w"
[types.FREE_SHIP]
gloss = "A ship is let go."
base = "RETREAT"
mode = "release"
verbs = ["release", "let go"]
objects = ["ships"]
[types.AIR_STRIKE]
gloss = "Aircraft strike."
base = "ASSAULT"
mode = "aerial"
nouns = ["air strike"]
[types.GROUND_RAID]
gloss = "Soldiers raid."
base = "ASSAULT"
nouns = ["ground raid"]
[types.PLEDGE]
gloss = "A promise of anything."
base = "AGREE"
verbs = ["pledge"]
[types.CLAIM_LAND]
gloss = "Land is claimed."
base = "THREATEN"
mode = "territory"
verbs = ["lay claim to"]
objects = ["reef"]
"""
OWN_FIRST = [
    ("Iran released the Greek ship.", ["RETREAT w:FREE_SHIP happened"]),
    ("Iran will release the Greek ship.", ["CONCEDE w:FREE_SHIP scheduled"]),
    ("Iran will not release the Greek ship.", ["REJECT happened"]),
    ("Greece urged Iran to release the ship.", ["REQUEST happened"]),
    ("Israel launched an air strike on Syria.", ["ASSAULT w:AIR_STRIKE happened"]),
    ("Malaysia laid claim to the reef.", ["THREATEN w:CLAIM_LAND happened"]),
    ("Norway pledged to send aid to Chad.", ["AGREE w:PLEDGE scheduled"]),
]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path = tmp_path_factory.mktemp("codebook") / "w.toml"
    path.write_text(OTHER, encoding="utf-8")
    return load(path, LEXICON.compiled(terms))


@pytest.mark.parametrize(("text", "expected"), OWN_FIRST, ids=[text for text, _ in OWN_FIRST])
def test_own_types_go_first_and_a_refusal_or_a_request_is_none_of_them(other: Codebook, text: str, expected: list[str]):
    events = read(other, text)
    assert [" ".join((e.type, *(c for c in e.contexts if is_code(c)), e.status)) for e in events] == expected


RETOLD = [
    (
        "Israel launched an air strike on Syria on Monday. The Israeli ground raid on Syria drew protests.",
        [("ASSAULT", ("w:AIR_STRIKE",)), ("ASSAULT", ("w:GROUND_RAID",))],
    ),
    ("Israel bombed Syria on Monday. The Israeli air strike drew protests.", [("ASSAULT", ("w:AIR_STRIKE",))]),
]


@pytest.mark.parametrize(("text", "expected"), RETOLD, ids=["two types", "one told plainly"])
def test_what_is_told_again_is_one_act_unless_it_is_of_two_own_types(
    other: Codebook, text: str, expected: list[tuple[str, tuple[str, ...]]]
):
    events = [e for e in read(other, text) if e.act == "ASSAULT"]
    assert [(e.act, tuple(c for c in e.contexts if is_code(c))) for e in events] == expected


PLAIN = ["Iraq invaded Kuwait.", "The French president met the German chancellor.", "Iran seized the American embassy."]


@pytest.mark.parametrize("text", PLAIN)
def test_what_no_own_word_tells_is_coded_as_without_a_codebook(codebook: Codebook, text: str):
    plain = code(Report("test", text, Date.on("2015-06-10", "given")), parser().parse(text), LEXICON).events
    assert read(codebook, text) == plain
    assert plain


def test_an_example_that_is_coded_otherwise_is_told_with_what_was_read(tmp_path: Path):
    path = tmp_path / "wrong.toml"
    path.write_text(
        'name = "w"\n[types.MEET]\ngloss = "They meet."\nbase = "CONSULT"\nverbs = ["meet"]\nreciprocal = true\n'
        'target = ["with", "object"]\nnot_this = ["The Thai king met the Lao king."]\n'
        'examples = [{ text = "The Thai king met the Lao king.", source = "THA" }, "It rained."]\n',
        encoding="utf-8",
    )
    book = load(path, LEXICON.compiled(terms))
    tried = list(try_examples(book, tools_of(book)))
    assert [(one.example.line, one.right, one.read) for one in tried] == [
        (9, False, ("w:MEET CONSULT LAO+THA, happened",)),
        (9, False, ()),
        (8, False, ("w:MEET CONSULT LAO+THA, happened",)),
    ]


def test_a_pair_is_typed_by_the_base_of_the_own_type(codebook: Codebook):
    text = "Turkey summoned the Swedish envoy."
    row = RelateRow("r", text, (0, 6), (20, 27))
    assert [kind for _, kind, _ in relate([row], tools_of(codebook))] == ["ACCUSE"]


EVERY = """\
name = "w"
[types.ANY]
gloss = "Whatever it is."
base = "{base}"
reciprocal = {reciprocal}
verbs = ["meet", "attack", "sign", "visit", "seize", "say", "agree", "call for", "withdraw from"]
nouns = ["talk", "attack", "treaty", "visit", "withdrawal"]
adjectives = ["ready", "wary"]
"""
STORY = (
    "Egypt and Israel signed a treaty on Monday, and talks between Syria and Israel began. Libya denied that it had "
    "attacked Chad; the attack on Chad was condemned by France, which will not meet the Libyan leader. Cuba agreed to "
    "withdraw from Angola. Wary of Iraq, Kuwait called for talks and seized two ships. He said that the visit was off."
)


@pytest.mark.parametrize(
    ("base", "reciprocal"), [("AGREE", "false"), ("REJECT", "true"), ("RETREAT", "true"), ("ASSAULT", "false")]
)
def test_types_on_any_base_give_facts_that_may_exist(tmp_path: Path, base: str, reciprocal: str):
    path = tmp_path / "w.toml"
    path.write_text(EVERY.format(base=base, reciprocal=reciprocal), encoding="utf-8")
    tools = tools_of(load(path, LEXICON.compiled(terms)))
    answer = code(Report("test", STORY, Date.on("2015-06-10", "given")), parser().parse(STORY), tools.lexicon)
    assert fault(answer) is None
    assert any("w:ANY" in event.contexts for event in answer.events)
