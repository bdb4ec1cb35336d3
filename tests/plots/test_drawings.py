"""What holds for every kind of plot on every kind of answer: crowded, sparse, hostile and empty, wide and narrow."""

from __future__ import annotations

from itertools import combinations

import pytest

from dragoman.plots.canvas import NARROWEST, Look
from dragoman.plots.fitting import Box
from dragoman.plots.theme import DARK, LIGHT, Palette
from tests.plots.samples import DRAWINGS
from tests.plots.svg import Parsed, parsed

LOOKS = {"wide": Look(960), "narrow": Look(NARROWEST, dark=True), "page": Look(1112, framed=False)}
NEAR = 1.6
"""Units by which an outline and rounding may reach out of what is meant."""


@pytest.fixture(params=[(name, look) for name in DRAWINGS for look in LOOKS], ids=" ".join, scope="module")
def drawing(request: pytest.FixtureRequest) -> Parsed:
    name, look = request.param
    return parsed(DRAWINGS[name](LOOKS[look]))


def grown(box: Box) -> Box:
    return Box(box.left - NEAR, box.top - NEAR, box.right + NEAR, box.bottom + NEAR)


def test_no_two_labels_cover_each_other(drawing: Parsed) -> None:
    pairs = combinations(drawing.labels(), 2)
    assert [(one, other) for (one, a), (other, b) in pairs if a.meets(b)] == []


def test_marks_and_labels_lie_within_the_frame(drawing: Parsed) -> None:
    frame = grown(drawing.frame)
    assert [item for item in (*drawing.labels(), *drawing.marks()) if not item[1].within(frame)] == []


def test_it_is_told_to_those_who_cannot_see_it(drawing: Parsed) -> None:
    title, desc = drawing.tree[0], drawing.tree[1]
    assert drawing.tree.get("role") == "img"
    assert drawing.tree.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text and "412 events in 133 reports of 9,870 read" in (desc.text or "")


def test_nothing_in_it_acts_or_is_fetched_or_breaks_the_pages_policy(drawing: Parsed) -> None:
    for element in drawing.tree.iter():
        tag = element.tag.rpartition("}")[2]
        assert tag in {"svg", "title", "desc", "g", "line", "rect", "circle", "path", "text"}
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "href")]


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name.endswith("empty")])
def test_of_nothing_it_is_said_that_there_is_nothing(name: str) -> None:
    assert any(words.startswith("No data") for words in parsed(DRAWINGS[name](Look())).words)


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_answer_gives_the_same_drawing_of_bounded_size(name: str) -> None:
    first = DRAWINGS[name](Look())
    assert first == DRAWINGS[name](Look())
    assert len(first) < 400_000


@pytest.mark.parametrize("name", ["timeline sparse", "series sparse", "map near"])
def test_a_file_says_where_it_is_from_and_a_part_of_a_page_does_not(name: str) -> None:
    words = " ".join(parsed(DRAWINGS[name](Look(1200))).words)
    assert "Source: record gulf.db · query EGY ISR · drawn 2026-01-01 · dragoman 0.1.0" in words
    assert "Source" not in " ".join(parsed(DRAWINGS[name](Look(1200, framed=False))).words)


def contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_stand_out_from_their_ground(palette: Palette) -> None:
    for colour in ("ink", "soft", "cooperation", "conflict"):
        assert contrast(palette[colour], palette["paper"]) >= 4.5
    for colour in ("cooperation", "conflict"):
        assert contrast(palette[colour], palette["rule"]) >= 3  # on the land of a map
    assert contrast(palette["ink"], palette["rule"]) >= 4.5
