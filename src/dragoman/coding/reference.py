"""Following pronouns, surnames, titles and descriptions back to what they stand for.

A first, careful version: the nearest mention before that fits in kind and number, within a few sentences; where two
fit equally well, none is taken. The span stays that of the mention itself, the name is the antecedent's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.coding.draft import Draft, Mention
from dragoman.facts import Actor
from dragoman.lexicon import holders

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = {"he": "person", "him": "person", "his": "person", "she": "person", "her": "person", "himself": "person",
            "herself": "person", "it": "body", "its": "body", "itself": "body", "they": "group", "them": "group",
            "their": "group", "themselves": "group"}  # fmt: skip
SENTENCES_BACK = 3
"""A pronoun's antecedent stands at most so many sentences back."""
PAIR_NOUNS = frozenset({
    "country", "nation", "state", "side", "party", "leader", "government", "neighbour", "neighbor", "power",
    "president", "minister", "ally", "rival", "delegation", "premier", "capital", "foe", "adversary",
})  # fmt: skip


@dataclass
class _Memory:
    """What the text has named so far."""

    people: list[tuple[int, Mention]] = field(default_factory=list)
    bodies: list[tuple[int, Mention]] = field(default_factory=list)
    groups: list[tuple[int, Mention]] = field(default_factory=list)
    by_surname: dict[str, Actor] = field(default_factory=dict)
    by_role: dict[str, Mention] = field(default_factory=dict)

    def note(self, sentence: int, mention: Mention, person: bool, plural: bool) -> None:
        target = self.people if person else self.groups if plural else self.bodies
        target.append((sentence, mention))


