"""Which given mentions are one happening."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.lexicon.happening_words import index
from dragoman.lexicon.table import Lexicon
from dragoman.linking.mention_types import LinkText
from dragoman.linking.mentions import link
from dragoman.linking.similarity import cosine, vectors

BLANK = spacy.blank("en")
TABLES = Lexicon().compiled(index)
LEMMAS = {
    "shelling": "shelling",
    "bombarded": "bombard",
    "signed": "sign",
    "signing": "sign",
    "signs": "sign",
    "shelled": "shell",
    "met": "meet",
}

TREATY = "Egypt and Israel signed a treaty of peace on the lawn of the White House after thirteen days at Camp David."
TREATY_TOO = "The treaty of peace between Egypt and Israel, prepared at Camp David, was signed at the White House."
TRADE = "Brazil signed a contract for coffee with a Norwegian importer in the port of Santos on Tuesday morning."


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Tokens with the lemmas of the table above and two parts of speech: linking needs little of a parse."""
    for text in texts:
        words = [t.text for t in BLANK(text)]
        spaces = [bool(t.whitespace_) for t in BLANK(text)]
        lemmas = [LEMMAS.get(w.lower(), w.lower()) for w in words]
        pos = ["DET" if BLANK.vocab[w].is_stop else "PUNCT" if not w.isalpha() else "NOUN" for w in words]
        heads, deps = [0] * len(words), ["dep"] * len(words)
        yield Doc(BLANK.vocab, words=words, spaces=spaces, lemmas=lemmas, pos=pos, heads=heads, deps=deps)


def mention(name: str, text: str, *words: str) -> LinkText:
    spans = tuple((text.index(w), text.index(w) + len(w)) for w in words)
    return LinkText(name, text, spans)


def clusters(*texts: LinkText) -> dict[tuple[str, int], str]:
    return {(one.id, i): name for one in link(texts, parse, TABLES) for i, name in enumerate(one.clusters)}


def test_one_story_in_two_texts_is_one_happening() -> None:
    found = clusters(mention("a", TREATY, "signed"), mention("b", TREATY_TOO, "signed"), mention("c", TRADE, "signed"))
    assert found["a", 0] == found["b", 0]
    assert found["a", 0] != found["c", 0], "the same verb in another story is another happening"


def test_different_acts_of_one_text_stay_apart() -> None:
    text = "The army shelled the town an hour after the ministers met in Geneva."
    found = clusters(mention("a", text, "shelled", "met"))
    assert found["a", 0] != found["a", 1]


def test_words_that_dictionaries_tie_are_one_happening_in_one_story() -> None:
    shelled = "Gunners on the Turkish side shelled the Syrian village of Arida before dawn, wounding four farmers."
    barrage = "Four farmers were wounded before dawn by bombardment of Arida, a Syrian village, from the Turkish side."
    found = clusters(mention("a", shelled, "shelled", "wounding"), mention("b", barrage, "wounded", "bombardment"))
    assert found["a", 0] == found["b", 1]
    assert found["a", 0] != found["a", 1]


@pytest.mark.parametrize("text", ["", " ", "a"])
def test_mentions_of_next_to_nothing_are_answered(text: str) -> None:
    spans = ((0, len(text)),) if text else ()
    (answer,) = link([LinkText("a", text, spans)], parse, TABLES)
    assert len(answer.clusters) == len(spans) and all(answer.clusters)


def test_a_text_without_mentions_is_answered_too() -> None:
    (answer,) = link([LinkText("a", TREATY, ())], parse, TABLES)
    assert answer.clusters == ()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_texts_changes_nothing(seed: int) -> None:
    texts = [
        mention(str(i), t, "signed") for i, t in enumerate((TREATY, TREATY_TOO, TRADE, TREATY.replace("lawn", "grass")))
    ]
    shuffled = random.Random(seed).sample(texts, len(texts))
    assert partition(clusters(*texts)) == partition(clusters(*shuffled))


def partition(found: dict[tuple[str, int], str]) -> set[frozenset[tuple[str, int]]]:
    groups: dict[str, set[tuple[str, int]]] = {}
    for mention_key, name in found.items():
        groups.setdefault(name, set()).add(mention_key)
    return {frozenset(group) for group in groups.values()}


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_cosines_lie_between_nothing_and_one(texts: list[str]) -> None:
    space = vectors(texts)
    for a in space:
        for b in space:
            assert -1e-9 <= cosine(a, b) <= 1 + 1e-9
