"""When a report was first published: candidates from everywhere, each kept with its place and granularity, one chosen.

The choice goes by how directly a witness speaks of first publication (`seen.Rank`), with three corrections. A stamp
that is much later than what the address, the dateline or a "published" line says was set when the page was moved or
rebuilt, and loses. A coarse date is narrowed by a finer one inside it. Days to come, and those that computers write
when they know none, are no dates. "Updated" and copyright stamps only speak where nobody else does, and then as
approximate. Nothing is guessed: no witness, no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as day_type
from datetime import timedelta
from typing import Final

from dragoman.facts import Date, DateCandidate
from dragoman.reading.date_words import Order, exact_day
from dragoman.reading.dates_in_text import Yearless
from dragoman.reading.seen import Rank, Seen

STAMP_DAYS: Final = 31
"""A page's stamp that is so many days later than its address or dateline was set when the page was moved."""

DATELINE_DAYS: Final = 21
"""A dateline without a year takes the year of another witness that is at most so many days away."""

NEVER: Final = frozenset(
    {"1970-01-01", "1969-12-31", "1900-01-01", "1980-01-01", "1601-01-01", "1899-12-30", "1999-11-30"}
)
"""Days that programs write for "no date": the zero of Unix, DOS, Windows, spreadsheets, and of MySQL's 0000-00-00."""

MONTH_FIRST_REGIONS: Final = frozenset({"us", "ph"})
SHARED_DOMAINS: Final = frozenset({"io", "co", "tv", "me", "ai", "ly", "fm", "gg", "cc", "to", "am", "ws", "is", "it"})
"""Two-letter domains that say nothing of a country (`it` is no day-first hint that its language does not give)."""

