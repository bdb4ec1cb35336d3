"""Asking a reviewer in the terminal: a fact at a time, field by field, with its sentence and no word of how sure it is.

Each answer is kept as it is given, so that the questions can be left at any moment and taken up where they were.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from dragoman.cli.output import headline_of, plain, print_line, when
from dragoman.store.record import Record
from dragoman.store.review.answers import FACT, SENTENCE, Answer, answers_of, forget, keep, missing
from dragoman.store.review.gold import beside
from dragoman.store.review.sampling import Item, Sample
from dragoman.store.review.sheet import ASKED, LETTERS, marked, shown
from dragoman.store.search.results import Passage, passages

KEYS: Final = "r right, w wrong, u unsure, a all that is left of this fact right, b back, q stop"


def ask(record: Record, sample: Sample, reviewer: str) -> bool:
    """Ask all that REVIEWER has not answered yet; True where nothing is left, False where he or she has stopped."""
    given = answers_of(record, sample, reviewer)
    open_ = [item for item in sample.items if missing(item, given.get(item.number, {}))]
    if not open_:
        return True
    print_line(f"{len(open_)} of {len(sample.items)} facts are open. {KEYS}.")
    sentences = passages(record, [item.fact for item in open_])
    at = 0
    while at < len(open_):
        item = open_[at]
        answers = given.setdefault(item.number, {})
        print_line("\n".join(_head(item, len(sample.items), sentences[item.fact.seq])))
        step = _ask_item(record, sample, reviewer, item, answers)
        if step == 0:
            return False
        if step < 0 and at > 0:
            at -= 1
            _forget(record, sample, reviewer, open_[at], given[open_[at].number], list(given[open_[at].number]))
        elif step > 0:
            at += 1
    return True


def _ask_item(record: Record, sample: Sample, reviewer: str, item: Item, answers: dict[str, Answer]) -> int:
    """1 where all of ITEM is answered, -1 to go back to the fact before, 0 to stop."""
    asked: list[str] = []
    while open_ := missing(item, answers):
        field = open_[0]
        key = _key(_question(record, item, field))
        if key in ("q", None):
            return 0
        if key == "b":
            if not asked:
                return -1
            _forget(record, sample, reviewer, item, answers, [asked.pop()])
        elif key == "a":
            fields: Mapping[str, Answer] = {name: "right" for name in open_ if name != SENTENCE}
            _keep(record, sample, reviewer, item, answers, fields)
            asked += fields
        elif key in LETTERS:
            _keep(record, sample, reviewer, item, answers, {field: LETTERS[key]})
            asked.append(field)
        else:
            print_line(f"  {KEYS}")
    return 1


def _keep(
    record: Record,
    sample: Sample,
    reviewer: str,
    item: Item,
    answers: dict[str, Answer],
    new: Mapping[str, Answer],
) -> None:
    keep(record, sample, reviewer, [(item.number, field, answer) for field, answer in new.items()])
    answers |= new


def _forget(
    record: Record, sample: Sample, reviewer: str, item: Item, answers: dict[str, Answer], fields: list[str]
) -> None:
    forget(record, sample, reviewer, item.number, fields)
    for field in fields:
        answers.pop(field, None)


def _head(item: Item, number: int, passage: Passage) -> Iterator[str]:
    fact = item.fact
    outlet = plain(fact.outlet or "outlet not known")
    yield ""
    yield f"Fact {item.number} of {number}: {fact.kind} {fact.id} · {outlet}, {when(fact.published)}"
    yield f"  {plain(marked(passage))}"


def _question(record: Record, item: Item, field: str) -> str:
    payload = item.fact.payload
    if field == FACT:
        return f"  {headline_of(item.fact.kind, payload)}\n  {ASKED[FACT]} "
    if field == SENTENCE:
        events = [f"    {headline_of('event', event)}, {event['status']}" for event in beside(record, item)]
        return "\n".join([f"  {ASKED[SENTENCE]}", *(events or ["    none"]), "  "])
    return f"  {field}: {plain(shown(field, payload))} "


def _key(question: str) -> str | None:
    """What is typed in answer to QUESTION, in small letters; None at the end of the input."""
    sys.stdout.buffer.write(question.encode("utf-8"))
    sys.stdout.buffer.flush()
    line = sys.stdin.readline()
    if not line.endswith("\n"):
        print_line("")
    return line.strip().lower() if line else None