def resolve(draft: Draft, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """MENTIONS with surnames and bare titles filled in from what was named before, and pronouns and pairs added."""
    memory = _Memory()
    by_start: dict[int, Mention] = {m.start: m for m in reversed(mentions)}
    sentence_of = {t.i: n for n, sent in enumerate(draft.doc.sents) for t in sent}
    found: list[Mention] = []
    i = 0
    while i < len(draft.doc):
        token = draft.doc[i]
        mention = by_start.get(i)
        if mention is not None:
            mention = _filled(draft, memory, mention, sentence_of[i])
            _remember(draft, memory, sentence_of[i], mention)
            found.append(mention)
            i = max(mention.end, i + 1)
            continue
        added = _pronoun(draft, memory, token, sentence_of[i]) or _pair(draft, memory, token, sentence_of[i])
        if added is not None:
            found.append(added)
        i += 1
    return tuple(found)


def _filled(draft: Draft, memory: _Memory, mention: Mention, sentence: int) -> Mention:
    actor = mention.actor
    if _is_person(mention):
        return replace(mention, actor=_known_person(draft, memory, actor))
    if mention.kind != "title" or actor.country is not None or actor.group is not None or not actor.role:
        return mention
    pair = _pair(draft, memory, draft.doc[mention.head], sentence)
    if pair is not None:
        return pair
    known = memory.by_role.get(actor.role)
    if known is None:
        return mention
    name, span = (known.actor.name, actor.span)
    found = replace(actor, country=known.actor.country, sector=known.actor.sector, name=name)
    return replace(mention, actor=found, others=tuple(replace(o, span=span) for o in known.others))


def _known_person(draft: Draft, memory: _Memory, actor: Actor) -> Actor:
    """ACTOR with what was said of that person before, else with what the tables say of the name on the day."""
    known = memory.by_surname.get(_surname(actor.name))
    if known is not None:
        actor = replace(
            actor,
            name=_longer(known.name, actor.name),
            country=actor.country or known.country,
            sector=actor.sector or known.sector,
            role=actor.role or known.role,
        )
    return _from_table(draft, actor) if actor.country is None else actor


def _longer(known: str, name: str) -> str:
    return known if len(known) > len(name) else name


def _from_table(draft: Draft, actor: Actor) -> Actor:
    """Country, role and sector of a person of the tables who held office when the report appeared, if of one state."""
    published = draft.report.published
    if not published.known:
        return actor
    index = draft.lexicon.compiled(holders.index)
    terms = index.by_name(actor.name, published) or (
        index.by_surname(actor.name, published) if actor.role or " " not in actor.name else []
    )
    terms = [t for t in terms if t.country]
    if len({t.country for t in terms}) != 1:
        return actor
    term = terms[0]
    past = all(t.period.over_before(published) for t in terms)
    sector = actor.sector or ("ELI" if past else "GOV")
    return replace(actor, country=actor.country or term.country, sector=sector, role=actor.role or term.title)


def _remember(draft: Draft, memory: _Memory, sentence: int, mention: Mention) -> None:
    if mention.kind in ("demonym", "place"):
        return
    person = _is_person(mention)
    head = draft.doc[mention.head]
    plural = "Plur" in head.morph.get("Number") or bool(mention.others)
    memory.note(sentence, mention, person or _is_singular_role(mention, plural), plural)
    if person:
        memory.by_surname[_surname(mention.actor.name)] = mention.actor
    if mention.actor.role and mention.actor.country:
        memory.by_role[mention.actor.role] = mention


def _is_person(mention: Mention) -> bool:
    """Whether the mention names a person: its name is capitalised and is no title."""
    name = mention.actor.name
    if mention.kind == "name":
        return mention.actor.sector is None and mention.actor.country is None
    return (
        mention.kind == "title"
        and mention.actor.role is not None
        and _proper(name)
        and mention.actor.role not in name.lower()
    )


def _proper(name: str) -> bool:
    return name[:1].isupper() and name.split()[-1][:1].isupper()


def _is_singular_role(mention: Mention, plural: bool) -> bool:
    return mention.kind == "title" and not plural and bool(mention.actor.role) and mention.actor.group is None


def _surname(name: str) -> str:
    return name.split()[-1] if name.split() else name


def _recent(memory: list[tuple[int, Mention]], sentence: int) -> Iterator[Mention]:
    for at, mention in reversed(memory):
        if sentence - at > SENTENCES_BACK:
            return
        yield mention


def _subject_first(draft: Draft, pool: list[tuple[int, Mention]], sentence: int) -> Mention | None:
    """The nearest antecedent; of those of one sentence its subject, which pronouns take up most (Hobbs 1978)."""
    nearest = next(_recent(pool, sentence), None)
    if nearest is None:
        return None
    at = next(s for s, m in reversed(pool) if m is nearest)
    rivals = [m for s, m in pool if s == at and draft.doc[m.head].dep_.startswith("nsubj")]
    return rivals[-1] if rivals else nearest


def _pronoun(draft: Draft, memory: _Memory, token: Token, sentence: int) -> Mention | None:
    want = PERSONAL.get(token.lower_)
    if want is None or token.pos_ not in ("PRON", "DET"):
        return None
    if want == "body" and token.dep_ in ("expl", "nsubj:outer"):
        return None
    pool = {"person": memory.people, "body": memory.bodies, "group": memory.groups}[want]
    choice = _subject_first(draft, pool, sentence)
    if choice is None and want == "group":
        choice = _subject_first(draft, memory.bodies, sentence)
    if choice is None:
        return None
    span = draft.chars(token.i, token.i + 1)
    return Mention(token.i, token.i + 1, token.i, replace(choice.actor, span=span), "pronoun", choice.others)


def _pair(draft: Draft, memory: _Memory, token: Token, sentence: int) -> Mention | None:
    """ "The two countries", "both sides": the last two countries named, where there are just two of late."""
    if token.lemma_.lower() not in PAIR_NOUNS or "Plur" not in token.morph.get("Number"):
        return None
    numbers = [c for c in token.children if c.lower_ in ("two", "both")]
    if not numbers:
        return None
    lands: dict[str, Actor] = {}
    for at, mention in sorted([*memory.bodies, *memory.people, *memory.groups], key=lambda pair: -pair[1].start):
        if sentence - at > SENTENCES_BACK:
            break
        if sentence == at and not token.dep_.startswith("nsubj"):
            continue
        for actor in (mention.actor, *mention.others):
            if actor.country and len(lands) < 2:
                lands.setdefault(actor.country, actor)
    if len(lands) != 2:
        return None
    start = min(c.i for c in numbers)
    span = draft.chars(start, token.i + 1)
    first, second = (replace(a, span=span) for a in reversed(lands.values()))
    return Mention(start, token.i + 1, token.i, first, "description", (second,))
