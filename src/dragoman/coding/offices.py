"""Offices: who is said to hold which office of which state, and when a term is said to begin or end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.coding import status as statuses
from dragoman.coding.arguments import children, objects, subjects
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.times import date_for
from dragoman.facts import Date, Evidence, Office
from dragoman.lexicon import office_steps, roles
from dragoman.lexicon.office_steps import OfficeStepRow
from dragoman.terms import BASE_STATUSES

if TYPE_CHECKING:
    from spacy.tokens import Token


def find(draft: Draft) -> tuple[Office, ...]:
    """One fact for each person, office and step; the first mention of it is the proof."""
    index = draft.lexicon.compiled(roles.index)
    steps = draft.lexicon.compiled(office_steps.index)
    found: dict[tuple[object, ...], Office] = {}
    for mention in draft.actors:
        if mention.kind == "title" and mention.actor.role and _names_person(mention):
            title = next(iter(index.by_title(mention.actor.role)), None)
            if title is not None and title.office is not None and title.kind == "person":
                office = _office(draft, steps, mention, mention.actor.role)
                key = (office.person, office.office, office.country, office.start is None, office.end is None)
                found.setdefault(key, office)
    return tuple(found.values())


def _names_person(mention: Mention) -> bool:
    name = mention.actor.name
    words = name.split()
    return bool(words) and words[-1][:1].isupper() and (mention.actor.role or "").lower() not in name.lower()


def _office(draft: Draft, steps: Mapping[str, OfficeStepRow], mention: Mention, title: str) -> Office:
    start, end = mention.start, mention.end
    began, ended = _term(draft, steps, draft.doc[mention.head])
    actor = mention.actor
    former = actor.sector == "ELI"
    published = draft.report.published
    if former and ended is None:
        ended = Date(None, published.start, "interval", True, "former") if published.start else None
    as_of = (
        Date.unknown("former")
        if former
        else Date(published.start, published.end, published.granularity, False, "report")
    )
    evidence = (Evidence(*draft.chars(start, end), draft.report.text),)
    return Office(actor.name, title, actor.group, actor.country, evidence, as_of, began, ended)


def _term(draft: Draft, steps: Mapping[str, OfficeStepRow], head: Token) -> tuple[Date | None, Date | None]:
    """When the term is said to begin and to end, where the verb over the mention says so and it came to pass."""
    verb = head.head
    particles = [f"{verb.lemma_.lower()} {c.lower_}" for c in children(verb, "compound:prt", "obj")]
    row = next((steps[lemma] for lemma in (*particles, verb.lemma_.lower()) if lemma in steps), None)
    if row is None or verb.pos_ != "VERB":
        return None, None
    there = subjects(verb) if row.argument == "subj" else objects(verb)
    if head not in there or statuses.read(draft.lexicon, verb).status not in BASE_STATUSES:
        return None, None
    date = date_for(draft, verb)
    return (date, None) if row.effect == "begin" else (None, date)
