"""Who may do what: tokens, sessions, forms, rates, and what is refused."""

from __future__ import annotations

import re
import sqlite3
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection

from dragoman.errors import SettingError
from dragoman.pipeline import batch, tools
from dragoman.settings import Settings
from dragoman.store.query import facts
from dragoman.store.record import Record
from dragoman.store.tokens import add_token, revoke_token, tokens
from dragoman.store.writing import add
from dragoman.web.app import create_app
from dragoman.web.buckets import MOST_KEPT, AtOnce, Buckets, address_of
from dragoman.web.cookies import form_text as text_for
from dragoman.web.proxies import proxies_of
from tests import made
from tests.web.asking import HTTPS, asking, bearer, form_text, routes, sign_in
from tests.web.conftest import BASE, STAMP

OURS = {"Origin": HTTPS}
LINE = {"id": "a", "text": made.TEXT}


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "read_report", lambda source, *_: made.answer(source.id))
    monkeypatch.setattr(tools, "load_tools", lambda _: SimpleNamespace())


@pytest.mark.parametrize(
    ("scope", "page", "post", "metrics"),
    [
        (None, 200, 401, 401),
        ("read", 200, 403, 200),
        ("review", 200, 403, 200),
        ("post", 200, 201, 200),
        ("admin", 200, 201, 200),
    ],
)
def test_a_public_server_is_read_by_all_and_changed_by_tokens(
    record: Record, scope: str | None, page: int, post: int, metrics: int
) -> None:
    headers = bearer(add_token(record, scope)) if scope else {}
    with asking(record) as client:
        assert client.get("/", headers=headers).status_code == page
        assert client.post("/api/reports", json=LINE, headers=headers).status_code == post
        assert client.get("/metrics", headers=headers).status_code == metrics
    assert bool(list(facts(record))) == (post == 201)


@pytest.mark.parametrize("path", ["/", "/.json", "/api/facts", "/stream", "/reports/r1", "/metrics", "/openapi.json"])
def test_a_closed_server_is_read_by_holders_of_a_token(record: Record, path: str) -> None:
    add(record, made.answer("r1"), STAMP)
    with asking(record, access="closed") as client:
        answer = client.get(path)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
        assert "Elbe" not in answer.text and "/sign-in" in answer.text
        for open_path in ("/healthz", "/sign-in", "/static/style.css"):
            assert client.get(open_path).status_code == 200
        if path != "/stream":
            assert client.get(path, headers=bearer(add_token(record, "read"))).status_code == 200
            assert sign_in(client, add_token(record, "read")) == 303
            assert client.get(path).status_code == 200


def test_who_signs_in_is_known_until_signing_out(record: Record) -> None:
    token = add_token(record, "post", "night desk")
    with asking(record) as client:
        assert "night desk" not in client.get("/").text
        assert client.get("/post").status_code == 401
        assert sign_in(client, token) == 303
        page = client.get("/")
        assert "Signed in as night desk" in page.text
        assert page.headers["cache-control"] == "private, no-cache" and "Cookie" in page.headers["vary"]
        assert client.get("/post").status_code == 200
        session = client.cookies["__Host-dragoman"]
        out = client.post("/sign-out", data={"csrf": form_text(client, "/")}, headers=OURS)
        assert (out.status_code, out.headers["location"]) == (303, "/")
        client.cookies.set("__Host-dragoman", session, domain="record.example.org")
        assert client.get("/post").status_code == 401
    assert tokens(record)[0].last_used_at is not None


def test_a_revoked_token_signs_its_browsers_out(record: Record) -> None:
    token = add_token(record, "post", "night desk")
    with asking(record) as client:
        assert sign_in(client, token) == 303
        revoke_token(record, "night desk")
        assert client.get("/post").status_code == 401
        assert client.get("/", headers=bearer(token)).status_code == 401


def test_the_cookie_is_out_of_reach_and_new_at_each_sign_in(record: Record) -> None:
    token = add_token(record, "post")
    with asking(record) as client:
        text = form_text(client)
        found = [client.post("/sign-in", data={"csrf": text, "token": token}, headers=OURS) for _ in range(1)]
        (cookie,) = [value for value in found[0].headers.get_list("set-cookie") if "__Host-dragoman=" in value]
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)
        first = client.cookies["__Host-dragoman"]
        assert sign_in(client, token) == 303
        assert client.cookies["__Host-dragoman"] != first
        assert token not in str(client.cookies)


