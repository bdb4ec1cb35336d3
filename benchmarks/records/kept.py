"""Figures that were measured, kept beside the code: one set for each database and order of size."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import log10
from pathlib import Path
from typing import Final

from benchmarks.records.measure import Measured, Timing

RESULTS: Final = Path(__file__).parent / "results.json"


def load(path: Path = RESULTS) -> list[Measured]:
    """All figures, by database and size; none where there is no such file."""
    if not path.exists():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Measured(**{**row, "timings": tuple(Timing(**timing) for timing in row["timings"])}) for row in rows]


def keep(new: Measured, path: Path = RESULTS) -> None:
    """Keep NEW in the place of what was measured of the same database at about the same size."""
    others = [old for old in load(path) if old.database != new.database or _size(old) != _size(new)]
    rows = [asdict(row) for row in sorted([*others, new], key=lambda row: (row.database != "sqlite", row.facts))]
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _size(measured: Measured) -> int:
    """Sizes within a third of a power of ten are about the same."""
    return round(3 * log10(max(measured.facts, 1)))
