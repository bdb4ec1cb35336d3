from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from dragoman.pipeline import batch, tools
from dragoman.settings import Settings
from dragoman.store.query import facts
from dragoman.store.record import Record
from dragoman.store.tokens import add_token
from dragoman.web.app import create_app
from dragoman.web.tokens import MOST_BAD, WINDOW_S, BadTokens
from tests import made
from tests.web.conftest import BASE

LINE = {"id": "wire/7 ?", "text": made.TEXT}


@pytest.fixture
def server(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(batch, "read_report", lambda source, *_: made.answer(source.id))
    monkeypatch.setattr(tools, "load_tools", lambda _: SimpleNamespace())
    with TestClient(create_app(record, Settings(max_post_bytes=2000)), base_url=BASE) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_posted_report_is_answered_with_its_address(record: Record, server: TestClient) -> None:
    answer = server.post("/api/reports", json=LINE, headers=bearer(add_token(record, "post")))
    assert answer.status_code == 201
    assert answer.json() == {
        "report": "wire/7 ?", "url": "/reports/wire%2F7%20%3F", "version": 1, "new": True, "facts": made.FACTS,
    }  # fmt: skip
    assert answer.headers["location"] == "/reports/wire%2F7%20%3F"
    assert server.get(answer.headers["location"]).status_code == 200


def test_posted_again_unchanged_it_is_200(record: Record, server: TestClient) -> None:
    token = add_token(record, "post")
    found = [server.post("/api/reports", json=LINE, headers=bearer(token)) for _ in range(2)]
    assert [answer.status_code for answer in found] == [201, 200]
    assert not found[1].json()["new"]


@pytest.mark.parametrize(
    "headers", [{}, bearer(""), bearer("wrong"), {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}]
)
def test_without_a_right_token_nothing_is_read(record: Record, server: TestClient, headers: dict[str, str]) -> None:
    answer = server.post("/api/reports", json=LINE, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "dragoman token add" in answer.json()["error"]
    assert not list(facts(record))


@pytest.mark.parametrize(
    ("body", "status", "part"),
    [
        (b"not json", 400, "malformed JSON"),
        (b'{"id": "a"}', 400, "neither text nor html"),
        (b"x" * 2001, 413, "larger than 2,000 bytes"),
    ],
)
def test_what_cant_be_taken_says_why(record: Record, server: TestClient, body: bytes, status: int, part: str) -> None:
    answer = server.post("/api/reports", content=body, headers=bearer(add_token(record, "post")))
    assert answer.status_code == status
    assert part in answer.json()["error"]
    assert not list(facts(record))


def test_a_body_without_a_length_is_bounded_too(record: Record, server: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 100

    answer = server.post("/api/reports", content=chunks(), headers=bearer(add_token(record, "post")))
    assert answer.status_code == 413


def test_who_guesses_tokens_is_asked_to_wait_and_the_rightful_is_not(record: Record, server: TestClient) -> None:
    token = add_token(record, "post")
    assert server.post("/api/reports", json=LINE, headers=bearer(token)).status_code == 201
    statuses = [
        server.post("/api/reports", json=LINE, headers=bearer(f"w{n}")).status_code for n in range(MOST_BAD + 1)
    ]
    assert statuses == [401] * MOST_BAD + [429]
    assert server.post("/api/reports", json=LINE, headers=bearer(token)).status_code == 200


def test_waiting_ends_with_the_window() -> None:
    now = [0.0]
    tokens = BadTokens(lambda: now[0])
    for _ in range(MOST_BAD):
        tokens.seen("a", "x", right=False)
    assert tokens.wait_s("a", "y") == WINDOW_S
    assert tokens.wait_s("b", "y") == 0
    now[0] = WINDOW_S
    assert tokens.wait_s("a", "y") == 0


def test_get_and_delete_dont_post(server: TestClient) -> None:
    assert server.delete("/api/reports").status_code == 405
    assert server.put("/api/reports", content=json.dumps(LINE)).status_code == 405


@pytest.mark.parametrize("last", ["abc", "-1", "1" * 30])
def test_a_stream_refuses_an_id_that_is_none(server: TestClient, last: str) -> None:
    assert server.get("/stream", params={"last": last}).status_code == 400
    assert server.get("/stream", headers={"Last-Event-ID": last}).status_code == 400
