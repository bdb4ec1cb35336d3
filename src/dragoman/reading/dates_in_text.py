"""Dates in a report's own words: a dateline (`LONDON, March 3 (Reuters) -`), a line with only a date, hints."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from dragoman.reading.date_words import MONTH, FoundDate, find_dates, find_yearless, whole_year
from dragoman.reading.seen import Rank, Seen

HEAD_CHARS: Final = 1200
"""How far into a text its dateline is looked for, in characters."""

HINT_CHARS: Final = 20_000
"""How far into a text dates that it speaks of are looked for, in characters."""

_WORD: Final = r"[A-Z][A-Za-z.'’\-]*"
HEADING_LINES: Final = 4
MAX_HEADING: Final = 120
"""Headings stand among so many first lines, and are not longer."""

_SPOKEN: Final = re.compile(
    r"\b(?:of|on|since|from|in|by|until|till|to|before|after|between|and|for|dated)\s+$", re.IGNORECASE
)
_STAMP: Final = re.compile(r"updat|modif|revis|copyright|©|accessed|retrieved|archived", re.IGNORECASE)
_CITY: Final = rf"(?!In |On |By |The |At |From ){_WORD}(?:[ ,/]{{1,2}}(?:of |the |and |de |la |al-)?{_WORD}){{0,5}}"
_WIRE_DAY: Final = rf"(?i:{MONTH}\s{{1,2}}\d{{1,2}}(?!\d)(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{{1,2}}{MONTH})"
_AGENCY: Final = r"(?:\s{0,2}\([^()\n]{2,30}\))?"
_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright)[^\n]{0,30}?(?<!\d)(19[5-9]\d|20[0-4]\d)(?![\d–-])", re.IGNORECASE
)
_DATELINE: Final = re.compile(
    rf"^\W{{0,3}}(?P<city>{_CITY}){_AGENCY}\s{{0,2}}(?:[,.(]|--?|–|—)?\s{{0,2}}{_WIRE_DAY}(?:,?\s{{1,2}}\d{{4}})?"
    r"[^\n]{0,40}?(?:--?(?=[\s\w])|–|—|:\s|\))",
    re.MULTILINE,
)
_DATED_LINE: Final = re.compile(
    r"^\W{0,3}(?:(?:(?:first|last)\s+)?(?:published|posted|released|issued|filed|updated|date"
    r"|by [^\n]{2,40}?)\W{1,3}(?:on\s+)?)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?P<date>[^\n]{6,30}?)(?:[\s,"
    r"|\-–]{1,3}(?:at\s)?\d{1,2}[:.]\d\d[^\n]{0,20})?\W{0,3}$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Yearless:
    """A dateline with a day and no year."""

    month: int
    day: int
    text: str


_ISSUE: Final = re.compile(
    r"\b(?:issue|edition) of\b|\bVol(?:ume|\.)\s*[\dIVXLC]+,?\s*(?:No|Nr|Issue)\b", re.IGNORECASE
)


def dates_in_text(text: str) -> list[Seen]:
    """The dateline with a year, lines that are nothing but a date, and the latest day that the text speaks of."""
    head = text[:HEAD_CHARS]
    found: list[Seen] = []
    dateline = dateline_of(head)
    if dateline is not None:
        dates = list(find_dates(dateline, "unknown", "dateline"))
        found += [Seen(one.date, "dateline", "dateline", dateline[:80], Rank.DATELINE) for one in dates[:1]]
    found += (
        _issue_dates(head)
        + _dated_lines(head)
        + _heading_dates(head)
        + _copyright(head + "\n" + text[HEAD_CHARS:][-HEAD_CHARS:])
    )
    spoken = [one for one in find_dates(text[:HINT_CHARS], "unknown", "text") if one.date.granularity == "day"]
    own = {one.date.start for one in found}
    latest = max(spoken, key=lambda one: one.date.start or "", default=None)
    if latest is not None and latest.date.start not in own:
        found.append(Seen(latest.date, "text", "a day that the text speaks of", _around(text, latest), Rank.TEXT))
    return found


def dateline_of(text: str) -> str | None:
    """The place and day that open a wire report, None where it has none."""
    match = _DATELINE.search(text[:HEAD_CHARS])
    if match is None or not any(letter.isupper() for letter in match["city"][:1]):
        return None
    return match.group().strip()


def yearless_dateline(text: str) -> Yearless | None:
    """The dateline's month and day where it names no year."""
    dateline = dateline_of(text)
    if dateline is None or next(find_dates(dateline, "unknown", "dateline"), None) is not None:
        return None
    for month, day, _, _ in find_yearless(dateline):
        return Yearless(month, day, dateline)
    return None


def _issue_dates(head: str) -> list[Seen]:
    """The day of the issue that printed it: "From the issue of May 5, 1978", "Vol. 80, No. 5, May 5, 1978"."""
    found: list[Seen] = []
    for line in map(str.strip, head.split("\n")[: 2 * HEADING_LINES]):
        if len(line) > MAX_HEADING or not _ISSUE.search(line):
            continue
        for one in find_dates(line, "unknown", "byline"):
            if one.date.granularity == "day":
                found.append(Seen(one.date, "byline", "the issue that printed it", line[:80], Rank.BYLINE))
    return found


def _heading_dates(head: str) -> list[Seen]:
    """A day that ends one of the first lines, a heading: "Remarks to the press, Tuesday, 5 May 1998"."""
    found: list[Seen] = []
    for line in map(str.strip, head.split("\n")[:HEADING_LINES]):
        if not 12 < len(line) <= MAX_HEADING or _STAMP.search(line):
            continue
        for one in find_dates(line, "unknown", "text"):
            if one.end >= len(line) and not _SPOKEN.search(line[: one.start]):
                found.append(Seen(one.date, "text", "a heading of the text", line[:80], Rank.ELSEWHERE))
    return found


def _copyright(edges: str) -> list[Seen]:
    """The year of the copyright notices at the start and end of a text, where they agree on one."""
    notices = {match.group(1): match.group() for match in _COPYRIGHT.finditer(edges)}
    if len(notices) != 1:
        return []
    [(year, words)] = notices.items()
    return [Seen(whole_year(int(year), "copyright"), "copyright", "copyright notice", words[:80], Rank.COPYRIGHT)]


def _dated_lines(head: str) -> list[Seen]:
    found: list[Seen] = []
    for match in _DATED_LINE.finditer(head):
        words = match["date"]
        for one in find_dates(words, "unknown", "text"):
            if one.start == 0 and one.end >= len(words.rstrip(" .,")):
                modified = "updated" in match.group().lower()
                rank, source = (Rank.MODIFIED, "modified") if modified else (Rank.HEADER, "text")
                date = replace(one.date, basis=source)
                found.append(Seen(date, source, "a line of the text", match.group().strip()[:80], rank))
    return found


def _around(text: str, one: FoundDate) -> str:
    return " ".join(text[max(0, one.start - 25) : one.end + 15].split())
