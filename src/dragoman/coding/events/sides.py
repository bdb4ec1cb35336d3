"""Whether an act is told only on the word of a side to it: a claim, and no fact of the paper's."""

from __future__ import annotations

from typing import Final

from dragoman.coding.events.predicates import Filled
from dragoman.coding.events.speech_acts import is_speech_act
from dragoman.coding.status import Effect
from dragoman.coding.tokens import Token
from dragoman.facts import Statement

HOSTILE_ACTS: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"})
"""Acts of which the other side's word alone is a claim."""
PARTISANS: Final = frozenset({"REB", "OPP", "PRM", "UAF", "ELI", "PTY"})
"""Sectors whose word on anything that was done is a claim."""
SPOKEN_ACTS: Final = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
"""Acts done with words: what a party says that it asked for or refused it has asked for or refused."""
OFFICIAL: Final = frozenset({
    "announce", "admit", "confirm", "acknowledge", "concede", "confess", "order", "agree", "refuse", "promise",
    "decree", "ask", "want", "offer", "declare", "proclaim",
})  # fmt: skip
"""Verbs by which a side gives out what it has done, or does something by speaking."""
ASSERTING: Final = frozenset({"conj", "ccomp", "xcomp", "parataxis", "root", "obj", "nsubj:pass", "nsubj"})
"""Relations through which a word stands in what is asserted; what a relative or adverbial clause tells is known."""
BATTLE_SECTORS: Final = frozenset({"MIL", "GOV", "REB", "PRM", "COP", "OPP", None})


def word_of_a_side(statement: Statement | None, f: Filled) -> Effect | None:
    """What makes the done act F a claim: its teller is its victim, a partisan, or praises a success of its own."""
    if statement is None or statement.speaker is None or is_speech_act(f):
        return None
    speaker, act = statement.speaker, f.row.type
    if _by_official_cue(statement) or not asserted(f.token):
        return None
    country = speaker.country
    doers = {m.actor.country for m in f.source}
    others = {m.actor.country for m in f.target}
    if speaker.sector in PARTISANS and not (act in SPOKEN_ACTS and country in doers):
        return Effect("claimed", None, "rule:word-of-a-partisan")
    if not country:
        return None
    if country not in doers and act in HOSTILE_ACTS and (country in others or (act == "ASSAULT" and doers - {None})):
        return Effect("claimed", None, "rule:word-of-the-other-side")
    own = country in doers and speaker.sector in BATTLE_SECTORS and bool(f.target)
    return Effect("claimed", None, "rule:own-success") if own and act == "ASSAULT" else None


def _by_official_cue(statement: Statement) -> bool:
    words = statement.cue.text.lower().split() if statement.cue is not None else []
    return any(word.startswith(tuple(v[:6] for v in OFFICIAL)) for word in words)


def asserted(token: Token) -> bool:
    """Whether TOKEN stands in what the speaker asserts, not in what is taken as known beside it."""
    current = token
    while current.dep_ in ASSERTING and current.head != current:
        current = current.head
    return current.head == current or current.dep_ == "ccomp"
