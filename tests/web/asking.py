"""A server as others reach it, and who asks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.web.app import create_app

HOST = "record.example.org"
HTTPS = f"https://{HOST}"


@contextmanager
def asking(record: Record, base: str = HTTPS, **settings: object) -> Iterator[TestClient]:
    """A browser on a server with those SETTINGS, by default a public one behind TLS."""
    given = Settings(**{"access": "public", "public_url": HTTPS, **settings})  # type: ignore[arg-type]
    app = create_app(record, given, frozenset({HOST}))
    with TestClient(app, base_url=base, follow_redirects=False) as client:
        yield client


def form_text(client: TestClient, path: str = "/sign-in") -> str:
    """The hidden text of the form at PATH."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(path).text)
    assert found, path
    return found[1]


def sign_in(client: TestClient, token: str) -> int:
    """Sign in as a browser does; the status of the answer."""
    fields = {"csrf": form_text(client), "token": token}
    return client.post("/sign-in", data=fields, headers={"Origin": str(client.base_url).rstrip("/")}).status_code


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def routes(client: TestClient) -> list[tuple[str, set[str]]]:
    """Path, as it is written in the program, and methods of every route."""
    found = iter_route_contexts(client.app.routes)  # type: ignore[attr-defined]
    return [(str(one.path), set(one.methods or {"GET"})) for one in found]