_STAMPS: Final = (Rank.PUBLISHED, Rank.FIELD, Rank.BYLINE, Rank.HEADER, Rank.ELSEWHERE, Rank.TEXT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The report's own date and every candidate, the winner first, each with the reason why it won or lost."""

    date: Date
    candidates: tuple[DateCandidate, ...]


def order_of(language: str | None, region: str | None, host: str | None) -> Order:
    """How numbers are ordered in dates such as 03/04/2020: by the country of the domain, then the page's own locale."""
    domain = (host or "").rsplit(".", 1)[-1]
    if domain in ("us", "gov", "mil"):
        return "month-first"
    if len(domain) == 2 and domain.isalpha() and domain not in SHARED_DOMAINS:
        return "day-first"
    if region:
        return "month-first" if region in MONTH_FIRST_REGIONS else "day-first"
    return "day-first" if language and language != "en" else "unknown"


def choose(seen: Sequence[Seen], yearless: Yearless | None, today: day_type) -> Verdict:
    """The date that the witnesses in SEEN bear out; TODAY bounds it. Nothing seen gives an unknown date."""
    possible = [one for one in seen if _fault(one, today) is None]
    if yearless is not None:
        possible += _completed(yearless, possible)
    winner, reason = _winner(sorted((one for one in possible if one.rank is not Rank.TEXT), key=lambda one: one.rank))
    if winner is None:
        return Verdict(Date.unknown(), tuple(_lost(one, None, today) for one in seen))
    date = _narrowed(winner, possible)
    if winner.rank in (Rank.MODIFIED, Rank.COPYRIGHT):
        date = replace(date, approx=True)
    won = DateCandidate(date, winner.source, winner.where, winner.text, True, reason)
    losers = [one for one in dict.fromkeys([*seen, *possible]) if one is not winner]
    losers.sort(key=lambda one: one.rank)
    return Verdict(date, (won, *(_lost(one, winner, today) for one in losers)))


def _winner(ranked: list[Seen]) -> tuple[Seen | None, str]:
    if not ranked:
        return None, ""
    best = ranked[0]
    if best.rank is Rank.GIVEN:
        inside = _inside(best, ranked)
        return (
            (inside, "finer than what was given, and within it") if inside else (best, "it was given with the report")
        )
    if best.rank in (Rank.MODIFIED, Rank.COPYRIGHT):
        return _earliest_of_rank(best, ranked), "nothing better than a stamp is known"
    best = _earliest_of_rank(best, ranked)
    challenger = _challenger(best, ranked)
    if challenger is not None:
        return challenger, f"{best.where} says {_days(best.date)}, a stamp set later than {challenger.where}"
    inside = _inside(best, ranked)
    if inside is not None:
        return inside, f"finer than {best.where}, and within it"
    return best, "the most direct witness" if len(ranked) > 1 else "the only witness"


def _earliest_of_rank(best: Seen, ranked: list[Seen]) -> Seen:
    """First publication is the earliest of equally direct fields; of dates shown alone, the first on the page."""
    peers = [one for one in ranked if one.rank is best.rank]
    days = [one for one in peers if one.date.granularity == "day"] or peers
    if best.rank in (Rank.HEADER, Rank.ELSEWHERE):
        return days[0]
    return min(days, key=lambda one: one.date.start or "9")


def _challenger(best: Seen, ranked: list[Seen]) -> Seen | None:
    """An earlier witness that shows BEST to be a stamp of moving or rebuilding; the most direct one."""
    if best.rank not in _STAMPS:
        return None
    earlier = [one for one in ranked if _days_after(best.date, one.date) > STAMP_DAYS]
    for one in earlier:
        if one.rank in (Rank.URL_DAY, Rank.DATELINE) or (one.rank is Rank.BYLINE and best.rank is not Rank.BYLINE):
            return one
        if one.rank is Rank.URL_PART:
            return next((other for other in earlier if _finer_within(other, one)), one)
        if one.rank is Rank.HEADER and best.rank in (Rank.PUBLISHED, Rank.FIELD) and _is_rebuilt(best, ranked):
            return one
    return None


def _is_rebuilt(best: Seen, ranked: list[Seen]) -> bool:
    """Whether a page was published and modified on one day, as far as its stamps know: the mark of an import."""
    return any(one.rank is Rank.MODIFIED and one.date.start == best.date.start for one in ranked)


def _inside(best: Seen, ranked: list[Seen]) -> Seen | None:
    """A finer witness within the coarse one that was chosen."""
    if best.date.granularity == "day":
        return None
    return next((one for one in ranked if one.rank <= Rank.ELSEWHERE and _finer_within(one, best)), None)


def _finer_within(one: Seen, coarse: Seen) -> bool:
    if one.date.granularity != "day" or coarse.date.granularity not in ("month", "year"):
        return False
    return (coarse.date.start or "") <= (one.date.start or "") <= (coarse.date.end or "")


def _narrowed(winner: Seen, possible: list[Seen]) -> Date:
    """An interval of two readings (03/04/2020) becomes the one that another witness bears out."""
    date = winner.date
    if date.granularity != "interval" or date.start is None or date.end is None:
        return date
    for other in possible:
        if other is winner or other.date.granularity == "interval":
            continue
        fits = [day for day in (date.start, date.end) if _holds(other.date, day)]
        if len(fits) == 1:
            return Date.on(fits[0], date.basis)
    return date


def _holds(date: Date, day: str) -> bool:
    return (date.start or "") <= day <= (date.end or "")


def _completed(yearless: Yearless, possible: list[Seen]) -> list[Seen]:
    """A dateline without a year, in the year that brings it within DATELINE_DAYS of a witness with one.

    A day that the text speaks of gives a year too, but an approximate date; a copyright notice gives none, since the
    sites of old reports carry the year of today.
    """
    for one in sorted(possible, key=lambda seen: seen.rank):
        if one.date.start is None or one.date.end is None or one.rank is Rank.COPYRIGHT:
            continue
        first, last = day_type.fromisoformat(one.date.start), day_type.fromisoformat(one.date.end)
        latest = last + timedelta(DATELINE_DAYS if one.rank is Rank.TEXT else 1)
        for year in dict.fromkeys((first.year, last.year, first.year - 1, last.year + 1)):
            date = exact_day(year, yearless.month, yearless.day, "dateline")
            if date is None or date.start is None:
                continue
            if first - timedelta(DATELINE_DAYS) <= day_type.fromisoformat(date.start) <= latest:
                date = replace(date, approx=one.rank is Rank.TEXT)
                return [
                    Seen(date, "dateline", f"dateline, its year from {one.where}", yearless.text[:80], Rank.DATELINE)
                ]
    return []


def _fault(one: Seen, today: day_type) -> str | None:
    """Why a candidate can be no report's date, None where it can."""
    start = one.date.start
    if start is None:
        return "it has no start"
    if start in NEVER and one.rank is not Rank.GIVEN:
        return "a day that programs write when they know none"
    if one.rank is not Rank.GIVEN and start > (today + timedelta(1)).isoformat():
        return "it lies in the future"
    return None


def _lost(one: Seen, winner: Seen | None, today: day_type) -> DateCandidate:
    reason = _fault(one, today) or _why_lost(one, winner)
    return DateCandidate(one.date, one.source, one.where, one.text, False, reason)


def _why_lost(one: Seen, winner: Seen | None) -> str:
    if one.rank is Rank.TEXT:
        return "the text speaks of it; it is not said to be the report's own"
    if winner is None:
        return "it says too little"
    if one.rank is Rank.MODIFIED:
        return "a stamp of the last change"
    if one.rank is Rank.COPYRIGHT:
        return "a copyright notice"
    if one.date.start == winner.date.start and one.date.end == winner.date.end:
        return "agrees"
    if _days_after(one.date, winner.date) > STAMP_DAYS:
        return f"later than {winner.where}"
    return f"less direct than {winner.where}"


def _days_after(later: Date, earlier: Date) -> int:
    """Days from the end of EARLIER to the start of LATER; negative where they overlap or stand the other way round."""
    if later.start is None or earlier.end is None:
        return -1
    return (day_type.fromisoformat(later.start) - day_type.fromisoformat(earlier.end)).days


def _days(date: Date) -> str:
    return date.start or "nothing" if date.granularity == "day" else f"{date.start} to {date.end}"
