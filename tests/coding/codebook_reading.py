"""Reads the examples of the codebook's page; as a program it writes what the coder reads today into `known_gap`.

Run `python -m tests.coding.codebook_reading` after a change of weights, tables or rules, then
`python -m dragoman.lexicon.codebook_page docs/codebook.md`.
"""

from __future__ import annotations

from pathlib import Path

import dragoman.lexicon
from dragoman.coding import events
from dragoman.coding.events.brief import in_short, parties
from dragoman.facts import Event
from dragoman.lexicon.codebook_examples import PUBLISHED, ExampleRow
from dragoman.lexicon.table import read_rows
from tests.coding.event_reading import draft_of

TABLE = Path(dragoman.lexicon.__file__).parent / "data" / "codebook" / "examples.tsv"


def matches(event: Event, row: ExampleRow) -> bool:
    sides = {"source": parties(event.source), "target": parties(event.target)}
    return sides == {"source": row.source, "target": row.target} and (
        (event.act, event.type, event.mode, event.status, event.background)
        == (row.deed, row.type, row.mode, row.status, row.background)
    )


def read(row: ExampleRow) -> tuple[Event, ...]:
    return events.find(draft_of(row.text, PUBLISHED))


def gap(row: ExampleRow) -> str:
    """What is read in place of ROW's event; empty where that is read."""
    found = read(row)
    if any(matches(event, row) for event in found):
        return ""
    return "; ".join(in_short(event) for event in found) or "no event"


def main() -> None:
    """Write the column `known_gap` anew."""
    lines = TABLE.read_text(encoding="utf-8").split("\n")
    for number, row in read_rows(ExampleRow, str(TABLE), "\n".join(lines)):
        lines[number - 1] = "\t".join([*lines[number - 1].split("\t")[:-1], gap(row)])
    TABLE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
