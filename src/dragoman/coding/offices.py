"""Offices: who is said to hold which office of which state or body, and when a term is said to begin or end.

An office is read from a title at a name ("the Turkish foreign minister, Ali Babacan") and from a verb that puts a
person into one or out of it ("was elected president").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dragoman.coding import status as statuses
from dragoman.coding.arguments import case_of, children, objects, subjects
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.predicates import mentions_of
from dragoman.coding.times import date_for
from dragoman.coding.tokens import Token
from dragoman.facts import Actor, Date, Evidence, Office
from dragoman.lexicon import office_steps, roles
from dragoman.lexicon.office_steps import OfficeStepRow, OfficeSteps
from dragoman.lexicon.roles import RoleIndex
from dragoman.terms import BASE_STATUSES

TITLE_CASES = ("", "as", "to", "of")
"""Prepositions of an office at a verb: "appointed as", "promoted to", "relieved of"."""
REACH = 3
"""Words before a title in which "former" is looked for."""
FORMER = "former"
SEATS = ("of", "in", "at", "for")


@dataclass(frozen=True)
class Step:
    """A verb that begins or ends a term: tokens of the person and of the title, with the title's words.

    `title` is None and `words` empty where no title stands there.
    """

    verb: Token
    row: OfficeStepRow
    person: Token
    title: Token | None
    words: str


Titles: TypeAlias = Mapping[int, tuple[int, int]]
"""Token index to the tokens of the title that it is part of."""


def find(draft: Draft) -> tuple[Office, ...]:
    """One fact for each person, office and country, with its term where a verb tells of it, in the text's order."""
    index = draft.lexicon.compiled(roles.index)
    steps = draft.lexicon.compiled(office_steps.index)
    found: dict[tuple[str, str | None], list[Office]] = {}
    told = [office for step in _steps(draft, index, steps) if (office := _from_step(draft, index, step))]
    held = [_from_title(draft, index, m) for m in draft.actors if _is_office(index, m)]
    for office in (*told, *held):
        if office.country is None and office.body is None:
            continue
        others = found.setdefault((office.person, office.country), [])
        if not any(_same_office(office, other) for other in others):
            others.append(office)
    return tuple(sorted((o for group in found.values() for o in group), key=lambda o: o.evidence[0].start))


def _same_office(office: Office, other: Office) -> bool:
    """Whether a holding is told already, maybe with its term; beginning and end of one are two facts."""
    if office.start is not None and other.start is None:
        return False
    if office.end is not None and other.end is None and office.end.basis != "former":
        return False
    return f" {office.office} " in f" {other.office} " or f" {other.office} " in f" {office.office} "


def _is_office(index: RoleIndex, mention: Mention) -> bool:
    """Whether a mention is a title at a person's name, and the title an office."""
    if mention.kind != "title" or not mention.actor.role or not _names_person(mention):
        return False
    role = next(iter(index.by_title(mention.actor.role)), None)
    return role is not None and role.office is not None and role.kind == "person"


def _names_person(mention: Mention) -> bool:
    name = mention.actor.name
    words = name.split()
    return bool(words) and words[-1][:1].isupper() and (mention.actor.role or "").lower() not in name.lower()


def _is_former(draft: Draft, index: RoleIndex, mention: Mention) -> bool:
    if mention.actor.sector == "ELI":
        return True
    words = draft.tree.words[max(0, mention.start - REACH) : mention.end]
    at = len(words) - (mention.end - mention.start)
    return any(row.effect == FORMER for row in index.modifiers(words, at, len(words)))


def _from_title(draft: Draft, index: RoleIndex, mention: Mention) -> Office:
    actor = mention.actor
    evidence = (Evidence(*draft.chars(mention.start, mention.end), draft.report.text),)
    published = draft.report.published
    if _is_former(draft, index, mention):
        ended = Date(None, published.start, "interval", True, "former") if published.start else None
        return _office(actor, evidence, Date.unknown("former"), None, ended)
    return _office(actor, evidence, _as_of(draft), None, None)