def test_without_tls_the_cookie_bears_the_port(record: Record) -> None:
    with TestClient(create_app(record, Settings()), base_url=BASE, follow_redirects=False) as client:
        assert sign_in(client, add_token(record, "post")) == 303
        assert "dragoman-8000" in client.cookies
        client.cookies.clear()
        assert client.get("/sign-in", headers={"Host": "127.0.0.1:xyz"}).status_code == 200


@pytest.mark.parametrize("token", ["", "drg_wrong", "x" * 600, "\x00", "ü"])
def test_a_wrong_token_signs_nobody_in(record: Record, token: str) -> None:
    with asking(record) as client:
        assert sign_in(client, token) == 401
        assert "__Host-dragoman" not in client.cookies


def test_who_guesses_at_the_form_is_asked_to_wait(record: Record) -> None:
    with asking(record) as client:
        assert [sign_in(client, f"wrong{n}") for n in range(11)] == [401] * 10 + [429]


def test_the_terminals_address_signs_this_machines_user_in(record: Record) -> None:
    app = create_app(record, Settings())
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        assert client.get("/post").status_code == 401
        assert client.get("/sign-in?key=wrong").status_code == 401
        assert client.get(f"/sign-in?key={app.state.site.visitors.local_key}").status_code == 303
        assert "Signed in as this machine" in client.get("/").text
        assert client.get("/post").status_code == 200
        data = {"csrf": form_text(client, "/")}
        assert client.post("/sign-out", data=data, headers={"Origin": BASE}).status_code == 303
        assert client.get("/post").status_code == 401


def test_a_public_server_has_no_such_address(record: Record) -> None:
    with asking(record) as client:
        key = client.app.state.site.visitors.local_key  # type: ignore[attr-defined]
        assert client.get(f"/sign-in?key={key}").status_code == 200
        assert "__Host-dragoman" not in client.cookies


FORGED = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://record.example.org"},
    {"Origin": "https://record.example.org.evil.example"},
    {"Origin": "https://record.example.org:8443"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("path", ["/post", "/sign-out", "/sign-in"])
def test_forms_of_other_sites_change_nothing(record: Record, path: str, headers: dict[str, str]) -> None:
    """Even one that had the right text: the browser says from where it sends."""
    token = add_token(record, "post")
    with asking(record) as client:
        assert sign_in(client, token) == 303
        fields = {"csrf": form_text(client, "/"), "do": "post", "body": made.TEXT, "token": token}
        answer = client.post(path, data=fields, headers=headers)
        assert answer.status_code == 403 and "set-cookie" not in answer.headers
        assert client.get("/post").status_code == 200
    assert not list(facts(record))


@pytest.mark.parametrize("text", ["", "0" * 64, text_for("another browser's cookie"), "ü"])
def test_a_form_without_this_browsers_text_changes_nothing(record: Record, text: str) -> None:
    with asking(record) as client:
        assert sign_in(client, add_token(record, "post")) == 303
        for path in ("/post", "/sign-out", "/sign-in"):
            fields = {"csrf": text, "do": "post", "body": made.TEXT}
            assert client.post(path, data=fields, headers=OURS).status_code == 403
    assert not list(facts(record))


def test_every_route_that_changes_something_takes_a_token_or_a_form_of_ours(record: Record) -> None:
    """Also those that are added later: whoever is signed in must not be made to send there by another site."""
    with asking(record) as client:
        assert sign_in(client, add_token(record, "admin")) == 303
        seen = 0
        for pattern, methods in routes(client):
            for method in methods - {"GET", "HEAD", "OPTIONS"}:
                if pattern.startswith("/websub/"):  # hubs sign what they send
                    continue
                path = re.sub(r"\{[^}]*\}", "r1", pattern)
                forged = client.request(method, path, headers={"Origin": "https://evil.example"}, content=b"x=1")
                assert forged.status_code == 403, (method, path)
                ours = client.request(method, path, headers=OURS, json=LINE)
                assert ours.status_code >= 400, (method, path)
                seen += 1
        assert seen >= 4
    assert not list(facts(record))


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("text/plain", b"csrf=1", 415),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * 30_000, 413),
        ("application/x-www-form-urlencoded", b"&".join(b"a=%d" % n for n in range(60)), 400),
        ("application/x-www-form-urlencoded", b"a=\xff", 400),
    ],
)
def test_a_form_is_taken_within_bounds(record: Record, kind: str, body: bytes, status: int) -> None:
    with asking(record) as client:
        answer = client.post("/sign-in", content=body, headers={**OURS, "Content-Type": kind})
        assert answer.status_code == status, answer.text


