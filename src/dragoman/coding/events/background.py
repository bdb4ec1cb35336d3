"""Whether an act is its report's news or older context: by its date, its tense, and words like "before"."""

from __future__ import annotations

from datetime import date as day_type
from typing import TYPE_CHECKING

from dragoman.coding.arguments import children
from dragoman.coding.draft import Draft
from dragoman.coding.times import date_for
from dragoman.facts import Date, Status
from dragoman.terms import BASE_STATUSES

if TYPE_CHECKING:
    from spacy.tokens import Token

BACKGROUND_DAYS = 7
"""An act that ended more days before the report is context, not news."""
BEFORE = frozenset({"before", "previously", "earlier", "formerly", "once", "ever", "originally", "historically"})
"""Adverbs that set an act before the news: "has rejected such proposals before"."""
SHARED = ("conj", "xcomp")


def date_of(draft: Draft, token: Token) -> Date:
    """The date of the act that TOKEN names; one that coordinated verbs share stands with the first of them."""
    date = date_for(draft, token)
    current = token
    while date.basis == "report" and current.dep_ in SHARED and not children(current, "nsubj", "nsubj:pass"):
        current = current.head
        date = date_for(draft, current)
    return date


def is_background(draft: Draft, token: Token, date: Date, status: Status, reported: bool) -> bool:
    """Whether the act lies before the news; REPORTED tells that it stands in what somebody says."""
    if status not in BASE_STATUSES and status not in ("denied", "claimed"):
        return False
    published = draft.report.published.start
    if published and date.basis != "report":
        if status == "ongoing" and date.start:
            return _days(date.start, published) > BACKGROUND_DAYS
        if date.end:
            return _days(date.end, published) > BACKGROUND_DAYS
    verb = _tensed(token)
    if verb is None:
        return False
    return (_pluperfect(verb) and not reported) or _before(verb)


def _days(first: str, last: str) -> int:
    return (day_type.fromisoformat(last) - day_type.fromisoformat(first)).days


def _tensed(token: Token) -> Token | None:
    """The verb whose tense and adverbs place the act: its own, or that which a noun or a bare participle hangs on."""
    for current in (token, *token.ancestors):
        if current.pos_ in ("VERB", "AUX") and (current.dep_ not in ("xcomp", "advcl") or children(current, "aux")):
            return current
        if current.dep_ in ("nmod", "nmod:poss", "appos", "acl:relcl"):
            return None
    return None


def _pluperfect(verb: Token) -> bool:
    """ "Had attacked": before the time that the report tells of; in reported speech it is only a shifted past."""
    return any(c.lower_ in ("had", "'d", "’d") for c in children(verb, "aux"))


def _before(verb: Token) -> bool:
    """ "Has rejected such proposals before", "no leader has ever visited"."""
    adverbs = children(verb, "advmod")
    return any(a.lower_ in BEFORE and (a.lower_ != "ever" or not children(a, "advmod")) for a in adverbs)
