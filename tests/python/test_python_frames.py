"""Frames: of events those of the exports, of other kinds all fields, in pandas and polars alike."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

from dragoman import Record
from dragoman.errors import SettingError
from dragoman.python import frames
from dragoman.python.tables import KINDS, fact_columns
from dragoman.store.exports import plain
from dragoman.store.payload import FACT_KINDS
from tests import made

MARKS = {"string": str, "Int64": int, "Float64": float, "boolean": bool}
POLARS = {polars.String: str, polars.Int64: int, polars.Float64: float, polars.Boolean: bool}


def cells(frame: pandas.DataFrame) -> dict[str, list[Any]]:
    return {str(name): [None if pandas.isna(cell) else cell for cell in frame[name]] for name in frame}


def test_events_are_those_of_the_parquet_export(sample: Record, tmp_path: Path) -> None:
    sample.export("parquet", tmp_path / "e.parquet")
    exported = polars.read_parquet(tmp_path / "e.parquet")
    events = sample.facts(kind="event")
    assert events.to_polars().equals(exported)
    assert events.to_polars().schema == exported.schema
    assert cells(events.to_pandas()) == exported.to_dict(as_series=False)


@pytest.mark.parametrize("kind", [*FACT_KINDS, None])
def test_pandas_and_polars_hold_the_same(sample: Record, kind: str | None) -> None:
    found = sample.facts(kind=kind)
    ours, theirs = found.to_pandas(), found.to_polars()
    assert cells(ours) == theirs.to_dict(as_series=False)
    assert tuple(theirs.columns) == fact_columns(None if kind is None else (kind,))
    for name in theirs.columns:
        expected = KINDS.get(name, str)
        assert MARKS[str(ours[name].dtype)] is POLARS[type(theirs.schema[name])] is expected
    assert theirs["id"].to_list() == [one.id for one in found]
    assert len(theirs) == len(found)


def test_a_frame_without_rows_has_its_columns_and_types(sample: Record) -> None:
    nothing = sample.facts("speaker:Nobody", kind="event")
    assert nothing.to_pandas().shape == (0, len(plain.COLUMNS))
    assert nothing.to_polars().schema == sample.facts(kind="event").to_polars().schema
    assert str(nothing.to_pandas()["quad_class"].dtype) == "Int64"


def test_a_type_asks_for_events(sample: Record) -> None:
    assert tuple(sample.facts(type="CONSULT").to_polars().columns) == plain.COLUMNS


def test_cells_of_each_kind(where: str) -> None:
    with Record(where) as record:
        rows = {row["kind"]: row for row in record.facts().to_polars().iter_rows(named=True) if row["kind"] != "event"}
    assert set(rows) == set(FACT_KINDS) - {"event"}
    said, figure, agreed = rows["statement"], rows["figure"], rows["agreement"]
    assert (said["speaker_name"], said["speaker_country"]) == ("President Marie Duval", "FRA")
    assert (said["cue"], said["mode"], said["type"]) == ("told reporters", "direct", None)
    assert said["chain"] == "Morning Wire; President Marie Duval"
    assert made.TEXT[said["content_start"] : said["content_end"]] == "Canada met Ghana in Accra last week"
    assert (figure["value"], figure["unit"], figure["quote_start"] >= 0) == (3e9, "USD", True)
    assert agreed["party_countries"] == "FRA; DEU"
    assert (rows["transfer"]["supplier_country"], rows["transfer"]["recipient_country"]) == ("FRA", "GHA")
    assert rows["office"]["person"] == "Marie Duval"


def test_search_and_reports_as_frames(sample: Record) -> None:
    found = sample.search("EGY ISR kind:event")
    assert found.to_pandas()["sentence"].tolist() == [hit.sentence.text for hit in found if hit.sentence]
    heads = sample.reports()
    assert heads.to_polars()["id"].to_list() == [head.id for head in heads]
    assert cells(heads.to_pandas()) == heads.to_polars().to_dict(as_series=False)


def test_batches_join(sample: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sample.facts().to_polars()
    monkeypatch.setattr(frames, "BATCH_ROWS", 7)
    assert sample.facts().to_polars().equals(whole)
    assert cells(sample.facts().to_pandas()) == whole.to_dict(as_series=False)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named(sample: Record, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SettingError, match=rf"{library} is not installed; pip install 'dragoman\[{library}\]'"):
        getattr(sample.facts(), f"to_{library}")()
