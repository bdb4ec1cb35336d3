"""The event lines of `corpus/events`: `- ACT.mode status [bg] | SOURCE > TARGET | TRIGGER [| @DATE] [| by WORDS]`.

Words are found in the line of text that an event line follows, so that offsets can't be wrong. All functions raise
ValueError with one clear sentence; the caller knows file and line.
"""

import re
from dataclasses import dataclass
from datetime import date as day_type
from functools import cache
from typing import Final, Literal

from dragoman.coding.events.typing import counted_mode, counted_type
from dragoman.facts import PLOVER_TYPES, STATUSES, Date, FactError, Span, Status
from dragoman.lexicon import Lexicon
from dragoman.lexicon.countries import Country
from dragoman.terms import BODY_SECTORS, SECTORS
from training.events_labels import MODES

NO_COUNTRY: Final = "---"
"""Stands for the country of a named party that has none."""

OCCURRENCE: Final = re.compile(r"(.+)#([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as the text has it. Several `codes` where one mention stands for several; `span` None where implied."""

    codes: tuple[str, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One act. `mode` is the act's own; all parties of a reciprocal act stand in `source`, `target` is empty.

    `trigger` holds the pieces of the words that name the act, in the order of the text; `by` who claims or denies it.
    """

    act: str
    mode: str | None
    status: Status
    background: bool
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    reciprocal: bool
    trigger: tuple[Span, ...]
    date: Date | None
    by: Span | None
    line: int

    @property
    def type(self) -> str:
        """The PLOVER type that the act with its status is counted as."""
        return counted_type(self.act, self.status)

    @property
    def counted_mode(self) -> str | None:
        """The mode that goes with `type`."""
        return counted_mode(self.act, self.type, self.mode)


def event_of(content: str, text: str, here: Span, line: int) -> GoldEvent:
    """The event that CONTENT, line LINE of a file, tells of the sentence HERE of TEXT. Raises ValueError."""
    if not content.startswith("- "):
        raise ValueError("an event line starts with '- '")
    cells = [cell.strip() for cell in content[2:].split("|")]
    if len(cells) < 3:
        raise ValueError("an event line is '- ACT.mode status [bg] | SOURCE > TARGET | TRIGGER [| @DATE] [| by WORDS]'")
    act, mode, status, background = _kind(cells[0])
    source, target, reciprocal = _parties(cells[1], text, here)
    trigger = tuple(_find(piece.strip(), text, here) for piece in cells[2].split(" .. "))
    date, by = _rest(cells[3:], text, here)
    _check_overlap(trigger, (*source, *target))
    return GoldEvent(act, mode, status, background, source, target, reciprocal, trigger, date, by, line)


def _kind(cell: str) -> tuple[str, str | None, Status, bool]:
    """Act, mode, status and background of the first cell of an event line."""
    first, *words = cell.split()
    act, _, mode = first.partition(".")
    if act not in PLOVER_TYPES:
        raise ValueError(f"unknown act {act!r}; one of {', '.join(PLOVER_TYPES)}")
    if mode and mode not in MODES[act]:
        raise ValueError(f"unknown mode {mode!r} of {act}; one of {', '.join(MODES[act]) or 'none'}")
    background = "bg" in words
    rest = [word for word in words if word != "bg"] or ["happened"]
    for status in STATUSES:
        if rest == [status]:
            return act, mode or None, status, background  # type: ignore[return-value]
    raise ValueError(f"unknown status {' '.join(rest)!r}; one of {', '.join(STATUSES)}, and bg for background")


def _parties(cell: str, text: str, here: Span) -> tuple[tuple[Party, ...], tuple[Party, ...], bool]:
    if "<>" in cell:
        left, _, right = cell.partition("<>")
        sides = (*_side(left, text, here), *_side(right, text, here))
        if sum(len(party.codes) for party in sides) < 2:
            raise ValueError(
                "a reciprocal act has two parties, or one mention with two codes as 'both=MLIGOV,NERGOV <>'"
            )
        return sides, (), True
    left, arrow, right = cell.partition(" > ")
    if not arrow:
        raise ValueError("parties are 'SOURCE > TARGET' or 'ONE <> OTHER', with '-' for a side that nobody is named on")
    return _side(left, text, here), _side(right, text, here), False


def _side(cell: str, text: str, here: Span) -> tuple[Party, ...]:
    if cell.strip() in ("", "-"):
        return ()
    return tuple(_party(part.strip(), text, here) for part in cell.split(" + "))


def _party(part: str, text: str, here: Span) -> Party:
    words, equals, codes = part.rpartition("=")
    if not equals:
        raise ValueError(f"{part!r} has no code; write WORDS=CODE, or *=CODE for a party that is only implied")
    named = tuple(code.strip() for code in codes.split(","))
    for code in named:
        check_code(code)
    return Party(named, None if words.strip() == "*" else _find(words.strip(), text, here))


def _find(words: str, text: str, here: Span) -> Span:
    """Where WORDS stand, as whole words, in the sentence HERE of TEXT; `#2` at their end asks for the second place."""
    marked = OCCURRENCE.fullmatch(words)
    plain, number = (marked[1], int(marked[2])) if marked else (words, 0)
    if not plain:
        raise ValueError("empty words where words of the text are wanted")
    before = r"(?<!\w)" if plain[0].isalnum() else ""
    after = r"(?!\w)" if plain[-1].isalnum() else ""
    spans = [found.span() for found in re.compile(before + re.escape(plain) + after).finditer(text, *here)]
    if not spans:
        raise ValueError(f"{plain!r} does not stand, as whole words, in the line of text above")
    if not number and len(spans) > 1:
        raise ValueError(f"{plain!r} stands there {len(spans)} times; write {plain}#1 to {plain}#{len(spans)}")
    if number > len(spans):
        raise ValueError(f"{plain!r} stands there only {len(spans)} times")
    return spans[max(number, 1) - 1]


def _rest(cells: list[str], text: str, here: Span) -> tuple[Date | None, Span | None]:
    date, by = None, None
    for cell in cells:
        if cell.startswith("@") and date is None:
            date = told_date(cell[1:])
        elif cell.startswith("by ") and by is None:
            by = _find(cell[3:].strip(), text, here)
        else:
            raise ValueError(f"{cell!r} is neither '@DATE' nor 'by WORDS', or stands twice")
    return date, by


def _check_overlap(trigger: tuple[Span, ...], parties: tuple[Party, ...]) -> None:
    if list(trigger) != sorted(trigger):
        raise ValueError("the pieces of the trigger are not in the order of the text")
    for start, end in trigger:
        for party in parties:
            if party.span and party.span[0] < end and start < party.span[1]:
                raise ValueError("trigger and party share words; shorten the party to its name")


def check_code(code: str) -> None:
    """Raise ValueError unless CODE is a country or `---` with or without a sector, or a body without a country."""
    if code in BODY_SECTORS:
        return
    country, sector = code[:3], code[3:]
    if sector and (sector not in SECTORS or sector == "PRE" and country == NO_COUNTRY):
        raise ValueError(f"unknown code {code!r}: {sector!r} is no sector; one of {', '.join(SECTORS)}")
    if country == NO_COUNTRY:
        return
    row = countries().get(country)
    if row is None:
        raise ValueError(f"unknown code {code!r}: {country!r} is no country, former state or body")
    if row.partial:
        raise ValueError(f"{code!r}: {row.name} is coded as {row.claimant}PRE")


@cache
def countries() -> dict[str, Country]:
    """Countries, territories and former states by code."""
    return {row.code: row for row in Lexicon().rows(Country)}


# Dates


def told_date(text: str) -> Date:
    """The days that `1978-09-17`, `1978-09`, `1978`, `1970s`, `1978-W37` or an interval `A..B` of them stands for.

    Either end of an interval may be missing; a tilde in front marks what is approximate. Raises ValueError.
    """
    approx = text.startswith("~")
    plain = text.removeprefix("~")
    try:
        if ".." not in plain:
            start, end, granularity = _days(plain)
            return Date(start, end, granularity, approx, "text")
        first, _, last = plain.partition("..")
        if not first and not last:
            raise ValueError("both ends are missing")
        return Date(_days(first)[0] if first else None, _days(last)[1] if last else None, "interval", approx, "text")
    except (ValueError, FactError) as error:
        raise ValueError(f"date {text!r}: {error}; write 1978-09-17, 1978-09, 1978, 1970s, 1978-W37 or A..B") from error


def _days(text: str) -> tuple[str, str, Literal["day", "week", "month", "year", "decade"]]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text, text, "day"
    if re.fullmatch(r"\d{4}-\d\d", text):
        year, month = int(text[:4]), int(text[5:])
        after = day_type(year + month // 12, month % 12 + 1, 1)
        return f"{text}-01", day_type.fromordinal(after.toordinal() - 1).isoformat(), "month"
    if re.fullmatch(r"\d{4}", text):
        return f"{text}-01-01", f"{text}-12-31", "year"
    if re.fullmatch(r"\d{3}0s", text):
        return f"{text[:4]}-01-01", f"{text[:3]}9-12-31", "decade"
    if re.fullmatch(r"\d{4}-W\d\d", text):
        monday, sunday = (day_type.fromisocalendar(int(text[:4]), int(text[6:]), k) for k in (1, 7))
        return monday.isoformat(), sunday.isoformat(), "week"
    raise ValueError("no date")
