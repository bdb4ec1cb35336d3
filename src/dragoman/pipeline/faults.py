"""Faults of ours that must not cost anything but the one input they happen with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dragoman.errors import InputError

T = TypeVar("T")


def attempted(work: Callable[[], T], passing: tuple[type[Exception], ...] = ()) -> T | Exception:
    """What WORK gives, or the error that it ended with, so that whoever has more to do goes on.

    A page may break a library, or us, in ways that nobody foresaw. Errors of PASSING are raised again.
    """
    try:
        return work()
    except passing:
        raise
    except Exception as error:
        return error


def guarded(name: str, work: Callable[[], T]) -> T | InputError:
    """What WORK gives for the input NAME; an InputError where that is bad or breaks us, so that the run goes on."""
    found = attempted(work)
    if isinstance(found, InputError):
        return found
    return failure(name, found) if isinstance(found, Exception) else found


def failure(name: str, error: Exception) -> InputError:
    """The error for a report that broke the program: a fault of ours, told with its place."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {place.tb_frame.f_code.co_name}, line {place.tb_lineno}" if place else ""
    problem = f"a fault of Dragoman's, {type(error).__name__}: {' '.join(str(error).split())[:200]}{where}"
    return InputError(name, problem, "please report it with the text; all other reports are read")
