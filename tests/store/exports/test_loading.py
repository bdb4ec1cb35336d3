"""Each format loaded the way its users do: pandas and polars, and R's read.delim where it is a table of text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas
import polars
import pytest

from dragoman.store.exports.formats import FORMATS
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record
from tests.store.exports.conftest import Write, Written

TABBED = {"polecat": True, "icews": True, "phoenix": False, "gdelt": False}
"""Tab-separated formats, and whether they have a header."""
CODES = {"icews": "CAMEO Code", "phoenix": "EventCode", "gdelt": "EventCode", "csv": "cameo"}

Table = dict[str, list[str]]
"""Column to its cells as text, empty where missing."""


def with_pandas(done: Written, format_: str) -> Table:
    tabbed = format_ in TABBED
    frame = pandas.read_csv(
        done.path,
        sep="\t" if tabbed else ",",
        header=None if TABBED.get(format_) is False else 0,
        dtype="string",
        keep_default_na=False,
    )
    frame.columns = pandas.Index(done.about["columns"])
    return {str(name): frame[name].tolist() for name in frame}


def with_polars(done: Written, format_: str) -> Table:
    frame = polars.read_csv(
        done.path,
        separator="\t" if format_ in TABBED else ",",
        has_header=TABBED.get(format_) is not False,
        infer_schema=False,
    )
    frame.columns = done.about["columns"]
    return {name: ["" if cell is None else cell for cell in frame[name]] for name in frame.columns}


def with_r(done: Written, format_: str) -> Table:
    reader = "read.csv" if format_ not in TABBED else "read.delim"
    header = "FALSE" if TABBED.get(format_) is False else "TRUE"
    run_r(
        f'd <- {reader}("{done.path}", header = {header}, colClasses = "character", na.strings = NULL, '
        'check.names = FALSE, encoding = "UTF-8")\n'
        f'con <- file("{done.path}.back", "w", encoding = "UTF-8")\n'
        'for (name in seq_along(d)) writeLines(paste(enc2utf8(d[[name]]), collapse = "\\x1f"), con, useBytes = TRUE)\n'
        "close(con)"
    )
    lines = Path(f"{done.path}.back").read_text(encoding="utf-8").split("\n")[:-1]
    return dict(zip(done.about["columns"], [line.split("\x1f") for line in lines], strict=True))


def run_r(script: str, folder: Path | None = None) -> str:
    """What R prints. A test without R is skipped, but not where CI is set: there R is installed first."""
    if shutil.which("Rscript") is None:
        if os.environ.get("CI"):
            pytest.fail("Rscript is missing; `make system` installs it")
        pytest.skip("Rscript is missing; `make system` installs Debian's r-base-core")
    command = ["Rscript", "--vanilla", "-e", 'options(warn = 2, encoding = "UTF-8")', "-e", script]
    ran = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


READERS: tuple[Callable[[Written, str], Table], ...] = (with_pandas, with_polars, with_r)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("format_", [*TABBED, "csv", "dyad-month"])
def test_tables_load_whole(of_sample: Write, format_: str, reader: Callable[[Written, str], Table]) -> None:
    period = {"date_from": "1977-01-01", "date_to": "1978-12-31"} if format_ == "dyad-month" else {}
    done = of_sample(format_, **period)
    table = reader(done, format_)
    assert tuple(table) == FORMATS[format_].columns
    assert {len(cells) for cells in table.values()} == {done.about["rows"]}
    assert done.about["rows"] > 100
    for name in table.keys() & set(CODES.values()):
        assert {"030", "057"} <= set(table[name])
    assert table == with_pandas(done, format_)


@pytest.mark.parametrize(("format_", "header"), TABBED.items())
def test_tabs_part_columns_and_nothing_else(of_sample: Write, format_: str, header: bool) -> None:
    done = of_sample(format_)
    assert {len(row) for row in done.cells} == {len(FORMATS[format_].columns)}
    assert len(done.cells) == done.about["rows"] + header
    assert not set(done.text) & set('"\r\x0b\x0c\x85\u2028\u2029')


@pytest.mark.parametrize("format_", ["polecat", "icews", "phoenix", "gdelt", "csv"])
def test_ids_tell_rows_apart(of_sample: Write, format_: str) -> None:
    table = with_pandas(of_sample(format_), format_)
    ids = next(iter(table.values()))
    assert len(set(ids)) == len(ids)


def test_parquet_is_csv_with_types(of_sample: Write) -> None:
    plain, done = of_sample("csv"), of_sample("parquet")
    text = pandas.read_csv(plain.path, dtype=dict.fromkeys(plain.about["columns"], "string"))
    frame = pandas.read_parquet(done.path)
    with_types = polars.read_parquet(done.path)
    assert with_types.columns == list(text.columns) == list(frame.columns)
    for name in with_types.columns:
        assert with_types[name].to_list() == [None if pandas.isna(cell) else cell for cell in frame[name]]
    assert frame["cameo"].tolist() == text["cameo"].tolist()
    assert str(frame["background"].dtype) == "bool"
    assert str(frame["quad_class"].dtype) == "int64"
    assert frame["intensity"].tolist() == text["intensity"].astype(float).tolist()


@pytest.mark.parametrize("format_", ["plover", "jsonl"])
def test_json_lines_load(of_sample: Write, format_: str) -> None:
    done = of_sample(format_)
    objects = [json.loads(line) for line in done.text.splitlines()]
    assert len(objects) == done.about["rows"]
    assert len(polars.read_ndjson(done.path, infer_schema_length=None)) == len(objects)
    frame = pandas.read_json(done.path, lines=True, dtype=False)
    assert frame["id"].tolist() == [item["id"] for item in objects]


def test_csv_holds_what_the_record_holds(of_sample: Write, sample_record: Record) -> None:
    stored = list(facts(sample_record, FactFilter(kinds=("event",))))
    table = with_pandas(of_sample("csv"), "csv")
    assert table["id"] == [fact.id for fact in stored]
    assert table["status"] == [fact.status for fact in stored]
    assert table["date_start"] == [fact.date.start or "" for fact in stored]
    assert table["date_end"] == [fact.date.end or "" for fact in stored]
    assert table["cameo"] == [fact.payload["cameo"] or "" for fact in stored]
    countries = [[actor["country"] or "" for actor in fact.payload["source"]] for fact in stored]  # type: ignore[attr-defined]
    assert table["source_countries"] == ["; ".join(found) if any(found) else "" for found in countries]


def test_jsonl_holds_every_fact_as_it_is_stored(of_sample: Write, sample_record: Record) -> None:
    objects = [json.loads(line) for line in of_sample("jsonl").text.splitlines()]
    about = ("url", "outlet", "codebook", "coder", "lexicon", "coded_date", "reviewed_by")
    assert [{k: v for k, v in item.items() if k not in about} for item in objects] == [
        fact.line() for fact in facts(sample_record)
    ]
