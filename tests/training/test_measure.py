"""Scoring of names: folded labels, open words, what a set does not tell."""

from dataclasses import dataclass

import pytest
import spacy
from spacy.tokens import Doc, Span

from training.corpora import Sentence
from training.measure import COARSE, FINE, GMB_TYPES, UNER_TYPES, Verdict, gold_of, joined, verdict

VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True, slots=True)
class Case:
    """Words, a set's options and answers (start, end, label) by words."""

    text: str
    options: str
    answers: tuple[tuple[int, int, str], ...] = ()
    coarse: bool = False


def judge(case: Case) -> Verdict:
    words = case.text.split()
    sentence = Sentence(
        words, [False] * len(words), [], [], [], [], [], [tuple(o.split("|")) for o in case.options.split()]
    )
    _, at = joined(sentence)
    doc = Doc(VOCAB, words)
    doc.ents = [Span(doc, start, end, label) for start, end, label in case.answers]
    fold, types = (COARSE, UNER_TYPES) if case.coarse else (FINE, GMB_TYPES)
    return verdict(doc, gold_of(sentence, at), fold, types)


CASES = [
    (Case("Reuters said", "B-ORG O", ((0, 1, "MEDIA"),)), {(0, 7): "ORG"}, {(0, 7): {"ORG"}}),
    (Case("Reuters said", "B-MEDIA O", ((0, 1, "MEDIA"),)), {(0, 7): "ORG"}, {(0, 7): {"ORG"}}),
    (Case("Oslo said", "B-GPE|B-LOC O", ((0, 1, "FAC"),), True), {(0, 4): "LOC"}, {(0, 4): {"LOC"}}),
    (Case("an F-16 fell", "O O O", ((1, 2, "WEAPON"),)), {}, {}),
    (Case("the Rio Treaty", "O B-LAW I-LAW", ((1, 3, "LAW"),)), {}, {}),
    (Case("the Rio Treaty", "O B-LAW|B-ORG I-LAW|I-ORG", ((1, 3, "ORG"),)), {}, {}),
    (Case("the Rio Treaty", "O B-LAW|B-ORG I-LAW|I-ORG", ((1, 3, "GPE"),)), {(4, 14): "GPE"}, {}),
    (Case("in Vioxx trials", "O B-ORG|B-PERSON|O O", ((1, 2, "ORG"),)), {}, {}),
    (Case("in Vioxx trials", "O B-ORG|B-PERSON|O O", ((1, 2, "GPE"),)), {(3, 8): "GPE"}, {}),
    (Case("in Vioxx trials", "O B-ORG|O O", ((1, 3, "ORG"),)), {(3, 15): "ORG"}, {}),
    (Case("The Marxist left", "O B-NORP|B-EVENT|O O", ((1, 2, "NORP"),)), {(4, 11): "NORP"}, {}),
    (Case("World Cup", "B-EVENT I-EVENT"), {}, {}),
]


@pytest.mark.parametrize(("case", "said", "wanted"), CASES)
def test_verdict(case: Case, said: dict[tuple[int, int], str], wanted: dict[tuple[int, int], set[str]]) -> None:
    found = judge(case)
    assert (found.said, found.wanted) == (said, wanted)
