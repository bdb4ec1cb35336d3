"""What a row of the predicates' table asks for before it counts (`needs`), and how each is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.coding import arguments
from dragoman.coding.arguments import children, conjuncts, is_passive
from dragoman.coding.draft import Draft
from dragoman.coding.events.filling import Filled, mentions_of
from dragoman.coding.tokens import Token
from dragoman.lexicon import predicates

STATE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO", "UNO", "EUR"})
ARMED_SECTORS = frozenset({"MIL", "REB", "IMG", "PRM", "UAF"})
POWERS = frozenset({"GOV", "JUD", "COP", "MIL"})
POLICE = frozenset({"COP", "JUD", "SPY"})
FORCES = frozenset({"COP", "MIL", "PRM"})
OUTLAWS = frozenset({"REB", "UAF", "IMG", "ISM", "PRM", "CRM"})
PLOTTERS = frozenset({"MIL", "REB", "UAF", "IMG", "PRM"})
CIVILIANS = frozenset({"CVL", "EDU", "LAB", "AGR", "REL", "SOC", "OPP", "REF", "PTY"})
BODY_SECTORS = frozenset({"IGO", "UNO", "EUR", "NGO"})


def _has_oblique(*prepositions: str) -> Callable[[Draft, Filled], bool]:
    return lambda draft, filled: bool(arguments.obliques(filled.token, prepositions)) or len(filled.source) > 1


def _object_is_actor(draft: Draft, filled: Filled) -> bool:
    things = arguments.objects(filled.token)
    if is_passive(filled.token) or not things:
        return bool(filled.parties)
    return any(mentions_of(draft, t, ("of",)) for thing in things for t in conjuncts(thing))


def _asked(draft: Draft, filled: Filled) -> bool:
    """Whether somebody is asked: an actor, or a person whom only a pronoun names."""
    if filled.target and _object_is_actor(draft, filled):
        return True
    return bool(filled.source) and any(t.lower_ in ("him", "her", "them") for t in arguments.objects(filled.token))


def _acts_for_state(draft: Draft, filled: Filled) -> bool:
    return any(m.actor.sector in STATE_SECTORS or m.actor.role for m in filled.source)


def _armed(draft: Draft, filled: Filled) -> bool:
    return any(m.actor.sector in ARMED_SECTORS for m in filled.source)


def _source_in(sectors: frozenset[str]) -> Callable[[Draft, Filled], bool]:
    return lambda draft, filled: any(m.actor.sector in sectors for m in filled.source)


def _lawful(draft: Draft, filled: Filled) -> bool:
    """Whether those who take somebody away may be the state's: a passive without its doer is read so."""
    return not filled.source or any(m.actor.sector in POWERS | POLICE | {None} for m in filled.source)


def _keeps_peace(draft: Draft, filled: Filled) -> bool:
    """Whether the clause speaks of peacekeepers or peacekeeping: soldiers sent for the receiver's good."""
    return any(t.lower_.replace("-", "").startswith("peacekeep") for t in _clause(filled.token))


def _clause(verb: Token) -> Iterator[Token]:
    """The words under VERB but those of clauses of their own."""
    for child in verb.children:
        if child.dep_ not in ("conj", "ccomp", "parataxis", "advcl"):
            yield child
            yield from _clause(child)


def _to_do(draft: Draft, filled: Filled) -> bool:
    """Whether an infinitive tells what is to be done: "told Iran to leave"."""
    clauses = children(filled.token, "xcomp", "ccomp")
    return any(c.lower_ == "to" and c.dep_ == "mark" for clause in clauses for c in clause.children)


def _unnamed(draft: Draft, filled: Filled) -> bool:
    """Whether a promise names no act of its own, or is made to somebody: an act that no row knows is no pledge."""
    return bool(filled.source and filled.target) or not _to_do(draft, filled)


def _person_object(draft: Draft, filled: Filled) -> bool:
    """Whether it is done to somebody and not to a country or a body."""
    found = [m for thing in arguments.objects(filled.token) for t in conjuncts(thing) if (m := draft.mention_at(t))]
    return any(m.kind != "place" and m.actor.sector not in BODY_SECTORS for m in found)


def _abroad(draft: Draft, filled: Filled) -> bool:
    """Whether somebody goes to another country than his own."""
    homes = {m.actor.country for m in filled.source}
    return any(m.actor.country and m.actor.country not in homes for m in filled.target)


def _from_body(draft: Draft, filled: Filled) -> bool:
    return any(m.actor.sector in BODY_SECTORS for m in filled.target)


def _from_land(draft: Draft, filled: Filled) -> bool:
    """Whether what is left is land or a country, no body, race or agreement."""
    places = {(p.start, p.end) for p in draft.places}
    for nominal in arguments.obliques(filled.token, ("from",)):
        mention = draft.mention_at(nominal)
        if mention is not None and mention.actor.sector in BODY_SECTORS:
            return False
        if mention is not None or any(s <= nominal.idx < e for s, e in places):
            return True
        if nominal.lemma_.lower() in draft.lexicon.compiled(predicates.index).classes["claimland"]:
            return True
    return False


def _oblique_in_class(name: str, *prepositions: str) -> Callable[[Draft, Filled], bool]:
    def check(draft: Draft, filled: Filled) -> bool:
        lemmas = draft.lexicon.compiled(predicates.index).classes[name]
        return any(t.lemma_.lower() in lemmas for t in arguments.obliques(filled.token, prepositions))

    return check


