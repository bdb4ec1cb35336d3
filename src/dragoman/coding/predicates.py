"""Finding the predicates of a text and filling their frames with actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding import arguments
from dragoman.coding.arguments import case_of, children, conjuncts, fill, is_passive, modifiers
from dragoman.coding.draft import Draft, Mention
from dragoman.lexicon import predicates
from dragoman.lexicon.predicates import Frame, PredicateIndex, PredicateRow

if TYPE_CHECKING:
    from spacy.tokens import Token

STATE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO", "UNO", "EUR"})
ARMED_SECTORS = frozenset({"MIL", "REB", "IMG", "PRM", "UAF"})
BODY_SECTORS = frozenset({"IGO", "UNO", "EUR", "NGO"})
INNER_SOURCE = ("of", "by", "from")
INNER_TARGET = ("by", "of", "from", "between", "against", "on", "to", "with", "in", "over", "toward", "towards", "at")
CIRCUMSTANCE = frozenset({"after", "during", "before", "for", "following", "on", "at"})
PHRASE_REACH = 6
"""Words after a verb within which the rest of a multiword verb must stand."""


@dataclass(frozen=True)
class Filled:
    """A predicate with its actors. `consumed` are tokens whose own frames this one takes in ("signed a treaty")."""

    token: Token
    row: PredicateRow
    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    consumed: frozenset[int]
    mutual: bool = False

    @property
    def parties(self) -> tuple[Mention, ...]:
        """All actors."""
        return (*self.source, *self.target)


def fill_best(draft: Draft, token: Token) -> Filled | None:
    """TOKEN's most specific frame whose needs are met, or None where it is no predicate of the tables."""
    index = draft.lexicon.compiled(predicates.index)
    pos = "VERB" if token.pos_ == "AUX" else token.pos_
    for frame in _frames(index, token, pos):
        words = _phrase(frame, token)
        if words is None or not _object_fits(draft, frame, token):
            continue
        filled = _fill(draft, frame.row, token, index, words)
        if (filled.parties or "concluded" in frame.row.needs) and all(
            CHECKS[need](draft, filled) for need in frame.row.needs
        ):
            return filled
    return None


def frame_of(draft: Draft, token: Token) -> PredicateRow | None:
    """The most specific row that TOKEN's words and object fit, whoever its actors are."""
    index = draft.lexicon.compiled(predicates.index)
    for frame in _frames(index, token, "VERB" if token.pos_ == "AUX" else token.pos_):
        if _phrase(frame, token) is not None and _object_fits(draft, frame, token):
            return frame.row
    return None


def _frames(index: PredicateIndex, token: Token, pos: str) -> tuple[Frame, ...]:
    lemma = token.lemma_.lower()
    if pos == "PROPN":
        return ()
    if pos == "ADJ" and (found := index.frames.get((lemma, "ADJ"))):
        return found
    return index.frames.get((lemma, pos), ()) or (index.frames.get((token.lower_, pos), ()))


def _phrase(frame: Frame, token: Token) -> frozenset[int] | None:
    """Tokens of the rest of a multiword lemma; empty for a single word; None where the words do not stand there."""
    if not frame.words:
        return frozenset()
    doc = token.doc
    if frame.row.pos == "NOUN":
        around = [t for t in doc[max(0, token.i - 3) : token.i] if t.text != "-"]
    else:
        around = [t for t in doc[token.i + 1 : token.i + 1 + PHRASE_REACH] if t.head == token or t.head.head == token]
    lemmas = {t.lemma_.lower(): t.i for t in around} | {t.lower_: t.i for t in around}
    if all(word in lemmas for word in frame.words):
        return frozenset(lemmas[word] for word in frame.words)
    return None


def _object_fits(draft: Draft, frame: Frame, token: Token) -> bool:
    if frame.objects is None:
        return True
    return bool(_class_objects(draft, frame, token))


