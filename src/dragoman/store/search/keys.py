"""The keys of the language, one row each: what it narrows, and how its values are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date as day_type
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, cast

from dragoman.errors import SearchError
from dragoman.facts import PLOVER_TYPES, STATUSES
from dragoman.lexicon.names import Names
from dragoman.store.payload import FACT_KINDS
from dragoman.store.search.lexer import Item, Value
from dragoman.store.search.syntax import (
    TARGETS,
    Cameo,
    Code,
    CodeField,
    Confidence,
    Name,
    NameField,
    OfReport,
    Period,
    PeriodField,
    Target,
    Term,
)
from dragoman.store.search.words import forms
from dragoman.terms import AGREEMENT_STATUSES, BODY_SECTORS, SECTORS

Make = Callable[[Item, str, Names], Term]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it asks for, in words, an example, and what makes a term of its item."""

    gloss: str
    example: str
    make: Make


_SPEECH_MODES: Final = ("direct", "indirect", "mixed")
_OWN_TYPE: Final = re.compile(r"[^\s:]+:[^\s:]+")
_CAMEO: Final = re.compile(r"([0-9]{1,4})\*?")
_PROBABILITY: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}")
_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SHOWN: Final = 20
"""Values that a remedy lists before it breaks off."""


def _codes(field: CodeField, known: Callable[[Names], Collection[str]], change: Callable[[str], str]) -> Make:
    def make(item: Item, text: str, names: Names) -> Term:
        return Code(field, tuple(_known(value, change(value.text), known(names), field, text) for value in item.values))

    return make


def _known(value: Value, written: str, known: Collection[str], field: str, text: str) -> str:
    if written in known:
        return written
    near = get_close_matches(written, known, 1)
    listed = ", ".join([*list(known)[:_SHOWN], *(["…"] if len(known) > _SHOWN else [])])
    remedy = f"did you mean {near[0]}?" if near else f"there are {listed}"
    raise SearchError(text, value.start, value.end, f"{value.text!r} is no {field}", remedy)


def _contexts(item: Item, text: str, names: Names) -> Term:
    known = sorted(names.terms.contexts)
    found = []
    for value in item.values:
        own = _OWN_TYPE.fullmatch(value.text)
        found.append(value.text if own else _known(value, value.text.lower(), known, "context", text))
    return Code("context", tuple(found))


def _background(item: Item, text: str, names: Names) -> Term:
    values = tuple(_known(value, value.text.lower(), ("yes", "no"), "background", text) for value in item.values)
    return Code("background", values)


def _parties(field: CodeField) -> Make:
    def make(item: Item, text: str, names: Names) -> Term:
        return Code(field, tuple(_party(value, field, text, names) for value in item.values))

    return make


def _party(value: Value, field: CodeField, text: str, names: Names) -> str:
    """A country by code or name, a sector, or both: `RUS`, `MIL`, `RUS/MIL`."""
    first, slash, last = value.text.partition("/")
    known = {**SECTORS, **BODY_SECTORS}
    sector = last.upper() if slash else ""
    if slash and sector not in known:
        start = value.end - value.quoted - len(last)
        raise SearchError(text, start, value.end, f"{last!r} is no sector", "write one such as RUS/GOV or RUS/MIL")
    if not slash and field != "country" and first.upper() in known:
        return first.upper()
    country = first.upper() if names.known(first.upper()) else names.code(first) if len(first) > 1 else None
    if country is None:
        what = "country" if field == "country" else "country or sector"
        raise SearchError(text, value.start, value.end, f"{first!r} is no {what}", _PARTY_REMEDIES[what])
    return f"{country}/{sector}" if slash else country


_PARTY_REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "country": "write a code such as RUS or a name such as Russia",
        "country or sector": "write a country such as RUS, a sector such as MIL, or both as RUS/MIL",
    }
)


def _names(field: NameField) -> Make:
    def make(item: Item, text: str, names: Names) -> Term:
        return Name(field, tuple(_words(value, field, text) for value in item.values))

    return make


def _words(value: Value, field: str, text: str) -> tuple[str, ...]:
    found = forms(value.text)
    if not found:
        raise SearchError(
            text, value.start, value.end, "there is no letter or digit in it", f"write a name, as {field}:Reuters"
        )
    return found


def _reports(item: Item, text: str, names: Names) -> Term:
    return OfReport(tuple(value.text for value in item.values))


def _cameo(item: Item, text: str, names: Names) -> Term:
    found = []
    for value in item.values:
        digits = _CAMEO.fullmatch(value.text)
        if digits is None:
            problem = f"{value.text!r} is no CAMEO code"
            raise SearchError(text, value.start, value.end, problem, "write its first digits, as cameo:05")
        found.append(digits[1])
    return Cameo(tuple(found))


def _confidence(item: Item, text: str, names: Names) -> Term:
    value = item.values[-1]
    found = _PROBABILITY.fullmatch(value.text)
    if len(item.values) > 1 or found is None or float(value.text) > 1:
        problem = f"{value.text!r} is no probability" if len(item.values) == 1 else "this is a second confidence"
        raise SearchError(text, value.start, value.end, problem, "write one from 0 to 1, as confidence:0.7")
    return Confidence(float(value.text))


def _periods(field: PeriodField) -> Make:
    def make(item: Item, text: str, names: Names) -> Term:
        if len(item.values) > 1:
            second = item.values[1]
            remedy = f"write an interval, as {field}:1997-04..1997-06"
            raise SearchError(text, second.start, second.end, "this is a second period", remedy)
        return period(field, item.values[0], text)

    return make