def _complement_lemma(*lemmas: str) -> Callable[[Draft, Filled], bool]:
    def check(draft: Draft, filled: Filled) -> bool:
        clauses = [*arguments.complements(filled.token)]
        clauses += [t for thing in arguments.objects(filled.token) for t in children(thing, "acl")]
        return any(t.lemma_.lower() in lemmas for t in clauses)

    return check


def _reacts(draft: Draft, filled: Filled) -> bool:
    """Whether a side answers an act that the text has told of before: "Syria condemned the visit"."""
    sided = any(m.actor.country or m.actor.sector in BODY_SECTORS for m in filled.source)
    return sided and bool(reacted_to(draft, filled.token))


def takes_up(draft: Draft, token: Token, name: str) -> bool:
    """Whether TOKEN's object is a definite noun of the class NAME or a pronoun: an agreement told of before."""
    lemmas = draft.lexicon.compiled(predicates.index).classes[name]
    return any(
        thing.lower_ in ("it", "them", "which", "that")
        or (thing.lemma_.lower() in lemmas and any(c.lower_ in ("the", "this", "that") for c in thing.children))
        for thing in arguments.objects(token)
    )


def reacted_to(draft: Draft, token: Token) -> Token | None:
    """The definite noun or pronoun by which TOKEN's object takes up an act, or None."""
    acts = draft.lexicon.compiled(predicates.index).classes["act"]
    for thing in arguments.objects(token):
        definite = thing.pos_ == "PRON" or any(c.lower_ in ("the", "this", "that", "these") for c in thing.children)
        if definite and (thing.lemma_.lower() in acts or thing.lower_ in acts):
            return thing
    return None


def _crowd(draft: Draft, filled: Filled) -> bool:
    """Protest is an act of people, not of governments: lodging a protest is another row."""
    return bool(filled.source) and not all(m.actor.sector in ("GOV", "MIL", "IGO", "UNO") for m in filled.source)


def _at_home(draft: Draft, filled: Filled) -> bool:
    """Whether nobody abroad is hit: a rule that a state makes for its own land."""
    homes = {m.actor.country for m in filled.source}
    return all(m.actor.country in homes for m in filled.target)


def _subjects_of_power(draft: Draft, filled: Filled) -> bool:
    """Whether those who are ordered are people or bodies under the one who orders, and no other state."""
    return all(m.actor.sector not in STATE_SECTORS for m in filled.target)


def _place_object(draft: Draft, filled: Filled) -> bool:
    places = [(p.start, p.end) for p in draft.places]
    things = arguments.objects(filled.token)
    return any(start <= thing.idx < end for thing in things for start, end in places)


CHECKS: dict[str, Callable[[Draft, Filled], bool]] = {
    "target": lambda draft, filled: bool(filled.target) or filled.mutual,
    "source": lambda draft, filled: bool(filled.source),
    "both": lambda draft, filled: bool(filled.source) and bool(filled.target),
    "parties": lambda draft, filled: bool(filled.parties),
    "two": lambda draft, filled: len(filled.parties) > 1,
    "target2": lambda draft, filled: len(filled.parties) > 1,
    "with": _has_oblique("with"),
    "for": _has_oblique("for"),
    "on": _has_oblique("on", "upon"),
    "against": _has_oblique("against"),
    "actorobj": _object_is_actor,
    "govsource": _acts_for_state,
    "milsource": _armed,
    "peacekeeping": _keeps_peace,
    "crowd": _crowd,
    "away": _abroad,
    "land": _from_land,
    "bodytarget": _from_body,
    "fromagreement": _oblique_in_class("agreement", "from"),
    "agreementin": _oblique_in_class("agreement", "to"),
    "agreecomp": _complement_lemma("agree", "reach"),
    "comp": lambda draft, filled: bool(arguments.complements(filled.token)) or bool(filled.target),
    "entry": _complement_lemma("enter"),
    "reaction": lambda draft, filled: bool(filled.target) or _reacts(draft, filled),
    "concluded": lambda draft, filled: bool(filled.parties) or takes_up(draft, filled.token, "agreement"),
    "asked": _asked,
    "rolet": lambda draft, filled: any(m.actor.role for m in filled.target),
    "objto": lambda draft, filled: bool(filled.target) and bool(arguments.objects(filled.token)),
    "outof": _has_oblique("out of", "from"),
    "phoned": lambda draft, filled: (
        _acts_for_state(draft, filled)
        and any(m.actor.role for m in filled.target)
        and not children(filled.token, "xcomp", "ccomp")
        and len(children(filled.token, "obj", "iobj")) < 2
    ),
    "intransitive": lambda draft, filled: not arguments.objects(filled.token),
    "leavecomp": _complement_lemma("leave", "depart", "go", "quit"),
    "home": _at_home,
    "subjects": _subjects_of_power,
    "powersource": lambda draft, filled: any(m.actor.sector in POWERS for m in filled.source) or not filled.source,
    "placeobj": _place_object,
    "policesource": _source_in(POLICE),
    "policearmy": _source_in(FORCES),
    "rebelsource": _source_in(OUTLAWS),
    "civilsource": _source_in(CIVILIANS),
    "armedcoup": _source_in(PLOTTERS),
    "lawful": _lawful,
    "tocomp": _to_do,
    "unnamed": _unnamed,
    "bodysource": _source_in(BODY_SECTORS | {"LEG"}),
    "personobj": _person_object,
    "rolesource": lambda draft, filled: any(m.actor.role for m in filled.source),
}
