"""Agreements: treaties, accords and the like that the text names or that something is done to, and how far they are.

One fact for each agreement of a report: later mentions ("the treaty") are its own, and the first that says how far it
has come gives the status. A plain "agreement" or "deal" is one only between two parties that have a code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.coding import status as statuses
from dragoman.coding.arguments import case_of, children, conjuncts, governors, modifiers, subjects
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.predicates import mentions_of
from dragoman.coding.times import date_for
from dragoman.coding.tokens import Token
from dragoman.facts import Actor, Agreement, Evidence, fact_id
from dragoman.lexicon import agreement_steps, countries
from dragoman.terms import BODY_SECTORS

PARTY_CASES = ("between", "with", "among", "by")
GATHERING_CASES = frozenset({"at", "during"})
MAX_NAME_TOKENS = 14
NAME_CASES = ("of", "on", "for", "concerning", "against")
NOT_IN_NAME = frozenset({"new", "first", "historic", "recent", "latest", "final", "possible", "future", "proposed"})
UNREAL = {"denied": "rejected", "hypothetical": "proposed", "proposed": "proposed", "scheduled": "agreed"}
"""What a step not taken says of the agreement: to be signed means that it is agreed, not more."""
FIRST_STEPS = frozenset({"agreed", "initialled", "signed"})
"""Steps that are to come of what is agreed or proposed; who is to ratify or leave a treaty has not just agreed on
it."""
WAYS = ("obj", "nsubj:pass", "nsubj", "obl", "nmod", "conj", "xcomp", "compound", "appos")


@dataclass(frozen=True)
class Named:
    """A mention of an agreement: the noun, its name's tokens `start` to `end` (exclusive), and what is said of it."""

    noun: Token
    start: int
    end: int
    parties: tuple[Actor, ...]
    step: str
    by: Token | None
    proper: bool


def find(draft: Draft) -> tuple[Agreement, ...]:
    """One fact for each agreement that the text tells of, in its order."""
    steps = draft.lexicon.compiled(agreement_steps.index)
    groups: list[list[Named]] = []
    for token in draft.tokens:
        if not _is_agreement(steps, token):
            continue
        named = _named(draft, steps, token)
        group = _same(draft, groups, named)
        if group is not None:
            group.append(named)
        elif _counts(steps, named):
            groups.append([named])
    return tuple(_fact(draft, group) for group in groups)