def _class_objects(draft: Draft, frame: Frame, token: Token) -> list[Token]:
    """The nominals that meet the frame's object class."""
    assert frame.objects is not None
    if token.pos_ == "NOUN":
        around = [*modifiers(token), *(t for t in children(token, "nmod") if case_of(t) == "of")]
    else:
        around = [*arguments.objects(token), *arguments.obliques(token, ("of", "from", "on"))[:1]]
        around += [t for t in children(token, "xcomp") if t.pos_ in ("NOUN", "PROPN")]
    if frame.row.needs and "concluded" in frame.row.needs and token.pos_ == "VERB":
        around += [t for t in arguments.objects(token) if t.lower_ in ("it", "them")]
        if any(t.lower_ in ("it", "them") for t in around):
            return around
    heads = [t for nominal in around for t in conjuncts(nominal)]
    if "@body" in frame.objects:
        return [t for t in heads if (m := draft.mention_at(t)) and m.actor.sector in BODY_SECTORS]
    return [t for t in heads if t.lemma_.lower() in frame.objects or _compound_lemma(t) in frame.objects]


def _compound_lemma(token: Token) -> str:
    before = [c for c in token.children if c.dep_ in ("compound", "amod") and c.i == token.i - 1]
    return f"{before[0].lemma_.lower()} {token.lemma_.lower()}" if before else ""


def _fill(draft: Draft, row: PredicateRow, token: Token, index: PredicateIndex, words: frozenset[int]) -> Filled:
    source = _slots(draft, token, row.source, index, INNER_SOURCE)
    if row.pos == "VERB":
        source = source[:1] if row.source == ("subj",) else source
    found_source = _flatten(source)
    same = {(m.actor.country, m.actor.sector, m.actor.name) for m in found_source}
    target = [
        m
        for m in _first_target(draft, token, row, index)
        if m not in found_source and (m.actor.country, m.actor.sector, m.actor.name) not in same
    ]
    consumed = set(words)
    if row.object and row.pos == "VERB":
        consumed |= {t.i for t in arguments.objects(token)}
    mutual = len(found_source) > 1 and not target and arguments.is_mutual(token)
    return Filled(token, row, tuple(found_source), tuple(target), frozenset(consumed), mutual)


def _slots(
    draft: Draft, token: Token, slots: Iterable[str], index: PredicateIndex, inner: tuple[str, ...]
) -> list[list[Mention]]:
    """The mentions of each slot that has any."""
    found = []
    for slot in slots:
        mentions = _mentions(draft, _nominals(token, slot, index), inner, demonyms=slot == "poss")
        if mentions:
            found.append(mentions)
    if not found and token.pos_ == "NOUN":
        found = [m for m in [_mentions(draft, _lent_subjects(token, index), inner)] if m]
    return found


def _lent_subjects(noun: Token, index: PredicateIndex) -> list[Token]:
    """The subject that an event noun takes from its verb: "held talks"; of contacts also "left after the talks"."""
    verb = support_verb(noun, index)
    if verb is not None:
        return arguments.subjects(verb) or arguments.agents(verb)
    top = noun.head if noun.dep_ == "nmod" and case_of(noun) == "of" and noun.head.pos_ == "NOUN" else noun
    if noun.lemma_.lower() in index.classes["contact"] and top.dep_ == "obl" and case_of(top) in CIRCUMSTANCE:
        return arguments.subjects(top.head)
    return []


def _flatten(groups: list[list[Mention]]) -> list[Mention]:
    unique: list[Mention] = []
    for mention in (m for group in groups for m in group):
        if mention not in unique:
            unique.append(mention)
    return unique


def _first_target(draft: Draft, token: Token, row: PredicateRow, index: PredicateIndex) -> list[Mention]:
    for slot in row.target:
        nominals = _nominals(token, slot, index)
        if slot == "comp":
            nominals = next(([n] for n in nominals if _mentions(draft, [n], INNER_TARGET)), [])
        found = _mentions(draft, nominals, INNER_TARGET)
        if found:
            return found
    return []


