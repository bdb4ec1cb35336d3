"""Transfers: arms, aid, energy and goods that go from a supplier to a recipient, with their count.

A transfer is told by a verb ("France sold Iraq 60 jets"), by a noun for it ("the sale of 60 jets to Iraq by France"),
or by a noun that is item and transfer at once ("a Swedish loan to Poland"). Both sides must be named, but of arms
bought or sold one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from dragoman.coding import status as statuses
from dragoman.coding.arguments import (
    agents,
    case_of,
    children,
    conjuncts,
    governors,
    modifiers,
    objects,
    obliques,
    subjects,
)
from dragoman.coding.draft import Draft
from dragoman.coding.events.predicates import fill_best, mentions_of
from dragoman.coding.times import date_for
from dragoman.coding.tokens import Token
from dragoman.coding.wares import Ware, is_listed, ware_of
from dragoman.facts import Actor, Evidence, Status, Transfer
from dragoman.lexicon import transfer_words
from dragoman.lexicon.transfer_words import TransferWordRow, TransferWords
from dragoman.terms import BODY_SECTORS

INSIDE = ("of", "in")
"""Prepositions that may lead from a side's noun to its actor: "the government of Iraq"."""
RECIPIENTS = ("to", "for", "into")
TYPES = frozenset({"AID", "COOPERATE"})
"""PLOVER types of the predicates whose frames name the sides of a transfer."""
STATES = frozenset({"state", "states", "country", "countries", "nation", "nations", "powers", "governments", "allies"})
CONDITIONS = frozenset({"if", "unless", "could", "might", "may", "whether", "should", "were", "provided"})
"""Words that make a "would" in their sentence conditional."""
MAX_PHRASES = 12
"""Phrases on a noun, and on these, that are looked into for a side."""
STATUS_REACH = 3
"""Governors of a transfer's noun that are looked at for a stop or a lender: "the decision to halt sales of"."""


@dataclass(frozen=True)
class Told:
    """A transfer as a word tells it: the things and the nominals of its sides, and what its row says of the status."""

    word: Token
    row: TransferWordRow
    things: list[Token]
    supplier: list[Token]
    recipient: list[Token]


def find(draft: Draft) -> tuple[Transfer, ...]:
    """All transfers of the report in the order of the text; the fullest telling of each."""
    words = draft.lexicon.compiled(transfer_words.index)
    found: dict[tuple[object, ...], Transfer] = {}
    taken: set[int] = set()
    for token in draft.tokens:
        if token.i in taken and token.pos_ == "NOUN":
            continue
        for told in _told(words, token):
            made = list(_transfers(draft, words, told))
            for ware, transfer in made:
                key = (ware.noun.lemma_.lower(), _code(transfer.supplier), _code(transfer.recipient))
                if key not in found or (found[key].count is None and transfer.count is not None):
                    found[key] = transfer
                taken.add(ware.noun.i)
            if made:
                break
    return tuple(found.values())


def _code(actor: Actor | None) -> str | None:
    return (actor.country or actor.sector or actor.name) if actor else None


def _told(words: TransferWords, token: Token) -> Iterator[Told]:
    if token.pos_ == "VERB":
        for row in _rows(words, "verb", token):
            yield _by_verb(token, row)
    elif token.pos_ == "NOUN":
        for row in _rows(words, "noun", token):
            ordered = row.direction == "for"
            yield _by_noun(words, token, row, _behind(token, ("for",)) if ordered else _things_of(token))
        for row in _rows(words, "gift", token):
            yield _by_noun(words, token, row, [token])


def _rows(words: TransferWords, role: str, token: Token) -> tuple[TransferWordRow, ...]:
    """The rows for TOKEN, those for it with a particle or object first."""
    lemma = token.lemma_.lower()
    parts = children(token, "compound:prt", "obj", "obl") if token.pos_ == "VERB" else []
    phrases = [f"{lemma} {part.lower_}" for part in parts] + [f"{lemma} {case_of(part)}" for part in parts]
    for name in (*phrases, lemma):
        if found := words.get((role, token.pos_, name)):
            return found
    return ()