def _office(
    actor: Actor, evidence: tuple[Evidence, ...], as_of: Date, began: Date | None, ended: Date | None
) -> Office:
    return Office(actor.name, actor.role or "", actor.group, actor.country, evidence, as_of, began, ended)


def _as_of(draft: Draft) -> Date:
    published = draft.report.published
    return Date(published.start, published.end, published.granularity, False, "report")


def _steps(draft: Draft, index: RoleIndex, steps: OfficeSteps) -> Iterator[Step]:
    matches = index.matches(draft.tree.cut)
    titles = {i: (start, end) for start, end, role in matches if role.office for i in range(start, end)}
    for verb in draft.tokens:
        if verb.pos_ != "VERB":
            continue
        lemma = verb.lemma_.lower()
        phrases = [f"{lemma} {c.lower_}" for c in children(verb, "compound:prt", "obj")]
        for row in next((steps[name] for name in (*phrases, lemma) if name in steps), ()):
            there = subjects(verb) if row.argument == "subj" else objects(verb)
            person = next((t for t in there if _is_person(draft, t)), None)
            if person is not None and statuses.read(draft.lexicon, verb).status in BASE_STATUSES:
                title = _title(verb, person, titles)
                words = draft.doc[slice(*titles[title.i])].text if title is not None else ""
                yield Step(verb, row, person, title, words)


def _is_person(draft: Draft, token: Token) -> bool:
    mention = draft.mention_at(token)
    if mention is not None and mention.kind == "title":
        return _names_person(mention)
    return token.ent_type_ == "PERSON" or (mention is not None and bool(mention.actor.role) and _names_person(mention))


def _title(verb: Token, person: Token, titles: Titles) -> Token | None:
    """The office at VERB, or behind the person's name where the parse hangs it there ("elected Walesa president")."""
    around = [t for t in children(verb, "xcomp", "obj", "obl", "ccomp") if case_of(t) in TITLE_CASES]
    around += [t for t in children(person, "nmod", "acl", "xcomp", "appos") if t.i > person.i]
    return next((t for t in around if t.i in titles and t != person), None)


def _from_step(draft: Draft, index: RoleIndex, step: Step) -> Office | None:
    """The office of a step; None where neither the verb nor the person's mention names one."""
    mention = draft.mention_at(step.person)
    title = step.title
    if title is None:
        if mention is None or not mention.actor.role or not index.by_title(mention.actor.role):
            return None
        office, body = mention.actor.role, mention.actor.group
        country = mention.actor.country or _of_acting(draft, step)
    else:
        office = step.words
        seat = next(iter(mentions_of(draft, title, SEATS, demonyms=True)), None)
        own = mention.actor.country if mention is not None else None
        country = (seat.actor.country if seat is not None else None) or own or _of_acting(draft, step)
        body = (seat.actor.group if seat is not None else None) or (_body(seat) if seat is not None else None)
    low = min(step.verb.i, step.person.left_edge.i if step.person.i > step.verb.i else step.person.i)
    high = max(step.verb.i, step.person.i, title.i if title is not None else 0) + 1
    if mention is not None:
        low, high = min(low, mention.start), max(high, mention.end)
    evidence = (Evidence(*draft.chars(low, high), draft.report.text),)
    date = date_for(draft, step.verb)
    began, ended = (date, None) if step.row.effect == "begin" else (None, date)
    return Office(_name(draft, step.person, mention), office, body, country, evidence, _as_of(draft), began, ended)


def _of_acting(draft: Draft, step: Step) -> str | None:
    """The country of who appoints or dismisses, which is the office's where nothing else says it."""
    if step.row.argument != "obj" or step.verb.lemma_.lower() in ("succeed", "replace"):
        return None
    acting = [m for t in subjects(step.verb) for m in mentions_of(draft, t, SEATS, demonyms=True)]
    return acting[0].actor.country if acting else None


def _body(seat: Mention) -> str | None:
    return seat.actor.name if seat.actor.country is None else None


def _name(draft: Draft, person: Token, mention: Mention | None) -> str:
    if mention is not None and _names_person(mention):
        return mention.actor.name
    span = next((e for e in draft.tree.names if e.start <= person.i < e.end), None)
    return span.text if span is not None else person.text
