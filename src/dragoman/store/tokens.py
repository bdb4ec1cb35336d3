"""Tokens that let a program post reports: handed out once, kept as a digest only."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.record import Record, now
from dragoman.store.tables import TOKENS

SCOPES: Final = ("post",)
"""`post`: may post reports to `POST /api/reports`."""

TOKEN_BYTES: Final = 32
"""256 random bits: there is nothing to guess, so a plain SHA-256 of the token is safe to keep."""


def add_token(record: Record, scope: str) -> str:
    """A new token for SCOPE; it can't be shown again. Raises QueryError where there is no such scope."""
    if scope not in SCOPES:
        raise QueryError(f"scope: {scope!r} is none of {', '.join(SCOPES)}")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with record.writing() as connection:
        connection.execute(TOKENS.insert().values(digest=_digest(token), scope=scope, created_at=now()))
    return token


def token_allows(record: Record, token: str, scope: str) -> bool:
    """Whether TOKEN was handed out by this record for SCOPE."""
    with record.reading() as connection:
        found = connection.scalar(sa.select(TOKENS.c.scope).where(TOKENS.c.digest == _digest(token)))
    return found == scope


def owner_of(token: str) -> str:
    """Who posts with TOKEN: its digest."""
    return _digest(token)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
