from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.record import Record, open_record
from dragoman.store.sessions import MOST_SESSIONS, close_session, open_session, session_token
from dragoman.store.tables import SESSIONS, TOKENS
from dragoman.store.tokens import (
    SCOPES,
    Token,
    add_token,
    find_token,
    owner_of,
    revoke_token,
    token_allows,
    tokens,
    used,
)
from tests.store import revisions

LONG_AGO = "2001-01-01T00:00:00+00:00"
FAR_OFF = "2999-01-01T00:00:00+00:00"


@pytest.fixture
def record(new_record: str) -> Iterator[Record]:
    with open_record(new_record, write=True) as opened:
        yield opened


def token(record: Record, secret: str) -> Token:
    found = find_token(record, secret)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        (["read"], {"read"}),
        (["post"], {"post", "read"}),
        (["review", "post"], {"post", "read", "review"}),
        (["admin"], {"admin", "post", "read", "review"}),
    ],
)
def test_a_token_allows_what_it_was_made_for(record: Record, scopes: list[str], allowed: set[str]) -> None:
    secret = add_token(record, scopes)
    assert {scope for scope in SCOPES if token_allows(record, secret, scope)} == allowed
    assert not token_allows(record, secret + "x", "read")
    assert not token_allows(record, "", "read")


def test_the_token_itself_is_nowhere_kept(record: Record) -> None:
    secret = add_token(record, "post", "wire")
    session = open_session(record, token(record, secret))
    with record.reading() as connection:
        kept = str(connection.execute(sa.select(TOKENS)).all()) + str(connection.execute(sa.select(SESSIONS)).all())
    assert "wire" in kept
    assert secret not in kept and secret.removeprefix("drg_") not in kept and session not in kept


@pytest.mark.parametrize(
    ("scopes", "name", "words"),
    [
        (["write"], None, "'write' is none of read, post, review, admin"),
        ([], None, "must allow something"),
        (["post"], "wire", "there is a token 'wire' already"),
        (["post"], "  ", "is no name"),
        (["post"], "x" * 81, "is no name"),
        (["post"], "a\x1b[2J", "is no name"),
    ],
)
def test_a_wrong_token_is_refused(record: Record, scopes: list[str], name: str | None, words: str) -> None:
    add_token(record, "post", "wire")
    with pytest.raises(QueryError, match=words.replace("(", r"\(")):
        add_token(record, scopes, name)
    assert len(tokens(record)) == 1


def test_a_token_that_has_ended_or_was_revoked_allows_nothing(record: Record) -> None:
    over, later = add_token(record, "post", "over", LONG_AGO), add_token(record, "post", "later", FAR_OFF)
    assert not token_allows(record, over, "post")
    assert token_allows(record, later, "post")
    session = open_session(record, token(record, later))
    assert session_token(record, session) is not None
    assert revoke_token(record, "later").name == "later"
    assert not token_allows(record, later, "post")
    assert session_token(record, session) is None
    assert [one.state(FAR_OFF) for one in tokens(record)] == ["revoked", "expired"]


def test_a_token_is_revoked_by_its_id_and_its_name_is_free_again(record: Record) -> None:
    one = token(record, add_token(record, "post", "wire"))
    revoke_token(record, one.id)
    with pytest.raises(QueryError, match="no such token that holds"):
        revoke_token(record, one.id)
    other = add_token(record, "post", "wire")
    assert revoke_token(record, "wire").digest == owner_of(other)


def test_last_use_is_kept_to_the_minute(record: Record) -> None:
    secret = add_token(record, "post")
    assert token(record, secret).last_used_at is None
    used(record, token(record, secret))
    last = token(record, secret).last_used_at
    assert last is not None and last.endswith(":00+00:00")


def test_a_session_ends_with_its_token_and_by_signing_out(record: Record) -> None:
    one = token(record, add_token(record, "post"))
    session = open_session(record, one)
    assert session_token(record, session) == one
    assert session_token(record, session + "x") is None
    close_session(record, session)
    assert session_token(record, session) is None
    with record.writing() as connection:
        ends = connection.scalars(sa.select(SESSIONS.c.expires_at)).all()
    assert ends == []


def test_sessions_of_a_token_are_bounded_and_old_ones_forgotten(record: Record) -> None:
    one = token(record, add_token(record, "post"))
    first = open_session(record, one)
    with record.writing() as connection:
        connection.execute(SESSIONS.update().values(created_at=LONG_AGO))
    for _ in range(MOST_SESSIONS):
        last = open_session(record, one)
    with record.writing() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(SESSIONS)) == MOST_SESSIONS
    assert session_token(record, first) is None and session_token(record, last) is not None
    with record.writing() as connection:
        connection.execute(SESSIONS.update().values(expires_at=LONG_AGO))
    assert session_token(record, last) is None
    open_session(record, one)
    with record.writing() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(SESSIONS)) == 1


def test_tokens_of_an_earlier_record_still_allow_posting(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("old") / "r.db"
    revisions.load_sqlite("0001", path)
    digest = owner_of("a token of before")
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO tokens VALUES (?, 'post', '2026-01-01T00:00:00+00:00')", (digest,))
    old.close()
    with open_record(str(path), write=True) as record:
        assert token_allows(record, "a token of before", "post")
        assert [one.name for one in tokens(record)] == [f"token-{digest[:8]}"]
