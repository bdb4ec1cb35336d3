"""From what a person writes, `status=denied` or `date=1978-09`, to a fact's edited value, as checked as the coder's."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day_type
from typing import Any, Final, cast

from dragoman.coding.events.typing import counted_mode, counted_type
from dragoman.errors import DecisionError
from dragoman.facts import PLOVER_TYPES, STATUSES, Date, FactError
from dragoman.lexicon.table import Lexicon
from dragoman.store.payload import RENAMED, Json, date_json, stored_fields
from dragoman.store.review.checking import check
from dragoman.store.typed import fact_of

DATES: Final = ("date", "when", "as_of", "from", "to")
"""Fields that hold a date."""

PARTIES: Final = ("source", "target", "parties")
"""Fields that hold several actors."""

PARTY: Final = ("speaker", "supplier", "recipient")
"""Fields that hold one actor, or null."""

TEXTS: Final = ("contexts", "chain", "countries")
"""Fields that hold several texts."""

_ACTOR: Final = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<country>[A-Z]{3})?(?:/(?P<sector>[A-Z]{3}))?\))?")
_ASSIGNMENT: Final = re.compile(r"(?P<path>[a-z_]+(?:\.[a-z_]+|\.[0-9]{1,3})*)=(?P<value>.*)", re.DOTALL)
_WEEK: Final = re.compile(r"\d{4}-W\d\d")
_CERTAIN: Final = 1.0
"""The confidence of what a person has said; the coder's stays with the coder's value."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that is to be edited: its stored fields, and the text of its report."""

    kind: str
    id: str
    payload: Json
    text: str


def edited(draft: Draft, assignments: Sequence[str], lexicon: Lexicon) -> Json:
    """The stored fields of DRAFT after ASSIGNMENTS, each `FIELD=VALUE`. Raises DecisionError.

    Where an event's act or status is set, its type, mode and CAMEO code follow unless they are set too.
    """
    payload = cast(Json, json.loads(json.dumps(draft.payload)))
    paths = [_assign(payload, draft, assignment) for assignment in assignments]
    if draft.kind == "event":
        _follow(payload, {path.split(".")[0] for path in paths})
    return _checked(draft, payload, lexicon)


def replaced(draft: Draft, whole: Mapping[str, object], lexicon: Lexicon) -> Json:
    """The stored fields of DRAFT, after WHOLE: an edited line of `facts --json`. Raises DecisionError."""
    about = {"kind": draft.kind, "id": draft.id}
    for name, value in about.items():
        if whole.get(name, value) != value:
            raise DecisionError(f"{draft.id}: {name} is {whole[name]!r}, an edit can't make it another fact")
    unsaid = (*about, "report", "reviewed_by", "happening", "n_reports", "n_independent_sources")
    return _checked(draft, {name: value for name, value in whole.items() if name not in unsaid}, lexicon)


def _checked(draft: Draft, payload: Json, lexicon: Lexicon) -> Json:
    payload.pop("field_confidence", None)
    if "confidence" in draft.payload:
        payload["confidence"] = _CERTAIN
    try:
        fact = fact_of(draft.kind, draft.id, payload, draft.text)
        check(fact, draft.text, lexicon)
    except FactError as error:
        raise DecisionError(f"{draft.id}: {error}") from error
    return stored_fields(fact)


def _assign(payload: Json, draft: Draft, assignment: str) -> str:
    """Set one field, or a part of one, and say which."""
    found = _ASSIGNMENT.fullmatch(assignment)
    if not found:
        raise DecisionError(f"--set {assignment[:60]!r}: write FIELD=VALUE, such as status=denied or date=1978-09")
    path, value = found["path"], found["value"].strip()
    *way, last = path.split(".")
    place: Any = payload
    try:
        for name in way:
            place = place[int(name)] if isinstance(place, list) else place[name]
        key: Any = int(last) if isinstance(place, list) else last
        old = place[key]
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise DecisionError(f"--set {path}: a fact of kind {draft.kind} has no such field; {_fields(draft)}") from error
    try:
        place[key] = _value(path, value, old, draft)
    except (ValueError, FactError) as error:
        raise DecisionError(f"--set {path}: {error}") from error
    return path


def _fields(draft: Draft) -> str:
    renamed = RENAMED.get(draft.kind)
    beside = f" ({renamed[0]} of `read --json` is {renamed[1]} here)" if renamed else ""
    return f"its fields are {', '.join(draft.payload)}{beside}"


