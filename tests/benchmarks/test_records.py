"""Made-up records: the same however often making them was broken off, true to themselves, measured and told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.records import __main__ as command
from benchmarks.records.fill import fill, last_report
from benchmarks.records.kept import keep, load
from benchmarks.records.measure import Measured, Timing
from benchmarks.records.page import chart, page
from benchmarks.records.reports import CHANGED_EVERY, answer
from benchmarks.records.world import World, world
from dragoman.facts import PLOVER_TYPES
from dragoman.store import record as record_module
from dragoman.store import writing
from dragoman.store.copying import checksums
from dragoman.store.query import counts
from dragoman.store.record import open_record
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add


@pytest.fixture(scope="module")
def made() -> World:
    return world()


def test_a_report_is_the_same_whenever_it_is_asked_for(made: World) -> None:
    assert answer(made, 7) == answer(world(), 7) != answer(made, 8)


def test_a_later_version_has_the_id_of_the_report_before_and_other_words(made: World) -> None:
    first, second = answer(made, CHANGED_EVERY - 2), answer(made, CHANGED_EVERY - 1)
    assert first.report.id == second.report.id
    assert first.report.text != second.report.text
    assert len(first.facts()) == len(second.facts())


def test_reports_have_facts_of_all_kinds_and_words_of_unlike_frequency(made: World) -> None:
    reports = [answer(made, number) for number in range(60)]
    facts = [fact for report in reports for fact in report.facts()]
    kinds = Counter(fact.kind for fact in facts)
    assert set(kinds) == {"event", "statement", "figure", "office", "agreement", "transfer"}
    assert {event.act for report in reports for event in report.events} == set(PLOVER_TYPES)
    words = Counter(word for report in reports for word in report.report.text.lower().split())
    common = sum(number for _, number in words.most_common(50))
    assert 0.2 < common / words.total() < 0.7
    assert sum(1 for number in words.values() if number == 1) > len(words) / 2


def test_a_record_that_was_broken_off_is_as_one_that_was_not(
    new_record: str, tmp_path: Path, made: World, monkeypatch
) -> None:
    for module in (record_module, writing):
        monkeypatch.setattr(module, "now", lambda: "2026-01-01T00:00:00+00:00")
    with open_record(new_record, write=True) as broken, open_record(str(tmp_path / "whole.db"), write=True) as whole:
        filling = fill(broken, 20_000, 1, at_once=30)
        next(filling)
        filling.close()
        for _ in fill(broken, counts(broken).facts + 10, 1, at_once=30):
            pass
        for number in range(last_report(broken) + 1):
            add(whole, answer(made, number), Stamp("made", "made"))
        assert checksums(broken) == checksums(whole)
        assert list(verify(broken)) == []


def test_command_fills_measures_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = (tmp_path / "results.json", tmp_path / "p.md", tmp_path / "p.svg")
    record = str(tmp_path / "r.db")
    with open_record(record, write=True) as opened:
        for _ in fill(opened, 300, 1, at_once=10):
            pass
    assert command.main(["fill", record, "--facts", "100"]) == 0
    assert command.main(["measure", record, "--rounds", "2"], *paths) == 0
    (found,) = load(paths[0])
    assert found.database == "sqlite"
    assert found.facts > 300
    text = paths[1].read_text(encoding="utf-8")
    assert all(f"| {timing.name} |" in text for timing in found.timings)
    ElementTree.fromstring(paths[2].read_text(encoding="utf-8"))


def test_a_record_that_is_none_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.db").write_text("no database at all, but a text that is long enough")
    assert command.main(["measure", str(tmp_path / "r.db")]) == 1
    assert "this is no record" in capsys.readouterr().err


def measured(database: str, facts: int, value: float) -> Measured:
    return Measured(database, facts, 10, 20, 10**9, 5, (Timing("pair page", 3, value, value, value),))


def test_figures_of_the_same_size_replace_one_another(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    for row in (
        measured("postgresql", 100_000, 1.0),
        measured("sqlite", 1_000_000, 2.0),
        measured("sqlite", 990_000, 3.0),
    ):
        keep(row, path)
    assert [(row.database, row.facts) for row in load(path)] == [("sqlite", 990_000), ("postgresql", 100_000)]


def test_page_and_chart_tell_all_sizes() -> None:
    rows = [measured("sqlite", 100_000, 1.5), measured("sqlite", 1_000_000, 2.5), measured("postgresql", 100_000, 70.0)]
    text = page(rows)
    assert "| pair page | 50 | **1.5** · 1.5, 1.5 | **2.5** · 2.5, 2.5 |" in text
    drawn = chart(rows)
    assert drawn.count("<circle") == 3
    assert drawn.count("stroke-dasharray") == 1
    assert chart([]).count("<circle") == 0
