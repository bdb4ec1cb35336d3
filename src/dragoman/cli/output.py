"""What commands print: JSON lines on standard output, facts as rows for people, warnings on standard error."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from dragoman.lexicon.codebook_types import is_code
from dragoman.store.payload import evidence_of

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.facts import Date
    from dragoman.store.query import StoredFact

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")

MARKS: Final = {
    "happened": "●",
    "ongoing": "◐",
    "scheduled": "○",
    "proposed": "◌",
    "hypothetical": "?",
    "denied": "✕",
    "claimed": "“",
}
"""Status to the mark that stands before a fact; the word stands beside it."""


def plain(text: str) -> str:
    """TEXT on one line, without characters that steer a terminal: reports come from strangers."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def print_line(text: str) -> None:
    """One line on standard output, in UTF-8 whatever the locale, handed on at once."""
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def warn(sentence: str) -> None:
    """One sentence on standard error."""
    print(f"dragoman: {plain(sentence)}", file=sys.stderr)


def console(stderr: bool = False) -> Console:
    """Where tables and progress go."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None] | None]:
    """A line on the terminal that says how many are done (`100 reports read`); nothing where there is no terminal."""
    errors = console(stderr=True)
    if not errors.is_terminal:
        yield None
        return
    with errors.status(f"{what} …") as status:
        yield lambda number: status.update(f"{number} {what}")


def when(date: Date) -> str:
    """A date as it is known and no more: `1978-09`, `≤ 1978-09-18`, `unknown`."""
    about = "about " if date.approx else ""
    if date.start is None or date.end is None:
        if date.start is None and date.end is None:
            return "unknown"
        return f"{about}≥ {date.start}" if date.start else f"{about}≤ {date.end}"
    if date.granularity == "day" or date.start == date.end:
        return about + date.start
    if date.granularity == "month" and date.start[:7] == date.end[:7]:
        return about + date.start[:7]
    if date.granularity == "year" and date.start[:4] == date.end[:4]:
        return about + date.start[:4]
    return f"{about}{date.start} – {date.end}"


def quote_of(fact: StoredFact) -> str:
    """The words that prove a fact, as a reader is shown them."""
    return plain(evidence_of(fact.payload)[0][2])


def reviewed_by(fact: StoredFact) -> str:
    """Who has looked a fact over, to stand behind something else; nothing where nobody did."""
    return f", reviewed by {plain(fact.reviewed_by)}" if fact.reviewed_by else ""


def headline(fact: StoredFact) -> str:
    """A fact in a few words: who, what, whom."""
    return headline_of(fact.kind, fact.payload)


def headline_of(kind: str, payload: dict[str, object]) -> str:
    """The same of a fact's kind and stored fields."""
    return plain(_HEADLINES[kind](payload))


def _names(actors: object) -> str:
    names = [
        f"{a['name']} ({a['country']})" if a.get("country") else a["name"] for a in cast("list[dict[str, str]]", actors)
    ]
    return ", ".join(names) or "?"


def _event(p: dict[str, object]) -> str:
    target = "" if p["reciprocal"] else f" → {_names(p['target'])}"
    mode = f" ({p['mode']})" if p["mode"] else ""
    own = "".join(f" [{context}]" for context in cast("list[str]", p["contexts"]) if is_code(context))
    act = f", an act of {p['act']}" if p["act"] != p["type"] else ""
    return f"{p['type']}{mode}{own}: {_names(p['source'])}{target}{act}"


def _statement(p: dict[str, object]) -> str:
    return f"{p['speech']}: {_names([p['speaker']] if p['speaker'] else [])}"


def _figure(p: dict[str, object]) -> str:
    value = f"{cast(float, p['value']):,.10g}"
    return " ".join(str(part) for part in (p["measure"], p["qualifier"], value, p["unit"], p["what"]) if part)


def _agreement(p: dict[str, object]) -> str:
    return f"{p['name']}, {p['status']}: {_names(p['parties'])}"


def _transfer(p: dict[str, object]) -> str:
    count = "" if p["count"] is None else f"{cast(float, p['count']):,.10g} "
    ends = [_names([p[end]] if p[end] else []) for end in ("supplier", "recipient")]
    return f"{count}{p['item']}: {ends[0]} → {ends[1]}"


def _office(p: dict[str, object]) -> str:
    where = " ".join(f"of {p[name]}" for name in ("body", "country") if p[name])
    return f"{p['person']}, {p['office']} {where}".strip()


_HEADLINES: Final = {
    "event": _event,
    "statement": _statement,
    "figure": _figure,
    "agreement": _agreement,
    "transfer": _transfer,
    "office": _office,
}


def status_of(fact: StoredFact) -> str:
    """Mark and word of a fact's status; nothing for kinds without."""
    status = fact.status or ""
    background = ", background" if fact.background else ""
    return f"{MARKS.get(status, '·')} {status}{background}" if status else ""