def _by_verb(verb: Token, row: TransferWordRow) -> Told:
    acting = subjects(verb)
    if row.direction == "none":
        things = children(verb, "nsubj")
        sources = [t for thing in things for t in (*modifiers(thing), *_behind(thing, ("from",)))]
        return Told(verb, row, things, [*sources, *obliques(verb, ("from",))], obliques(verb, ("to",)))
    if row.direction == "with":
        return Told(verb, row, obliques(verb, ("with",)), acting, objects(verb))
    if row.direction == "in":
        wanted = obliques(verb, ("for",)) if row.status == "proposed" else []
        if wanted:
            return Told(verb, row, wanted, children(verb, "obj", "iobj") + obliques(verb, ("from", "to")), acting)
        things = objects(verb)
        return Told(verb, row, things, obliques(verb, ("from",)), acting)
    if kept := _retained(verb):
        return Told(verb, row, kept, acting, objects(verb))
    things = objects(verb)
    given = children(verb, "iobj") or (things[:1] if len(things) > 1 else [])
    things = [t for t in things if t not in given] or children(verb, "obj", "xcomp")
    ways = ("to",) if row.status == "denied" else RECIPIENTS
    return Told(verb, row, things, acting, given or obliques(verb, ways) or _swallowed(verb, things))


def _swallowed(verb: Token, things: list[Token]) -> list[Token]:
    """The recipient that a parser takes into the object: "sold Iraq 36 jets" with "Iraq jets" as one name."""
    first = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
    if first.pos_ == "DET" and first.i + 1 < len(verb.doc):
        first = verb.doc[first.i + 1]
    inside = first.pos_ == "PROPN" and any(first in thing.subtree and first != thing for thing in things)
    return [first] if inside else []


