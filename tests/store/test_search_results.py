"""What searches find, in SQLite; `test_store_postgresql.py` asks the same of PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings

from dragoman.errors import SearchError
from dragoman.facts import Answer, Date
from dragoman.store import query as query_module
from dragoman.store.query import count, facts
from dragoman.store.record import REVISIONS, Record, open_record
from dragoman.store.search.index import forget_sentences, rebuild
from dragoman.store.search.parser import parse
from dragoman.store.search.results import COUNTED, PASSAGE_CHARS, clipped, facets, found_facts, found_sentences
from dragoman.store.search.syntax import EVERYTHING
from dragoman.store.writing import Stamp, add
from tests import made
from tests.store.test_search_language import HOSTILE, NAMES
from tests.store.test_store_query import plan_of

STAMP = Stamp("0.1", "lex")
OLD = Path(__file__).parent / "records" / "0001.json"


def fill(record: Record) -> None:
    """Three reports: one in two versions, one from another outlet that tells of coming and denied events."""
    add(record, made.answer("r1"), STAMP)
    late = made.report("r2", published=Date.on("2020-05-05"), outlet="Évening Post")
    attack = made.meeting("r2", background=True, date=Date("2019-01-01", "2019-12-31", "year"), type="AGREE")
    soldiers = replace(made.actor("Canada", "CAN"), sector="MIL")
    events = (
        made.event("r2", status="denied", date=Date.on("2020-05-04"), cameo="1823"),
        replace(attack, source=(soldiers,), contexts=("military", "GULF:BLOCKADE"), attributed_to=None),
    )
    add(record, Answer(late, events=events), STAMP)
    add(record, made.answer("r3"), STAMP)
    again = made.report("r3", text=made.TEXT + " It was the first since 1990.")
    add(record, made.answer("r3", report=again), STAMP)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory):
    with open_record(str(tmp_path_factory.mktemp("s") / "r.db"), write=True) as opened:
        fill(opened)
        yield opened


FOUND = [
    ("", 16),
    ("FRA DEU", 5),
    ("CAN GHA", 3),
    ("CAN>GHA", 3),
    ("GHA>CAN", 0),
    ("FRA>DEU DEU", 5),
    ("GHA DEU", 0),
    ("-FRA kind:event", 3),
    ("country:CAN/MIL", 1),
    ("country:CAN/GOV", 2),
    ("source:MIL", 1),
    ("target:GHA/GOV -source:MIL", 4),
    ("sector:MIL,JUD", 1),
    ("type:AGREE", 1),
    ("act:CONSULT", 3),
    ("type:CONSULT,SUPPORT", 5),
    ("-type:CONSULT,SUPPORT kind:event", 1),
    ("status:denied", 1),
    ("status:signed,scheduled", 4),
    ("background:yes", 1),
    ("mode:visit", 3),
    ("mode:direct", 2),
    ("context:military", 1),
    ("context:GULF:BLOCKADE", 1),
    ("cameo:05", 2),
    ("cameo:057,18", 3),
    ("cameo:1", 1),
    ("event:1994-03-07", 8),
    ("event:1994-03-08", 0),
    ("event:1994-03", 10),
    ("event:1994-02..1994-03-06", 2),
    ("event:2019-06", 1),
    ("event:2020..", 1),
    ("event:..1994-03-01", 2),
    ("event:1900..2100", 12),
    ("-event:1994", 6),
    ("published:2020-05-05", 2),
    ("published:2020-05-06", 0),
    ("published:1994..2000", 14),
    ("published:2000..", 2),
    ("-published:2020 status:denied", 0),
    ("speaker:duval", 4),
    ('speaker:"Marie Duval" kind:statement', 2),
    ("speaker:reporters", 0),
    ('actor:"Duval"', 4),
    ("place:ACCRA", 3),
    ('outlet:"morning wire"', 14),
    ("outlet:evening", 2),
    ("outlet:evening,wire", 16),
    ("report:r2", 2),
    ("confidence:0.6", 13),
    ("confidence:0.6 kind:event", 3),
    ("-confidence:0.6", 3),
    ("report:r2,r9", 2),
    ("report:R2", 0),
    ("trucks", 4),
    ("truck", 0),
    ("truck*", 4),
    ('"ghana in accra"', 5),
    ('"accra in ghana"', 0),
    ('"met gha*"', 5),
    ("trucks -billion", 2),
    ("-trucks -accra -elbe -duval", 0),
    ("signed status:denied type:SUPPORT FRA event:2020 outlet:post", 1),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_searches_find(record: Record, text: str, number: int) -> None:
    query = parse(text, NAMES)
    hits, cursor = found_facts(record, query)
    assert len(hits) == number == count(record, query)
    assert cursor is None
    assert [hit.fact.seq for hit in hits] == sorted((hit.fact.seq for hit in hits), reverse=True)


SENTENCES = [
    ("elbe in:sentences", 3),
    ("trucks in:sentences -elbe", 3),
    ('"in accra" in:sentences', 3),
    ("in:sentences first since", 1),
    ("in:sentences france outlet:evening", 1),
    ('in:sentences "france" outlet:evening', 2),
    ("in:sentences report:r1", 3),
    ('in:sentences "elbe" status:denied', 1),
    ('in:sentences "elbe" -status:denied', 2),
    ('in:sentences "elbe" type:SUPPORT published:1994', 2),
    ('in:sentences "trucks" type:SUPPORT', 0),
    ('in:sentences "trucks" kind:transfer event:1994', 0),
    ('in:sentences "accra" CAN GHA event:2019', 1),
    ('in:sentences "accra" kind:event', 3),
    ('in:sentences "accra" kind:event confidence:0.6', 0),
    ("in:sentences published:2020 -trucks", 2),
    ("in:sentences published:2020-05-06 outlet:post", 0),
]


@pytest.mark.parametrize(("text", "number"), SENTENCES)
def test_searches_find_sentences(record: Record, text: str, number: int) -> None:
    hits, cursor = found_sentences(record, parse(text, NAMES))
    assert (len(hits), cursor) == (number, None)
    assert [hit.key for hit in hits] == sorted((hit.key for hit in hits), reverse=True)


def test_facts_come_with_their_sentence_and_the_words_that_prove_them(record: Record) -> None:
    (hit,) = found_facts(record, parse("report:r1 kind:agreement", NAMES))[0]
    assert hit.passage.text == "PARIS (AP) — France and Germany signed the Elbe accord on Monday."
    assert [hit.passage.text[start:end] for start, end in hit.passage.marks] == ["signed the Elbe accord"]
    assert made.TEXT[hit.passage.start :].startswith(hit.passage.text)


def test_sentences_come_with_the_words_that_were_looked_for(record: Record) -> None:
    (hit,) = found_sentences(record, parse('in:sentences "40 truck*" ghana* report:r1', NAMES))[0]
    assert [hit.passage.text[start:end] for start, end in hit.passage.marks] == ["40 trucks", "Ghana"]
    assert (hit.report, hit.outlet, hit.published.start) == ("r1", "Morning Wire", "1994-03-08")
    kinds = {fact.id: fact.kind for fact in facts(record)}
    assert sorted(kinds[ident] for ident in hit.facts) == ["figure", "transfer"]


def test_long_passages_are_cut_around_what_is_marked() -> None:
    text = "word " * 300
    passage = clipped(text, 7, ((700, 704),))
    assert len(passage.text) <= PASSAGE_CHARS and passage.cut == (True, True)
    assert passage.start == 7 + text.index(passage.text, passage.start - 7)
    assert [passage.text[a:b] for a, b in passage.marks] == ["word"]
    assert clipped("x" * 2000, 0, ((0, 2000),)).text == "x" * 2000


@pytest.mark.parametrize("order", ["seq", "-seq", "date", "-date"])
@pytest.mark.parametrize("text", ["", "FRA", "kind:event -trucks", "-trucks"])
def test_pages_of_facts_join_to_the_whole(record: Record, text: str, order: str) -> None:
    query = parse(text, NAMES)
    whole = [hit.fact.seq for hit in found_facts(record, query, order=order)[0]]  # type: ignore[arg-type]
    pages, cursor = [], None
    while True:
        hits, cursor = found_facts(record, query, cursor, 2, order)  # type: ignore[arg-type]
        pages += [hit.fact.seq for hit in hits]
        if cursor is None:
            break
    assert pages == whole and len(whole) == count(record, query)


def test_pages_of_sentences_join_to_the_whole(record: Record) -> None:
    query = parse('in:sentences "france"', NAMES)
    whole = [hit.key for hit in found_sentences(record, query)[0]]
    first, cursor = found_sentences(record, query, limit=3)
    rest, end = found_sentences(record, query, cursor, 10)
    assert [hit.key for hit in (*first, *rest)] == whole
    assert (len(first), end) == (3, None) and rest


def test_facets_count_the_hits(record: Record) -> None:
    found = facets(record, parse("kind:event,statement", NAMES))
    assert (found.counted, found.more) == (8, False)
    assert found.values["kind"] == (("event", 6), ("statement", 2))
    assert found.values["status"] == (("claimed", 3), ("happened", 2), ("denied", 1))
    assert found.values["background"] == (("no", 7), ("yes", 1))
    assert found.values["event"] == (("1994", 6), ("2019", 1), ("2020", 1))
    assert found.values["published"] == (("1994", 6), ("2020", 2))
    assert found.values["outlet"] == (("Morning Wire", 6), ("Évening Post", 2))
    assert found.values["pair"] == (("CAN GHA", 3), ("DEU FRA", 3))
    assert found.values["speaker"] == (("President Marie Duval", 2),)
    assert found.values["country"][0] == ("FRA", 5)
    assert facets(record, parse("nowhere", NAMES)).values == {}


def test_of_many_hits_the_newest_are_counted(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.search.results.COUNTED", 10)
    found = facets(record, EVERYTHING)
    assert (found.counted, found.more) == (10, True)
    assert COUNTED > 10


def answer_or_refuse(record: Record, text: str) -> None:
    """Any string is answered, by as many hits as are counted, or refused in a sentence."""
    try:
        query = parse(text, NAMES)
    except SearchError:
        return
    if query.target == "sentences":
        found_sentences(record, query, limit=3)
    else:
        hits, _ = found_facts(record, query, limit=100)
        assert facets(record, query).counted == len(hits)


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_any_string_is_answered_or_refused_in_a_sentence(record: Record, text: str) -> None:
    answer_or_refuse(record, text)


HOT = [
    "type:AGREE",
    "treaty RUS CHN",
    "treaty",
    '"border agreement" -trucks',
    "speaker:duval event:1994-03",
    "published:1994 outlet:wire",
    "cameo:05 background:no",
    "report:r1 kind:event",
]


@pytest.mark.parametrize("text", HOT)
@pytest.mark.parametrize("order", ["-seq", "seq"])
def test_the_index_of_words_is_walked_in_order_and_facts_looked_up(record: Record, text: str, order: str) -> None:
    page = query_module._page(parse(text, NAMES), record, order, 5, 50)  # type: ignore[arg-type]
    plan = plan_of(record, page)
    walks = [step for step in plan if step.startswith("SCAN")]
    assert len(walks) == 1 and walks[0].startswith("SCAN fact_words VIRTUAL TABLE INDEX"), plan
    within = plan[plan.index(walks[0]) :]
    assert any(step.startswith("SEARCH facts USING INTEGER PRIMARY KEY") for step in within), plan
    assert not any("TEMP B-TREE" in step for step in within), plan


@pytest.mark.parametrize(
    "text",
    ["RUS CHN", "RUS>CHN type:AGREE -status:denied", "type:AGREE status:scheduled RUS CHN", "RUS CHN event:1994-03"],
)
@pytest.mark.parametrize("order", ["-seq", "seq", "-date", "date"])
def test_a_pair_is_walked_in_either_order(record: Record, text: str, order: str) -> None:
    plan = plan_of(record, query_module._page(parse(text, NAMES), record, order, 5, 50))  # type: ignore[arg-type]
    assert not [step for step in plan if step.startswith("SCAN")], plan
    by = "INDEX ix_pairs_low_high_date_order_seq" if order.endswith("date") else "PRIMARY KEY"
    walk = next(step for step in plan if step.startswith("SEARCH pairs"))
    assert walk.startswith(f"SEARCH pairs USING {by} (low=? AND high=?"), plan
    within = plan[plan.index(walk) :]
    assert not order.endswith("seq") or not any("TEMP B-TREE" in step for step in within), plan


def _plan_of_what_is_asked(record: Record, part: str, ask: Callable[[], object]) -> list[str]:
    """How SQLite carries out the statement with PART in it that ASK sends."""
    asked: list[tuple[str, Any]] = []

    def listen(*args: Any) -> None:
        asked.append((args[2], args[3]))

    sa.event.listen(record.engine, "before_cursor_execute", listen)
    try:
        ask()
    finally:
        sa.event.remove(record.engine, "before_cursor_execute", listen)
    statement, values = next(item for item in asked if part in item[0])
    with record.reading() as connection:
        return [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]


@pytest.mark.parametrize("text", ["elbe", "type:SUPPORT", "FRA"])
def test_facets_walk_along_the_hits_only(record: Record, text: str) -> None:
    plan = _plan_of_what_is_asked(record, "UNION ALL", lambda: facets(record, parse(text, NAMES)))
    assert {step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step} == {"SCAN hits"}
    assert not [step for step in plan if "AUTOMATIC" in step or "country>?" in step], plan


@pytest.mark.parametrize("text", ["in:sentences treaty", 'in:sentences "elbe" status:denied', "in:sentences report:r1"])
def test_the_index_of_sentences_is_walked_in_order(record: Record, text: str) -> None:
    plan = _plan_of_what_is_asked(record, "sentence_words", lambda: found_sentences(record, parse(text, NAMES)))
    scans = [step for step in plan if step.startswith("SCAN")]
    assert any(step.startswith("SCAN sentence_words VIRTUAL TABLE INDEX") for step in scans), plan
    assert all("VIRTUAL TABLE" in step for step in scans), plan


def old_record(where: str, connection: sa.Connection) -> None:
    """A record of the first revision, with what that revision wrote."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).parents[2] / "src" / "dragoman" / "store" / "migrations"
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    tables = sa.MetaData()
    tables.reflect(connection, only=lambda name, _: "fact_words" not in name)
    for name, rows in json.loads(OLD.read_text(encoding="utf-8")).items():
        if rows:
            connection.execute(tables.tables[name].insert(), rows)