def period(field: PeriodField, value: Value, text: str) -> Period:
    """A day, month or year, or from one to another: `1997-04`, `1997-04..1997-06`, `1997..`, `..1997-06-30`."""
    start = value.start + value.quoted
    first, dots, last = value.text.partition("..")
    if dots and not first and not last:
        raise SearchError(text, value.start, value.end, "this interval has no side", "write 1997.. or ..1997-06")
    days = (
        _day(first, start, False, text) if first else None,
        _day(last, start + len(first) + 2, True, text) if last else None if dots else _day(first, start, True, text),
    )
    if days[0] and days[1] and days[0] > days[1]:
        remedy = f"write {last}..{first}"
        raise SearchError(text, value.start, value.end, f"{first} is after {last}", remedy)
    return Period(field, *days)


def _day(written: str, start: int, last: bool, text: str) -> str:
    """A day; of a month or year its first or LAST one."""
    found = _DAY.fullmatch(written)
    try:
        if found is None:
            raise ValueError
        year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), int(found[3] or 1)
        made = day_type(year, month, day)
    except ValueError as error:
        remedy = "write a day, month or year, as 1997-04-23, 1997-04 or 1997"
        raise SearchError(text, start, start + len(written), f"{written!r} is no date", remedy) from error
    return made.isoformat() if found[3] or not last else _month_end(made)


def _month_end(first: day_type) -> str:
    """The last day of a month that begins with FIRST."""
    if first.month == 12:
        return f"{first.year:04}-12-31"
    return day_type.fromordinal(first.replace(month=first.month + 1).toordinal() - 1).isoformat()


def _always(values: tuple[str, ...]) -> Callable[[Names], Collection[str]]:
    return lambda _: values


_TYPES: Final = _always(PLOVER_TYPES)
_ALL_STATUSES: Final = tuple(dict.fromkeys((*STATUSES, *AGREEMENT_STATUSES)))

KEYS: Final[Mapping[str, Key]] = MappingProxyType(
    {
        "kind": Key("kind of fact", "kind:event,agreement", _codes("kind", _always(FACT_KINDS), str.lower)),
        "type": Key("PLOVER type that an event counts as", "type:AGREE", _codes("type", _TYPES, str.upper)),
        "act": Key("PLOVER type of what is done or to be done", "act:CONSULT", _codes("act", _TYPES, str.upper)),
        "status": Key("status", "status:scheduled", _codes("status", _always(_ALL_STATUSES), str.lower)),
        "background": Key("older than the news, or not", "background:no", _background),
        "mode": Key(
            "mode of an event or statement",
            "mode:visit",
            _codes("mode", lambda names: _modes(names), str.lower),
        ),
        "context": Key("context of an event, or NAME:TYPE of your own codebook", "context:military", _contexts),
        "cameo": Key("first digits of the CAMEO code", "cameo:05", _cameo),
        "event": Key("the fact's own date", "event:1997-04..1997-06", _periods("event")),
        "published": Key("its report's date", "published:1997..", _periods("published")),
        "confidence": Key("least confidence of events, 0 to 1; other facts stay", "confidence:0.7", _confidence),
        "speaker": Key("words of the name of who said it", "speaker:Yeltsin", _names("speaker")),
        "actor": Key("words of the name of a party", 'actor:"Boris Yeltsin"', _names("actor")),
        "place": Key("words of the place's name", "place:Accra", _names("place")),
        "outlet": Key("words of the outlet's name", "outlet:Reuters", _names("outlet")),
        "report": Key("the report's id", "report:wire-7", _reports),
        "country": Key("country of any party, or of one sector of it", "country:RUS,RUS/MIL", _parties("country")),
        "sector": Key(
            "sector of any party", "sector:MIL", _codes("sector", _always((*SECTORS, *BODY_SECTORS)), str.upper)
        ),
        "source": Key("country or sector of who acts", "source:RUS/GOV", _parties("source")),
        "target": Key("country or sector of whom it is done to", "target:CHN", _parties("target")),
    }
)  # fmt: skip
"""All keys but `in:`, which says what is looked for."""

_FORMER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "from": "write event:1978-09.. or published:1978-09..",
        "to": "write event:..1979 or published:..1979",
        "date": "write event: for the fact's own date, published: for its report's",
    }
)


def _modes(names: Names) -> list[str]:
    known = {mode for modes in names.terms.modes.values() for mode in modes}
    return [*sorted(known), *_SPEECH_MODES]


def unknown_key(item: Item, text: str) -> SearchError:
    """That the key of ITEM is none, and which was meant."""
    start = item.start + item.negated
    key = cast(str, item.key)
    near = get_close_matches(key, [*KEYS, "in"], 1)
    listed = ", ".join(f"{name}:" for name in [*KEYS, "in"])
    remedy = _FORMER.get(key) or (f"did you mean {near[0]}:?" if near else f"there are {listed}")
    return SearchError(text, start, start + len(key) + 1, f"{key}: is no key", f"{remedy}; words go in quotation marks")


def read_target(item: Item, text: str, before: tuple[int, int] | None) -> Target:
    """What is looked for: facts or sentences."""
    if item.negated or before is not None or len(item.values) > 1:
        raise SearchError(text, item.start, item.end, "in: is given once", "write in:facts or in:sentences")
    return cast(Target, _known(item.values[0], item.values[0].text.lower(), TARGETS, "target", text))
