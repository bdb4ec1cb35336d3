"""Tells a Trace what a mention of an actor was read from; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.coding.actors.found import Found
from dragoman.coding.actors.pieces import BodyPiece, CountryPiece, Owner, Pieces
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.trace import Key, Trace
from dragoman.facts import Actor


def about(mention: Mention) -> Key:
    """The key of MENTION's notes."""
    return ("mention", mention.start)


def taken_from(draft: Draft, mention: Mention, rule: str, why: str, sources: Iterable[Found] = ()) -> None:
    """Note that MENTION stands for, or has its country from, the mentions SOURCES by RULE."""
    trace = draft.trace
    if trace is None:
        return
    known = list(sources)
    if not known:
        trace.note(about(mention), rule, why)
    for source in known:
        words = [draft.chars(source.mention.start, source.mention.end)]
        trace.note(about(mention), rule, f"{why}: {named(source.mention.actor)}", words, see=about(source.mention))


def named(actor: Actor) -> str:
    """An actor in short: `Anwar Sadat (EGY, GOV)`."""
    codes = [code for code in (actor.country, actor.sector) if code]
    return f"{actor.name} ({', '.join(codes)})" if codes else actor.name


def changed(draft: Draft, before: Found, after: Found, rule: str, why: str) -> Found:
    """AFTER; where a rule has made another of BEFORE, that is noted."""
    if draft.trace is not None and after.mention != before.mention:
        actor = after.mention.actor
        draft.trace.note(about(after.mention), rule, f"{why}: {named(actor)}")
    return after


def note_pieces(draft: Draft, pieces: Pieces, found: Iterable[Found]) -> None:
    """Note from which rows and labels the phrase of each mention alone was read."""
    if draft.trace is not None:
        tied = {land.start: land for land in pieces.countries if land.tied}
        for one in found:
            _note_phrase(draft.trace, draft, pieces, one, {} if one.title else tied)


def _note_phrase(trace: Trace, draft: Draft, pieces: Pieces, found: Found, tied: Mapping[int, CountryPiece]) -> None:
    mention = found.mention
    key = about(mention)
    near = (pieces.owner_at(i) or tied.get(i) for i in range(mention.start, mention.end))
    owners = [*dict.fromkeys(owner for owner in near if owner is not None)]
    for i in range(mention.start, mention.end):
        role, person = pieces.role_at(i), pieces.person_at(i)
        if role is not None:
            effect = f", {role.effect}" if role.effect else ""
            why = f"{role.kind} “{role.title}”, sector {role.sector or 'of its country or body'}{effect}"
            trace.note(key, f"roles:{role.title}", why, [draft.chars(role.start, role.end)])
        if person is not None:
            label = draft.tokens[person.start].ent_type_
            rule = "parser:PERSON" if label == "PERSON" else "holders"
            trace.note(key, rule, "the name of a person", [draft.chars(person.start, person.end)])
    for owner in dict.fromkeys((*owners, *(o for i in found.owners if (o := pieces.owner_at(i)) is not None))):
        _note_owner(trace, draft, key, owner)
    if not owners and mention.kind == "description":
        trace.note(key, "rule:noun", f"a noun for people, arms or firms, sector {mention.actor.sector}")


def _note_owner(trace: Trace, draft: Draft, key: Key, owner: Owner) -> None:
    words = [draft.chars(owner.start, owner.end)]
    if isinstance(owner, CountryPiece):
        table = "places" if owner.kind == "place" else "regions" if owner.kind == "group" else "countries"
        of = f" of {owner.country}" if owner.country else ""
        trace.note(key, f"{table}:{owner.name}", f"{owner.kind}{of}", words)
    elif isinstance(owner, BodyPiece) and owner.known:
        codes = ", ".join(code for code in (owner.country, owner.sector) if code)
        table = "outlets" if owner.sector == "JRN" else "bodies"
        trace.note(key, f"{table}:{owner.name}", f"a body ({codes})", words)
    else:
        trace.note(
            key,
            f"parser:{draft.tokens[owner.start].ent_type_}",
            f"an organisation; sector {owner.sector or 'unknown'} by its words",
            words,
        )
