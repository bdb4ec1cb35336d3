"""Figures of a report: money, shares, counts, measures, ranks and durations, with what they count and their status."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.coding import status
from dragoman.coding.atoms import Atom, atoms, token_at, word_set
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.figures.amounts import Amount, Forms, amounts, forms
from dragoman.coding.figures.context import around, sentence_at, what_of
from dragoman.coding.figures.naming import is_name, name_numbers
from dragoman.coding.times.attaching import date_for
from dragoman.coding.times.tense import of_predicate
from dragoman.coding.tokens import Token
from dragoman.facts import Date, Evidence, Figure, FigureKind, Status, TimeMention

CLIMB: Final = 15
MOST_COUNTRIES: Final = 4
_PROPOSALS: Final = word_set(
    "would could should may might wants want proposed proposes propose offered offers urged seek seeks"
)
_UNITS_OF_TIME: Final = {"S": "second", "H": "hour", "D": "day", "W": "week", "Y": "year"}


@dataclass(frozen=True, slots=True)
class Setting:
    """The draft with what the search looks up often: the times by their start."""

    draft: Draft
    times: Sequence[TimeMention]
    time_starts: list[int]
    sentences: bool

    def overlaps_time(self, start: int, end: int) -> TimeMention | None:
        """The time expression that shares a character with START to END."""
        at = bisect_left(self.time_starts, end) - 1
        if at >= 0 and self.times[at].end > start:
            return self.times[at]
        return None


def find(draft: Draft) -> tuple[Figure, ...]:
    """The figures of DRAFT, in the order of its text. `draft.times` must be filled: what is a time is no figure."""
    known = draft.lexicon.compiled(forms)
    text = draft.report.text
    row = atoms(text)
    found = amounts(row, text, known)
    names = name_numbers(row, found)
    times = sorted(draft.times, key=lambda m: m.start)
    setting = Setting(draft, times, [m.start for m in times], draft.doc.has_annotation("SENT_START"))
    figures = [_figure(setting, row, amount, known) for amount in found if _counts(setting, row, amount, known, names)]
    figures += _ranks(setting, row, known) + _durations(setting)
    return tuple(sorted(figures, key=lambda figure: figure.span))


def _counts(setting: Setting, row: Sequence[Atom], amount: Amount, known: Forms, names: frozenset[str]) -> bool:
    if setting.overlaps_time(row[amount.number].start, row[amount.number].end) is not None:
        return False
    return amount.value == amount.value and not is_name(row, amount, known, names)


def _figure(setting: Setting, row: Sequence[Atom], amount: Amount, known: Forms) -> Figure:
    text = setting.draft.report.text
    beside = around(row, amount, known)
    span = (row[beside.first].start, row[amount.last - 1].end)
    token = token_at(setting.draft.tokens, row[amount.number].start)
    kind: FigureKind = "value" if amount.money or amount.dimension in ("share", "index") else "quantity"
    if beside.change:
        kind = "change"
    if beside.target:
        kind = "target"
    what = what_of(row, amount, token, text)
    return _built(setting, span, amount.value, amount.unit, kind, token, what, beside.qualifier or beside.change)


def _built(
    setting: Setting, span: tuple[int, int], value: float, unit: str | None, kind: FigureKind, token: Token | None,
    what: str | None, qualifier: str | None,
) -> Figure:  # fmt: skip
    draft = setting.draft
    bounds = None
    if token is not None and setting.sentences:
        bounds = (token.sent.start_char, token.sent.end_char)
        if not (bounds[0] <= span[0] and span[1] <= bounds[1]):
            bounds = None
    low, high = sentence_at(draft.report.text, *span, bounds)
    predicate = _predicate(token)
    when = _when(setting, predicate)
    held = _status(draft, predicate, kind, draft.report.text[low : span[1]].lower())
    if held == "happened" and _lies_ahead(when, draft.report.published):
        held = "scheduled"
    return Figure(
        value=value, unit=unit, measure=kind, span=span, evidence=(Evidence(low, high, draft.report.text),),
        when=when, what=what, qualifier=qualifier, countries=_countries(draft, low, high),
        set_by=_set_by(draft, predicate) if kind == "target" else None,
        status=held,
    )  # fmt: skip


def _lies_ahead(when: Date, published: Date) -> bool:
    """Whether WHEN begins, or as a term ends, after the report's own day."""
    if not published.end or when.basis == "report":
        return False
    return (when.start or when.end or "") > published.end


