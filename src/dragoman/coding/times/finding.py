"""Time expressions of a report, found and resolved in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Final

from dragoman.coding.atoms import atoms, token_at
from dragoman.coding.draft import Draft
from dragoman.coding.times.builders import BUILDERS
from dragoman.coding.times.expressions import Calendar, Expression, Named, SameTime, Shift
from dragoman.coding.times.grammar import Grammar, grammar
from dragoman.coding.times.pieces import Piece, pieces
from dragoman.coding.times.resolve import FIRST_YEAR, LAST_YEAR, State, resolve
from dragoman.coding.times.tense import direction
from dragoman.coding.tokens import Token
from dragoman.coding.trace import Trace
from dragoman.facts import Date, TimeMention
from dragoman.lexicon.table import Lexicon

if TYPE_CHECKING:
    pass

NARRATIVE_YEARS: Final = 4
"""Dates with a year that a text needs before it can be a story of the past."""

NARRATIVE_DISTANCE: Final = 2
"""Years by which the median of a story's years must lie before its report's."""

NARRATIVE_NEAR: Final = 4
"""Dates with a year that a story has, at least, for each time that counts from the report's own day."""

_ENDS: Final = re.compile(r"[.!?]\s|\n\s*\n")
_JOINTS: Final = frozenset({"-", "–", "—", "to", "and", "or", "through", "until", "till", "&"})


@dataclass(frozen=True, slots=True)
class Placed:
    """An expression with the pieces, `first` to `last` (exclusive), that it is made of, and the `rule` that found it.

    `rule` is the id of a row of the rules' table; empty for the bare end of a range.
    """

    first: int
    last: int
    found: Expression
    rule: str = ""


def find(draft: Draft) -> tuple[TimeMention, ...]:
    """The time expressions of DRAFT, in the order of its text, with TIMEX3 values and the days they resolve to."""
    rules = draft.lexicon.compiled(grammar)
    text = draft.report.text
    row = pieces(atoms(text), rules.words, rules.literals)
    placed = _with_years(_with_ranges(expressions(row, rules), row), row)
    state = _state(draft.report.published, [p.found for p in placed])
    return _resolved(placed, draft.tokens, text, state, draft.trace)


def find_in_words(text: str, published: Date, lexicon: Lexicon, look: int) -> tuple[TimeMention, ...]:
    """The time expressions of some words that nobody has parsed, such as one sentence of a report PUBLISHED then.

    LOOK is the way in which a day without a year is looked for: 1 after the report, -1 before it.
    """
    rules = lexicon.compiled(grammar)
    row = pieces(atoms(text), rules.words, rules.literals)
    placed = _with_years(_with_ranges(expressions(row, rules), row), row)
    return _resolved(placed, (), text, _state(published, [p.found for p in placed]), look=look)


def expressions(row: Sequence[Piece], rules: Grammar) -> list[Placed]:
    """The expressions in ROW, unresolved: at each place the longest match that its builder accepts."""
    line = rules.line(row)
    placed: list[Placed] = []
    i = 0
    while i < len(row):
        for match in rules.matches_at(line, row, i):
            found = BUILDERS[match.rule.row.build](match, row)
            if found is not None:
                placed.append(Placed(i, _pieces_used(row, match.last, found.end), found, match.rule.row.id))
                i = placed[-1].last - 1
                break
        i += 1
    return placed


def _pieces_used(row: Sequence[Piece], last: int, end: int) -> int:
    """The piece after those up to character END: a builder may leave a last full stop out."""
    while row[last - 1].end > end:
        last -= 1
    return last


# ---- ranges


def _with_ranges(placed: list[Placed], row: Sequence[Piece]) -> list[Placed]:
    """PLACED with the bare ends of ranges: "May 10-12", "7 and 9 August", "1998-99"."""
    taken = {i for p in placed for i in range(p.first, p.last)}
    extra: list[Placed] = []
    for p in placed:
        meaning = p.found.meaning
        if isinstance(meaning, Calendar) and p.found.clock is None:
            extra += [
                e
                for e in (_end_of_range(p, meaning, row), _start_of_range(p, meaning, row))
                if e and e.first not in taken
            ]
    return _with_last_year(sorted([*placed, *extra], key=lambda p: p.first), row)


