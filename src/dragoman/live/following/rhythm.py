"""When a feed is asked next: by its own rhythm, within bounds, never sooner than its server allows.

All times are seconds. CHANCE is a number from 0 to 1 drawn at random: it only ever makes a wait longer, so that feeds
that were added together drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from dragoman.settings import Settings

SPREAD: Final = 0.1
"""A wait is made longer by up to this share."""

BACK_OFF_S: Final = 60.0
"""The first wait after a failure; each further one is twice as long."""

LONGEST_BACK_OFF_S: Final = 86_400.0
"""However often it failed, it is tried once a day."""

FEWEST: Final = 5
"""A rhythm is told from so many items at least."""

SILENT_TIMES: Final = 5.0
SILENT_LEAST_S: Final = 86_400.0
"""A source counts as silent after so many times its usual pause, and after a day at least: nights are no silence."""

REVISITS_S: Final = (3600.0, 4 * 3600.0, 24 * 3600.0, 3 * 86_400.0)
"""An article is looked at again after these pauses; then every three days, until its time is over."""

RETRIES: Final = 8
"""An article that can't be fetched is tried so often: with doubling waits that is four hours."""

MISSES: Final = 3
"""A page that is not found so often in a row is gone; one look may hit a server in disorder."""

MISSED_S: Final = 6 * 3600.0
"""Between two looks at a page that was not found."""


def next_interval_s(rhythm_s: float | None, before_s: float, found_new: bool, settings: Settings) -> float:
    """How long to wait after a check: half the feed's usual pause, or by trial where that is not known."""
    by_trial = before_s / 2 if found_new else before_s * 1.5
    return within(by_trial if rhythm_s is None else rhythm_s / 2, settings)


def within(interval_s: float, settings: Settings) -> float:
    """INTERVAL_S within the bounds of the settings."""
    most = max(settings.follow_max_interval_s, settings.follow_min_interval_s)
    return min(max(interval_s, settings.follow_min_interval_s), most)


def wait_s(interval_s: float, asked_s: Iterable[float | None], chance: float, settings: Settings) -> float:
    """The wait until the next check: the interval, or what the server or the feed asks for where that is longer.

    A feed that asks to be left alone for longer than our longest interval is asked once in that.
    """
    most = max(settings.follow_max_interval_s, settings.follow_min_interval_s)
    asked = min(max((one for one in asked_s if one is not None), default=0.0), most)
    return max(interval_s, asked) * (1 + SPREAD * chance)


def back_off_s(failures: int, retry_after_s: float | None, chance: float) -> float:
    """The wait after that many failures in a row, the last one included; never less than Retry-After."""
    doubled = min(BACK_OFF_S * 2.0 ** min(max(failures - 1, 0), 30), LONGEST_BACK_OFF_S)
    return max(doubled * (1 + chance / 2), retry_after_s or 0.0)


def rhythm_s(times: Sequence[float], now: float) -> float | None:
    """The median pause between items, from the moments at which they came out; None where there are too few.

    Moments in the future are no evidence of anything. Items that came at once count as one.
    """
    moments = sorted({round(time) for time in times if time <= now + 60})
    if len(moments) < FEWEST:
        return None
    return float(median(later - sooner for sooner, later in zip(moments, moments[1:], strict=False)))


def is_silent(rhythm: float | None, last_new: float | None, now: float) -> bool:
    """Whether a source has been quiet for much longer than it usually is."""
    if rhythm is None or last_new is None:
        return False
    return now - last_new > max(SILENT_TIMES * rhythm, SILENT_LEAST_S)


def revisit_at(visits: int, first_read: float, now: float, settings: Settings) -> float | None:
    """When an article that was looked at VISITS times is looked at again; None where its time is over."""
    pause = REVISITS_S[min(visits, len(REVISITS_S)) - 1] if visits else REVISITS_S[0]
    then = now + pause
    return then if then - first_read <= settings.follow_revisit_days * 86_400 else None
