"""Who a named person is: by what the text said of the name before, else by the tables of office holders on the day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dragoman.coding.actors.explaining import about, taken_from
from dragoman.coding.actors.found import Found
from dragoman.coding.actors.memory import Memory
from dragoman.facts import Actor, Date
from dragoman.lexicon import bodies, holders, roles
from dragoman.lexicon.holders import Term

CIVIL_RANKS = frozenset({"doctor", "professor", "reverend"})
"""Titles of courtesy, which say nothing of what somebody does in the news."""
REMEMBERED = 15
"""Years for which one who held office is called by the surname alone."""


def person(memory: Memory, found: Found) -> Found:
    """A named person with what was said of that person before, else what the tables say of the name on the day."""
    actor = found.mention.actor
    if found.title in CIVIL_RANKS or actor.sector == "MIL":
        return _ranked(memory, found)
    return _known(memory, found)


def _ranked(memory: Memory, found: Found) -> Found:
    """One with a rank or degree: if the text or the tables know a political office, that tells the sector."""
    actor = found.mention.actor
    bare = replace(actor, sector=None, role=None)
    office = _known(memory, replace(found, title=None, office=None, mention=replace(found.mention, actor=bare)))
    made = office.mention.actor
    if made.sector in (None, "MIL"):
        if memory.draft.trace is not None:
            memory.draft.trace.forget(about(found.mention), "holders:")
        return _known(memory, found)
    named = replace(office.mention, actor=replace(made, role=made.role or actor.role))
    return replace(office, mention=named, rank=found.title)


def _known(memory: Memory, found: Found) -> Found:
    actor = found.mention.actor
    known = memory.known(actor.name)
    if known is not None and not _contradicts(known, found):
        have = known.mention.actor
        taken_from(memory.draft, found.mention, "name:before", "the one named before", [known])
        name = have.name if len(have.name) > len(actor.name) else actor.name
        actor = replace(
            actor,
            name=name,
            country=actor.country or have.country,
            sector=actor.sector or have.sector,
            role=actor.role or have.role,
            group=actor.group or (have.group if actor.country is None else None),
        )
        found = replace(
            found,
            title=found.title or known.title,
            rank=found.rank or known.rank,
            office=found.office or known.office,
            effect=found.effect or (known.effect if found.title is None else ""),
        )
    if (actor.country is None or actor.sector is None) and actor.group is None:
        actor, title, office = _from_table(memory, found, actor)
        found = replace(found, title=title, office=office)
    return replace(found, mention=replace(found.mention, actor=actor))


def _contradicts(known: Found, found: Found) -> bool:
    """Whether the text gives the one of the same surname another country."""
    one, other = known.mention.actor.country, found.mention.actor.country
    return one is not None and other is not None and one != other


RULERS: Final = frozenset({"head_of_state", "head_of_government"})
RANKS: Final = frozenset({"MIL", "REL"})
"""Sectors of ranks that rulers bear too: a general or archbishop who is president is the government."""


def _from_table(memory: Memory, found: Found, actor: Actor) -> tuple[Actor, str | None, str | None]:
    """Country, role and sector of a person of the tables on the day of the report, if all fitting terms are of one
    state. A name of one word needs a title that fits, or a holder in office."""
    nothing = actor, found.title, found.office
    published = memory.draft.report.published
    on = published if published.known else Date.unknown()
    index = memory.draft.lexicon.compiled(holders.index)
    terms = index.by_name(actor.name, on)
    if not terms and (found.office in holders.OFFICES or (" " not in actor.name and published.known)):
        terms = [t for t in index.by_surname(actor.name, on) if _fits(t, found, on)]
    if actor.role and found.office in holders.OFFICES:
        terms = [t for t in terms if t.office == found.office] or terms
    terms = [t for t in terms if actor.country in (None, t.country)]
    terms = [t for t in terms if t.country] or terms
    if not terms or len({t.of for t in terms}) != 1:
        return nothing
    term = terms[0]
    past = published.known and all(t.period.over_before(published) for t in terms)
    _note_term(memory, found, term, past)
    if term.country is None:
        body = memory.draft.lexicon.compiled(bodies.index).get(term.body or "")
        made = replace(actor, role=actor.role or _role(term), group=body.name if body else term.body)
        if body is not None:
            made = replace(made, sector=body.sector, country=body.country)
        return made, found.title or _role(term), found.office or term.office
    ruling = term.office in RULERS and actor.sector in RANKS and not past
    sector = "GOV" if ruling else actor.sector or ("ELI" if past else _sector_of(memory, term))
    made = replace(actor, country=term.country, sector=sector, role=actor.role or _role(term))
    return made, found.title or _role(term), found.office or term.office


def _note_term(memory: Memory, found: Found, term: Term, past: bool) -> None:
    trace = memory.draft.trace
    if trace is not None:
        last = "still in office" if term.open else term.end or "?"
        held = "which was over on the report's day" if past else "by the report's day"
        why = f"{term.title} of {term.of}, {term.start or '?'} to {last}, {held}"
        words = [memory.draft.chars(found.mention.start, found.mention.end)]
        trace.note(about(found.mention), f"holders:{term.person}", why, words)
        body = memory.draft.lexicon.compiled(bodies.index).get(term.body or "")
        if body is not None:
            codes = ", ".join(code for code in (body.country, body.sector) if code)
            trace.note(about(found.mention), f"bodies:{body.name}", f"the body of that office ({codes})", words)


def _role(term: Term) -> str:
    return term.title.lower()


def _sector_of(memory: Memory, term: Term) -> str:
    rows = memory.draft.lexicon.compiled(roles.index).by_title(term.title)
    return next((row.sector for row in rows if row.sector), "GOV")


def _fits(term: Term, found: Found, on: Date) -> bool:
    """Whether a surname alone may be the holder's: by office, by a rank that any ruler may have, or in office now."""
    if found.office in holders.OFFICES and found.office not in ("leader", "chairman"):
        return term.office == found.office
    return not term.period.over_before(on) or _years_over(term, on) <= REMEMBERED


def _years_over(term: Term, on: Date) -> int:
    """Whole years, roughly, from the end of a past term to the day."""
    return int((on.end or "9999")[:4]) - int((term.end or "0")[:4])