def _value(path: str, value: str, old: object, draft: Draft) -> object:
    """VALUE as JSON where it is written so, else by what its field holds."""
    if value in ("null", "true", "false") or value[:1] in ("[", "{"):
        return _with_words(_json(value), path, draft)
    if path in DATES:
        return date_json(written_date(value))
    if path in PARTIES:
        return [_actor(part, draft) for part in _parts(value)]
    if path in PARTY or re.fullmatch(rf"(?:{'|'.join(PARTIES)})\.\d+", path):
        return _actor(value, draft)
    if path in TEXTS:
        return _parts(value)
    if path.startswith("evidence.") or path == "evidence":
        quote = _evidence(value, draft)
        return [quote] if path == "evidence" else quote
    if isinstance(old, list | dict):
        raise ValueError(f"write it as JSON, such as {json.dumps(old, ensure_ascii=False)[:80]}")
    return value


def _json(value: str) -> object:
    try:
        return json.loads(value)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{value[:60]!r} is no JSON") from error


def _with_words(value: object, path: str, draft: Draft) -> object:
    """Evidence that is given as spans alone, with the words that stand there."""
    if path == "evidence" and isinstance(value, list):
        return [_with_words(item, "evidence.", draft) for item in value]
    if path.startswith("evidence.") and isinstance(value, list) and [type(item) for item in value] == [int, int]:
        start, end = value
        return {"start": start, "end": end, "text": draft.text[max(start, 0) : max(end, 0)]}
    return value


def _evidence(words: str, draft: Draft) -> Json:
    start = draft.text.find(words)
    if start < 0:
        raise ValueError(f"{words[:60]!r} does not stand in the report, word for word")
    if draft.text.find(words, start + 1) >= 0:
        raise ValueError(f"{words[:60]!r} stands there more than once; give the characters: [{start}, …]")
    return {"start": start, "end": start + len(words), "text": words}


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _actor(value: str, draft: Draft) -> Json:
    """`Israel (ISR/GOV)`: name, country, sector. Its span is where the name stands in the quote, if it does once."""
    found = _ACTOR.fullmatch(value)
    if not found:
        raise ValueError(f"{value[:60]!r} is no party; write Israel (ISR/GOV), NATO (/IGO), the West")
    name = found["name"]
    first = cast("list[dict[str, Any]]", draft.payload["evidence"])[0]
    at = draft.text.find(name, first["start"], first["end"])
    again = draft.text.find(name, at + 1, first["end"]) if at >= 0 else -1
    span = [at, at + len(name)] if at >= 0 and again < 0 else None
    return {
        "name": name,
        "country": found["country"],
        "sector": found["sector"],
        "role": None,
        "group": None,
        "span": span,
    }


def _follow(payload: Json, given: Iterable[str]) -> None:
    """Let type, mode and CAMEO code follow act and status where they aren't GIVEN."""
    act, status, given = str(payload["act"]), str(payload["status"]), set(given)
    if "type" in given and "act" not in given and counted_type(act, status) != payload["type"]:
        act = payload["act"] = str(payload["type"])  # whoever names another type means another act
    if not given & {"act", "status", "type"} or act not in PLOVER_TYPES or status not in STATUSES:
        return
    old = payload["type"]
    if "type" not in given:
        payload["type"] = counted_type(act, status)
    if payload["type"] == old and not given & {"act", "type"}:
        return
    if "mode" not in given:
        payload["mode"] = counted_mode(act, str(payload["type"]), None)
    if "cameo" not in given:
        payload["cameo"] = None


def written_date(text: str) -> Date:
    """The days that `1978-09-17`, `1978-09`, `1978`, `1970s`, `1978-W37`, an interval `A..B` of them (either end may be
    missing) or `unknown` stands for; `~` in front: about. Raises ValueError.
    """
    if text == "unknown":
        return Date.unknown()
    approx, plain = text.startswith("~"), text.removeprefix("~")
    try:
        first, dots, last = plain.partition("..")
        if dots and (first or last):
            start, end = (_days(first)[0] if first else None), (_days(last)[1] if last else None)
            return Date(start, end, "interval", approx, "text")
        start, end, granularity = _days(plain)
        return Date(start, end, cast(Any, granularity), approx, "text")
    except (ValueError, FactError) as error:
        raise ValueError(
            f"{text[:40]!r} is no date; write 1978-09-17, 1978-09, 1978, 1970s, 1978-W37, A..B or unknown"
        ) from error


def _days(text: str) -> tuple[str, str, str]:
    """First day, last day and granularity."""
    if _WEEK.fullmatch(text):
        monday, sunday = (day_type.fromisocalendar(int(text[:4]), int(text[6:]), day) for day in (1, 7))
        return monday.isoformat(), sunday.isoformat(), "week"
    if re.fullmatch(r"\d{3}0s", text):
        return f"{text[:4]}-01-01", f"{text[:3]}9-12-31", "decade"
    if re.fullmatch(r"\d{4}", text):
        return f"{text}-01-01", f"{text}-12-31", "year"
    if re.fullmatch(r"\d{4}-\d\d", text):
        return f"{text}-01", f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]:02}", "month"
    return text, text, "day"
