"""The date that holds for a predicate: the time expression that the parse attaches to it, or an honest interval.

A report of what happened, with no time in its clause, says only that it happened by the end of the report's day; a
report of what is to come, that it will not be before. The time of saying ("said on Friday that ...") is not the time of
what was said, and the time of a relative clause is not that of its noun's verb.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from dragoman.coding.atoms import token_at
from dragoman.coding.draft import Draft
from dragoman.coding.times.tense import of_predicate, saying_before
from dragoman.coding.tokens import Token
from dragoman.facts import Date, TimeMention

CLAUSES: Final = frozenset(
    {"ccomp", "csubj", "csubj:pass", "advcl", "acl", "acl:relcl", "parataxis", "xcomp", "conj", "root", "advcl:relcl"}
)
"""Relations that open a clause: a time inside it belongs to it, not to what governs it."""

ADNOMINAL: Final = frozenset({"amod", "nmod:poss", "compound"})

AFTER: Final = frozenset({"after", "since", "following", "despite"})
BEFORE: Final = frozenset({"before", "until", "till", "ahead", "pending", "prior"})
"""Prepositions of happenings that come before, or after, what the verb tells of."""

CLIMB: Final = 25
"""Steps up the tree, at most."""

REACH: Final = 40
"""Tokens on either side in which a time is looked for where there is no parse."""

_TO: Final = frozenset({"to", "and", "until", "till", "through", "-", "–", "—"})


def date_for(draft: Draft, token: Token) -> Date:
    """When what the predicate TOKEN (a verb, or a noun for a happening) tells of took or is to take place.

    `basis` is that of the time expression (`text`, `relative`, `discourse`), or `report` where only the report's own
    date bounds it. Where that too is unknown, so is the answer. `draft.times` must be filled.
    """
    found = _own(draft, token) if token.dep_ else _nearest(draft, token)
    look = of_predicate(token)
    start = draft.report.published.start
    if found is None:
        if draft.trace is not None:
            when = "not before the report, whose verb looks ahead" if look > 0 else "not after the report that tells it"
            why = when if draft.report.published.known else "no time in its clause, and the report's day isn't known"
            draft.trace.note(("date", token.i), "rule:bounded-by-the-report", why)
        return bounded(draft.report.published, look)
    if look > 0 and found.start is None and start and found.end and start <= found.end:
        if draft.trace is not None:
            draft.trace.note(("date", token.i), "rule:not-before-the-report", "its verb looks ahead")
        return replace(found, start=start)
    return found


def bounded(published: Date, look: int) -> Date:
    """All days up to the end of the report's own, or from its start on where LOOK is 1; unknown where it is."""
    if not published.known:
        return Date.unknown("report")
    if look > 0:
        return Date(published.start, None, "interval", True, "report") if published.start else Date.unknown("report")
    return Date(None, published.end, "interval", True, "report") if published.end else Date.unknown("report")


def _side(noun: Token) -> int:
    """-1 where NOUN comes before its verb ("met after the attack"), 1 where after it, 0 where neither is said."""
    words = {child.lower_ for child in noun.children if child.dep_ in ("case", "mark")}
    return -1 if words & AFTER else int(bool(words & BEFORE))


def _beside(found: Date, side: int) -> Date | None:
    """What FOUND, the verb's time, says of a happening before or after it: only where that must end or begin."""
    edge = found.end if side < 0 else found.start
    if edge is None:
        return None
    return (
        Date(None, edge, "interval", True, found.basis) if side < 0 else Date(edge, None, "interval", True, found.basis)
    )


def _dated(draft: Draft, low: int, high: int) -> list[TimeMention]:
    """The times between characters LOW and HIGH that resolve to days."""
    times = draft.times
    inside = times[bisect_left(times, low, key=_start) : bisect_left(times, high, key=_start)]
    return [m for m in inside if m.date is not None and m.date.known]


def _start(mention: TimeMention) -> int:
    return mention.start


def _own(draft: Draft, token: Token) -> Date | None:
    """The date attached to TOKEN, or to the clause that it shares its time with."""
    sentence = token.sent
    inside = _dated(draft, sentence.start_char, sentence.end_char)
    if not inside:
        return None
    anchors = [(m, top) for m in inside if (top := _top(draft, m)) is not None]
    here: Token | None = token
    joined, side = False, 0
    for _ in range(CLIMB):
        if here is None:
            return None
        attached = [(_steps(top, here), m.start, m) for m, top in anchors if _steps(top, here) is not None]
        if attached:
            mention = min(attached, key=lambda entry: (entry[0] or 0, entry[1]))[2]
            found = _bordered(draft, mention)
            found = replace(found, approx=True) if joined else found
            if draft.trace is not None:
                _explain(draft, token, here, mention, joined, side)
            return _beside(found, side) if side else found
        joined = joined or here.dep_ == "conj"
        side = side or _side(here)
        here = _sharer(here)
    return None


def _explain(draft: Draft, token: Token, bearer: Token, mention: TimeMention, joined: bool, side: int) -> None:
    """Tell the trace by which time TOKEN is dated: that of BEARER, whose time it shares if it is another."""
    assert draft.trace is not None
    about: tuple[str | int, ...] = ("date", token.i)
    hangs = f"“{mention.text}” hangs on “{bearer.text}”"
    shares = f", whose time “{token.text}” shares" if bearer.i != token.i else ""
    about_it = " (about then: they are coordinated)" if joined else ""
    words = [(mention.start, mention.end)]
    draft.trace.note(about, "parse:time", hangs + shares + about_it, words, see=("time", mention.start))
    if (before := _words_before(draft.report.text, mention.start)) and before[-1] in BORDERS:
        draft.trace.note(about, f"rule:{before[-1]}", f"“{before[-1]}” before it may border the time", words)
    if side:
        draft.trace.note(about, "rule:before-or-after", "it comes before the time" if side < 0 else "it comes after it")


