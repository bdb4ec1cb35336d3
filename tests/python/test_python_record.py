"""`Record`: the same answers as the commands give, typed, streamed and narrowed by name or by query."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from dragoman import Record
from dragoman.errors import InputError, LineError, QueryError, RecordError, SearchError
from dragoman.facts import Date, Event, Fact, Statement
from dragoman.python.recorded import Recorded
from dragoman.store import record as records
from dragoman.store.query import facts
from dragoman.store.writing import add, add_all
from tests import made
from tests.conftest import STAMP
from tests.store.exports.conftest import written


def ids(found: object) -> list[str]:
    return [item.id for item in found]  # type: ignore[attr-defined]


def test_facts_are_typed_and_know_their_report(where: str) -> None:
    with Record(where) as record:
        (found,) = record.facts(pair=("FRA", "DEU"), kind="event")
    assert isinstance(found.fact, Event)
    assert found.fact == made.event()
    assert (found.report.id, found.report.outlet, found.report.published) == (
        "r1", "Morning Wire", Date.on("1994-03-08", "dateline"),
    )  # fmt: skip
    assert found.quote == "France and Germany signed the Elbe accord on Monday"
    assert (found.kind, found.date) == ("event", made.DAY)
    assert (found.coder, found.lexicon, found.superseded, found.sentence) == ("0.1", "lex", False, None)


def test_a_line_is_that_of_the_command(sample: Record, sample_record: records.Record) -> None:
    assert [found.as_json() for found in sample.facts()] == [fact.line() for fact in facts(sample_record)]


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({"pair": ("EGY", "ISR")}, "EGY ISR"),
        ({"pair": ("Egypt", "israel"), "directed": True}, "EGY>ISR"),
        ({"country": "Soviet Union", "kind": "event"}, "SUN kind:event"),
        ({"type": "agree", "status": ["scheduled", "PROPOSED"]}, "type:AGREE status:scheduled,proposed"),
        ({"since": "1977-11", "until": 1979}, "event:1977-11..1979"),
        ({"since": date(1978, 9, 17), "until": date(1978, 9, 17)}, "event:1978-09-17"),
        ({"published_since": "1978", "published_until": "1978"}, "published:1978"),
        ({"kind": ("event", "office"), "background": False}, "kind:event,office background:no"),
        ({"words": '"peace treaty"'}, '"peace treaty"'),
        ({"report": "07-camp-david-accords"}, "report:07-camp-david-accords"),
        ({"min_confidence": 0.5, "kind": "event"}, "confidence:0.5 kind:event"),
    ],
)
def test_narrowing_by_name_and_by_query_is_the_same(sample: Record, given: dict[str, object], query: str) -> None:
    given = {name: str(value) if isinstance(value, int) and name == "until" else value for name, value in given.items()}
    by_name, by_query = sample.facts(**given), sample.facts(query)  # type: ignore[call-overload]
    assert ids(by_name) == ids(by_query) != []
    assert len(by_name) == len(by_query) == len(ids(by_query))


def test_a_query_and_names_must_both_hold(sample: Record) -> None:
    both = set(ids(sample.facts("EGY ISR", status="scheduled")))
    assert both == set(ids(sample.facts("EGY ISR"))) & set(ids(sample.facts(status="scheduled"))) != set()


def test_orders(sample: Record) -> None:
    days = [found.date.start or found.date.end or "" for found in sample.facts("kind:event", order="-date")]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert ids(sample.facts(order="-seq")) == ids(sample.facts())[::-1]


def test_search_gives_each_fact_in_its_sentence(sample: Record) -> None:
    found = sample.search('"peace treaty" EGY')
    assert ids(found) == ids(sample.facts('"peace treaty" EGY'))[::-1]
    for hit in found:
        assert hit.sentence is not None
        start, end = hit.sentence.marks[0]
        assert hit.sentence.text[start:end] == hit.quote
        text = sample.report(hit.report.id).text
        assert text[hit.sentence.start : hit.sentence.start + len(hit.sentence.text)] == hit.sentence.text


@pytest.mark.parametrize("query", ['"peace treaty"', '"peace treaty" in:sentences', "treaty"])
def test_sentences(sample: Record, query: str) -> None:
    found = sample.sentences(query)
    assert len(found) == len(list(found)) > 0
    assert all("treaty" in hit.passage.text.lower() for hit in found)
    assert found.to_polars()["sentence"].to_list() == [hit.passage.text for hit in found]


def test_reports(sample: Record) -> None:
    heads = list(sample.reports())
    assert len(heads) == len(sample.reports()) == 40
    some = sample.reports(since="1978", until="1979-06")
    days = [(head.id, head.published.start or "", head.published.end or "9999") for head in heads]
    assert ids(some) == [ident for ident, start, end in days if end >= "1978" and start < "1979-07"]
    assert 0 < len(some) < 40
    assert sample.report(heads[0].id).title == heads[0].title
    assert sum(head.facts for head in heads) == len(sample.facts()) == sample.counts().facts


def test_one_fact_and_counts(sample: Record) -> None:
    first = next(iter(sample.facts()))
    assert sample.fact(first.id) == first
    assert sample.fact("e-0") is None
    assert dict(sample.facets("EGY ISR").values["kind"])["event"] == len(sample.facts("EGY ISR kind:event"))
    assert all("EGY" in (pair.low, pair.high) for pair in sample.pairs("EGY"))


def test_dyad_months_are_those_of_the_export(sample: Record, tmp_path: Path) -> None:
    for undirected in (False, True):
        found = sample.dyad_month("EGY ISR", since="1977", until="1978", undirected=undirected)
        sample.export("dyad-month", tmp_path / "d.csv", "EGY ISR event:1977..1978", undirected=undirected, force=True)
        text = found.to_pandas().to_csv(index=False)
        assert text == (tmp_path / "d.csv").read_text()
        assert sum(month.events for month in found) > 0
        assert len(found) == len(list(found))


def test_an_export_is_that_of_the_command(sample: Record, sample_record: records.Record, tmp_path: Path) -> None:
    done = sample.export("icews", tmp_path / "a.tsv", pair=("EGY", "ISR"), one_a_day=True, report_day=True)
    same = written(sample_record, tmp_path / "b.tsv", "icews", pair=("EGY", "ISR"), one_a_day=True, report_day=True)
    assert (tmp_path / "a.tsv").read_text() == same.text
    assert done.rows == same.about["rows"] > 0
    with pytest.raises(RecordError, match="a.tsv: the file is there already; name another, or write over it with"):
        sample.export("icews", tmp_path / "a.tsv")


def test_the_record_as_it_stood(where: str) -> None:
    with Record(where) as record:
        assert len(record.facts(as_of="2020")) == 0
        assert len(record.facts(as_of=date.max)) == made.FACTS
        assert len(list(record.facts(as_of="2020", kind="event"))) == 0


@pytest.mark.usefixtures("fake_coder")
def test_both_databases_answer_the_same(new_record: str, tmp_path: Path) -> None:
    with Record(new_record, write=True) as record:
        lines = [{"id": f"r{number}", "text": made.TEXT, "published": "1994-03-08"} for number in range(3)]
        assert record.read(texts=lines).facts == 3 * made.FACTS
        found = record.facts("FRA DEU", kind="event")
        assert [one.fact.date.start for one in found] == ["1994-03-07"] * 3
        assert (len(found), found.to_polars()["quad_class"].to_list()) == (3, [1, 1, 1])
        assert len(list(record.search("trucks"))) == len(record.search("trucks")) == 6
        assert len(list(record.sentences("trucks"))) == len(record.sentences("trucks")) == 3
        assert [head.id for head in record.reports(since="1994", until="1994")] == ["r0", "r1", "r2"]
        months = record.dyad_month("FRA>DEU", status="happened", since="1994-03", until="1994-03")
        (month,) = months
        assert (month.source, month.target, month.events, month.reports_read) == ("FRA", "DEU", 3, 3)
        assert record.export("csv", tmp_path / "e.csv", "status:claimed").rows == 3


def test_passwords_are_not_told() -> None:
    with pytest.raises(RecordError) as told:
        Record("postgresql+psycopg://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value)


def test_a_timeline_is_drawn_and_saved(sample: Record, tmp_path: Path) -> None:
    drawing = sample.timeline(pair=("EGY", "ISR"), title="Egypt & Israel")
    assert drawing._repr_svg_() == drawing.svg
    assert repr(drawing) == f"<Drawing: {drawing.summary}>"
    assert "1977" in drawing.summary and "events" in drawing.summary
    assert "Egypt &amp; Israel" in drawing.svg
    assert "scheduled or proposed then" in drawing.svg
    drawing.save(tmp_path / "t.svg")
    assert (tmp_path / "t.svg").read_text() == drawing.svg
    with pytest.raises(RecordError, match="is there already"):
        drawing.save(tmp_path / "t.svg")
    assert sample.timeline("speaker:Nobody").svg.startswith("<svg")


@pytest.mark.parametrize("kind", ["series", "types", "network", "agreements", "map"])
def test_every_kind_of_plot_is_drawn(sample: Record, tmp_path: Path, kind: str) -> None:
    drawing = sample.plot(kind, "EGY", width=700)
    drawing.save(tmp_path / "drawn.png")
    assert (tmp_path / "drawn.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(QueryError, match="is none of"):
        sample.plot(f"{kind}-of-{kind}")


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"query": "EGY type:AGRE"}, SearchError, "search, character 10: 'AGRE' is no type; did you mean AGREE"),
        ({"query": "x in:sentences"}, SearchError, "character 3: facts are asked for here, not sentences"),
        ({"pair": ("EGY", "Isreal")}, QueryError, "pair: 'Isreal' is no country; write a code such as RUS"),
        ({"pair": "EGY"}, QueryError, "pair: 'EGY' is not two countries"),
        ({"pair": ("EGY", "Egypt")}, QueryError, "pair: EGY is named twice"),
        ({"since": "soon"}, QueryError, "since: 'soon' is no date; write a day, month or year"),
        ({"since": "1979", "until": "1978"}, QueryError, "since 1979-01-01 is after until 1978-12-31"),
        ({"status": "hapened"}, QueryError, "status: 'hapened' is none of happened, ongoing"),
        ({"kind": "events"}, QueryError, "kind: 'events' is none of event, statement"),
        ({"min_confidence": 7}, QueryError, "confidence: 7 is no probability"),
        ({"order": "newest"}, QueryError, "order: 'newest' is none of seq, -seq, date, -date"),
        ({"pairs": ("EGY", "ISR")}, TypeError, "there is no filter 'pairs'; did you mean pair"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told_at_once(
    sample: Record, given: dict[str, object], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        sample.facts(**given)  # type: ignore[call-overload]


def test_a_closed_record_is_not_opened_again(where: str) -> None:
    record = Record(where)
    found = record.facts()
    assert len(found) == made.FACTS
    record.close()
    record.close()
    assert repr(record) == f"<Record {where}, closed>"
    with pytest.raises(RecordError, match="the record was closed; open it again"):
        list(found)
    with pytest.raises(RecordError, match="the record was closed"):
        record.counts()


def test_an_answer_outlives_the_name_of_its_record(where: str) -> None:
    found = Record(where).facts(kind="event")
    gc.collect()
    assert len(list(found)) == 2


def test_answers_are_told_apart_and_asked_anew(where: str) -> None:
    with Record(where, write=True) as record:
        found = record.facts("FRA kind:event")
        assert repr(found) == f"<facts of {where}: FRA kind:event>"
        assert bool(found)
        assert not record.facts("USA")
        assert len(found) == 1
        with records.open_record(where, write=True) as other:
            add(other, made.answer("r2"), STAMP)
        assert (len(found), len(list(found))) == (2, 2)


def test_looping_needs_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten times as many reports no more is held at once, but for what waits to be collected."""
    monkeypatch.setattr("dragoman.store.query._STREAM_ROWS", 20)
    monkeypatch.setattr("dragoman.store.proving.BATCH_FACTS", 20)
    peaks = []
    for number in (30, 300):
        path = str(tmp_path / f"{number}.db")
        with records.open_record(path, write=True) as filled:
            long = f"{made.TEXT} {'x' * 6000}"
            reports = [made.report(f"r{ident}", text=long) for ident in range(number)]
            add_all(filled, [made.answer(report.id, report=report) for report in reports], STAMP)
        with Record(path) as record:
            next(iter(record.facts()))  # what is compiled once is not what is measured
            tracemalloc.start()
            assert sum(1 for _ in record.facts()) == number * made.FACTS
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 3 * peaks[0]


