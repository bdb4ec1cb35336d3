from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from dragoman.cli.token import _end
from dragoman.errors import QueryError
from tests.cli.conftest import Run

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_token_is_printed_alone_listed_and_revoked(run: Run) -> None:
    secret = run("token", "add", "--scope", "post", "--scope", "review", "--name", "night desk", "--expires", "2d").out
    assert secret.startswith("drg_") and len(secret.split()) == 1
    (line,) = run("token", "list", "--json").out.splitlines()
    kept = json.loads(line)
    assert (kept["name"], kept["scopes"], kept["state"]) == ("night desk", ["post", "review"], "good")
    assert kept["last_used_at"] is None and kept["expires_at"] > kept["created_at"]
    shown = run("token", "list").out
    assert "night desk" in shown and "post,review" in shown and "never used" in shown and secret.strip() not in shown
    assert run("token", "revoke", "night desk").out == f"{kept['id']} night desk: revoked\n"
    assert "revoked" in run("token", "list").out
    again = run("token", "revoke", "night desk")
    assert again.code == 2 and "no such token that holds" in again.err


def test_a_record_without_tokens_says_so(run: Run) -> None:
    run("init")
    assert "no token was handed out" in run("token", "list").out
    assert run("token", "list", "--json").out == ""


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("90d", NOW + timedelta(days=90)),
        ("12h", NOW + timedelta(hours=12)),
        ("2027-01-31", datetime(2027, 2, 1, tzinfo=UTC)),
        ("2026-11-24", datetime(2026, 11, 25, tzinfo=UTC)),
    ],
)
def test_an_end_is_a_span_or_the_end_of_a_day(text: str, ends: datetime) -> None:
    assert _end(text, NOW) == ends.isoformat(timespec="seconds")


@pytest.mark.parametrize("text", ["soon", "0d", "2026-11-23", "99999d9", "2027-02-30", "", "-1d", "9999-12-31"])
def test_an_end_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="^--expires: "):
        _end(text, NOW)
