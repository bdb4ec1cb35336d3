"""Reports that are posted: read one after the other in a thread of their own, stored, and so live at once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from dragoman.errors import DragomanError
from dragoman.facts import Answer
from dragoman.reading.jsonl import parse_line
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.store.writing import Added, Stamp, add

WHERE: Final = "the posted report"
"""What errors call the input."""

WARM_TEXT: Final = "The two presidents met in Paris on Monday, a spokesman said."
"""Tables are indexed when a first text is read; this one is read before anybody waits."""

MOST_WAITING: Final = 32
"""Reports that may wait for the reader; whoever posts one more is asked to come back."""


class BusyError(DragomanError):
    """Too many reports wait already."""


class Poster:
    """Reads posted reports into a record. The parser is loaded with the first one, or by `warm`; one thread uses it."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self.record = record
        self.settings = settings
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._waiting = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dragoman-reader")

    def close(self) -> None:
        """Finish the report in hand, drop those that wait."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def warm(self) -> None:
        """Load the parser and the tables in the reader's thread, without waiting for it.

        A failure shows with the first report that is posted.
        """
        self._thread.submit(self._answer_of, Source("warm", "warm", text=WARM_TEXT))

    async def post(self, line: bytes) -> Added:
        """Read one line of `read -` and store it.

        Raises LineError and PageError where it can't be read, BusyError where too many wait, ModelError, SettingError,
        RecordError where this program can't read or store anything.
        """
        if self._waiting >= MOST_WAITING:
            raise BusyError(f"{MOST_WAITING} reports wait to be read already; post it again in a few seconds")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self.read, line)
        finally:
            self._waiting -= 1

    def read(self, line: bytes) -> Added:
        """The same in the caller's thread."""
        source = parse_line(line, WHERE, self.settings.max_page_bytes)
        with self._lock:
            return add(self.record, self._answer_of(source), self._version())

    def _answer_of(self, source: Source) -> Answer:
        from dragoman.pipeline.batch import failure, read_report  # late: pages are served without it, and sooner
        from dragoman.pipeline.tools import load_tools

        tools = load_tools(self.settings)
        try:
            return read_report(source, tools, self.settings)
        except DragomanError:
            raise
        except Exception as error:  # a fault of ours in one report: it is named, and the server goes on
            raise failure(WHERE, error) from error

    def _version(self) -> Stamp:
        from dragoman.pipeline.tools import stamp

        if self._stamp is None:
            self._stamp = stamp(self.settings)
        return self._stamp
