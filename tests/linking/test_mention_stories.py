"""Which texts tell one story."""

from __future__ import annotations

import pytest

from dragoman.linking import mention_stories
from dragoman.linking.mention_stories import stories


def bag(*words: str) -> dict[str, float]:
    return dict.fromkeys(words, 1.0)


def groups(*bags: dict[str, float]) -> list[tuple[int, ...]]:
    return sorted(story.texts for story in stories(bags))


def test_texts_without_a_common_word_are_stories_of_their_own() -> None:
    assert groups(bag("treaty", "oslo"), bag("flood", "dhaka"), bag()) == [(0,), (1,), (2,)]


def test_texts_that_share_their_rare_words_are_one_story() -> None:
    others = [bag("say", f"place{i}", f"act{i}") for i in range(12)]
    assert (0, 1) in groups(bag("say", "oslo", "treaty"), bag("say", "oslo", "treaty", "lake"), *others)


def test_two_stories_of_the_same_people_fall_into_halves() -> None:
    people = ("minister", "ankara", "athens", "aegean", "dispute", "cyprus")
    crash = [bag(*people, "crash", "jet", "pilot", f"detail{i}") for i in range(4)]
    visit = [bag(*people, "visit", "talk", "airport", f"trifle{i}") for i in range(4)]
    others = [bag(f"place{i}", f"act{i}") for i in range(40)]
    assert {(0, 1, 2, 3), (4, 5, 6, 7)} <= set(groups(*crash, *visit, *others))


def test_a_large_group_holds_only_by_nearer_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mention_stories, "MOST", 3)
    chain = [bag(f"w{i}", f"w{i + 1}", f"w{i + 2}") for i in range(8)]
    found = groups(*chain)
    assert max(map(len, found)) <= 3
    assert sorted(i for group in found for i in group) == list(range(8))