def _with_last_year(placed: list[Placed], row: Sequence[Piece]) -> list[Placed]:
    """PLACED where a bare day and the year after it are one: "May 10 to 12, 1997"."""
    result: list[Placed] = []
    for p in placed:
        before = result[-1] if result else None
        meaning = p.found.meaning
        if before is None or not isinstance(meaning, Calendar) or not isinstance(before.found.meaning, Calendar):
            result.append(p)
            continue
        bare = before.last - before.first == 1 and before.found.meaning.day is not None
        comma = p.first - before.last == 1 and row[before.last].lower == ","
        if bare and comma and meaning == Calendar(meaning.year) and before.found.meaning.year is None:
            joined = replace(before.found, end=p.found.end, meaning=replace(before.found.meaning, year=meaning.year))
            result[-1] = Placed(before.first, p.last, joined, p.rule)
        else:
            result.append(p)
    return result


def _end_of_range(p: Placed, meaning: Calendar, row: Sequence[Piece]) -> Placed | None:
    at = p.last + 1
    if at >= len(row) or row[p.last].lower not in _JOINTS:
        return None
    piece = row[at]
    if meaning.day is not None and meaning.month is not None and row[p.last - 1].classes & {"DAY", "NTH"}:
        day = int(piece.number or 0) if "DAY" in piece.classes else 0
        if meaning.day < day and not (at + 1 < len(row) and row[at + 1].classes & {"UNIT", "UNITS", "AMPM", "MONTH"}):
            return _bare(at, piece, replace(meaning, day=day, weekday=None))
    if (
        meaning.year is not None
        and meaning.month is None
        and "YY" in piece.classes
        and piece.tight
        and row[p.last].tight
    ):
        year = meaning.year // 100 * 100 + int(piece.number or 0)
        if meaning.year < year:
            return _bare(at, piece, replace(meaning, year=year))
    return None


def _start_of_range(p: Placed, meaning: Calendar, row: Sequence[Piece]) -> Placed | None:
    at = p.first - 2
    if at < 0 or row[p.first - 1].lower not in _JOINTS:
        return None
    piece = row[at]
    if meaning.bc and meaning.month is None and piece.number is not None and piece.number > (meaning.year or 0):
        return _bare(at, piece, replace(meaning, year=int(piece.number)))
    if meaning.month is None or meaning.day is None:
        return None
    if not row[p.first].classes & {"DAY", "NTH"} or not piece.classes & {"DAY", "NTH"}:
        return None
    day = int(piece.number if piece.number is not None else piece.values["NTH"])
    if not 1 <= day < meaning.day or (at and row[at - 1].lower in ("$", "£", "€")):
        return None
    return _bare(at, piece, replace(meaning, day=day, weekday=None))


def _bare(at: int, piece: Piece, meaning: Calendar) -> Placed:
    return Placed(at, at + 1, Expression(piece.start, piece.end, "DATE", meaning))


def _with_years(placed: list[Placed], row: Sequence[Piece]) -> list[Placed]:
    """PLACED where a date without a year takes it from the one it is joined to: "from March to May 1998"."""
    result = list(placed)
    for k in range(len(result) - 2, -1, -1):
        here, after = result[k].found.meaning, result[k + 1].found.meaning
        if (
            not isinstance(here, Calendar)
            or not isinstance(after, Calendar)
            or here.year is not None
            or here.steps is not None
        ):
            continue
        joined = result[k + 1].first - result[k].last <= 2 and row[result[k + 1].first - 1].lower in (*_JOINTS, ",")
        if joined and here.month and after.month and after.year and not after.bc:
            year = after.year - (here.month > after.month)
            result[k] = replace(result[k], found=replace(result[k].found, meaning=replace(here, year=year)))
    return result


# ---- resolution


def _state(published: Date, found: Sequence[Expression]) -> State:
    report = None
    if published.start and published.end:
        first, last = date.fromisoformat(published.start), date.fromisoformat(published.end)
        report = (first, last) if first.year >= FIRST_YEAR and last.year <= LAST_YEAR else None
    return State(report, _is_narrative(report, found))


