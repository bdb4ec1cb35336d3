"""Whether a record expects reports to be posted at all."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.store.record import Record
from dragoman.store.tables import TOKENS


def any_token(record: Record) -> bool:
    """Whether any token was handed out."""
    with record.reading() as connection:
        return connection.scalar(sa.select(TOKENS.c.digest).limit(1)) is not None
