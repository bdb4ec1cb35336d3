"""Reading reports into a record, as `dragoman read` does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from dragoman.errors import InputError
from dragoman.facts import Answer, Report
from dragoman.pipeline.batch import Known, Unchanged
from dragoman.pipeline.known import InRecord
from dragoman.pipeline.run import read_all
from dragoman.pipeline.storing import in_batches
from dragoman.pipeline.tools import stamp
from dragoman.python.recorded import ReadDone
from dragoman.reading.inputs import read_inputs
from dragoman.reading.jsonl import parse_row
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.store.writing import add_all, has_report

Line: TypeAlias = Mapping[str, object]
"""A report as a line of `dragoman read -` has it: `id`, `text` or `html`, and if you like `title`, `url`, `published`,
`outlet`, all of them text."""


def read_into(
    record: Record,
    where: str,
    inputs: Iterable[Source | InputError],
    settings: Settings,
    jobs: int,
    progress: Callable[[int], None] | None,
) -> ReadDone:
    """Read INPUTS into RECORD, which other processes open as WHERE. What was read before a stop is kept.

    Raises InputError, that of the first input, where not one of them could be read.
    """
    by = stamp(settings)

    def is_there(report: Report) -> bool:
        return has_report(record, report, by)

    known: Known = is_there if jobs == 1 else InRecord(where, by)
    reports = facts = unchanged = 0
    failed: list[InputError] = []
    for outcomes in in_batches(read_all(inputs, settings, jobs, known, progress)):
        failed += [outcome for outcome in outcomes if isinstance(outcome, InputError)]
        unchanged += sum(isinstance(outcome, Unchanged) for outcome in outcomes)
        added = add_all(record, [outcome for outcome in outcomes if isinstance(outcome, Answer)], by)
        reports, facts = reports + len(added), facts + sum(one.facts for one in added)
    if failed and not reports and not unchanged:
        raise failed[0]
    return ReadDone(reports, facts, unchanged, tuple(failed))


def sources(paths: Iterable[str], texts: Iterable[Line], settings: Settings) -> Iterator[Source | InputError]:
    """What is to be read: files, folders and addresses first, then texts; what is no report is an InputError."""
    yield from read_inputs(paths, settings, sys.stdin)
    for number, row in enumerate(texts, 1):
        try:
            yield parse_row(row, f"text {number}", settings.max_page_bytes)
        except InputError as error:
            yield error
