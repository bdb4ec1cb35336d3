"""One report from source to record, as a server or a follower of feeds does it."""

from __future__ import annotations

from dragoman.coding.tools import Tools
from dragoman.errors import InputError
from dragoman.facts import Answer
from dragoman.pipeline.batch import read_batch
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
