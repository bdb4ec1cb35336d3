"""Adding reports: once, whole, in versions."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import RecordError
from dragoman.facts import Answer, Date, Evidence, FieldConfidence, Figure
from dragoman.store.payload import named
from dragoman.store.query import FactFilter, count, counts, facts, latest_seq, pairs
from dragoman.store.record import Record, open_record
from dragoman.store.reports import recent, report
from dragoman.store.writing import Stamp, add, has_report
from tests import made

STAMP = Stamp("0.1", "lex")


@pytest.fixture
def record(new_record: str):
    with open_record(new_record, write=True) as opened:
        yield opened


def test_a_report_comes_back_as_it_went_in(record: Record) -> None:
    added = add(record, made.answer(), STAMP)
    assert (added.version, added.new, added.facts, added.first_seq, added.last_seq) == (1, True, made.FACTS, 1, 7)
    kept = report(record, "r1")
    assert kept.report == made.report()
    assert {fact.kind for fact in kept.facts} == {"event", "statement", "figure", "agreement", "transfer", "office"}
    starts = [fact.payload["evidence"][0]["start"] for fact in kept.facts]  # type: ignore[index]
    assert starts == sorted(starts)
    assert (kept.coder, kept.lexicon, kept.current, kept.versions) == ("0.1", "lex", True, (1,))


def test_the_same_report_again_adds_nothing(record: Record) -> None:
    add(record, made.answer(), STAMP)
    again = add(record, made.answer(), STAMP)
    assert (again.new, again.version) == (False, 1)
    assert (latest_seq(record), count(record), counts(record).reports) == (7, 7, 1)
    assert has_report(record, made.report(), STAMP)
    assert not has_report(record, made.report(), Stamp("0.2", "lex"))
    assert not has_report(record, made.report("r2"), STAMP)


def test_a_changed_page_keeps_its_old_version(record: Record) -> None:
    add(record, made.answer(), STAMP)
    text = made.TEXT + " More was not said."
    changed = made.answer(report=made.report(text=text), statements=(), transfers=())
    assert add(record, changed, STAMP).version == 2
    assert report(record, "r1").report.text == text
    old = report(record, "r1", version=1)
    assert (old.current, len(old.facts), all(fact.superseded for fact in old.facts)) == (False, 7, True)
    assert count(record) == 5 == len(list(facts(record)))
    assert count(record, FactFilter(report="r1", superseded=True)) == 12
    assert counts(record).kinds == {"event": 2, "figure": 1, "agreement": 1, "office": 1}
    assert {(p.low, p.high): (p.facts, p.happened) for p in pairs(record)} == {
        ("CAN", "GHA"): (1, 0),
        ("DEU", "FRA"): (2, 1),
        ("FRA", "GHA"): (1, 0),
    }
    assert [head.version for head in recent(record)] == [2]


def test_first_seen_is_carried_into_the_next_version(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(["2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00", "2026-01-03T00:00:00+00:00"])
    monkeypatch.setattr("dragoman.store.writing.now", lambda: next(times))
    add(record, made.answer(), STAMP)
    add(record, made.answer(), Stamp("0.2", "lex"))
    add(record, made.answer(), Stamp("0.2", "lex"))
    seen = {(fact.first_seen[:10], fact.last_seen[:10]) for fact in facts(record)}
    assert seen == {("2026-01-01", "2026-01-03")}


def test_evidence_of_another_text_is_refused_and_nothing_is_kept(record: Record) -> None:
    other = made.TEXT.replace("signed", "burned")
    wrong = made.event(evidence=(Evidence(*made.span("burned", other), other),))
    with pytest.raises(RecordError, match="r1: the evidence of event at"):
        add(record, made.answer(events=(wrong,)), STAMP)
    assert counts(record).reports == 0


def test_a_report_whose_facts_fail_is_not_kept_in_part(record: Record) -> None:
    with record.writing() as connection:
        connection.exec_driver_sql("DROP TABLE pair_tallies")
    with pytest.raises(RecordError, match="pair_tallies"):
        add(record, made.answer(), STAMP)
    with record.reading() as connection:
        left = [connection.scalar(sa.text(f"SELECT count(*) FROM {t}")) for t in ("reports", "facts", "tallies")]
    assert left == [0, 0, 0]


def test_two_unlike_facts_of_one_id_are_both_kept() -> None:
    twin = made.event(cameo="030")
    assert [ident for ident, _ in named(Answer(made.report(), events=(made.event(), twin, twin)))] == [
        made.event().id,
        f"{made.event().id}-2",
    ]


def test_what_no_database_takes_becomes_one_replacement_character_each(record: Record) -> None:
    text = made.TEXT.replace("AP", "\ud800P").replace("France", "Fr\x00nce", 1)
    evidence = (Evidence(*made.span("PARIS (\ud800P)", text), text),)
    add(record, made.answer(report=made.report(text=text), events=(made.event(evidence=evidence),)), STAMP)
    kept = report(record, "r1")
    assert kept.report.text == text.replace("\ud800", "\ufffd").replace("\x00", "\ufffd")
    assert kept.facts[0].payload["evidence"] == [{"start": 0, "end": 10, "text": "PARIS (\ufffdP)"}]


words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=60).filter(
    lambda t: t.strip()
)
days = st.dates().map(lambda day: Date.on(day))
intervals = st.tuples(st.dates(), st.dates()).map(
    lambda two: Date(min(two).isoformat(), max(two).isoformat(), "interval", True, "text")
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=words, title=st.none() | words, date=days | intervals | st.just(Date.unknown()))
def test_any_text_and_date_make_the_round_trip(
    record: Record, data: st.DataObject, text: str, title: str | None, date: Date
) -> None:
    ident = uuid4().hex
    start = data.draw(st.integers(0, len(text) - 1))
    while not text[start].strip():
        start = (start + 1) % len(text)
    end = data.draw(st.integers(start + 1, len(text)))
    value = data.draw(st.floats(allow_nan=False, allow_infinity=False))
    figure = Figure(value, None, "quantity", (start, end), (Evidence(start, end, text),), date, what=title)
    whole = made.report(ident, text=text, title=title, published=date)
    add(record, Answer(whole, figures=(figure,)), STAMP)
    kept = report(record, ident)
    assert kept.report == whole
    (fact,) = kept.facts
    assert (fact.date, fact.payload["value"], fact.payload["what"]) == (date, value, title)
    assert fact.payload["evidence"] == [{"start": start, "end": end, "text": text[start:end]}]


def test_the_confidence_of_fields_comes_back_as_it_was(record: Record) -> None:
    sure = FieldConfidence(0.9, 0.8, 0.7, 0.6, 0.5)
    add(record, made.answer(events=(made.event(field_confidence=sure), made.meeting())), STAMP)
    known, unknown = facts(record, FactFilter(kinds=("event",)))
    assert FieldConfidence(**known.line()["field_confidence"]) == sure  # type: ignore[arg-type]
    assert "field_confidence" not in unknown.line()


def test_confidence_and_every_field_of_an_event_stand_in_its_line(record: Record) -> None:
    add(record, made.answer(), STAMP)
    (found,) = facts(record, FactFilter(types=("CONSULT",)))
    line = found.line()
    assert list(line)[:3] == ["kind", "id", "report"]
    assert line["place"] == {"name": "Accra", "country": "GHA", "lat": 5.55, "lon": -0.2}
    assert line["date"] == {
        "start": "1994-02-28", "end": "1994-03-06", "granularity": "week", "approx": False, "basis": "relative",
    }  # fmt: skip
    assert replace(found, payload={}).date == Date("1994-02-28", "1994-03-06", "week", basis="relative")
