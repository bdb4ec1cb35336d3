"""Happenings and stories in the record: what is linked, counted, named and logged."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from dragoman.store.links.asking import became, links_of, stories
from dragoman.store.links.graph import candidates
from dragoman.store.links.happenings import Happenings
from dragoman.store.links.linking import link_record, unlinked
from dragoman.store.query import FactFilter, StoredFact, facts
from dragoman.store.record import Record, open_record
from dragoman.store.review.decisions import Verdict, decide
from dragoman.store.tables import HAPPENING_KEYS, HAPPENINGS, LINK_CHANGES, METADATA, STORY_MEMBERS
from dragoman.store.verifying import verify
from tests.store.linked import Said, happenings, store, telling

OTHER_WORDS = "Ping-pong diplomacy of the spring had opened a door that stood shut for two decades of silence"


@pytest.fixture
def record(new_record: str):
    with open_record(new_record, write=True) as opened:
        yield opened


def events(record: Record) -> dict[str, StoredFact]:
    """Report to its first event."""
    found: dict[str, StoredFact] = {}
    for fact in facts(record, FactFilter(kinds=("event",))):
        found.setdefault(fact.report, fact)
    return found


def changes(record: Record) -> list[tuple[str, str, str | None]]:
    columns = (LINK_CHANGES.c.change, LINK_CHANGES.c.id, LINK_CHANGES.c.other)
    with record.reading() as connection:
        statement = sa.select(*columns).where(LINK_CHANGES.c.kind == "happening").order_by(LINK_CHANGES.c.number)
        return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def test_one_happening_in_three_reports(record: Record) -> None:
    store(record, [
        telling("a", outlet="Wire"),
        telling("b", [Said("met in his study")], "1972-02-23", "Record", OTHER_WORDS),
        telling("c", [Said(day=None)], outlet="Post", credit="the Wire agency"),
        telling("d", [Said(status="scheduled", day="1972-02-28")], outlet="Post", published="1972-02-20"),
    ])  # fmt: skip
    found = events(record)
    assert {found[name].happening for name in "abc"} == {f"h-{found['a'].id[2:]}"}
    assert [(found[name].n_reports, found[name].n_sources) for name in "abcd"] == [(3, 2), (3, 2), (3, 2), (1, 1)]
    line = found["b"].line()
    assert (line["happening"], line["n_reports"], line["n_independent_sources"]) == (found["a"].happening, 3, 2)
    assert all(link.points >= 6 and "the same day" in link.reason for link in links_of(record, found["a"].id)[:1])
    assert list(verify(record)) == []


def test_what_people_decide_is_linked_as_it_stands(record: Record) -> None:
    store(record, [telling("a"), telling("b", [Said("met in his study")], "1972-02-23", text=OTHER_WORDS)])
    first, second = events(record)["a"], events(record)["b"]
    assert len(happenings(record)) == 1

    (rejected,) = decide(record, [Verdict(second.id, "reject", 0)], "anna")
    assert happenings(record) == set()
    (back,) = decide(record, [Verdict(second.id, "accept", rejected.number)], "anna")
    assert happenings(record) == {frozenset({("a", first.id), ("b", second.id)})}

    moved = {**second.payload, "date": {**second.payload["date"], "start": "1972-05-26", "end": "1972-05-26"}}  # type: ignore[dict-item]
    decide(record, [Verdict(second.id, "edit", back.number, moved)], "anna")
    assert happenings(record) == set()
    assert list(verify(record)) == []


def test_a_new_version_leaves_the_links_and_may_come_back(record: Record) -> None:
    store(record, [telling("a"), telling("b", text=OTHER_WORDS)])
    name = events(record)["a"].happening
    assert len(happenings(record)) == 1
    store(record, [telling("b", [Said(act="ASSAULT", words="struck at the fleet", target="Moscow")])])
    assert happenings(record) == set()
    assert [(fact.happening, fact.n_reports) for fact in events(record).values()][0] == (name, 1)
    store(record, [telling("b", text="Once more it is told as it was first told")])
    assert len(happenings(record)) == 1
    assert events(record)["b"].happening == name
    assert list(verify(record)) == []


def test_a_late_report_joins_two_happenings_and_its_leaving_parts_them(record: Record) -> None:
    one = Said(words="met in the study", source="Washington", target="Peking", day=None)
    other = Said(words="met at the palace gate", source="Nixon", target="Peking", day="1972-02-20")
    bridge = Said(words="met in the study at the palace gate", source="Nixon", target="Peking", day=None)
    alone = OTHER_WORDS
    store(record, [telling("a", [one], text=alone), telling("b", [replace(one, day="1972-02-22")], "1972-02-24")])
    before = happenings(record)
    store(record, [telling("c", [other], "1972-02-25", text="Grain ships sail from Odessa with the winter wheat")])
    store(record, [telling("d", [bridge], text=alone)])
    joined = happenings(record)
    assert joined != before
    merged = [change for change in changes(record) if change[0] == "merged"]
    assert all(became(record, ident) == other for _, ident, other in merged)
    store(record, [telling("d", [], text="Withdrawn")])
    assert happenings(record) == before
    assert list(verify(record)) == []


def test_stories(record: Record) -> None:
    summit = "Nixon toasts Mao at the Peking banquet while pandas are promised to the Washington zoo"
    store(record, [
        telling("a", [], "1972-02-22", "Wire", summit),
        telling("b", [], "1972-02-23", "Record", f"{summit} as a gift"),
        telling("c", [], "1972-02-23", "Post", "Odessa harvest fails and grain is bought in Canada by the shipload"),
        telling("late", [], "1972-02-25", "Sun", f"Zoo awaits pandas: {summit}"),
        telling("years", [], "1982-02-22", "Sun", summit),
    ])  # fmt: skip
    (story,) = stories(record)
    assert [report.id for report in story.reports] == ["a", "b", "late"]
    assert (story.first, story.last, story.sources) == ("1972-02-22", "1972-02-25", 1)
    assert story.line()["n_reports"] == 3
    assert list(stories(record, least=4)) == []


def test_records_from_before_are_linked_and_go_on_where_they_were(record: Record) -> None:
    answers = [telling(name, text=OTHER_WORDS if name == "b" else "") for name in "abc"]
    store(record, answers)
    wanted = happenings(record)
    with record.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name.startswith(("happening", "stor")) or table is LINK_CHANGES:
                connection.execute(table.delete())
    assert (unlinked(record), happenings(record)) == (3, set())
    assert events(record)["a"].happening is None
    for done in link_record(record):
        if done == 2:
            break
    assert unlinked(record) == 1
    assert list(link_record(record)) == [1]
    assert happenings(record) == wanted
    assert list(link_record(record)) == []
    assert list(verify(record)) == []


def test_another_linkers_reports_are_linked_anew_under_their_names(record: Record) -> None:
    store(record, [telling("a"), telling("b", text=OTHER_WORDS)])
    name = events(record)["a"].happening
    with record.writing() as connection:
        connection.execute(STORY_MEMBERS.update().values(linker="0"))
    assert list(link_record(record)) == [1, 2]
    assert {fact.happening for fact in events(record).values()} == {name}
    with record.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(HAPPENINGS)) == 1


def test_many_of_a_day_are_one_and_cost_no_links(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Happenings, "most_alike", 3)
    store(record, [telling(f"r{number}", outlet=f"p{number}") for number in range(6)])
    (group,) = happenings(record)
    assert len(group) == 6
    with record.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(HAPPENING_KEYS)) == 0
    for number in (5, 4, 3):
        store(record, [telling(f"r{number}", [])])
    (group,) = happenings(record)
    assert len(group) == 3
    with record.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(HAPPENING_KEYS)) > 0


def test_candidates_are_found_by_an_index(record: Record) -> None:
    store(record, [telling("a"), telling("b")])
    asked: list[tuple[str, tuple[object, ...]]] = []
    sa.event.listen(record.engine, "before_cursor_execute", lambda *args: asked.append((str(args[2]), args[3])))
    with record.reading() as connection:
        rules = Happenings()
        (node,) = rules.load(connection, [1]).values()
        assert candidates(connection, rules, node) == {2}
        statement, values = next(one for one in asked if "FROM happening_keys" in one[0])
        if record.engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert "SEARCH happening_keys USING PRIMARY KEY (key=? AND last>? AND last<?)" in str(plan)