def _top(draft: Draft, mention: TimeMention) -> Token | None:
    """The token of MENTION whose head lies outside it."""
    first = token_at(draft.tokens, mention.start)
    last = token_at(draft.tokens, mention.end - 1)
    if first is None or last is None:
        return None
    for i in range(first.i, last.i + 1):
        if not first.i <= draft.tokens[i].head.i <= last.i or draft.tokens[i].head.i == i:
            return draft.tokens[i]
    return first


def _steps(top: Token, predicate: Token) -> int | None:
    """Steps from a time's top token up to PREDICATE without leaving its clause; None where it belongs elsewhere.

    "Friday's" and "current" beside a noun are that noun's own, and not the time of the verb above it.
    """
    here = top
    for steps in range(CLIMB):
        if here.i == predicate.i:
            return steps
        if not steps and (said := saying_before(top)) is not None:
            here = said
            continue
        if steps and top.dep_ in ADNOMINAL:
            return None
        if here.head.i == here.i or (steps and here.dep_ in CLAUSES and here.pos_ in ("VERB", "AUX")):
            return None
        here = here.head
    return None


def _sharer(token: Token) -> Token | None:
    """The token whose time holds for TOKEN too: the verb of a noun, the first of joined verbs, the verb of a gerund."""
    head = token.head
    if head.i == token.i:
        return None
    if token.pos_ not in ("VERB", "AUX"):
        return head if token.dep_ not in CLAUSES or token.dep_ == "conj" else None
    if token.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return head
    marked = any(child.dep_ in ("mark", "nsubj", "nsubj:pass") for child in token.children)
    gerund = "Ger" in token.morph.get("VerbForm", []) or "Part" in token.morph.get("VerbForm", [])
    return head if token.dep_ == "advcl" and gerund and not marked else None


def _nearest(draft: Draft, token: Token) -> Date | None:
    """The date nearest to TOKEN in its sentence, for a Doc without a parse."""
    text, best = draft.report.text, None
    for mention in _dated(draft, token.idx - REACH * 8, token.idx + REACH * 8):
        low, high = sorted((mention.start, token.idx))
        if any(mark in text[low:high] for mark in (". ", "\n\n", "? ", "! ")):
            continue
        if best is None or high - low < abs(best.start - token.idx):
            best = mention
    return _bordered(draft, best) if best is not None else None


def _bordered(draft: Draft, mention: TimeMention) -> Date:
    """MENTION's date as its preposition borders it: "since 1990" goes on, "before May" ends, "from ... to" spans."""
    own = mention.date or Date.unknown()
    before = _words_before(draft.report.text, mention.start)
    word = before[-1] if before else ""
    published = draft.report.published
    if (other := _other_end(draft, mention, word in ("from", "between"))) is not None:
        return _spanning(own, other)
    if word in _TO and (first := _first_end(draft, mention)) is not None:
        return _spanning(first, own)
    if word == "since" and own.start:
        end = published.end if published.end and published.end >= own.start else None
        return Date(own.start, end, "interval", own.approx, own.basis)
    if word in ("until", "till", "by") and own.end:
        return Date(None, own.end, "interval", True, own.basis)
    if word == "before" and own.start and (day := _moved(own.start, -1)):
        return Date(None, day, "interval", True, own.basis)
    if word == "after" and own.end and (day := _moved(own.end, 1)):
        return Date(day, None, "interval", True, own.basis)
    return own


BORDERS: Final = frozenset({"from", "between", "since", "until", "till", "by", "before", "after"}) | _TO
"""Words right before a time that make it the edge of an interval."""

_HYPHENS: Final = frozenset({"-", "–", "—"})


def _moved(day: str, days: int) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _words_before(text: str, offset: int) -> list[str]:
    return text[max(0, offset - 24) : offset].lower().replace("-", " - ").replace("–", " – ").split()


def _other_end(draft: Draft, mention: TimeMention, opened: bool) -> Date | None:
    """The date that a range from MENTION runs to; one not OPENED by "from" or "between" needs a hyphen or "to"."""
    at = bisect_left(draft.times, mention.end, key=_start)
    after = draft.times[at] if at < len(draft.times) else None
    if after is None or after.start - mention.end > 16:
        return None
    between = _words_before(draft.report.text[mention.end : after.start], 24)
    joints = _TO if opened else _TO - {"and", "until", "till"}
    return after.date if between and between[0] in joints and len(between) <= 2 else None


def _first_end(draft: Draft, mention: TimeMention) -> Date | None:
    """The date that a range to MENTION runs from: "from X to MENTION"."""
    before = draft.times[: bisect_left(draft.times, mention.start, key=_start)][-1:]
    if not before or mention.start - before[-1].end > 16:
        return None
    lead = _words_before(draft.report.text, before[-1].start)
    hyphen = _words_before(draft.report.text, mention.start)[-1] in _HYPHENS
    return before[-1].date if hyphen or (lead and lead[-1] in ("from", "between")) else None


def _spanning(first: Date, last: Date) -> Date:
    start, end = first.start, last.end
    if start and end and start > end:
        return first
    return Date(start, end, "interval", first.approx or last.approx, first.basis)
