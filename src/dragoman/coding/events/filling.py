"""Filling a predicate's slots with actor mentions: verbs, event nouns, and the verbs that lend nouns their subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from dragoman.coding import arguments
from dragoman.coding.arguments import case_of, children, conjuncts, fill, modifiers
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.tokens import Token
from dragoman.language.annotations import Act
from dragoman.lexicon.predicates import PredicateIndex, PredicateRow

INNER_SOURCE = ("of", "by", "from")
INNER_TARGET = ("by", "of", "from", "between", "against", "on", "to", "with", "in", "over", "toward", "towards", "at")
RECEIVING = frozenset({"to", "with", "on", "for", "against"})
"""Slots of an event noun that the indirect object of its verb fills: "gave Iraq a warning", "offered Croatia talks"."""
ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN", "AGREE"})
ANSWERS = frozenset({
    "accept", "agree", "answer", "bow", "brush", "comply", "consider", "decline", "defy", "deny", "dismiss", "fulfil",
    "fulfill", "grant", "heed", "honour", "honor", "ignore", "meet", "rebuff", "receive", "refuse", "reject", "resist",
    "satisfy", "scorn", "shrug", "spurn", "study", "turn", "weigh", "welcome", "wave", "yield",
})  # fmt: skip
"""Verbs by which one answers what was asked, offered or alleged."""
RULING = frozenset({"SANCTION", "COERCE"})
BODIES = frozenset({"IGO", "UNO", "EUR"})
OUTING = frozenset({"deport", "expel", "banish", "exile", "evict"})
CIRCUMSTANCE = frozenset({"after", "during", "before", "for", "following", "on", "at"})

COUNTERPARTS = frozenset({
    "counterpart", "neighbour", "neighbor", "rival", "ally", "partner", "foe", "enemy", "adversary",
})  # fmt: skip
"""Nouns for somebody else than the one whom they belong to: "its northern neighbour"."""


class Slot(NamedTuple):
    """Where a side was found: a slot of the row (several joined by ";"), or the name of the rule that found it.

    `lent` is the subject of the verb over an event noun; for an `antecedent:` rule `act` is the token of the earlier
    act that has the parties. Empty where there is nobody.
    """

    name: str = ""
    act: int | None = None


@dataclass(frozen=True)
class Filled:
    """A predicate with its actors.

    `consumed` are tokens whose own frames this one takes in ("signed a treaty"), `wanting` those needs of the row that
    its own clause does not meet. `slots` say where the source and where the target were found. `act` is what the
    parser's heads say of the token, None where they have not been asked or see nothing there.
    """

    token: Token
    row: PredicateRow
    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    consumed: frozenset[int]
    mutual: bool = False
    wanting: tuple[str, ...] = ()
    slots: tuple[Slot, Slot] = (Slot(), Slot())
    act: Act | None = None

    @property
    def parties(self) -> tuple[Mention, ...]:
        """All actors."""
        return (*self.source, *self.target)


def fill_row(draft: Draft, row: PredicateRow, token: Token, index: PredicateIndex, words: frozenset[int]) -> Filled:
    """ROW with the actors that stand in its slots about TOKEN; WORDS are the rest of a multiword predicate."""
    filled = _slots(draft, token, row.source, index, INNER_SOURCE)
    if row.pos == "VERB":
        filled = filled[:1] if row.source == ("subj",) else filled
    found_source = _flatten([mentions for _, mentions in filled])
    source_slot = ";".join(slot for slot, _ in filled)
    if not found_source and "concluded" in row.needs:
        found_source, source_slot = _parties_of(draft, token), "parties"
    if not found_source and row.type in RULING and arguments.is_passive(token):
        found_source, source_slot = _ruling(draft, token)
    target_slot, others = _first_target(draft, token, row, index, found_source)
    if not others and words:
        target_slot, others = _by_phrase(draft, token, row, words)
    if not others and source_slot not in ("", "lent"):
        target_slot, others = _answering(draft, token, row)
    target = _opposite(found_source, others)
    consumed = set(words)
    if row.object and row.pos == "VERB":
        consumed |= {t.i for t in arguments.objects(token) if not _of_another(draft, t, found_source, index)}
    mutual = len(found_source) > 1 and arguments.is_mutual(token)
    target = [] if mutual else target
    slots = (Slot(source_slot), Slot(target_slot))
    if target and row.reciprocal and row.type == "CONSULT" and (host := _host(draft, token, found_source, target)):
        row = replace(row, reciprocal=False, mode="visit", cameo="042")
        if host == "source":
            found_source, target, slots = target, found_source, slots[::-1]
    return Filled(token, row, tuple(found_source), tuple(target), frozenset(consumed), mutual, slots=slots)


def _of_another(draft: Draft, noun: Token, source: list[Mention], index: PredicateIndex) -> bool:
    """Whether NOUN is a request, charge or offer of somebody else than SOURCE: an act of its own."""
    if not any(frame.row.type in ADDRESSED for frame in index.frames.get((noun.lemma_.lower(), "NOUN"), ())):
        return False
    owners = [m for t in modifiers(noun) if (m := draft.mention_at(t)) is not None]
    homes = {m.actor.country for m in source}
    return bool(source) and any(m.actor.country and m.actor.country not in homes for m in owners)


def _ruling(draft: Draft, verb: Token) -> tuple[list[Mention], str]:
    """The body or state that somebody is put out of: "suspended from the African Union", "deported from Gabon"."""
    patients = {m.actor.country for t in arguments.objects(verb) for m in mentions_of(draft, t, INNER_TARGET)}
    found = [m for t in arguments.obliques(verb, ("from",)) if (m := draft.mention_at(t)) is not None]
    found = [
        m for m in found if m.actor.sector in BODIES or (verb.lemma_ in OUTING and m.actor.country not in patients)
    ]
    return (found, "from") if found else ([], "")


def _host(draft: Draft, verb: Token, source: list[Mention], target: list[Mention]) -> str:
    """The side in whose land the other meets it: "met the president of Mali in Bamako"; empty where it is neither's."""
    if verb.pos_ != "VERB":
        return ""
    spots = [m for t in children(verb, "obl") if case_of(t) == "in" and (m := draft.mention_at(t)) is not None]
    lands = {m.actor.country for m in spots if m.kind == "place"}
    one, other = ({m.actor.country for m in side} for side in (source, target))
    if len(one) != 1 or len(other) != 1 or one == other or None in one | other:
        return ""
    return "target" if lands == other else "source" if lands == one else ""


