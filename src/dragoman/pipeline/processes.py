"""Reading in several processes: a plain pool, each worker with a parser of its own.

A worker that dies, out of memory or by a fault in a library, costs one report: what was under way is read again report
by report, and the one that kills its worker a second time is named as an error.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

from dragoman.errors import InputError
from dragoman.pipeline.batch import Known, Outcome, read_batch
from dragoman.pipeline.tools import load_tools
from dragoman.reading.source import Source
from dragoman.settings import Settings

BATCHES_AHEAD: Final = 2
"""Batches waiting for each worker: none is idle, and memory stays bounded."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """An InputError on its way between processes: an exception with three arguments can't be pickled as it is."""

    source: str
    problem: str
    remedy: str


_Sent: TypeAlias = Source | _Failed
_Answered: TypeAlias = Outcome | _Failed
_Work: TypeAlias = tuple[list[Source | InputError], "Future[list[_Answered]]"]


def read_in_processes(
    lists: Iterable[list[Source | InputError]], settings: Settings, jobs: int, known: Known | None
) -> Iterator[Outcome]:
    """Outcomes of all batches in their order, read by JOBS processes."""
    workers = _Workers(settings, jobs, known)
    waiting: deque[_Work] = deque()
    try:
        for batch in lists:
            waiting.append((batch, workers.submit(batch)))
            if len(waiting) > jobs * BATCHES_AHEAD:
                yield from workers.outcomes(*waiting.popleft())
        while waiting:
            yield from workers.outcomes(*waiting.popleft())
    finally:
        workers.close()


class _Workers:
    """The pool, and a new one when a worker has died: a broken pool takes no more work."""

    def __init__(self, settings: Settings, jobs: int, known: Known | None) -> None:
        self.settings, self.jobs, self.known = settings, jobs, known
        self.pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")  # a fork would share open databases and the encoder's threads
        return ProcessPoolExecutor(self.jobs, mp_context=spawn, initializer=_end_on_interrupt)

    def close(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, batch: list[Source | InputError]) -> Future[list[_Answered]]:
        sent = [_pack(item) if isinstance(item, InputError) else item for item in batch]
        with _interrupts_ignored():
            try:
                return self.pool.submit(_work, sent, self.settings, self.known)
            except BrokenProcessPool:
                self.close()
                self.pool = self._start()
                return self.pool.submit(_work, sent, self.settings, self.known)

    def outcomes(self, batch: list[Source | InputError], future: Future[list[_Answered]]) -> list[Outcome]:
        try:
            return [_unpack(item) for item in future.result()]
        except BrokenProcessPool:
            return [self._alone(item) for item in batch]

    def _alone(self, item: Source | InputError) -> Outcome:
        try:
            return _unpack(self.submit([item]).result()[0])
        except BrokenProcessPool:
            name = item.name if isinstance(item, Source) else item.source
            return InputError(
                name, "the process that read it died, perhaps for want of memory", "leave this report out"
            )


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes started here inherit it, so that Ctrl-C while they import makes none of them print a traceback."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers, and only there does Ctrl-C arrive
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_on_interrupt() -> None:
    """Ctrl-C reaches every process of the terminal: a worker has nothing to save and ends without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _work(sent: list[_Sent], settings: Settings, known: Known | None) -> list[_Answered]:
    batch = [_unpack_input(item) for item in sent]
    outcomes = read_batch(batch, load_tools(settings), settings, known)
    return [_pack(item) if isinstance(item, InputError) else item for item in outcomes]


def _pack(error: InputError) -> _Failed:
    return _Failed(error.source, error.problem, error.remedy)


def _unpack_input(item: _Sent) -> Source | InputError:
    return InputError(item.source, item.problem, item.remedy) if isinstance(item, _Failed) else item


def _unpack(item: _Answered) -> Outcome:
    return InputError(item.source, item.problem, item.remedy) if isinstance(item, _Failed) else item
