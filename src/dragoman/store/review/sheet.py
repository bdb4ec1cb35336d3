"""A sample as a sheet to be filled in without a terminal: CSV, one row a question, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from dragoman.errors import QueryError
from dragoman.store.exports.cells import Row, Value
from dragoman.store.exports.files import whole_files
from dragoman.store.exports.writers import comma_separated
from dragoman.store.payload import Json, evidence_of
from dragoman.store.review.answers import FACT, SENTENCE, Answer, questions
from dragoman.store.review.sampling import Item, Sample
from dragoman.store.search.results import Passage

COLUMNS: Final = (
    "sample", "number", "fact", "kind", "report", "outlet", "published", "sentence", "field", "value", "answer",
)  # fmt: skip

MOST_BYTES: Final = 50_000_000
"""A larger file is no sheet of ours."""

LETTERS: Final[Mapping[str, Answer]] = MappingProxyType(
    {"r": "right", "right": "right", "y": "right", "yes": "right", "w": "wrong", "wrong": "wrong", "n": "wrong",
     "no": "wrong", "u": "unsure", "unsure": "unsure", "?": "unsure"}
)  # fmt: skip
"""How an answer may be written, in small letters."""

ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        FACT: "do the marked words tell such a fact?",
        SENTENCE: "has the record all events of this sentence, and right?",
    }
)
"""What is asked where it is no field."""


def write_sheet(
    path: Path,
    sample: Sample,
    passages: Mapping[int, Passage],
    given: Mapping[int, Mapping[str, Answer]],
    force: bool = False,
) -> int:
    """Write the sheet of a SAMPLE with what was GIVEN already, whole or not at all; returns its rows.

    PASSAGES are the sentences by the facts' `seq`. How sure the coder was does not stand in it. Raises RecordError
    where the file is there and FORCE isn't given, or can't be written.
    """
    rows = list(_rows(sample, passages, given))
    with whole_files((path,), force) as (out,):
        comma_separated(COLUMNS)(out, rows)
    return len(rows)


def _rows(sample: Sample, passages: Mapping[int, Passage], given: Mapping[int, Mapping[str, Answer]]) -> Iterator[Row]:
    for item in sample.items:
        fact = item.fact
        sentence = marked(passages[fact.seq])
        about: tuple[Value, ...] = (sample.name, item.number, fact.id, fact.kind, fact.report, fact.outlet)
        for field in questions(fact.kind, fact.payload):
            answer = given.get(item.number, {}).get(field)
            value = ASKED.get(field) or shown(field, fact.payload)
            yield (*about, fact.published.start, sentence, field, value, answer)


def marked(passage: Passage) -> str:
    """A passage with its marks in double square brackets."""
    text = passage.text
    for start, end in sorted(passage.marks, reverse=True):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text


def shown(field: str, payload: Json) -> str:
    """The value of a field in words; of a type also the act, where it is another."""
    value = payload[field]
    if field == "type" and payload.get("act") != value:
        return f"{value} (an act of {payload['act']})"
    if field == "type" and payload.get("mode"):
        return f"{value} ({payload['mode']})"
    if field == "content":
        return _content(payload)
    if field == "source" and payload.get("reciprocal"):
        return f"{_words(value)}, together"
    return _words(value)


def _content(payload: Json) -> str:
    """What is said, as far as it stands in the statement's quotes."""
    parts = []
    for first, last in cast("list[tuple[int, int]]", payload["content"]):
        inside = (text[first - start : last - start] for start, end, text in evidence_of(payload)
                  if start <= first and last <= end)  # fmt: skip
        parts.append(next(inside, "…"))
    return " … ".join(f"“{part}”" for part in parts)


def _words(value: object) -> str:
    if value is None or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict) and "granularity" in value:
        if value["granularity"] == "unknown":
            return "unknown"
        ends = (value["start"] or "", value["end"] or "")
        about = "about " if value["approx"] else ""
        return about + (ends[0] if ends[0] == ends[1] else " to ".join(ends).strip())
    if isinstance(value, dict):
        codes = "/".join(str(value[key]) for key in ("country", "sector") if value.get(key))
        return f"{value['name']} ({codes})" if codes else str(value["name"])
    return str(value)


def read_sheet(path: Path, sample: Sample) -> list[tuple[int, str, Answer]]:
    """The answers in a sheet of SAMPLE: number of the fact, field, answer; rows without one are left out.

    Raises QueryError, which names the line, where the file is none of this sample's.
    """
    if path.stat().st_size > MOST_BYTES:
        raise QueryError(f"{path}: larger than {MOST_BYTES:,} bytes, so this is no sheet of `review --out`")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8 at byte {error.start}; save the sheet as CSV in UTF-8") from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    lacking = [
        name for name in ("sample", "number", "fact", "field", "answer") if name not in (reader.fieldnames or ())
    ]
    if lacking:
        raise QueryError(f"{path}:1: there is no column {', '.join(lacking)}; fill in what `review --out` has written")
    items = {item.number: item for item in sample.items}
    found: list[tuple[int, str, Answer]] = []
    try:
        for row in reader:
            if answer := _answer(row, f"{path}:{reader.line_num}", sample, items):
                found.append(answer)
    except csv.Error as error:
        raise QueryError(f"{path}:{reader.line_num}: {error}; save the sheet as CSV") from error
    return found


def _answer(
    row: Mapping[str, str | None], where: str, sample: Sample, items: Mapping[int, Item]
) -> tuple[int, str, Answer] | None:
    written = (row["answer"] or "").strip().lower()
    if not written:
        return None
    number = row["number"] or ""
    item = items.get(int(number)) if number.isdecimal() and len(number) < 9 else None
    if row["sample"] != sample.name or item is None or item.fact.id != row["fact"]:
        raise QueryError(f"{where}: this is no fact of the sample {sample.name}; keep its columns as they were written")
    asked = questions(item.fact.kind, item.fact.payload)
    if row["field"] not in asked:
        raise QueryError(f"{where}: {row['field']!r} is none of the fields asked, {', '.join(asked)}")
    if written not in LETTERS:
        raise QueryError(f"{where}: {written[:40]!r} is no answer; write right, wrong or unsure, or r, w, u")
    return item.number, str(row["field"]), LETTERS[written]
