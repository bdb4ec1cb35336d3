"""Reports that are posted: read one after the other, stored, and so live at once; or held until their embargo ends."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

import sqlalchemy as sa

from dragoman.errors import DragomanError, InputError, LineError
from dragoman.facts import Answer
from dragoman.live.reader import Reader
from dragoman.pipeline.faults import failure
from dragoman.reading.jsonl import parse_line
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.moments import moment_of, moment_text
from dragoman.store.posts import (
    KEEPER,
    Held,
    NotYoursError,
    check_owner,
    due_posts,
    hold,
    not_released,
    own,
    release,
    withdraw_post,
)
from dragoman.store.record import Record
from dragoman.store.writing import Added, add

T = TypeVar("T")

WHERE: Final = "the posted report"
"""What errors call the input."""

WARM_TEXT: Final = "The two presidents met in Paris on Monday, a spokesman said."
"""Tables are indexed when a first text is read; this one is read before anybody waits."""

MOST_WAITING: Final = 32
"""Reports that may wait for the reader; whoever posts one more is asked to come back."""

RELEASE_RETRY_S: Final = 60.0
"""After a held report could not be read or stored."""


class BusyError(DragomanError):
    """Too many reports wait already."""


class NoReportError(DragomanError):
    """A report that is to be corrected or withdrawn, and isn't there."""

    def __init__(self, report: str) -> None:
        super().__init__(f"there is no report {report[:200]!r} in this record; post it first")


class _WithdrawnMeanwhileError(Exception):
    """A held report was withdrawn or replaced while it was read; its transaction is undone."""


class Poster:
    """Reads posted reports into a record. The parser is loaded with the first one, or by `warm`; one thread uses it.

    OWNER is who posts: the digest of a token, or `KEEPER`.
    """

    def __init__(self, record: Record, settings: Settings, reader: Reader | None = None) -> None:
        self.record = record
        self.settings = settings
        self.reader = reader or Reader(settings)
        self._lock = threading.Lock()
        self._waiting = 0

    def close(self) -> None:
        """Finish the report in hand, drop those that wait."""
        self.reader.close()

    def warm(self) -> None:
        """Load the parser and the tables in the reader's thread, without waiting for it.

        A failure shows with the first report that is posted.
        """
        self.reader.submit(partial(self._answer_of, Source("warm", "warm", text=WARM_TEXT)))

    async def post(self, line: bytes, owner: str = KEEPER) -> Added | Held:
        """Read one line of `read -`, which may have an "embargo", and store it or hold it.

        Raises LineError and PageError where it can't be read, NotYoursError where it changes another's report,
        BusyError where too many wait, ModelError, SettingError, RecordError where this program can't read or store
        anything.
        """
        return await self._turn(partial(self.read, line, owner))

    async def preview(self, line: bytes) -> Answer:
        """What would be read of LINE; nothing is stored. Raises as `post` does."""
        return await self._turn(partial(self.look, line))

    async def correct(self, ident: str, line: bytes, owner: str) -> Added | Held:
        """Put LINE in the place of one's own report IDENT. Raises NoReportError, and as `post` does."""
        return await self._turn(partial(self._correct, ident, line, owner))

    async def withdraw(self, ident: str, owner: str, why: str = "") -> Added:
        """Withdraw one's own report. Raises NoReportError, NotYoursError and RecordError."""
        return await self._turn(partial(self.take_back, ident, owner, why))

    def take_back(self, ident: str, owner: str = KEEPER, why: str = "") -> Added:
        """The same in the caller's thread."""
        if not check_owner(self.record, ident, owner):
            raise NoReportError(ident)
        said = f": {' '.join(why.split())[:300]}" if why.strip() else ""
        day = moment_text(time.time())[:10]
        added = withdraw_post(self.record, ident, f"withdrawn on {day} by who posted it{said}")
        if added is None:
            raise NoReportError(ident)
        return added

    def read(self, line: bytes, owner: str = KEEPER) -> Added | Held:
        """Post LINE in the caller's thread."""
        line, release_at = split_embargo(line)
        source = parse_line(line, WHERE, self.settings.max_page_bytes)
        with self._lock:
            answer = self._answer_of(source)
            now = time.time()
            if release_at is not None and release_at > now:
                check_owner(self.record, source.id, owner)
                held = Held(source.id, owner, now, release_at, 0, None, line.decode("utf-8"))
                hold(self.record, held)
                return held
            return add(self.record, answer, self.reader.stamp(), partial(_owned, owner))

    def release_due(self, now: float) -> list[Added]:
        """Store the held reports whose embargo is over; what fails says why in its row, and is tried again.

        Raises RecordError, ModelError and SettingError where nothing can be read or stored.
        """
        released = []
        for held in due_posts(self.record, now):
            try:
                source = parse_line(held.line, WHERE, self.settings.max_page_bytes)
                answer = self.reader.submit(partial(self._answer_of, source)).result()
                released.append(add(self.record, answer, self.reader.stamp(), partial(_released, held)))
            except _WithdrawnMeanwhileError:
                continue
            except (InputError, NotYoursError) as error:
                not_released(self.record, held, str(error), now + RELEASE_RETRY_S)
        return released

    def look(self, line: bytes) -> Answer:
        """As `preview`, in the caller's thread."""
        line, _ = split_embargo(line)
        return self._answer_of(parse_line(line, WHERE, self.settings.max_page_bytes))

    def _correct(self, ident: str, line: bytes, owner: str) -> Added | Held:
        if not check_owner(self.record, ident, owner):
            raise NoReportError(ident)
        return self.read(_with_id(line, ident), owner)

    async def _turn(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise BusyError(f"{MOST_WAITING} reports wait to be read already; post it again in a few seconds")
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self.reader.submit(work))
        finally:
            self._waiting -= 1

    def _answer_of(self, source: Source) -> Answer:
        from dragoman.pipeline.batch import read_report  # late: pages are served without it, and sooner
        from dragoman.pipeline.tools import load_tools

        tools = load_tools(self.settings)
        try:
            return read_report(source, tools, self.settings)
        except DragomanError:
            raise
        except Exception as error:  # a fault of ours in one report: it is named, and the server goes on
            raise failure(WHERE, error) from error


