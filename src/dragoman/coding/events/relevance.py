"""Which filled frames are acts of the world of states, so that the rest is left out rather than stated wrongly.

PLOVER 2.0: no actor in the text, no event. A party counts where it has a country, or is a body, armed group, party or
part of a government; teachers and firms that nobody places in a country do not make an event by themselves.
"""

from __future__ import annotations

from dragoman.coding.arguments import children, is_passive, objects
from dragoman.coding.events.predicates import Filled
from dragoman.facts import Actor

WEIGHTY = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC", "GOV", "MIL", "REB", "PRM", "SPY", "UAF", "LEG"})
"""Sectors that make an actor a party although its country isn't known."""
SURE = 0.5
"""Probability from which the parser's heads are believed that a word names an act, whoever its subject is."""
WISHES = frozenset({"want", "seek", "wish", "need", "like", "push", "ask"})
"""Verbs that ask only where somebody else is to act."""


def tells(filled: Filled) -> bool:
    """Whether FILLED is to be kept as an event."""
    return refusal(filled) is None


def refusal(filled: Filled) -> str | None:
    """The rule by which FILLED is not kept; None where it is kept."""
    if not any(is_party(m.actor) for m in filled.parties):
        return "relevance:no-party"
    if _nobody_acts(filled):
        return "relevance:nobody-acts"
    return "relevance:own-wish" if own_wish(filled) else None


def is_party(actor: Actor) -> bool:
    """Whether ACTOR alone can make an act one between states, bodies or peoples."""
    return actor.country is not None or actor.sector in WEIGHTY


def own_wish(filled: Filled) -> bool:
    """Whether FILLED is a wish to do something oneself, asking nobody for anything: "wants to help manufacturers"."""
    verb = filled.token
    return (
        filled.row.type == "REQUEST" and verb.lemma_ in WISHES and bool(children(verb, "xcomp")) and not objects(verb)
    )


def _nobody_acts(filled: Filled) -> bool:
    """An active verb whose subject is no actor: "the crisis threatens Iran", "fund our schools"."""
    verb = filled.token
    if filled.act is not None and filled.act.probability >= SURE:
        return False
    return not filled.source and filled.row.pos == "VERB" and verb.pos_ in ("VERB", "AUX") and not is_passive(verb)
