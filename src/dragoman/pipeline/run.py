"""Reports in batches, in this process or over a pool of them. Inputs and outcomes run in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from dragoman.errors import InputError
from dragoman.pipeline.batch import Known, Outcome, read_batch
from dragoman.pipeline.processes import read_in_processes
from dragoman.pipeline.tools import load_tools
from dragoman.reading.source import Source
from dragoman.settings import Settings

BATCH_REPORTS: Final = 16
"""Reports parsed in one call: enough to fill the encoder's batches with short reports, few enough to answer soon."""

BATCH_CHARS: Final = 500_000
"""Characters of input after which a batch is full however few its reports: their parses are held all at once."""


def read_all(
    inputs: Iterable[Source | InputError],
    settings: Settings,
    jobs: int = 1,
    known: Known | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Outcome]:
    """Outcomes of INPUTS in their order. JOBS processes read; PROGRESS is told after each report how many are done.

    Raises ModelError and SettingError where the parser or the tables can't be loaded.
    """
    if jobs > 1:
        outcomes = read_in_processes(batches(inputs), settings, jobs, known)
    else:
        outcomes = _in_this_process(batches(inputs), settings, known)
    for number, outcome in enumerate(outcomes, 1):
        yield outcome
        if progress:
            progress(number)


def batches(inputs: Iterable[Source | InputError], size: int = BATCH_REPORTS) -> Iterator[list[Source | InputError]]:
    """INPUTS in lists of SIZE, shorter ones where the reports are long."""
    batch: list[Source | InputError] = []
    chars = 0
    for item in inputs:
        batch.append(item)
        chars += len(item.html or item.text or "") if isinstance(item, Source) else 0
        if len(batch) == size or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _in_this_process(
    lists: Iterable[list[Source | InputError]], settings: Settings, known: Known | None
) -> Iterator[Outcome]:
    for batch in lists:
        yield from read_batch(batch, load_tools(settings), settings, known)
