"""The status that tense and aspect alone give, where no cue says more."""

from __future__ import annotations

from typing import Final

from dragoman.coding.arguments import case_of, children
from dragoman.coding.status.effects import Effect
from dragoman.coding.tokens import Token

DURATIVE: Final = frozenset({
    "occupy", "hold", "control", "support", "back", "oppose", "resist", "maintain", "keep", "supply", "aid", "finance",
    "fund", "arm", "train", "help", "provide", "sell", "buy", "trade", "deliver", "boycott", "fight", "protest",
    "cooperate", "besiege", "blockade", "claim", "remain", "stay", "observe", "host", "shelter", "harbour", "harbor",
    "ban", "bar", "restrict", "want", "detain", "patrol", "guard", "negotiate", "distrust", "mistrust", "suspect",
    "refuse", "insist",
})  # fmt: skip
"""Verbs of what lasts: in the present tense, or in the perfect with "since", they tell of what goes on."""
SHUTTING: Final = frozenset({"shut", "close", "cut", "block", "freeze", "jail", "imprison", "seal", "suspend", "hold"})
"""Verbs whose outcome lasts: in the perfect with "since" they tell of what goes on."""
KEPT: Final = frozenset({"keep", "maintain", "retain"})
STATES: Final = frozenset(
    {"presence", "occupation", "aid", "assistance", "trade", "cooperation", "war", "refusal", "blockade", "embargo"}
)
"""Nouns of what lasts, where no verb tells their tense."""
WISHES: Final = frozenset({"like", "love", "prefer", "welcome"})
"""Verbs that "would" only makes polite: they tell of a present attitude."""


def by_tense(token: Token) -> Effect:
    """The status that tense and aspect alone give."""
    verb = _tensed(token)
    if verb is None:
        lasts = token.pos_ == "NOUN" and token.lemma_ in STATES
        return Effect("ongoing", token.i, "tense:lasting-noun") if lasts else Effect("happened", None, "tense:none")
    auxiliaries = children(verb, "aux", "aux:pass", "cop")
    if not auxiliaries and verb.dep_ == "conj" and verb.lower_.endswith("ing"):
        auxiliaries = children(verb.head, "aux")
    if "Inf" in verb.morph.get("VerbForm", []) and not auxiliaries and verb.dep_ in ("root", "conj", "parataxis"):
        marked = any(c.lower_ == "to" for c in verb.children if c.dep_ in ("mark", "aux"))
        return Effect("scheduled" if marked else "happened", verb.i, "tense:infinitive")
    finite = next((a for a in auxiliaries if "Fin" in a.morph.get("VerbForm", [])), verb)
    return _lasting(verb, auxiliaries, finite) or _plain(finite)


def _plain(finite: Token) -> Effect:
    tense = finite.morph.get("Tense", [])
    rule = "tense:present" if "Pres" in tense else "tense:past" if "Past" in tense else "tense:none"
    return Effect("happened", finite.i, rule)


def _lasting(verb: Token, auxiliaries: list[Token], finite: Token) -> Effect | None:
    """What VERB tells of goes on: by its aspect, or because it is a verb of what lasts in the present tense."""
    present = "Pres" in finite.morph.get("Tense", []) and "Part" not in finite.morph.get("VerbForm", [])
    if any(a.lemma_ == "have" for a in auxiliaries) and verb.lemma_ in DURATIVE | SHUTTING and since(verb):
        return Effect("ongoing", verb.i, "tense:perfect-since")
    being = any(a.lower_ == "being" for a in auxiliaries)
    if present and (being or verb.lower_.endswith("ing")) and any(a.lemma_ == "be" for a in auxiliaries):
        return Effect("ongoing", verb.i, "tense:progressive")
    if any(a.lower_ == "been" for a in auxiliaries) and verb.lower_.endswith("ing"):
        return Effect("ongoing", verb.i, "tense:progressive")
    if not present:
        return None
    if finite == verb and verb.lemma_ in KEPT:
        return Effect("ongoing", verb.i, "tense:kept-up")
    if finite == verb and verb.lemma_ in DURATIVE:
        return Effect("ongoing", verb.i, "tense:lasting-verb")
    if verb.lemma_ in WISHES and finite.lower_ in ("would", "'d", "’d"):
        return Effect("ongoing", verb.i, "tense:lasting-verb")
    return None


def since(verb: Token) -> bool:
    """Whether a perfect reaches up to now: "has occupied the north since 1974"."""
    return any(word.lower_ == "since" for c in children(verb, "obl*", "advmod", "advcl") for word in (c, *c.children))


def looks_back(token: Token) -> bool:
    """Whether the finite verb that places TOKEN in time is a past: a later day in its clause is then misread."""
    verb = _tensed(token)
    for _ in range(4):
        if verb is None or verb.dep_ not in ("xcomp", "acl", "advcl") or children(verb, "aux"):
            break
        verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else _tensed(verb.head)
    if verb is None:
        return False
    finite = next((a for a in children(verb, "aux", "aux:pass", "cop") if "Fin" in a.morph.get("VerbForm", [])), verb)
    return "Past" in finite.morph.get("Tense", []) and finite.pos_ in ("VERB", "AUX") and finite.lower_ != "would"


def _tensed(token: Token) -> Token | None:
    """The verb whose tense tells of TOKEN: itself, or the one that a noun hangs on."""
    current = token
    while current.pos_ not in ("VERB", "AUX"):
        if current.head == current or current.dep_ in ("nmod", "nmod:poss", "appos", "acl:relcl"):
            return None
        current = current.head
    return current


def standing(token: Token) -> Effect | None:
    """An attitude told by an adjective ("is wary of"), or an act told to be under way, in the present tense."""
    if token.pos_ == "ADJ" and token.dep_ not in ("amod", "xcomp") and _is(token):
        return Effect("ongoing", token.i, "tense:attitude")
    if token.pos_ != "NOUN":
        return None
    head = token.head
    under = head.lemma_ in ("way", "progress", "course", "foot") and case_of(head) in ("under", "in", "on")
    if token.dep_ == "nsubj" and (under or head.lemma_ == "underway") and _is(head):
        return Effect("ongoing", head.i, "tense:under-way")
    if case_of(token) in ("in", "under", "on") and _is(token):
        return Effect("ongoing", token.i, "tense:under-way")
    return None


def _is(predicate: Token) -> bool:
    return any(c.lower_ in ("is", "are", "'s", "’s", "am", "remain", "remains") for c in children(predicate, "cop"))