def _opposite(source: list[Mention], target: list[Mention]) -> list[Mention]:
    """TARGET without those who stand in SOURCE; one's own country is a target only where it is the only one."""
    same = {(m.actor.country, m.actor.sector, m.actor.name) for m in source}
    homes = {m.actor.country for m in source}
    others = [m for m in target if m not in source and (m.actor.country, m.actor.sector, m.actor.name) not in same]
    abroad = [m for m in others if m.actor.country not in homes or m.actor.country is None]
    return abroad or others


def _parties_of(draft: Draft, verb: Token) -> list[Mention]:
    """Those who stand with the agreement that VERB concludes: "its treaty with Norway was signed"."""
    found: list[Mention] = []
    for thing in arguments.objects(verb):
        inside = [t for t in children(thing, "nmod") if case_of(t) in ("between", "with", "of", "among")]
        for nominal in (*modifiers(thing), *(c for t in inside for c in conjuncts(t))):
            mention = draft.mention_at(nominal)
            if mention is not None and mention not in found:
                found.append(mention)
    return found if len(found) > 1 else []


def _slots(
    draft: Draft, token: Token, slots: Iterable[str], index: PredicateIndex, inner: tuple[str, ...]
) -> list[tuple[str, list[Mention]]]:
    """Each slot that has any mentions, with these."""
    found = []
    for slot in slots:
        mentions = _mentions(draft, _nominals(token, slot, index), inner, demonyms=slot == "poss")
        if mentions:
            found.append((slot, mentions))
    if not found and token.pos_ == "NOUN":
        lent = _mentions(draft, _lent_subjects(token, index), inner)
        found = [("lent", lent)] if lent else []
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