def _nominals(token: Token, slot: str, index: PredicateIndex) -> list[Token]:
    found = fill(token, slot)
    if token.pos_ == "NOUN" and slot not in ("poss", "subj", "obj", "iobj", "comp"):
        verb = support_verb(token, index)
        if verb is not None:
            found = [*found, *(t for t in fill(verb, slot) if t not in found)]
    return found


def support_verb(noun: Token, index: PredicateIndex) -> Token | None:
    """The verb that lends NOUN its subject ("held talks"), or None."""
    head = noun.head
    if noun.dep_ == "conj":
        return support_verb(head, index) if head.pos_ == "NOUN" else None
    if noun.dep_ not in ("obj", "nsubj:pass", "obl", "xcomp") or head.pos_ not in ("VERB", "AUX"):
        return None
    if noun.dep_ == "obl" and case_of(noun) not in ("in", "into", "on", "to"):
        return None
    return head if head.lemma_.lower() in index.supports["object"] or _particle_verb(head, index) else None


def _particle_verb(verb: Token, index: PredicateIndex) -> bool:
    return any(f"{verb.lemma_.lower()} {c.lower_}" in index.supports["object"] for c in children(verb, "compound:prt"))


def _mentions(draft: Draft, nominals: Iterable[Token], inner: tuple[str, ...], demonyms: bool = False) -> list[Mention]:
    """Actor mentions of NOMINALS and what is coordinated with them; else the actor inside the phrase."""
    found: list[Mention] = []
    for nominal in nominals:
        for token in conjuncts(nominal):
            for mention in mentions_of(draft, token, inner, demonyms):
                if mention not in found:
                    found.append(mention)
    return found


def mentions_of(draft: Draft, token: Token, inner: tuple[str, ...], demonyms: bool = False) -> list[Mention]:
    """The actor that TOKEN's phrase names, or, where its head is none, the ones inside it, nearest relation first."""
    mention = draft.mention_at(token)
    if mention is not None and (demonyms or mention.kind != "demonym" or token.pos_ in ("NOUN", "PROPN")):
        return [mention, *_others(mention)]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "PRON", "SYM", "ADV", "X"):
        return []
    return _inside(draft, token, inner, depth=2)


def _others(mention: Mention) -> list[Mention]:
    return [Mention(mention.start, mention.end, mention.head, actor, "implied") for actor in mention.others]


def _inside(draft: Draft, token: Token, inner: tuple[str, ...], depth: int) -> list[Mention]:
    owners = [m for t in modifiers(token) if (m := draft.mention_at(t)) is not None]
    if owners:
        return list(dict.fromkeys(owners))
    appositions = [m for t in children(token, "appos", "flat") if (m := draft.mention_at(t)) is not None]
    if appositions or not depth:
        return appositions
    phrases = [t for t in children(token, "nmod", "obl", "acl", "obl:agent") if case_of(t) in inner or t.dep_ == "acl"]
    phrases.sort(key=lambda t: inner.index(case_of(t)) if case_of(t) in inner else len(inner))
    for phrase in phrases:
        found = [m for t in conjuncts(phrase) for m in _phrase_mentions(draft, t, inner, depth)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _phrase_mentions(draft: Draft, token: Token, inner: tuple[str, ...], depth: int) -> list[Mention]:
    mention = draft.mention_at(token)
    return [mention] if mention is not None else _inside(draft, token, inner, depth - 1)


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
    return lambda draft, filled: any(t.lemma_.lower() in lemmas for t in arguments.complements(filled.token))


def _reacts(draft: Draft, filled: Filled) -> bool:
    """Whether a state or body answers an act that the text has told of before: "Syria condemned the visit"."""
    return _acts_for_state(draft, filled) and bool(reacted_to(draft, filled.token))


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
    "phoned": lambda draft, filled: _acts_for_state(draft, filled) and any(m.actor.role for m in filled.target),
}
