"""Reading reports one after the other in a thread of their own: the parser is not made for several at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from dragoman.errors import InputError
from dragoman.facts import Report
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.store.writing import Stamp, has_report

if TYPE_CHECKING:
    from dragoman.pipeline.batch import Outcome

T = TypeVar("T")


class Reader:
    """One thread that reads, shared by all that want something read in this process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dragoman-reader")

    def close(self) -> None:
        """Finish the report in hand, drop those that wait."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Do WORK in the reader's thread, after what waits there already."""
        return self._thread.submit(work)

    def outcome(self, source: Source, record: Record) -> Outcome:
        """What SOURCE says; Unchanged where RECORD has it in the same words. Waits for its turn.

        Raises ModelError and SettingError where nothing can be read.
        """
        return self._thread.submit(self._outcome, source, record).result()

    def stamp(self) -> Stamp:
        """The versions that reports are marked with."""
        from dragoman.pipeline.tools import stamp

        with self._lock:
            if self._stamp is None:
                self._stamp = stamp(self.settings)
            return self._stamp

    def _outcome(self, source: Source, record: Record) -> Outcome:
        from dragoman.pipeline.batch import read_batch  # late: what serves pages does without it until something comes
        from dragoman.pipeline.tools import load_tools

        by = self.stamp()

        def known(report: Report) -> bool:
            return has_report(record, report, by)

        (outcome,) = read_batch([source], load_tools(self.settings), self.settings, known)
        return outcome


def reason(error: InputError) -> str:
    """What is wrong, without the name of the input, which stands beside it."""
    return error.problem + (f"; {error.remedy}" if error.remedy else "")
