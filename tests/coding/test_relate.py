"""The type of event between two marked mentions."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.coding.relate import RelateRow, relate
from dragoman.coding.tools import Tools
from tests.coding.event_reading import LEXICON, parser


@cache
def tools() -> Tools:
    return Tools(parser(), LEXICON)


def row(marked: str) -> RelateRow:
    """A row from a text in which [S ...] marks the source and [T ...] the target."""
    text, spans = "", {}
    rest = marked
    while (at := rest.find("[")) >= 0:
        side, words = rest[at + 1], rest[at + 3 : rest.index("]")]
        text += rest[:at]
        spans[side] = (len(text), len(text) + len(words))
        text += words
        rest = rest[rest.index("]") + 1 :]
    return RelateRow("r", text + rest, spans.get("S"), spans.get("T"))


ROWS = [
    ("[S Norway] criticised [T Brazil] on Monday.", "ACCUSE"),
    ("[T Brazil] was criticised by [S Norway].", "ACCUSE"),
    ("[S Rebels] attacked [T the town of Goma].", "ASSAULT"),
    ("[S The Tabora court] convicted [T the editor].", "ACCUSE"),
    ("[S The European Union] imposed sanctions on [T Belarus].", "COERCE"),
    ("[S Germany] apologised to [T Namibia].", "SUPPORT"),
    ("[S Egypt] agreed to withdraw its troops from [T Yemen].", "AGREE"),
    ("[S The rebels] will release [T the pilots].", "AGREE"),
    ("[S Ghana] sent soldiers to [T Liberia] on a peacekeeping mission.", "AID"),
    ("[S The envoy] told [T the newspaper] that the harvest was good.", "CONSULT"),
    ("[S Egypt] withdrew its troops from [T Yemen].", "RETREAT"),
    ("[S The miners] will not hold talks with [T the company].", "REJECT"),
    ("[S Sweden] gave 20 million dollars in aid to [T Mozambique].", "AID"),
    ("[S The Polish premier] met [T the Czech president] in Brno.", "CONSULT"),
    ("[S The museum] returned the altar to [T Poland].", "RETREAT"),
]


@pytest.mark.parametrize(("marked", "kind"), ROWS, ids=[marked for marked, _ in ROWS])
def test_type(marked: str, kind: str):
    ((ident, found, confidence),) = relate([row(marked)], tools())
    assert (ident, found) == ("r", kind)
    assert 0 < confidence <= 1


BY_MANUAL = [
    ("[S The Tabora court] convicted [T the editor].", "SANCTION"),
    ("[S The European Union] imposed sanctions on [T Belarus].", "SANCTION"),
    ("[S Germany] apologised to [T Namibia].", "CONCEDE"),
    ("[S Egypt] agreed to withdraw its troops from [T Yemen].", "CONCEDE"),
    ("[S Norway] criticised [T Brazil] on Monday.", "ACCUSE"),
]
"""Where the manual's text says otherwise than the conversion table, and one where both agree."""


@pytest.mark.parametrize(("marked", "kind"), BY_MANUAL, ids=[marked for marked, _ in BY_MANUAL])
def test_type_of_the_manual(marked: str, kind: str):
    assert [found for _, found, _ in relate([row(marked)], tools(), "manual")] == [kind]


def test_of_two_events_the_one_between_the_pair_is_told():
    text = "Syria attacked Israel, and [S Norway] praised [T Chile]."
    assert [kind for _, kind, _ in relate([row(text)], tools())] == ["SUPPORT"]


def test_no_predicate_gives_no_type():
    assert [(k, c) for _, k, c in relate([row("[S Norway] and [T Chile].")], tools())] == [(None, 0.0)]


def test_an_unnamed_source_is_allowed():
    assert [kind for _, kind, _ in relate([row("[T Two editors] were arrested.")], tools())] == ["COERCE"]


def test_rows_come_back_in_order():
    rows = [row(marked) for marked, _ in ROWS]
    assert [kind for _, kind, _ in relate(rows, tools())] == [kind for _, kind in ROWS]