def test_a_record_of_the_first_revision_is_indexed_when_it_is_brought_forward(tmp_path: Path) -> None:
    path = str(tmp_path / "old.db")
    open_record(path, write=True).close()
    (tmp_path / "old.db").unlink()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        old_record(path, connection)
        connection.exec_driver_sql(f"PRAGMA application_id={int.from_bytes(b'DRGM', 'big')}")
    engine.dispose()
    with open_record(path, write=True) as record:
        check_old(record)
        with record.reading() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == REVISIONS[-1]


def check_old(record: Record) -> None:
    """What the old record held is found, as are facts that are added."""
    assert count(record) == 2 * made.FACTS
    for text, number in (("trucks", 4), ("FRA DEU", 4), ("cameo:057 speaker:duval", 0), ("event:1994-03-07", 8)):
        assert count(record, parse(text, NAMES)) == number
    assert len(found_sentences(record, parse('in:sentences "more was said"', NAMES))[0]) == 1
    add(record, made.answer("new"), STAMP)
    assert count(record, parse("trucks", NAMES)) == 6


def test_the_index_can_be_made_anew(tmp_path: Path) -> None:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        fill(record)
        before = [(text, count(record, parse(text, NAMES))) for text, _ in FOUND]
        with record.writing() as connection:
            rebuild(connection)
        assert [(text, count(record, parse(text, NAMES))) for text, _ in FOUND] == before
        assert [len(found_sentences(record, parse(text, NAMES))[0]) for text, _ in SENTENCES] == [
            n for _, n in SENTENCES
        ]


def test_facts_outlive_the_sentences_of_a_text_that_is_dropped(tmp_path: Path) -> None:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        add(record, made.answer("r1"), STAMP)
        with record.writing() as connection:
            forget_sentences(connection, 1)
            connection.exec_driver_sql("UPDATE reports SET text = ''")
        assert found_sentences(record, parse("in:sentences elbe", NAMES)) == ([], None)
        (hit,) = found_facts(record, parse("kind:agreement", NAMES))[0]
        assert (hit.passage.text, hit.passage.marks) == ("signed the Elbe accord", ((0, 22),))
        with record.reading() as connection:
            assert (
                connection.exec_driver_sql(
                    "SELECT count(*) FROM sentence_words WHERE sentence_words MATCH 'elbe'"
                ).scalar()
                == 0
            )
