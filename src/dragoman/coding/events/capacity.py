"""What part of a state takes part in an act, where its words are a mere country's name, adjective, people or capital.

"Mali shelled the fort": its army; "sent flour to Mali": the land, no government; "warned Mali": its government. Titles,
bodies and persons say themselves what they are, and stay so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.filling import Filled
from dragoman.lexicon import countries
from dragoman.lexicon.countries import NameKind

ARMS: Final = frozenset({"MOBILIZE", "ASSAULT"})
"""Acts that a country named by its own name does with its army."""
ARMED_MODES: Final = frozenset({("RETREAT", "ceasefire"), ("RETREAT", "withdraw")})
EXERCISES: Final = frozenset({"exercise", "manoeuvre", "maneuver", "drill", "wargame", "patrol", "war game"})
"""Words of what armies do with one another."""
LAND: Final = frozenset({"AID", "ASSAULT", "COERCE", "COOPERATE"})
"""Acts of which a country is the place, the market or the one that gains, and no government."""
EXECUTING: Final = frozenset({"hang", "execute", "behead", "electrocute", "execution", "hanging", "beheading"})
"""What a state does to those in its hands, by its courts and not by its army."""
TRADE: Final = frozenset({"trade", "commerce", "barter"})
"""Words of what whole countries do with one another."""
ADDRESSED: Final = frozenset({"CONSULT", "SANCTION", "SUPPORT", "ACCUSE", "REQUEST", "AGREE", "REJECT", "THREATEN"})
"""Acts that are done to a government, though its capital is told as a mere place: "flew to Rome for talks"."""
WORDS: Final = ("name", "adjective", "people")


def in_capacity(draft: Draft, f: Filled) -> Filled:
    """F with the sectors in which the countries among its parties take part."""
    source = tuple(_doer(draft, f, m) for m in f.source)
    return replace(f, source=source, target=tuple(_receiver(draft, f, m) for m in f.target))


def _doer(draft: Draft, f: Filled, mention: Mention) -> Mention:
    kind, act = _kind(draft, mention), f.row.type
    if kind in WORDS and mention.kind != "place":
        if act == "ASSAULT" and _words(f) & EXECUTING:
            return mention
        if act in ARMS or (act, f.row.mode) in ARMED_MODES and (kind == "people" or f.row.mode == "ceasefire"):
            return _with(mention, "MIL")
        if act == "COOPERATE" and (words := _words(f)) & (EXERCISES | TRADE):
            return _with(mention, "MIL" if words & EXERCISES else None)
        if act == "COOPERATE" and kind == "adjective" and (f.row.reciprocal or f.mutual):
            return _with(mention, None)
    if mention.kind == "place" and mention.actor.country is not None and mention.actor.sector is None:
        return _with(mention, "GOV")
    return mention


def _receiver(draft: Draft, f: Filled, mention: Mention) -> Mention:
    kind, act = _kind(draft, mention), f.row.type
    if kind is None or (kind == "people" and act != "COOPERATE"):
        return mention
    if act in LAND or (act, f.row.mode) == ("RETREAT", "withdraw"):
        return _with(mention, None)
    return _with(mention, "GOV") if act in ADDRESSED and mention.kind == "place" else mention


def _kind(draft: Draft, mention: Mention) -> NameKind | None:
    """What kind of a country's name MENTION is; None where it is another party, or pieces of several."""
    actor = mention.actor
    if actor.role or actor.country is None or actor.sector not in ("GOV", "CVL", None) or mention.others:
        return None
    if mention.kind not in ("name", "place", "demonym"):
        return None
    published = draft.report.published
    words = draft.doc[mention.start : mention.end].text
    readings = draft.lexicon.compiled(countries.index).by_name(words, published if published.known else None)
    return readings[0].kind if readings else None


def _with(mention: Mention, sector: str | None) -> Mention:
    return replace(mention, actor=replace(mention.actor, sector=sector))


def _words(f: Filled) -> set[str]:
    """The predicate's own words and those that it takes in."""
    tokens: Iterable[int] = {f.token.i, *f.consumed}
    found = {f.token.doc[i].lemma_.lower() for i in tokens}
    return found | {c.lemma_.lower() for c in f.token.children if c.dep_ in ("compound", "obj", "amod")}
