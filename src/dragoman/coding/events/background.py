"""Whether an act is its report's news or older context: by its date, its tense, and words like "before"."""

from __future__ import annotations

from datetime import date as day_type
from typing import NamedTuple

from dragoman.coding.arguments import children
from dragoman.coding.draft import Draft
from dragoman.coding.times import date_for
from dragoman.coding.tokens import Token
from dragoman.facts import Date, Status
from dragoman.terms import BASE_STATUSES

BACKGROUND_DAYS = 7
"""An act that ended more days before the report is context, not news."""
BEFORE = frozenset({"before", "previously", "earlier", "formerly", "once", "ever", "originally", "historically"})
"""Adverbs that set an act before the news: "has rejected such proposals before"."""
LONG = frozenset({"year", "decade", "century", "month", "generation"})
"""Lengths of time after which an act is no news: "three years after soldiers drove him out"."""
LENGTH_REACH = 5
"""Words before "after" and "since" in which the length stands: "ten years to the day after"."""
SHARED = ("conj", "xcomp")


class Ground(NamedTuple):
    """Why an act lies before the news: a rule, and the token that it rests on, None where only the date does."""

    rule: str
    token: int | None


def date_of(draft: Draft, token: Token) -> Date:
    """The date of the act that TOKEN names; one that coordinated verbs share stands with the first of them."""
    date = date_for(draft, token)
    current = token
    while date.basis == "report" and current.dep_ in SHARED and not children(current, "nsubj", "nsubj:pass"):
        current = current.head
        date = date_for(draft, current)
    if draft.trace is not None and current is not token:
        words = [(current.idx, current.idx + len(current))]
        about = ("date", token.i)
        draft.trace.forget(about)
        draft.trace.note(about, "rule:shared-date", f"dated as “{current.text}”", words, see=("date", current.i))
    return date


def ground(draft: Draft, token: Token, date: Date, status: Status, reported: bool) -> Ground | None:
    """Why the act lies before the news; None where it is news. REPORTED: it stands in what somebody says."""
    if status not in BASE_STATUSES and status not in ("denied", "claimed"):
        return None
    published = draft.report.published.start
    if published and date.basis != "report":
        if status == "ongoing" and date.start:
            return _old(date.start, published)
        if date.end:
            return _old(date.end, published)
    long_after = _long_after(token)
    if long_after is not None:
        return Ground("background:long-after", long_after.i)
    verb = _tensed(token)
    if verb is None:
        return None
    pluperfect = None if reported or _just_before(verb) else _pluperfect(verb)
    if pluperfect is not None:
        return Ground("background:pluperfect", pluperfect.i)
    before = _before(verb)
    return Ground("background:before", before.i) if before is not None else None


def _old(day: str, published: str) -> Ground | None:
    return Ground("background:date", None) if _days(day, published) > BACKGROUND_DAYS else None


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


def _long_after(token: Token) -> Token | None:
    """The "years" of "ten years after police fired", or the anniversary, under which TOKEN stands."""
    for current in (token, *token.ancestors):
        if current.head.lemma_ == "anniversary" and current.dep_ == "nmod":
            return current.head
        first = next((c for c in children(current, "mark", "case") if c.lower_ in ("after", "since")), None)
        if first is not None:
            span = token.doc[max(first.i - LENGTH_REACH, token.sent.start) : first.i]
            return next((word for word in span if word.lemma_.lower() in LONG), None)
        if current.dep_ in ("root", "acl:relcl", "parataxis"):
            return None
    return None


def _just_before(verb: Token) -> bool:
    """Whether VERB tells what the news follows on: "ordered the envoy out after Ottawa had called for ..."."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_.startswith("advcl") and any(c.lower_ == "after" for c in children(verb, "mark"))


def _pluperfect(verb: Token) -> Token | None:
    """ "Had attacked": before the time that the report tells of; in reported speech it is only a shifted past."""
    return next((c for c in children(verb, "aux") if c.lower_ in ("had", "'d", "’d")), None)


def _before(verb: Token) -> Token | None:
    """ "Has rejected such proposals before", "no leader has ever visited"."""
    adverbs = (a for a in children(verb, "advmod") if a.lower_ in BEFORE)
    return next((a for a in adverbs if a.lower_ != "ever" or not children(a, "advmod")), None)
