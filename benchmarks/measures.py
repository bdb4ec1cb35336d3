"""What the page of figures shows: measures read from the scorers' lines, targets, and what other programs reach."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Measure:
    """One figure of one task. `pattern` finds it in the scorer's lines as the group `value`, and where the scorer
    gives an interval that as `low` and `high`. `target` is in the units of the line; None where none is set.
    """

    task: str
    key: str
    name: str
    pattern: str
    target: float | None
    better: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled pattern, whose `^` is the beginning of any line."""
        return re.compile(self.pattern, re.MULTILINE)

    def read(self, lines: str) -> Reading | None:
        """The figure in the scorer's LINES; None where it isn't there."""
        found = self.expression.search(lines)
        if found is None:
            return None
        groups = found.groupdict()
        low, high = groups.get("low"), groups.get("high")
        return Reading(found["value"], (float(low), float(high)) if low and high else None)

    def reached(self, value: float) -> bool | None:
        """Whether VALUE is at the target or beyond it; None where there is no target."""
        if self.target is None:
            return None
        return value >= self.target if self.better == "higher" else value <= self.target


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as the scorer wrote it, and its interval of 95 percent where the scorer gave one."""

    text: str
    interval: tuple[float, float] | None = None

    @property
    def value(self) -> float:
        """The figure as a number."""
        return float(self.text)


@dataclass(frozen=True, slots=True)
class Peer:
    """What another program, or a baseline, reaches in a measure; `figure` is text as its source gives it."""

    task: str
    key: str
    peer: str
    figure: str
    source: str

    @property
    def value(self) -> float:
        """The figure without its error: .957 of ".957 ± .015"."""
        return float(self.figure.split()[0])


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of a TSV file beside this module; lines with `#` are its notice."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


def measures() -> tuple[Measure, ...]:
    """All measures, in the order of the page. Raises ValueError where a row is wrong."""
    found = []
    for row in _rows("measures.tsv"):
        if row["better"] not in ("higher", "lower") or "(?P<value>" not in row["pattern"]:
            raise ValueError(f"measures.tsv: {row['task']} {row['key']}: no group `value`, or neither higher nor lower")
        target = float(row["target"]) if row["target"] else None
        found.append(Measure(row["task"], row["key"], row["name"], row["pattern"], target, row["better"]))
    return tuple(found)


def peers() -> dict[tuple[str, str], list[Peer]]:
    """Task and key of a measure to what others reach in it."""
    found: dict[tuple[str, str], list[Peer]] = {}
    for row in _rows("peers.tsv"):
        peer = Peer(row["task"], row["key"], row["peer"], row["figure"], row["source"])
        found.setdefault((peer.task, peer.key), []).append(peer)
    return found
