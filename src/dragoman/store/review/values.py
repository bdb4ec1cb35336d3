"""What two values of one fact differ in, and the same value in another text of its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from dragoman.facts import Span
from dragoman.store.payload import Json

NOT_SAID: Final = frozenset({"confidence", "field_confidence", "evidence", "span", "content", "cue", "basis"})
"""Fields in which two values may differ and still say the same: how sure it is, and where in the text it stands."""


class _LostError(Exception):
    """Words that stand nowhere, or in more than one place."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field in which two values differ; parts of a field are named by dots: `source.0.country`."""

    field: str
    old: object
    new: object


def changes(old: Json, new: Json, all_fields: bool = False) -> list[Change]:
    """In which fields NEW says something else than OLD; with ALL_FIELDS also how sure it is and where it stands."""
    return list(_changes("", old, new, frozenset() if all_fields else NOT_SAID))


def _changes(path: str, old: object, new: object, skip: frozenset[str]) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            if name not in skip:
                yield from _changes(f"{path}.{name}" if path else name, old.get(name), new.get(name), skip)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _changes(f"{path}.{number}", one, other, skip)
    elif old != new:
        yield Change(path, old, new)


def moved(payload: Json, old_text: str, new_text: str) -> Json | None:
    """PAYLOAD, a fact of OLD_TEXT, with the places of the same words in NEW_TEXT; None where one isn't to be found.

    Words are looked for at their old place, then as far from there as the fact's quote has moved, then anywhere; where
    they stand more than once nobody knows which are meant.
    """
    try:
        return cast(Json, _mapped(payload, lambda span: _found(span, 0, old_text, new_text, anywhere=False)))
    except _LostError:
        pass
    try:
        start, end = _first_quote(payload)
        offset = _only(old_text[start:end], new_text) - start
        return cast(Json, _mapped(payload, lambda span: _found(span, offset, old_text, new_text, anywhere=True)))
    except _LostError:
        return None


def _first_quote(payload: Json) -> Span:
    first = cast("list[dict[str, int]]", payload["evidence"])[0]
    return first["start"], first["end"]


def _found(span: Span, offset: int, old_text: str, new_text: str, anywhere: bool) -> Span:
    start, end = span
    words = old_text[start:end]
    if start + offset >= 0 and new_text[start + offset : end + offset] == words:
        return start + offset, end + offset
    if not anywhere:
        raise _LostError
    at = _only(words, new_text)
    return at, at + len(words)


def _only(words: str, text: str) -> int:
    """Where WORDS stand in TEXT. Raises _LostError where they don't, or more than once."""
    at = text.find(words)
    if at < 0 or text.find(words, at + 1) >= 0:
        raise _LostError
    return at


def spans(payload: Json) -> list[Span]:
    """All places in the text that a fact's JSON names: its evidence, actors, cue, content and numbers."""
    found: list[Span] = []

    def note(span: Span) -> Span:
        found.append(span)
        return span

    _mapped(payload, note)
    return found


def _mapped(value: object, place: Callable[[Span], Span], name: str = "") -> object:
    """VALUE with every span in it replaced by what PLACE makes of it."""
    if name == "span" and isinstance(value, list):
        return list(place((value[0], value[1])))
    if name == "content" and isinstance(value, list):
        return [list(place((start, end))) for start, end in value]
    if isinstance(value, list):
        return [_mapped(item, place) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
        start, end = place((value["start"], value["end"]))
        return {**value, "start": start, "end": end}
    return {key: _mapped(item, place, key) for key, item in value.items()}