@pytest.mark.usefixtures("fake_coder")
class TestReading:
    def test_texts_and_files_are_stored_once(self, tmp_path: Path) -> None:
        file = tmp_path / "r2.txt"
        file.write_text(made.TEXT, encoding="utf-8")
        line = {"id": "r1", "text": made.TEXT, "published": "1994-03-08", "outlet": "Morning Wire"}
        with Record(tmp_path / "new.db", write=True) as record:
            seen: list[int] = []
            done = record.read(file, texts=[line], progress=seen.append)
            assert (done.reports, done.facts, done.unchanged, done.failed) == (2, 2 * made.FACTS, 0, ())
            assert seen == [1, 2]
            again = record.read(file, texts=[line])
            assert (again.reports, again.unchanged) == (0, 2)
            assert [head.id for head in record.reports()] == [str(file), "r1"]
            assert len(record.facts()) == 2 * made.FACTS

    def test_what_fails_is_in_the_answer_and_costs_no_other(self, tmp_path: Path) -> None:
        lines = [{"id": "r1", "text": made.TEXT}, {"text": "no id"}, {"id": "r3", "txt": "x"}]
        with Record(tmp_path / "new.db", write=True) as record:
            done = record.read("nowhere.txt", texts=lines)
        assert done.reports == 1
        assert [str(error).split(";")[0] for error in done.failed] == [
            "nowhere.txt: there is no such file or folder",
            "text 2: no id",
            "text 3: unknown key 'txt'",
        ]

    def test_where_nothing_could_be_read_it_is_raised(self, tmp_path: Path) -> None:
        with Record(tmp_path / "new.db", write=True) as record:
            with pytest.raises(LineError, match="text 1: no id"):
                record.read(texts=[{"text": "x"}])
            with pytest.raises(InputError, match="nowhere: there is no such file"):
                record.read("nowhere")
            assert record.read().reports == 0

    def test_a_record_open_for_reading_is_not_read_into(self, where: str) -> None:
        with (
            Record(where) as record,
            pytest.raises(RecordError, match="open for reading only; open it with write=True"),
        ):
            record.read(texts=[{"id": "r2", "text": made.TEXT}])


def test_kinds_have_their_types(sample: Record) -> None:
    for found in sample.facts(kind="statement"):
        assert isinstance(found.fact, Statement)
    several: list[Recorded[Fact]] = list(sample.facts(kind=["figure", "office"]))
    assert {found.kind for found in several} == {"figure", "office"}