def _is_agreement(steps: agreement_steps.Steps, token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN") or lemma not in steps.nouns or token.dep_ in ("compound", "amod"):
        return False
    if token.head.lemma_.lower() in steps.nouns and token.dep_ in ("nmod", "appos", "flat"):
        return False  # "Memorandum of Understanding", "the Free Trade Agreement (NAFTA)"
    if case_of(token) in GATHERING_CASES and steps.nouns[lemma] == "gathering":
        return False
    if case_of(token) == "in" and not any(c.dep_ in ("det", "nmod:poss", "amod", "compound") for c in token.children):
        return False  # "in agreement"
    if steps.nouns[lemma] == "name":
        return token.text.isupper()
    before = {c.lower_ for c in modifiers(token)}
    if steps.nouns[lemma] == "law":
        return bool(before & steps.words("treaty law"))
    return not before & steps.words("domestic") and not (
        steps.nouns[lemma] == "gathering" and before & steps.words("meeting")
    )


def _named(draft: Draft, steps: agreement_steps.Steps, token: Token) -> Named:
    step, by = _step(draft, steps, token)
    start, end = _name_tokens(draft, token)
    name = [t for t in draft.tokens[start:end] if t.i > start or t.i == token.i or t.pos_ == "PROPN"]
    proper = any(t.pos_ == "PROPN" or t.text[:1].isupper() for t in name if t.i > 0) and (
        token.text[:1].isupper() or any(t.pos_ == "PROPN" for t in name)
    )
    return Named(token, start, end, _parties(draft, token, by), step, by, proper)


def _counts(steps: agreement_steps.Steps, named: Named) -> bool:
    """Whether a mention stands for an agreement between states, so that it may begin a fact."""
    kind = steps.nouns[named.noun.lemma_.lower()]
    if len(named.parties) > 1:
        return kind != "loose" or named.step != "mentioned" or named.proper
    if named.proper and kind in ("treaty", "plain", "law", "gathering", "name"):
        return True
    if named.noun.lower_ != named.noun.lemma_.lower() or kind not in ("treaty", "plain", "loose"):
        return False  # plural
    told = named.step != "mentioned"
    if kind == "treaty":
        return told or (bool(named.parties) and named.end - named.start > 1)
    return told and bool(named.parties) and (kind == "plain" or named.proper or named.end - named.start > 1)


def _same(draft: Draft, groups: list[list[Named]], named: Named) -> list[Named] | None:
    """The agreement that a mention takes up: one of its name, or the last of its noun where it is definite."""
    name = draft.doc[named.start : named.end].text.lower()
    for group in reversed(groups):
        if any(draft.doc[m.start : m.end].text.lower() == name for m in group) and (named.proper or _definite(named)):
            return group
    codes = {_code(p) for p in named.parties}
    for group in reversed(groups):
        first = group[0]
        known = {_code(p) for m in group for p in m.parties}
        if named.noun.lemma_.lower() not in {m.noun.lemma_.lower() for m in group} and not (
            named.end - named.start == 1 and _definite(named)
        ):
            continue
        if named.proper and first.proper and name != draft.doc[first.start : first.end].text.lower():
            continue
        if _definite(named) and (not codes or not known or codes & known):
            return group
        if len(codes) > 1 and codes <= known:
            return group
    return None


def _definite(named: Named) -> bool:
    words = {c.lower_ for c in children(named.noun, "det", "nmod:poss")}
    return bool(words & {"the", "this", "that", "its", "their"})


def _fact(draft: Draft, group: list[Named]) -> Agreement:
    """The agreement of a group: the fullest name, all parties, and the first mention that says how far it is."""
    best = max(group, key=lambda m: (m.proper, m is group[0] and m.end - m.start > 1, m.end - m.start > 1))
    telling = next((m for m in group if m.step != "mentioned"), group[0])
    parties: dict[str, Actor] = {}
    for mention in group:
        if len(parties) < 2:
            for actor in mention.parties:
                parties.setdefault(_code(actor), actor)
    by = telling.by
    together = by is not None and by.sent == telling.noun.sent
    low = min(telling.start, by.i) if by is not None and together else telling.start
    high = max(telling.end, by.i + 1) if by is not None and together else telling.end
    evidence = [Evidence(*draft.chars(low, high), draft.report.text)]
    if not low <= best.start < best.end <= high:
        evidence.append(Evidence(*draft.chars(best.start, best.end), draft.report.text))
    name = draft.doc[best.start : best.end].text
    ident = fact_id(draft.report.id, "agreement", *draft.chars(best.start, best.end), telling.step)
    date = date_for(draft, by if by is not None else telling.noun)
    return Agreement(ident, name, tuple(parties.values()), telling.step, tuple(evidence), date)


def _step(draft: Draft, steps: agreement_steps.Steps, token: Token) -> tuple[str, Token | None]:
    """The status, and the word that tells it: a verb above the noun, a noun before it, or an adjective of it."""
    for child in children(token, "amod", "acl"):
        if step := steps.of.get(child.lemma_.lower()) or steps.of.get(child.lower_):
            return _real(draft, child, step), child
    for dependent, head in governors(token):
        if dependent.dep_ not in WAYS:
            break
        if dependent.dep_ == "obl" and not _affected(steps, dependent, head):
            break
        if head.pos_ in ("VERB", "NOUN", "ADJ") and (step := _of_head(steps, dependent, head)):
            return _real(draft, head, step), head
        if head.pos_ in ("VERB", "AUX"):
            break
    return "mentioned", None


def _affected(steps: agreement_steps.Steps, dependent: Token, verb: Token) -> bool:
    """Whether an oblique is what the verb is done to: "withdrew from the treaty", "agreed on a treaty"."""
    return case_of(dependent) in steps.cases.get(verb.lemma_.lower(), ())


def _of_head(steps: agreement_steps.Steps, dependent: Token, head: Token) -> str | None:
    """The step of a governing word; "enter" and the like only with their "force"."""
    lemma = head.lemma_.lower()
    phrases = [f"{lemma} {c.lower_}" for c in children(head, "compound:prt", "obj", "obl", "advmod")]
    phrase = next((steps.of[p] for p in phrases if p in steps.of), None)
    if phrase is not None:
        return phrase
    if dependent.dep_ == "nsubj" and head.pos_ == "VERB":
        return steps.subject.get(lemma)
    return steps.of.get(lemma) or steps.of.get(head.lower_)


def _real(draft: Draft, word: Token, step: str) -> str:
    read = statuses.read(draft.lexicon, word).status
    if read == "denied" and step in ("rejected", "left", "suspended", "violated"):
        return "mentioned"
    if step in ("proposed", "rejected"):
        return step
    if step not in FIRST_STEPS and read in ("hypothetical", "proposed", "scheduled"):
        return "mentioned"
    return UNREAL.get(read, step)


def _code(actor: Actor) -> str:
    return actor.country or actor.sector or actor.name


def _parties(draft: Draft, token: Token, by: Token | None) -> tuple[Actor, ...]:
    """Who concludes it: possessors and "between" phrases of the noun, subject and "with" phrases of the verb."""
    nominals = [t for t in modifiers(token) if _party_modifier(draft, t)]
    nominals += [t for t in children(token, "nmod") if case_of(t) in PARTY_CASES]
    if by is not None and by.pos_ == "VERB":
        nominals += subjects(by) + [t for t in children(by, "obl", "obl:agent") if case_of(t) in PARTY_CASES]
    actors: dict[str, Actor] = {}
    for mention in _mentions(draft, nominals):
        actor = mention.actor
        if mention.start <= token.i < mention.end or not (actor.country or actor.sector in BODY_SECTORS):
            continue
        actors.setdefault(_code(actor), actor)
    return tuple(actors.values())


def _mentions(draft: Draft, nominals: Iterable[Token]) -> Iterable[Mention]:
    for nominal in nominals:
        for part in conjuncts(nominal):
            yield from mentions_of(draft, part, ("of",), demonyms=True)


def _party_modifier(draft: Draft, token: Token) -> bool:
    """Whether a word before the noun is a party: an owner, a demonym, a country's name; no city ("Rome treaty")."""
    if token.dep_ == "nmod:poss":
        return True
    mention = draft.mention_at(token)
    if mention is None:
        return False
    readings = draft.lexicon.compiled(countries.index).by_name(draft.doc[mention.start : mention.end].text)
    return mention.kind == "demonym" or any(reading.kind != "metonym" for reading in readings)


def _name_tokens(draft: Draft, token: Token) -> tuple[int, int]:
    """The noun phrase that names the agreement: compounds and adjectives before, "of" and "on" phrases behind."""
    before = [c for c in children(token, "compound", "amod", "nmod:desc") if not _plain(c)]
    start = min([token.i, *(c.left_edge.i for c in before)])
    while start < token.i and (token.doc[start].pos_ in ("DET", "PUNCT", "ADP", "SPACE") or _plain(token.doc[start])):
        start += 1
    tails = [c for c in children(token, "nmod", "nummod", "flat", "dep") if c.i > token.i and _names(c)]
    head = token.head
    tails += [c for c in children(head, "obl") if c.left_edge.i == token.i + 1 and case_of(c) in ("on", "concerning")]
    tails = [t for t in tails if not any(m.start <= t.idx < m.end for m in draft.times)]
    end = token.i + 1
    for tail in tails:
        inner = _without_clauses(tail)
        if end - 1 <= inner and inner - token.i < MAX_NAME_TOKENS:
            end = inner + 1
    where = next((k for k in token.children if end > token.i + 1 and k.left_edge.i == end and _places(k)), None)
    return start, end if where is None else _without_clauses(where) + 1


def _places(child: Token) -> bool:
    """Whether a phrase says where what the agreement is about lies: "on conventional forces in Europe"."""
    return child.dep_ == "nmod" and case_of(child) == "in" and child.ent_type_ in ("LOC", "GPE")


def _plain(word: Token) -> bool:
    return word.lower_ in NOT_IN_NAME or "VerbForm" in word.morph


def _without_clauses(tail: Token) -> int:
    """The last token of a phrase, before a relative clause or a comma."""
    last = tail.i
    for token in tail.subtree:
        if token.i > last + 1 or token.dep_.startswith("acl") or token.pos_ == "PUNCT":
            break
        last = max(last, token.i)
    return max(last, tail.i)


def _names(child: Token) -> bool:
    if child.dep_ in ("flat", "nummod"):
        return True
    return child.dep_ == "nmod" and case_of(child) in NAME_CASES and child.ent_type_ not in ("PERSON", "DATE")
