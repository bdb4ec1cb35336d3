"""Reviewed sentences as gold, in the format of our event corpus (`corpus/events/README.md`).

A sentence is gold when reviewers say that the record has all events of it, and right. What stands now is written: an
event that was wrong and has been edited is written as edited, one that was rejected isn't there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as day_type
from pathlib import Path
from typing import Any, Final, cast

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.facts import Date, Event, FactError, Span
from dragoman.lexicon.countries import Country
from dragoman.lexicon.table import Lexicon
from dragoman.store.exports.files import whole_files
from dragoman.store.payload import Json
from dragoman.store.record import Record
from dragoman.store.review.answers import SENTENCE, Given
from dragoman.store.review.checking import check
from dragoman.store.review.editing import written_date
from dragoman.store.review.sampling import Item, Sample
from dragoman.store.standing import standing_in_report
from dragoman.store.tables import EVIDENCE, FACTS, REPORTS, SENTENCES
from dragoman.store.typed import fact_of
from dragoman.terms import BODY_SECTORS

NO_COUNTRY: Final = "---"
_BLANKS: Final = re.compile(r"\s+")
_NO_WORDS: Final = re.compile(r"[|=<>#*]| \+ | \.\. ")
"""What has a meaning of its own in an event's line."""

_MOST: Final = 9999
"""An id has four digits at most."""


class _UnsayableError(Exception):
    """Why a sentence can't be written in the format."""


@dataclass(slots=True)
class Gold:
    """What was written: sentences and events; `left_out` counts sentences by the reason why they were not."""

    sentences: int = 0
    events: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the events that stand in it."""

    published: Date
    text: str
    start: int
    events: tuple[Event, ...]


def write_gold(
    record: Record,
    path: Path,
    sample: Sample,
    given: Sequence[Given],
    lexicon: Lexicon,
    register: str = "paper",
    region: str = "global",
    force: bool = False,
) -> Gold:
    """Write the gold sentences of SAMPLE to PATH, whole or not at all.

    REGISTER and REGION are the corpus's terms for where the texts are from and of. Raises QueryError where no sentence
    is gold, RecordError where the file is there and FORCE isn't given.
    """
    tally = Gold()
    name = re.sub(r"[^a-z0-9]", "", sample.name.lower()).lstrip("0123456789") or "g"
    blocks: list[str] = []
    for sentence in _sentences(record, _agreed(sample, given), lexicon, tally):
        try:
            day = _day(sentence.published)
            lines = _lines(sentence, lexicon)
        except _UnsayableError as error:
            tally.left_out[str(error)] = tally.left_out.get(str(error), 0) + 1
            continue
        tally.sentences += 1
        tally.events += len(sentence.events)
        tags = "active" if sentence.events else "none-description"
        blocks.append("\n".join([f"= {name}-{tally.sentences:03} | {day} | {register} | {region} | {tags}", *lines]))
        if tally.sentences == _MOST:
            break
    if not blocks:
        why = "; ".join(f"{reason}: {number}" for reason, number in tally.left_out.items())
        raise QueryError(
            f"gold: no sentence of {sample.name} is wholly reviewed and right" + (f" ({why})" if why else "")
        )
    head = f"# Sentences of the reviewed sample {sample.name}, seed {sample.seed}.\n"
    with whole_files((path,), force) as (out,):
        out.write((head + "\n" + "\n\n".join(blocks) + "\n").encode("utf-8"))
    return tally


def _agreed(sample: Sample, given: Iterable[Given]) -> list[Item]:
    """Facts of whose sentence somebody says that the record has all events right, and nobody says otherwise."""
    said: dict[int, set[str]] = {}
    for one in given:
        if SENTENCE in one.answers:
            said.setdefault(one.number, set()).add(one.answers[SENTENCE])
    return [item for item in sample.items if said.get(item.number) == {"right"}]


def _sentences(record: Record, items: Sequence[Item], lexicon: Lexicon, tally: Gold) -> Iterator[_Sentence]:
    """The sentences of ITEMS, each once, with the events that stand in them."""
    done: set[tuple[int, int]] = set()
    with record.reading() as connection:
        for item in items:
            row = _sentence_of(connection, item)
            if row is None or (row.key, row.start) in done:
                continue
            done.add((row.key, row.start))
            try:
                events = tuple(_events(connection, row, lexicon))
            except FactError:
                reason = "an event that is none by our tables"
                tally.left_out[reason] = tally.left_out.get(reason, 0) + 1
                continue
            published = Date(row.published_start, row.published_end, row.published_granularity)
            yield _Sentence(published, row.text[row.start : row.end], row.start, events)


def _sentence_of(connection: sa.Connection, item: Item) -> Any:
    """The sentence in which the words that name the act begin, with its report's row."""
    evidence = cast("list[dict[str, int]]", item.fact.payload["evidence"])
    at = evidence[1 if len(evidence) > 1 else 0]["start"]
    dates = (REPORTS.c.published_start, REPORTS.c.published_end, REPORTS.c.published_granularity)
    statement = (
        sa.select(SENTENCES.c.start, SENTENCES.c.end, REPORTS.c.key, REPORTS.c.text, *dates)
        .join(REPORTS, REPORTS.c.key == SENTENCES.c.report_key)
        .join(FACTS, FACTS.c.report_key == REPORTS.c.key)
        .where(FACTS.c.seq == item.fact.seq, SENTENCES.c.start <= at, SENTENCES.c.end > at)
    )
    return connection.execute(statement.limit(1)).first()