def _owned(owner: str, connection: sa.Connection, added: Added) -> None:
    own(connection, added, owner)


def _released(held: Held, connection: sa.Connection, added: Added) -> None:
    own(connection, added, held.owner)
    if not release(connection, held):
        raise _WithdrawnMeanwhileError


def split_embargo(line: bytes) -> tuple[bytes, float | None]:
    """LINE without its "embargo", and the moment which that names; None where there is none. Raises LineError."""
    if b'"embargo"' not in line:
        return line, None
    row = _row(line)
    if row is None or "embargo" not in row:
        return line, None
    told = row.pop("embargo")
    rest = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return rest, None if told is None else embargo_of(told)


def embargo_of(told: object) -> float:
    """The moment that an embargo names. Raises LineError where it is no time with its zone."""
    remedy = 'write it as "2026-11-25T06:00:00Z" or with another zone, such as +01:00'
    if not isinstance(told, str):
        raise LineError(WHERE, "the embargo is no text", remedy)
    try:
        found = datetime.fromisoformat(told.strip())
        if found.tzinfo is not None and len(told.strip()) > 10:
            return moment_of(found.isoformat())
    except (ValueError, OverflowError) as error:
        raise LineError(WHERE, f"the embargo {told[:40]!r} is no time", remedy) from error
    raise LineError(WHERE, f"the embargo {told[:40]!r} has no time of day or no zone", remedy)


def _with_id(line: bytes, ident: str) -> bytes:
    """LINE with the id of the report that it corrects. Raises LineError where it bears another."""
    row = _row(line)
    if row is None:
        return line
    given = row.setdefault("id", ident)
    if str(given) != ident:
        raise LineError(WHERE, "its id is not the one in the address", "leave it out, or send it to its own address")
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _row(line: bytes) -> dict[str, object] | None:
    """The object that LINE holds; None where it holds none, which `parse_line` then tells of."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None
