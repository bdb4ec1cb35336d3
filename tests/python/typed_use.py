"""What a type checker must see in a user's program; `test_python_import.py` runs mypy on it, nobody runs it."""

from typing import assert_type

from dragoman import Record, read
from dragoman.facts import Agreement, Answer, Event, Fact
from dragoman.python.recorded import DyadMonth, Recorded
from dragoman.store.reports import ReportHead

assert_type(read("text", published="1990-08-01"), Answer)
with Record("my.db") as record:
    for found in record.facts(pair=("RUS", "CHN"), kind="event", since="1997", status=["happened", "scheduled"]):
        assert_type(found, Recorded[Event])
        assert_type(found.fact.type, str)
        assert_type(found.report.outlet, str | None)
    for agreement in record.facts("RUS CHN", kind="agreement"):
        assert_type(agreement.fact, Agreement)
    for any_kind in record.facts(query="RUS CHN type:AGREE"):
        assert_type(any_kind.fact, Fact)
    for month in record.dyad_month(pair=("RUS", "CHN")):
        assert_type(month, DyadMonth)
    for head in record.reports():
        assert_type(head, ReportHead)
    record.facts(pairs=("RUS", "CHN"))  # type: ignore[call-overload]
    assert_type(record.facts("RUS").to_polars().height, int)
