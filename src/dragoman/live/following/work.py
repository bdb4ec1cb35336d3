"""What the jobs of a follower share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from dragoman.live.following.hosts import Hosts
from dragoman.live.following.visiting import Visitor
from dragoman.live.reader import Reader
from dragoman.settings import Settings
from dragoman.store.record import Record

Clock: TypeAlias = Callable[[], float]
"""Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Work:
    """The record, how to fetch and how to read; `chance` gives numbers from 0 to 1; `stopping` is set at the end."""

    record: Record
    settings: Settings
    reader: Reader
    hosts: Hosts
    visitor: Visitor
    clock: Clock
    chance: Callable[[], float]
    stopping: threading.Event


def make_work(
    record: Record,
    settings: Settings,
    reader: Reader,
    clock: Clock,
    chance: Callable[[], float],
    stopping: threading.Event,
) -> Work:
    """All that the jobs need."""
    hosts = Hosts(record, settings, clock, stopping.wait)
    visitor = Visitor(record, settings, hosts, clock)
    return Work(record, settings, reader, hosts, visitor, clock, chance, stopping)
