"""Measure how a record answers as it grows, and write docs/performance.md.

    python -m benchmarks.records fill RECORD --facts 1000000      make it, or let it grow; broken off, it goes on
    python -m benchmarks.records measure RECORD                   measure it, keep the figures, write the page
    python -m benchmarks.records page                             write the page from the figures that are kept

RECORD is a SQLite file or the URL of an empty database. Two gigabytes a million facts are needed, four in PostgreSQL.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.records.fill import cores, fill
from benchmarks.records.kept import RESULTS, keep, load
from benchmarks.records.measure import ROUNDS, measure
from benchmarks.records.page import CHART, PAGE, chart, page
from dragoman.errors import DragomanError
from dragoman.store.record import open_record


def main(
    arguments: Sequence[str] | None = None, results: Path = RESULTS, where: Path = PAGE, drawn: Path = CHART
) -> int:
    """Fill, measure or write the page; 1 where the record can't be used."""
    options = _parser().parse_args(arguments)
    try:
        if options.what == "fill":
            _fill(options.record, options.facts, options.processes)
            return 0
        if options.what == "measure":
            with open_record(options.record, write=True) as record:
                keep(measure(record, options.rounds), results)
    except DragomanError as error:
        print(f"benchmarks.records: {error}", file=sys.stderr)
        return 1
    kept = load(results)
    where.write_text(page(kept), encoding="utf-8")
    drawn.write_text(chart(kept), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.records", description=(__doc__ or "").split("\n\n")[0])
    commands = parser.add_subparsers(dest="what", required=True)
    filling = commands.add_parser("fill", help="make a record, or let it grow")
    filling.add_argument("record")
    filling.add_argument("--facts", type=int, default=1_000_000)
    filling.add_argument("--processes", type=int, default=cores(), help="that make reports, beside the one that writes")
    measuring = commands.add_parser("measure", help="measure a record")
    measuring.add_argument("record")
    measuring.add_argument("--rounds", type=int, default=ROUNDS)
    commands.add_parser("page", help="write the page from the figures that are kept")
    return parser


def _fill(where: str, facts: int, processes: int) -> None:
    began = time.monotonic()
    with open_record(where, write=True) as record:
        for reports, held in fill(record, facts, processes):
            seconds = time.monotonic() - began
            print(f"\r{held:>12,} facts of {reports + 1:,} reports after {seconds:,.0f} s", end="", file=sys.stderr)
    print(f"\n{where}: filled, indexes made, after {time.monotonic() - began:,.0f} s", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