def _behind(noun: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """Phrases with one of PREPOSITIONS on NOUN, else on what hangs on it: "of rice from Thailand to Cuba"."""
    found = [t for t in children(noun, "nmod", "obl") if case_of(t) in prepositions]
    ahead = list(children(noun, "nmod", "obl")) if not found else []
    for phrase in ahead:
        found += [t for t in children(phrase, "nmod", "obl") if case_of(t) in prepositions]
        ahead += [t for t in children(phrase, "nmod", "obl") if len(ahead) < MAX_PHRASES]
    return sorted(found, key=lambda t: t.i)


def _retained(verb: Token) -> list[Token]:
    """The object that a passive keeps: "Iraq was sold 60 jets"."""
    return children(verb, "obj") if children(verb, "nsubj:pass") else []


def _things_of(noun: Token) -> list[Token]:
    """What a sale is of: "of" and "in" phrases behind it, compounds before it ("arms sales")."""
    behind = [t for t in children(noun, "nmod") if case_of(t) == "of"]
    return behind or [t for t in modifiers(noun) if t.pos_ in ("NOUN", "PROPN", "SYM") and t.dep_ != "nmod:poss"]


def _by_noun(words: TransferWords, noun: Token, row: TransferWordRow, things: list[Token]) -> Told:
    owners = [t for t in modifiers(noun) if t not in things]
    lent, agent = _lent(words, noun), _behind(noun, ("by",))
    sources = _behind(noun, ("from",))
    if row.direction == "for":
        above = noun.head if noun.dep_ == "obj" else noun
        return Told(
            noun, row, things, [*sources, *_behind(noun, ("with", "to")), *obliques(above, ("with",))], subjects(above)
        )
    if row.direction == "in":
        return Told(noun, row, things, sources, [*owners, *agent, *lent])
    goals = _behind(noun, RECIPIENTS)
    verb = noun.head if noun.dep_ in ("obj", "nsubj:pass") and noun.head.pos_ == "VERB" else None
    if verb is not None and not goals:
        goals = [*children(verb, "iobj"), *obliques(verb, RECIPIENTS), *_swallowed(verb, [noun])]
    return Told(noun, row, things, [*owners, *sources, *agent, *lent], goals)


def _lent(words: TransferWords, noun: Token) -> list[Token]:
    """The subject that a verb lends to the noun: who approves, begins or stops a sale makes it."""
    head = noun.head
    if noun.dep_ in ("obj", "obl", "nsubj:pass") and head.pos_ == "VERB":
        rows = (*_rows(words, "lender", head), *_rows(words, "stop", head))
        return (subjects(head) or agents(head)) if rows else []
    return []


def _transfers(draft: Draft, words: TransferWords, told: Told) -> Iterator[tuple[Ware, Transfer]]:
    supplier = _actor(draft, told.supplier)
    recipient = _actor(draft, [t for t in told.recipient if t not in told.things], not_this=supplier)
    if supplier is None or recipient is None:
        supplier, recipient = _framed(draft, told, supplier, recipient)
    for ware in _wares(draft, told):
        giver = supplier or _maker(draft, ware, recipient)
        if not _enough(draft, told, ware, giver, recipient):
            continue
        low = min(told.word.i, ware.start)
        high = max(told.word.i + 1, ware.end)
        evidence = (Evidence(*draft.chars(low, high), draft.report.text),)
        date = date_for(draft, told.word)
        yield ware, Transfer(ware.item, ware.count, giver, recipient, _status(draft, words, told), evidence, date)


def _framed(
    draft: Draft, told: Told, supplier: Actor | None, recipient: Actor | None
) -> tuple[Actor | None, Actor | None]:
    """The sides, with what is missing taken from the word's frame in the table of predicates ("aid in Haiti")."""
    filled = fill_best(draft, told.word)
    if filled is None or filled.row.type not in TYPES:
        return supplier, recipient
    source = filled.source[0].actor if filled.source else None
    target = filled.target[0].actor if filled.target else None
    if filled.row.transfer == "in":
        source, target = target, source
    return supplier or source, recipient or target


def _wares(draft: Draft, told: Told) -> Iterator[Ware]:
    for nominal in told.things:
        for thing in conjuncts(nominal):
            if draft.mention_at(thing) is None or thing.pos_ == "NOUN":
                ware = ware_of(draft, thing)
                if ware is not None and (told.row.items == "any" or is_listed(draft, ware)):
                    yield ware


def _enough(draft: Draft, told: Told, ware: Ware, supplier: Actor | None, recipient: Actor | None) -> bool:
    """Whether the sides named make a transfer: both, and apart; of arms traded one."""
    if supplier is not None and recipient is not None:
        sides = (supplier, recipient)
        return _code(supplier) != _code(recipient) and all(map(_public, sides)) and any(map(_coded, sides))
    if not all(_coded(side) for side in (supplier, recipient) if side is not None):
        return False
    trades = told.row.items == "any" and told.row.role == "verb"
    return trades and ware.arms and (supplier is not None or recipient is not None)


def _coded(actor: Actor) -> bool:
    """Whether ACTOR is of a country, or a body between countries."""
    return actor.country is not None or actor.sector in BODY_SECTORS


def _public(actor: Actor) -> bool:
    """Whether ACTOR can be a side: coded, or a group of states, armed men or people that has no code."""
    words = set(actor.name.lower().split())
    return _coded(actor) or bool(words & STATES) or actor.sector in ("REB", "CVL", "REF", "MIL", "UAF")


def _actor(draft: Draft, nominals: Iterable[Token], not_this: Actor | None = None) -> Actor | None:
    """The first actor among NOMINALS."""
    for nominal in nominals:
        for mention in mentions_of(draft, nominal, INSIDE, demonyms=True):
            if not_this is None or _code(mention.actor) != _code(not_this):
                return mention.actor
    return None


def _maker(draft: Draft, ware: Ware, recipient: Actor | None) -> Actor | None:
    """The country whose goods they are, where nobody else supplies them: "bought American wheat"."""
    return _actor(draft, modifiers(ware.noun), recipient) if recipient is not None else None


def _status(draft: Draft, words: TransferWords, told: Told) -> Status:
    """The status of the telling word, or what its row or a stop above it makes of it."""
    read = statuses.read(draft.lexicon, told.word).status
    stop = _stop(words, told.word) if told.word.pos_ == "NOUN" else None
    if stop is not None:
        above = statuses.read(draft.lexicon, stop).status
        return cast(Status, {"hypothetical": "hypothetical", "denied": "ongoing"}.get(above, "denied"))
    if read == "hypothetical" and _is_plan(told.word):
        read = "scheduled"
    row = told.row
    if told.word.pos_ == "NOUN" and told.word.head.pos_ == "VERB":
        lending = (*_rows(words, "lender", told.word.head), *_rows(words, "verb", told.word.head))
        row = next((r for r in lending if r.status), row)
    if row.status is not None and read in ("happened", "ongoing", "scheduled"):
        return cast(Status, row.status)
    return read


def _is_plan(word: Token) -> bool:
    """Whether a bare "would" tells of what is agreed, as reports do: no condition in the sentence."""
    auxiliaries = {c.lower_ for c in children(word, "aux")}
    return "would" in auxiliaries and not {t.lower_ for t in word.sent} & CONDITIONS


def _stop(words: TransferWords, noun: Token) -> Token | None:
    """The verb or noun that says that what NOUN tells of ends or fails, or None."""
    for steps, (dependent, head) in enumerate(governors(noun)):
        if steps >= STATUS_REACH or dependent.dep_ not in ("obj", "nsubj:pass", "nmod", "obl", "conj", "compound"):
            return None
        if dependent.dep_ == "obl" and head.pos_ == "VERB":
            return None
        if head.pos_ in ("VERB", "NOUN") and _rows(words, "stop", head):
            return head
        if head.pos_ == "VERB":
            return None
    return None
