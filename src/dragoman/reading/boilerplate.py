"""Lines of an extracted body that are not the report's: its title again, prompts, share buttons, credits of the site.

Rules are of two strengths. What is never a report's words goes wherever it stands; what could be a sentence of one goes
only at the very start or end, where pages put such things.
"""

from __future__ import annotations

import re
from typing import Final

from dragoman.reading.date_words import find_dates
from dragoman.reading.dates_in_text import dateline_of

EDGE_LINES: Final = 4
"""So many lines at the end of a body may be prompts; further in, the same words are read as the report's."""

MAX_PROMPT_CHARS: Final = 320
"""A prompt is shorter; a longer line is a paragraph that speaks of such things."""

HEAD_LINES: Final = 16
"""Title, byline and date stand within so many lines from the start."""

MAX_BYLINE_CHARS: Final = 110
MAX_FURNITURE_CHARS: Final = 75

_NEVER: Final = re.compile(
    r"advert(?:isement|isment|ising)?s?|sponsored(?: content)?|comments?(?: \(\d+\))?"
    r"|share(?: this)?(?: (?:article|story|page|post))?"
    r"|(?:share|tweet|email|print|save|facebook|twitter|whatsapp|linkedin|reddit|copy link|pinterest|telegram)"
    r"|(?:click|tap) to (?:share|expand|view|enlarge)[^.]*|loading(?:\.\.\.|…)?|read more|more"
    r"|related(?: (?:articles?|stories|topics|content|news))?"
    r"|most (?:read|popular|viewed)(?: in [\w ]{2,40})?|recommended(?: for you)?|you (?:may|might) also like"
    r"|trending(?: now)?"
    r"|story continues(?: below)?(?: advertisement)?"
    r"|article continues(?: below)?(?: (?:this )?ad(?:vertisement)?)?|skip advert(?:isement)?"
    r"|(?:follow|like) us(?: on [\w, ]+)?|subscribe(?: now)?|sign (?:up|in)|log ?in|tags?|topics?"
    r"|view (?:comments|gallery|all)|close|next|previous"
    r"|image source,? [^.]{0,60}|(?:photo|image|picture|file photo)s?(?: (?:credit|by|courtesy))?:? [^.]{0,60}",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(
    r"(?:read|see|watch|listen|hear|also read|read also|also (?:on|in|see)|related|more(?: (?:on|from|about))"
    r"|recommended|don[’']t miss"
    r"|must[- ]read|further reading|in pictures|in depth|opinion|explainer)(?: (?:more|also|now|this|next|:"
    r"| [\w.]+\.(?:com|org|net)))*\s?(?:[:|»>–—-]|\bon [\w.]+\.\w{2,3}\b)\s?.*",
    re.IGNORECASE,
)
_EDGE: Final = re.compile(
    r"(?:^|[.!?] )(?:subscribe|sign up|follow (?:us|me|him|her|them|@?[A-Z]\w+)|like (?:us|this story)"
    r"|share (?:it|this|your)|join (?:us|our|the)"
    r"|get (?:the latest|our|more|breaking)|download (?:our|the)|have (?:a|an) (?:tip|story)|contact (?:us"
    r"|the (?:writer|author|reporter))|click here"
    r"|if you (?:enjoyed|liked|like) th|support (?:us|our|independent)|donate|become a (?:member|subscriber"
    r"|patron)|stay (?:tuned|up to date|informed)"
    r"|listen(?: to [\w ]+)?:|last (?:updated|modified|revised)|posted (?:by|on|at)"
    r"|for more (?:news|stories|information|on)|read more (?:at|about|of)|visit our"
    r"|email (?:us|the writer)|write to us"
    r"|(?:we’d|we'd) like to hear|something to consider)\b",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"^\W{0,4}(?:copyright\b|©|\(c\)\s|all rights reserved|the post .{4,200} appeared first on)"
    r"(?!.{0,80}\b(?:Associated Press|AP|Reuters|AFP|Agence France|Bloomberg|Xinhua|dpa|TASS|Interfax|Kyodo"
    r"|Yonhap|ANSA|EFE)\b)",
    re.IGNORECASE,
)
"""Notices of the site; one that names an agency says whose report it is, and stays."""

_TOOLS: Final = re.compile(
    r"\[?end of (?:document|text|story|file)\]?|\(?ends?\)?|#{2,4}|-30-|(?:order|request) reprints?"
    r"|print (?:this )?(?:article|story|page)|this (?:article|copy) has been sent to.*"
    r"|an error (?:has )?occurred.*|this (?:copy|material|content) is for your personal, non-commercial use.*"
    r"|write to .{3,50} at \S+@\S+"
    r"|also on [\w.]+\.\w{2,4}\b.*|listen to (?:this )?(?:article|story).*|\d+ min(?:ute)?s? read|read time:? .{1,20}",
    re.IGNORECASE,
)
_ADDRESS_ONLY: Final = re.compile(r"^[\w ]{0,20}:?\s?(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$", re.IGNORECASE)
_BYLINE: Final = re.compile(r"^(?:by|from|written by|posted by|published by|story by|reporter)\b:?\s", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?…][\"'”’)\]]{0,2}$")


def cleaned(lines: list[str], title: str | None, heading: str | None) -> list[str]:
    """LINES without what is not the report's. TITLE and HEADING are the page's; a line that repeats them is one."""
    kept = [line for line in lines if not _is_never(line)]
    kept = _without_head(kept, [one for one in (title, heading) if one])
    return _without_tail(kept)


def _is_never(line: str) -> bool:
    bare = line.strip(" |•·>»:-–—")
    return (len(line) <= 80 and _NEVER.fullmatch(bare) is not None) or (
        len(line) <= MAX_PROMPT_CHARS and _TOOLS.fullmatch(bare) is not None
    )


def _without_head(lines: list[str], titles: list[str]) -> list[str]:
    """Drop title, byline and date from the start, with the short lines of page furniture before them."""
    plain = {_plain(one) for one in titles}
    start = 0
    for at, line in enumerate(lines[: min(len(lines) - 1, HEAD_LINES)]):
        if _plain(line) in plain or _is_byline(line) or _is_stamp(line) or _ADDRESS_ONLY.search(line):
            start = at + 1
        elif not _is_furniture(line) or at - start >= EDGE_LINES * 2:
            break
        elif dateline_of(lines[at + 1]) is not None:
            start = at + 1
    return lines[start:]


def _is_furniture(line: str) -> bool:
    """A line too short to be a sentence of the report, without a sentence's end: "Home", "Year 1972"."""
    return len(line) <= MAX_FURNITURE_CHARS and not _SENTENCE.search(line)


def _is_byline(line: str) -> bool:
    return len(line) <= MAX_BYLINE_CHARS and _BYLINE.match(line) is not None and not _SENTENCE.search(line)


def _is_stamp(line: str) -> bool:
    """A short line that is mainly a date: `November 20, 2019 - 11:28 AMT`, `5:45 AM PST 11/19/2019 by …`."""
    if len(line) > MAX_BYLINE_CHARS or _SENTENCE.search(line):
        return False
    dated = sum(one.end - one.start for one in find_dates(line, "unknown", "text"))
    return dated > 0 and len(line) - dated <= 60


def _without_tail(lines: list[str]) -> list[str]:
    end = len(lines)
    while end > max(1, len(lines) - 2 * EDGE_LINES) and _is_tail(lines[end - 1]):
        end -= 1
    floor = max(1, end - EDGE_LINES)
    return lines[:floor] + [line for line in lines[floor:end] if not (_is_tail(line) and not _SENTENCE.search(line))]


def _is_tail(line: str) -> bool:
    if len(line) > MAX_PROMPT_CHARS:
        return len(line) <= 2 * MAX_PROMPT_CHARS and _EDGE.match(line) is not None
    return any(form.search(line) for form in (_CREDIT, _EDGE, _ADDRESS_ONLY)) or _LINKED.fullmatch(line) is not None


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