def test_who_asks_too_often_is_told_when_to_come_back(record: Record) -> None:
    token = add_token(record, "read")
    with asking(record, address_requests_per_minute=12, token_requests_per_minute=20) as client:
        assert [client.get("/method").status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = client.get("/api/facts")
        assert answer.status_code == 429 and 1 <= int(answer.headers["retry-after"]) <= 6
        assert "error" in answer.json() or "detail" in answer.json()
        assert client.get("/healthz").status_code == client.get("/static/style.css").status_code == 200
        assert [client.get("/method", headers=bearer(token)).status_code for _ in range(6)] == [200] * 5 + [429]


def test_this_machines_user_is_not_counted(record: Record) -> None:
    settings = Settings(address_requests_per_minute=1, address_requests_at_once=1)
    with TestClient(create_app(record, settings), base_url=BASE) as client:
        assert {client.get("/method").status_code for _ in range(20)} == {200}


def test_buckets_fill_again_and_forget_the_oldest() -> None:
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])
    assert [buckets.take("a") for _ in range(16)] == [0.0] * 15 + [1.0]
    now[0] = 0.5
    assert buckets.take("a") == 0.5
    now[0] = 1.0
    assert buckets.take("a") == 0.0
    for number in range(MOST_KEPT + 100):
        buckets.take(str(number))
    assert len(buckets) == MOST_KEPT


def test_requests_under_way_are_counted_by_address() -> None:
    counted = AtOnce(2)
    with counted.one("a") as one, counted.one("a") as two, counted.one("a") as three, counted.one("b") as other:
        assert (one, two, three, other) == (True, True, False, True)
    with counted.one("a") as again:
        assert again
    assert counted._now == {}


@pytest.mark.parametrize(
    ("client", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown" * 100, ("unknown" * 100)[:64]),
    ],
)
def test_a_customer_of_ipv6_is_one_address(client: str, address: str) -> None:
    assert address_of(HTTPConnection({"type": "http", "client": (client, 1), "headers": []})) == address


PROXIED = [
    ("", "127.0.0.1", {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}, "127.0.0.1", False),
    ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}, "198.51.100.9", True),
    ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "10.9.9.9, 198.51.100.9"}, "198.51.100.9", False),
    ("10.0.0.0/8", "127.0.0.1", {"X-Forwarded-For": "198.51.100.9"}, "127.0.0.1", False),
    ("10.0.0.0/8,::1", "10.1.2.3", {"X-Forwarded-For": "198.51.100.9, 10.1.2.4"}, "198.51.100.9", False),
]


@pytest.mark.parametrize(("trusted", "peer", "headers", "address", "secure"), PROXIED)
def test_only_a_trusted_proxy_says_who_asks(
    record: Record,
    caplog: pytest.LogCaptureFixture,
    trusted: str,
    peer: str,
    headers: dict[str, str],
    address: str,
    secure: bool,
) -> None:
    settings = Settings(access="public", trusted_proxies=trusted, access_log=True)
    app = create_app(record, settings)
    with caplog.at_level("INFO", "dragoman.access"), TestClient(app, base_url=BASE, client=(peer, 1)) as client:
        answer = client.get("/sign-in", headers=headers)
    assert [line.address for line in caplog.records if line.name == "dragoman.access"] == [address]  # type: ignore[attr-defined]
    assert ("secure" in answer.headers["set-cookie"].lower()) is secure
    assert ("strict-transport-security" in answer.headers) is secure


@pytest.mark.parametrize("text", ["proxy.example", "0.0.0.0/0", "::/0", "10.0.0.1/8", "*", "1.2.3"])
def test_a_proxy_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="^trusted proxy: "):
        proxies_of(text)


def test_a_token_is_used_though_another_process_writes(record: Record) -> None:
    """Keeping the last use may wait; the answer doesn't."""
    token = add_token(record, "read")
    writer = sqlite3.connect(record.where, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with asking(record) as client:
        assert client.get("/", headers=bearer(token)).status_code == 200
        writer.execute("ROLLBACK")
        writer.close()
    assert tokens(record)[0].last_used_at is not None