def _first_target(
    draft: Draft, token: Token, row: PredicateRow, index: PredicateIndex, source: list[Mention]
) -> tuple[str, list[Mention]]:
    """The first target slot that has mentions, with these; a mere place at home only where no slot has another."""
    given = _given(draft, token, row)
    if given:
        return "iobj", given
    homes = {m.actor.country for m in source}
    at_home: tuple[str, list[Mention]] = ("", [])
    for slot in row.target:
        nominals = _nominals(token, slot, index)
        if slot == "comp":
            nominals = next(([n] for n in nominals if _mentions(draft, [n], INNER_TARGET)), [])
        found = _mentions(draft, nominals, INNER_TARGET)
        abroad = [m for m in found if m.kind != "place" or m.actor.country not in homes]
        if abroad:
            return slot, abroad
        if found and not at_home[1]:
            at_home = (slot, found)
    return at_home


def _answering(draft: Draft, noun: Token, row: PredicateRow) -> tuple[str, list[Mention]]:
    """Whoever answers a request, charge or offer is the one it was made to: "Canada rejected an American request"."""
    if row.pos != "NOUN" or row.type not in ADDRESSED:
        return "", []
    at = noun.dep_ == "obl" and case_of(noun) in ("at", "upon", "on")
    verb = noun.head
    if not at and (noun.dep_ not in ("obj", "obl", "nsubj:pass") or verb.lemma_ not in ANSWERS):
        return "", []
    found = _mentions(draft, arguments.subjects(verb), INNER_SOURCE)
    return ("answering", found) if found else ("", [])


def _by_phrase(draft: Draft, token: Token, row: PredicateRow, words: frozenset[int]) -> tuple[str, list[Mention]]:
    """The target that hangs on another word of a multiword predicate: "said sorry to", "turned its back on"."""
    rest = [token.doc[i] for i in words]
    for slot in row.target:
        nominals = [t for word in rest for t in children(word, "nmod", "obl") if case_of(t) == slot]
        if found := _mentions(draft, nominals, INNER_TARGET):
            return slot, found
    return "", []


def _given(draft: Draft, verb: Token, row: PredicateRow) -> list[Mention]:
    """Who gets the object of a verb of two objects: no party inside the object comes before him."""
    if row.pos != "VERB" or not row.target:
        return []
    return _mentions(draft, arguments.recipients(verb), INNER_TARGET)


def _nominals(token: Token, slot: str, index: PredicateIndex) -> list[Token]:
    found = fill(token, slot)
    if token.pos_ != "NOUN" or slot in ("subj", "obj", "iobj", "comp", "compsubj"):
        return found
    verb = support_verb(token, index)
    if verb is None:
        return found
    given = arguments.recipients(verb)
    if slot == "poss":
        return [t for t in found if t not in given]
    found = [*found, *(t for t in fill(verb, slot) if t not in found and t != token)]
    return found or (given if slot in RECEIVING else [])


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
    owners = [m for t in _owners(token) if (m := draft.mention_at(t)) is not None]
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


def _owners(noun: Token) -> list[Token]:
    """Modifiers that may name the party of NOUN: of a counterpart or neighbour not the one whose it is."""
    found = modifiers(noun)
    return [t for t in found if t.dep_ != "nmod:poss"] if noun.lemma_.lower() in COUNTERPARTS else found


def _phrase_mentions(draft: Draft, token: Token, inner: tuple[str, ...], depth: int) -> list[Mention]:
    mention = draft.mention_at(token)
    return [mention] if mention is not None else _inside(draft, token, inner, depth - 1)
