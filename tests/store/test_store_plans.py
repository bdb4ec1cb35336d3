"""How the hot questions are answered: along an index, from its start; never by reading a whole table.

Plans are those for the record as a planner sees it that is told nothing of how small it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from dragoman.facts import Answer
from dragoman.lexicon.table import Lexicon
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.dyad_month import rows as dyad_months
from dragoman.store.exports.job import Job, Wanted
from dragoman.store.outlets import greatest_outlets, outlets
from dragoman.store.points import pair_events
from dragoman.store.query import FactFilter, counts, facts, latest_seq, pairs
from dragoman.store.record import Record, open_record
from dragoman.store.reports import recent, report
from dragoman.store.search.results import facets, found_facts, found_sentences
from dragoman.store.search.syntax import Code, Period, Query, Words
from dragoman.store.writing import Stamp, add_all
from tests import made

STAMP = Stamp("0.1", "lex")
REPORTS = 300
SMALL = {"tallies", "pair_tallies", "alembic_version"}
"""Tables that hold counts, of which there are some thousands whatever the record holds."""


@pytest.fixture(scope="module")
def record(module_record: str) -> Iterator[Record]:
    with open_record(module_record, write=True) as opened:
        add_all(opened, [made.answer(f"r{number}") for number in range(REPORTS)], STAMP)
        late = Answer(made.report("r1", text=made.TEXT + " More."), events=(made.event("r1"),))
        add_all(opened, [late], STAMP)
        if opened.engine.dialect.name == "postgresql":
            with opened.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        yield opened


PAIR = ("FRA", "DEU")
EVENTS = FactFilter(kinds=("event",), pair=PAIR)
DENIED = FactFilter(kinds=("event",), pair=PAIR, statuses=("denied",), background=False)
WORD = Query((Words(("trucks",)),))
PHRASE = Query((Words(("elbe", "accord")),))

PAGES: dict[str, Callable[[Record], object]] = {
    "the newest facts": lambda record: list(facts(record, limit=20, order="-seq")),
    "the oldest facts": lambda record: list(facts(record, limit=20, order="date")),
    "the next facts": lambda record: list(facts(record, after_seq=900, limit=20, order="-date")),
    "a pair by date": lambda record: list(facts(record, EVENTS, limit=20, order="-date")),
    "a pair by date, next page": lambda record: list(facts(record, EVENTS, after_seq=900, limit=20, order="-date")),
    "a pair by reading": lambda record: list(facts(record, EVENTS, limit=20, order="-seq")),
    "a pair, one status": lambda record: list(facts(record, DENIED, limit=20, order="-date")),
    "a pair's events": lambda record: pair_events(record, PAIR),
    "a word": lambda record: found_facts(record, WORD),
    "a word, next page": lambda record: found_facts(record, WORD, after=900),
    "a phrase": lambda record: found_facts(record, PHRASE),
    "a type": lambda record: found_facts(record, Query((Code("type", ("SUPPORT",)),))),
    "a month": lambda record: found_facts(record, Query((Period("event", "1994-03-01", "1994-03-31"),))),
    "sentences": lambda record: found_sentences(record, WORD),
    "facets": lambda record: facets(record, WORD),
    "facets of a pair": lambda record: facets(record, EVENTS.query),
    "the last reports": lambda record: recent(record, 20),
    "a report": lambda record: report(record, "r1"),
    "counts": counts,
    "pairs": lambda record: pairs(record, limit=8),
    "outlets of the front page": lambda record: greatest_outlets(record, 8),
    "the newest seq": latest_seq,
}


@contextmanager
def statements(record: Record) -> Iterator[list[tuple[str, Any]]]:
    """What the block asks the database."""
    found: list[tuple[str, Any]] = []

    def hear(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            found.append((statement, parameters))

    sa.event.listen(record.engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        sa.event.remove(record.engine, "before_cursor_execute", hear)


def plans(record: Record, ask: Callable[[Record], object]) -> list[str]:
    """The lines of the plans by which ASK is answered."""
    with statements(record) as asked:
        ask(record)
    assert asked
    lines: list[str] = []
    with record.engine.connect() as connection:
        if record.engine.dialect.name == "postgresql":
            # the tables are small: a whole one is cheaper read than an index, until that is forbidden
            connection.exec_driver_sql("SET enable_seqscan = off")
            for statement, parameters in asked:
                lines += [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
        else:
            for statement, parameters in asked:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                lines += [str(row[3]) for row in rows]
    return lines


WHOLE = {
    "the oldest facts": {"facts by ix_facts_date_order_seq"},
    "outlets of the front page": {"reports by ix_reports_outlet_current"},
}
"""What is read from one end of an index: to the end of the page, or, of narrow rows, to its other end."""

BY_KEY = {"the newest facts": "facts", "the last reports": "reports"}
"""What SQLite reads from the end of its table: to the end of the page, as long as nothing is sorted."""

WALKED = {
    "the oldest facts": "ix_facts_date_order_seq",
    "the next facts": "ix_facts_date_order_seq",
    "a pair by date": "ix_pairs_low_high_date_order_seq",
    "a pair by date, next page": "ix_pairs_low_high_date_order_seq",
    "outlets of the front page": "ix_reports_outlet_current",
}


def scanned(lines: list[str]) -> set[str]:
    """What a plan of SQLite reads from one end, indexes of words and the few hits of a CTE apart."""
    found = set()
    for line in lines:
        match = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?! VIRTUAL)", line)
        if match and "VIRTUAL TABLE INDEX" not in line and match[1] not in SMALL | {"hits"}:
            found.add(f"{match[1]} by {match[2]}" if match[2] else match[1])
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_page_reads_a_whole_table(record: Record, page: str) -> None:
    lines = plans(record, PAGES[page])
    if record.engine.dialect.name == "postgresql":
        read = {match[1] for line in lines if (match := re.search(r"Seq Scan on (\w+)", line))}
        assert read <= SMALL, lines
    elif page in BY_KEY:
        assert scanned(lines) == {BY_KEY[page]}, lines
        assert not any("TEMP B-TREE FOR ORDER BY" in line for line in lines), lines
    else:
        assert scanned(lines) == WHOLE.get(page, set()), lines
    assert WALKED.get(page, "") in "\n".join(lines), lines


def test_the_sources_page_counts_facts_on_an_index(record: Record) -> None:
    lines = plans(record, outlets)
    assert "ix_facts_report_key_standing" in "\n".join(lines), lines
    assert sum(outlet.facts for outlet in outlets(record)) == counts(record).facts


def test_dyads_of_a_month_are_counted_without_reading_facts(record: Record) -> None:
    lines = plans(record, lambda opened: list(dyad_months(Job(opened, Wanted(), Codes(Lexicon()), "PLOVER"))))
    assert not any("facts" in line for line in lines), lines
    assert any("pairs" in line for line in lines), lines
