"""Moments as the record keeps them where seconds are too coarse: ISO text in UTC, to the millisecond.

All have one form, so that they sort as they follow each other. In the program a moment is seconds since 1970.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Final

LATEST: Final = 253_402_300_799.0
"""The last second of the year 9999."""


def moment_text(moment: float) -> str:
    """MOMENT as text; a part of a millisecond counts as a whole one, so that nothing comes sooner than it should."""
    milliseconds = math.ceil(min(moment, LATEST) * 1000)
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).isoformat(timespec="milliseconds")


def moment_of(text: str) -> float:
    """The moment that TEXT names."""
    return datetime.fromisoformat(text).timestamp()