def _events(connection: sa.Connection, sentence: Any, lexicon: Lexicon) -> Iterator[Event]:
    """Events that stand in the report and whose act is named in the sentence, in the order of the text."""
    for ident, payload in _standing(connection, sentence):
        event = fact_of("event", ident, payload, sentence.text)
        check(event, sentence.text, lexicon)
        yield cast(Event, event)


def _standing(connection: sa.Connection, sentence: Any) -> list[tuple[str, Json]]:
    """Id and stored fields of the events whose act is named in SENTENCE."""
    number = sa.select(sa.func.min(sa.case((EVIDENCE.c.number == 1, EVIDENCE.c.start))))
    act = number.where(EVIDENCE.c.seq == FACTS.c.seq).correlate(FACTS).scalar_subquery()
    rows = (
        sa.select(FACTS.c.id, FACTS.c.payload)
        .where(FACTS.c.report_key == sentence.key, FACTS.c.kind == "event", standing_in_report())
        .where(act >= sentence.start, act < sentence.end)
        .order_by(act, FACTS.c.seq)
    )
    return [(row.id, row.payload) for row in connection.execute(rows)]


def beside(record: Record, item: Item) -> list[Json]:
    """The stored fields of all events that stand in the sentence of ITEM now, in the order of the text."""
    with record.reading() as connection:
        row = _sentence_of(connection, item)
        return [] if row is None else [payload for _, payload in _standing(connection, row)]


def _day(published: Date) -> str:
    if published.start is None or published.start != published.end:
        raise _UnsayableError("a report without a day")
    return published.start


def _lines(sentence: _Sentence, lexicon: Lexicon) -> list[str]:
    """The text and its events' lines. Raises _UnsayableError."""
    text = _BLANKS.sub(" ", sentence.text).strip()
    if not text or text[0] in "=-#":
        raise _UnsayableError("a text that begins like another line of the format")
    countries = {row.code: row for row in lexicon.rows(Country)}
    lines = [_line(event, sentence, text, countries) for event in sentence.events]
    if len(set(lines)) < len(lines):
        raise _UnsayableError("two events that the format can't tell apart")
    return [text, *lines]


def _line(event: Event, sentence: _Sentence, text: str, countries: Mapping[str, Country]) -> str:
    kind = event.act + (f".{event.mode}" if event.mode and event.act == event.type else "")
    kind += "" if event.status == "happened" else f" {event.status}"
    kind += " bg" if event.background else ""
    if len(event.evidence) < 2:
        raise _UnsayableError("an act whose words can't be named")
    trigger = event.evidence[1].span
    named = _words_at(sentence, text, trigger)
    if named is None:
        raise _UnsayableError("an act whose words can't be named")
    source, target = (
        [_party(actor.span, _code(actor.country, actor.sector, countries), sentence, text, trigger) for actor in side]
        for side in (event.source, event.target)
    )
    if event.reciprocal:
        if len(source) < 2:
            raise _UnsayableError("one party that acts with itself")
        parties = f"{source[0]} <> {' + '.join(source[1:])}"
    else:
        parties = f"{' + '.join(source) or '-'} > {' + '.join(target) or '-'}"
    date = _date(event.date)
    return " | ".join([f"- {kind}", parties, named, *([f"@{date}"] if date else [])])


def _code(country: str | None, sector: str | None, countries: Mapping[str, Country]) -> str:
    if country is None:
        return sector if sector in BODY_SECTORS else f"{NO_COUNTRY}{sector or ''}"  # type: ignore[return-value]
    row = countries.get(country)
    if row is not None and row.partial:
        return f"{row.claimant}PRE"
    return f"{country}{'' if sector in BODY_SECTORS else sector or ''}"


def _party(span: Span | None, code: str, sentence: _Sentence, text: str, trigger: Span) -> str:
    """`words=CODE`; a party whose words stand elsewhere, or are the act's too, is only implied."""
    if span is None or (span[0] < trigger[1] and trigger[0] < span[1]):
        return f"*={code}"
    return f"{_words_at(sentence, text, span) or '*'}={code}"


def _words_at(sentence: _Sentence, text: str, span: Span) -> str | None:
    """The words at SPAN of the report as they stand in TEXT, numbered where they stand there more than once.

    None where they aren't whole words of the sentence, or can't be written.
    """
    start, end = span[0] - sentence.start, span[1] - sentence.start
    words = _BLANKS.sub(" ", sentence.text[max(start, 0) : max(end, 0)]).strip()
    if start < 0 or end > len(sentence.text) or not words or _NO_WORDS.search(words):
        return None
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    places = [found.start() for found in re.finditer(before + re.escape(words) + after, text)]
    at = len(_BLANKS.sub(" ", sentence.text[:start] + "x").lstrip()) - 1
    if at not in places:
        return None
    return words if len(places) == 1 else f"{words}#{places.index(at) + 1}"


def _date(date: Date) -> str | None:
    """A told date as the format has it; None for what was only reckoned from the report's own."""
    if not date.known or date.basis == "report":
        return None
    about = "~" if date.approx else ""
    start, end = date.start, date.end
    if start and end:
        week = _week(start)
        for short in (start, start[:7], start[:4], f"{start[:3]}0s", week):
            found = written_date(short)
            if (found.start, found.end) == (start, end):
                return about + short
    return f"{about}{start or ''}..{end or ''}"


def _week(day: str) -> str:
    year, week, _ = day_type.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"
