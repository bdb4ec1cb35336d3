"""The acts that a word usually names, by the table `act_words`: for the kind of what the parser's heads have found."""

from __future__ import annotations

from typing import Final

from dragoman.coding.draft import Draft
from dragoman.coding.tokens import Token
from dragoman.lexicon import act_words

AFTER: Final = 7
"""Words after a verb within which the rest of its phrase stands."""
BEFORE: Final = 4
"""Words before a noun within which the rest of its phrase stands."""


def usual_acts(draft: Draft, token: Token) -> tuple[str, ...]:
    """The PLOVER types that TOKEN with the words that go with it usually names, the most usual first; else empty.

    The longest phrase counts. A word that the table has as another part of speech only ("to ambush", "an ambush") is
    looked up as that.
    """
    index = draft.lexicon.compiled(act_words.index)
    lemmas = dict.fromkeys((token.lemma_.lower(), token.lower_))
    for pos in dict.fromkeys((_pos(token), *act_words.POS)):
        phrases = [phrase for lemma in lemmas for phrase in index.get((lemma, pos), ())]
        near = _near(token, pos) if any(rest for rest, _ in phrases) else set()
        for rest, acts in phrases:
            if near.issuperset(rest):
                return acts
    return ()


def _pos(token: Token) -> str:
    return {"PROPN": "NOUN", "AUX": "VERB"}.get(token.pos_, token.pos_)


def _near(token: Token, pos: str) -> set[str]:
    """Words and lemmas where the rest of a phrase may stand."""
    doc = token.doc
    start, end = (token.i + 1, token.i + 1 + AFTER) if pos == "VERB" else (max(0, token.i - BEFORE), token.i + BEFORE)
    around = [t for t in doc[start:end] if t.sent == token.sent]
    if pos == "VERB":
        around = [t for t in around if token in (t.head, t.head.head, t.head.head.head)]
        around += [t for t in token.children if t.i < token.i and t.dep_ in ("nsubj:pass", "compound:prt")]
    return {t.lemma_.lower() for t in around} | {t.lower_ for t in around}