def _predicate(token: Token | None) -> Token | None:
    """The verb that governs TOKEN; TOKEN itself where there is no parse."""
    here = token
    for _ in range(CLIMB):
        if here is None or not here.dep_ or here.pos_ == "VERB" or here.head.i == here.i:
            break
        here = here.head
    return here


def _when(setting: Setting, predicate: Token | None) -> Date:
    return date_for(setting.draft, predicate) if predicate is not None else Date.unknown()


def _status(draft: Draft, predicate: Token | None, kind: FigureKind, before: str) -> Status:
    """The status of what the figure's verb tells of; an aim is at most proposed. BEFORE serves without a parse."""
    if predicate is None:
        return "happened"
    if predicate.dep_:
        found = status.read(draft.lexicon, predicate).status
    elif _PROPOSALS & frozenset(before.split()):
        found = "proposed"
    else:
        found = "scheduled" if of_predicate(predicate) > 0 else "happened"
    return "proposed" if kind == "target" and found in ("happened", "ongoing") else found


def _countries(draft: Draft, low: int, high: int) -> tuple[str, ...]:
    """The countries of the places and actors within characters LOW to HIGH, in order, each once."""
    starts = [place.start for place in draft.places]
    inside = draft.places[bisect_left(starts, low) : bisect_right(starts, high)]
    found = [place.country for place in inside if place.country and place.end <= high]
    if draft.actors:
        found += [m.actor.country for m in _actors_within(draft, low, high) if m.actor.country]
    return tuple(dict.fromkeys(found))[:MOST_COUNTRIES]


def _actors_within(draft: Draft, low: int, high: int) -> list[Mention]:
    span = draft.doc.char_span(low, high, alignment_mode="expand")
    if span is None:
        return []
    table = draft.mention_by_token
    return [table[i] for i in range(span.start, span.end) if i in table]


def _set_by(draft: Draft, predicate: Token | None) -> str | None:
    """Who aims: the subject of the predicate."""
    if predicate is None or not predicate.dep_:
        return None
    for child in predicate.children:
        if child.dep_ == "nsubj":
            mention = draft.mention_at(child)
            return mention.actor.name if mention is not None else None
    return None


def _ranks(setting: Setting, row: Sequence[Atom], known: Forms) -> list[Figure]:
    """Places in an order: "5th largest", "third-largest"."""
    found = []
    supers = known.by_role["rank"]
    for i, atom in enumerate(row[:-1]):
        value = _ordinal(atom)
        if value is None:
            continue
        at = i + 2 if row[i + 1].lower == "-" and i + 2 < len(row) else i + 1
        if row[at].lower in supers and setting.overlaps_time(atom.start, atom.end) is None:
            token = token_at(setting.draft.tokens, atom.start)
            what = setting.draft.report.text[row[at].start : row[at].end]
            found.append(_built(setting, (atom.start, atom.end), value, None, "rank", token, what, None))
    return found


_ORDINALS: Final = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _ordinal(atom: Atom) -> float | None:
    if atom.kind == "ordinal":
        return float(atom.lower[:-2].replace(",", ""))
    return _ORDINALS.index(atom.lower) + 2.0 if atom.lower in _ORDINALS else None


def _durations(setting: Setting) -> list[Figure]:
    """Lengths of time with a number, from the times' own TIMEX3 values."""
    found = []
    for mention in setting.times:
        measured = _length(mention)
        if measured is not None:
            token = token_at(setting.draft.tokens, mention.start)
            found.append(_built(setting, (mention.start, mention.end), *measured, "duration", token, None, None))
    return found


def _length(mention: TimeMention) -> tuple[float, str] | None:
    """Number and unit of a simple TIMEX3 duration: `P3D`, `PT72H`, `P2.5Y`; None for vague or joined ones."""
    value = mention.value
    if mention.type != "DURATION" or not value.startswith("P"):
        return None
    clock = value.startswith("PT")
    number, letter = value[2 if clock else 1 : -1], value[-1]
    if not number.replace(".", "", 1).isdigit() or (letter not in _UNITS_OF_TIME and letter != "M"):
        return None
    unit = ("minute" if clock else "month") if letter == "M" else _UNITS_OF_TIME[letter]
    return float(number), unit
