"""From source to record: one report, as a server or a follower of feeds reads it, or some at a time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Final

from dragoman.coding.tools import Tools
from dragoman.errors import InputError
from dragoman.facts import Answer
from dragoman.pipeline.batch import Outcome, read_batch
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.store.writing import Added, Stamp, add


def read_into(record: Record, source: Source, tools: Tools, settings: Settings, by: Stamp) -> Added:
    """Read one report and store it with its facts; `Added.new` is False where it was there already.

    The parser of TOOLS isn't safe to share: let one thread at a time in. Raises InputError where the report can't be
    read, a fault of ours included, and RecordError where it can't be stored.
    """
    (outcome,) = read_batch([source], tools, settings)
    if isinstance(outcome, InputError):
        raise outcome
    if not isinstance(outcome, Answer):
        raise TypeError("without a test for known reports every outcome is an answer or an error")
    return add(record, outcome, by)


BATCH_REPORTS: Final = 16
"""Reports that are stored in one transaction."""

BATCH_S: Final = 1.0
"""So long a report that was read waits for others at most, in seconds of reading: a kill costs no more."""


def in_batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """OUTCOMES, some at a time, to be stored together: a commit waits for the disk, and several are one wait."""
    batch: list[Outcome] = []
    began = 0.0
    for outcome in outcomes:
        began = began if batch else time.monotonic()
        batch.append(outcome)
        if len(batch) >= BATCH_REPORTS or time.monotonic() - began >= BATCH_S:
            yield batch
            batch = []
    if batch:
        yield batch
