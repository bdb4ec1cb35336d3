"""Browsers that are signed in: each bears a secret of its own, of which the record keeps a digest."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from dragoman.store.record import Record, now
from dragoman.store.tables import SESSIONS, TOKENS
from dragoman.store.tokens import TOKEN_BYTES, Token, digest_of, good

SESSION_HOURS: Final = 12
"""A working day; then the token is asked for again."""

MOST_SESSIONS: Final = 50
"""Of one token; the oldest goes where there are more."""


def open_session(record: Record, token: Token) -> str:
    """Sign in by TOKEN: the secret that the browser keeps. Sessions that have ended are forgotten on the way."""
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    ends = (datetime.now(UTC) + timedelta(hours=SESSION_HOURS)).isoformat(timespec="seconds")
    ends = min(ends, token.expires_at) if token.expires_at else ends
    with record.writing() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.expires_at <= now()))
        newest = (
            sa.select(SESSIONS.c.digest)
            .where(SESSIONS.c.token_digest == token.digest)
            .order_by(SESSIONS.c.created_at.desc(), SESSIONS.c.digest)
            .offset(MOST_SESSIONS - 1)
        )
        old = connection.scalars(newest).all()
        connection.execute(SESSIONS.delete().where(SESSIONS.c.digest.in_(old)))
        row = {"digest": digest_of(secret), "token_digest": token.digest, "created_at": now(), "expires_at": ends}
        connection.execute(SESSIONS.insert().values(**row))
    return secret


def session_token(record: Record, secret: str) -> Token | None:
    """The token by which the browser with SECRET signed in, None where session or token hold no longer."""
    moment = now()
    statement = (
        sa.select(TOKENS)
        .join(SESSIONS, SESSIONS.c.token_digest == TOKENS.c.digest)
        .where(SESSIONS.c.digest == digest_of(secret), SESSIONS.c.expires_at > moment)
    )
    with record.reading() as connection:
        return good(connection.execute(statement).first(), moment)


def close_session(record: Record, secret: str) -> None:
    """Sign out."""
    with record.writing() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.digest == digest_of(secret)))