def _is_narrative(report: tuple[date, date] | None, found: Sequence[Expression]) -> bool:
    """Whether the text tells a story of the past: its dates lie years before the report, and few count from its day."""
    years = [
        e.meaning.year * (-1 if e.meaning.bc else 1)
        for e in found
        if isinstance(e.meaning, Calendar) and e.meaning.year
    ]
    near = sum(_counts_from_report(e) for e in found)
    if report is None:
        return len(years) > near
    if len(years) < NARRATIVE_YEARS or near * NARRATIVE_NEAR > len(years):
        return False
    return report[0].year - median(years) >= NARRATIVE_DISTANCE


def _counts_from_report(found: Expression) -> bool:
    meaning = found.meaning
    if isinstance(meaning, Calendar):
        return meaning.weekday is not None and meaning.month is None
    return isinstance(meaning, Shift | Named) and meaning.anchor == "report"


def _resolved(
    placed: Sequence[Placed],
    tokens: Sequence[Token],
    text: str,
    state: State,
    trace: Trace | None = None,
    look: int = 0,
) -> tuple[TimeMention, ...]:
    mentions: list[TimeMention] = []
    for k, p in enumerate(placed):
        found = _with_day(p.found, placed, k, text)

        def looks(at: int = p.found.start) -> int:
            token = token_at(tokens, at) if tokens else None
            return direction(token) if token is not None else look

        answer = resolve(found, state, looks)
        mentions.append(
            TimeMention(found.start, found.end, text[found.start : found.end], found.type, answer.value, answer.date)
        )
        if trace is not None:
            _explain(trace, p, mentions[-1], state)
        if answer.bc is not None:
            state = replace(state, anchor=None, bc=answer.bc)
        elif answer.period is not None and not _ends_years(placed, k, text):
            fine = answer.period.granularity in ("day", "week", "month", "season")
            state = replace(state, anchor=answer.period, bc=None, story=answer.period if fine else state.story)
    return tuple(mentions)


def _explain(trace: Trace, placed: Placed, mention: TimeMention, state: State) -> None:
    """Tell TRACE by which rule a time was found, and what it counts from."""
    basis = mention.date.basis if mention.date is not None else "none"
    anchor = state.anchor.value if state.anchor is not None else None
    counted = {
        "text": "its own words say when",
        "relative": "counted from the report's day",
        "discourse": f"counted from {anchor}, the date last named" if anchor else "counted from a date named before",
    }
    rule = f"time_rules:{placed.rule}" if placed.rule else "rule:end-of-range"
    why = f"{mention.type} {mention.value}, {counted.get(basis, 'with nothing to count from')}"
    trace.note(("time", mention.start), rule, why, [(mention.start, mention.end)], "date")


def _ends_years(placed: Sequence[Placed], k: int, text: str) -> bool:
    """Whether expression K is the second year of a span ("1975-1976"): what follows is told from the first."""
    if not k or placed[k].first - placed[k - 1].last != 1 or text[placed[k].found.start - 1] not in "-–—":
        return False
    years = [m for m in (placed[k - 1].found.meaning, placed[k].found.meaning) if isinstance(m, Calendar)]
    return len(years) == 2 and all(m.year is not None and m.month is None for m in years)


def _with_day(found: Expression, placed: Sequence[Placed], k: int, text: str) -> Expression:
    """A time of day with the day that the same sentence names beside it: "at 6 a.m. ... on Tuesday"."""
    if not isinstance(found.meaning, SameTime) or found.clock == "NI":
        return found
    for other in (k + 1, k - 1, k + 2):
        if 0 <= other < len(placed) and _names_day(placed[other].found):
            first, last = sorted((found, placed[other].found), key=lambda e: e.start)
            between = text[first.end : last.start]
            if len(between) < 160 and not _ENDS.search(between):
                return replace(found, meaning=placed[other].found.meaning)
    return found


def _names_day(found: Expression) -> bool:
    meaning = found.meaning
    if isinstance(meaning, Calendar):
        return meaning.day is not None or meaning.weekday is not None
    return isinstance(meaning, Shift) and meaning.unit == "day" and meaning.steps is not None
