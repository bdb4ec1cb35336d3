"""Tokens by which programs and people are known: handed out once, kept as a digest only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.record import Record, now
from dragoman.store.tables import SESSIONS, TOKENS

SCOPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "read": "read a record that is closed to others, and the server's metrics",
        "post": "post reports, and read",
        "review": "accept, reject and edit facts, and read",
        "admin": "all of these",
    }
)
"""What a token may allow, in words."""

_ALSO: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"post": frozenset({"read"}), "review": frozenset({"read"}), "admin": frozenset(SCOPES)}
)

PREFIX: Final = "drg_"
"""By it a person, and a program that looks for secrets in files, knows what the text is."""

TOKEN_BYTES: Final = 32
"""256 random bits: there is nothing to guess, so a plain SHA-256 of the token is safe to keep."""

ID_CHARS: Final = 8
"""Of the digest, in hexadecimal: by these a token is told from others."""

MOST_NAME_CHARS: Final = 80


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the record knows it; times are ISO text in UTC.

    `digest` stands for it, `scopes` is what it was made for. `expires_at` is None where it never ends, `last_used_at`
    (to the minute) where it was not used yet, `revoked_at` where it holds.
    """

    digest: str
    name: str
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    revoked_at: str | None

    @property
    def id(self) -> str:
        """The first figures of its digest."""
        return self.digest[:ID_CHARS]

    @property
    def allowed(self) -> frozenset[str]:
        """Its scopes with all that these include."""
        return frozenset(self.scopes).union(*(_ALSO.get(scope, frozenset()) for scope in self.scopes))

    def state(self, moment: str) -> str:
        """`good`, `expired` or `revoked` at MOMENT."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= moment else "good"


def add_token(
    record: Record, scopes: str | Iterable[str], name: str | None = None, expires_at: str | None = None
) -> str:
    """A new token for SCOPES; it can't be shown again. EXPIRES_AT is a time as `now` gives it.

    Raises QueryError where there is no such scope, or the name is another token's, or too long.
    """
    wanted = {scopes} if isinstance(scopes, str) else set(scopes)
    if unknown := sorted(wanted - set(SCOPES)):
        raise QueryError(f"scope: {unknown[0]!r} is none of {', '.join(SCOPES)}")
    if not wanted:
        raise QueryError(f"scope: a token must allow something; name one of {', '.join(SCOPES)}")
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    digest = digest_of(token)
    name = " ".join((f"token-{digest[:ID_CHARS]}" if name is None else name).split())
    if not name or len(name) > MOST_NAME_CHARS or not name.isprintable():
        raise QueryError(f"name: {name[:40]!r} is no name; write 1 to {MOST_NAME_CHARS} characters")
    row = {"digest": digest, "name": name, "scopes": " ".join(scope for scope in SCOPES if scope in wanted)}
    with record.writing() as connection:
        borne = sa.select(TOKENS.c.digest).where(TOKENS.c.name == name, TOKENS.c.revoked_at.is_(None))
        if connection.execute(borne).first() is not None:
            raise QueryError(f"name: there is a token {name!r} already; revoke it first or take another name")
        connection.execute(TOKENS.insert().values(**row, created_at=now(), expires_at=expires_at))
    return token


def find_token(record: Record, token: str) -> Token | None:
    """TOKEN if this record handed it out and it still holds, else None."""
    with record.reading() as connection:
        row = connection.execute(sa.select(TOKENS).where(TOKENS.c.digest == digest_of(token))).first()
    return good(row, now())


def token_allows(record: Record, token: str, scope: str) -> bool:
    """Whether TOKEN was handed out by this record for SCOPE, and still holds."""
    found = find_token(record, token)
    return found is not None and scope in found.allowed


def owner_of(token: str) -> str:
    """Who posts with TOKEN: its digest."""
    return digest_of(token)


def tokens(record: Record) -> list[Token]:
    """All tokens that were ever handed out, the oldest first."""
    with record.reading() as connection:
        rows = connection.execute(sa.select(TOKENS).order_by(TOKENS.c.created_at, TOKENS.c.name)).all()
    return [_token(row) for row in rows]


def revoke_token(record: Record, which: str) -> Token:
    """Revoke the token of that name or id, and end its sessions; gives it as it was.

    Raises QueryError where there is no such token, or more than one.
    """
    with record.writing() as connection:
        named = sa.or_(TOKENS.c.name == which, sa.func.substr(TOKENS.c.digest, 1, ID_CHARS) == which)
        rows = connection.execute(sa.select(TOKENS).where(named, TOKENS.c.revoked_at.is_(None))).all()
        if not rows:
            raise QueryError(f"{which}: there is no such token that holds; `dragoman token list` names them")
        if len(rows) > 1:
            raise QueryError(f"{which}: {len(rows)} tokens are called so; name one by its id")
        found = _token(rows[0])
        connection.execute(SESSIONS.delete().where(SESSIONS.c.token_digest == found.digest))
        connection.execute(TOKENS.update().where(TOKENS.c.digest == found.digest).values(revoked_at=now()))
    return found


def used(record: Record, token: Token) -> None:
    """Keep that TOKEN is used now; within the same minute nothing is written."""
    minute = now()[:16]
    if token.last_used_at is not None and token.last_used_at[:16] >= minute:
        return
    with record.writing() as connection:
        connection.execute(
            TOKENS.update().where(TOKENS.c.digest == token.digest).values(last_used_at=f"{minute}:00+00:00")
        )


def digest_of(secret: str) -> str:
    """What is kept of a token or of a session's cookie."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def good(row: sa.Row[Any] | None, moment: str) -> Token | None:
    """The token of ROW, None where it doesn't hold at MOMENT."""
    found = _token(row) if row is not None else None
    return found if found is not None and found.state(moment) == "good" else None


def _token(row: sa.Row[Any]) -> Token:
    fields = {name: getattr(row, name) for name in Token.__dataclass_fields__}
    return Token(**{**fields, "scopes": tuple(row.scopes.split())})
