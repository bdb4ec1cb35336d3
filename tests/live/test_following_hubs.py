"""WebSub: asked for, verified, renewed; what a hub sends counts with its right signature only."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from fastapi.testclient import TestClient

from dragoman.live.following.hubs import signed, verify
from dragoman.store.feed_hubs import Hub, hubs
from dragoman.store.feeds import followed
from dragoman.store.record import open_record
from dragoman.web.app import create_app
from tests.live.following import DAY, HOUR, Desk, settings
from tests.live.outlet import Outlet, Response, article, item, outlet, rss

PUBLIC = "https://news.example"


@pytest.fixture
def site() -> Iterator[Outlet]:
    with outlet() as found:
        for number in range(1, 5):
            found.answers[f"/a/{number}"] = article(f"Talks {number}")
        links = f'<atom:link rel="hub" href="{found.base}/hub"/><atom:link rel="self" href="{found.base}/topic"/>'
        found.answers["/feed"] = rss(item(1), channel=links)
        found.answers["/hub"] = Response(202)
        yield found


@pytest.fixture
def desk(site: Outlet, tmp_path: Path) -> Iterator[Desk]:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        found = Desk(record, settings(public_url=PUBLIC))
        found.add(site.base + "/feed")
        found.work()
        found.work()
        yield found


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk.record, desk.settings, frozenset({"news.example"})), base_url=PUBLIC) as made:
        yield made


def hub_of(desk: Desk) -> Hub:
    (found,) = hubs(desk.record).values()
    return found


def verified(desk: Desk, client: TestClient, lease: int = 864000) -> str:
    hub = hub_of(desk)
    asked = {"hub.mode": "subscribe", "hub.topic": hub.topic, "hub.challenge": "c<1>", "hub.lease_seconds": str(lease)}
    answer = client.get(f"/websub/{hub.path}", params=asked)
    assert (answer.status_code, answer.text) == (200, "c<1>")
    assert answer.headers["content-type"].startswith("text/plain")
    return f"/websub/{hub.path}"


def signature(desk: Desk, body: bytes, method: str = "sha256") -> dict[str, str]:
    made = hmac.new(hub_of(desk).secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return {"X-Hub-Signature": f"{method}={made}", "Content-Type": "application/rss+xml"}


def test_the_hub_is_asked_once_with_all_that_it_needs(site: Outlet, desk: Desk) -> None:
    (asked,) = [request for request in site.requests if request.path == "/hub"]
    form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
    hub = hub_of(desk)
    assert asked.method == "POST"
    assert form["hub.mode"] == "subscribe" and form["hub.topic"] == f"{site.base}/topic"
    assert form["hub.callback"] == f"{PUBLIC}/websub/{hub.path}" and form["hub.secret"] == hub.secret
    assert hub.state == "asked"


def test_what_a_hub_sends_is_read_without_asking_the_feed(site: Outlet, desk: Desk, client: TestClient) -> None:
    path = verified(desk, client)
    body = rss(item(2))
    assert client.post(path, content=body, headers=signature(desk, body)).status_code == 202
    before = site.paths().count("/feed")
    desk.work()
    assert desk.ids() == [f"{site.base}/a/1", f"{site.base}/a/2"]
    assert site.paths().count("/feed") == before


@pytest.mark.parametrize("given", ["", "sha256=00", "md5=abc", "sha256", "sha512=" + "0" * 128])
def test_without_the_right_signature_nothing_is_kept(desk: Desk, client: TestClient, given: str) -> None:
    path = verified(desk, client)
    assert client.post(path, content=rss(item(2)), headers={"X-Hub-Signature": given}).status_code == 202
    desk.work()
    assert len(desk.ids()) == 1


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_all_methods_of_the_standard(method: str) -> None:
    made = hmac.new(b"key", b"body", getattr(hashlib, method)).hexdigest()
    assert signed(b"body", f"{method}={made}", "key")
    assert not signed(b"other", f"{method}={made}", "key")
    assert not signed(b"body", f"{method}=é", "key")


def test_a_ping_without_a_feed_makes_us_ask_the_feed(site: Outlet, desk: Desk, client: TestClient) -> None:
    path = verified(desk, client)
    site.answers["/feed"] = rss(item(2))
    client.post(path, content=b"new!", headers=signature(desk, b"new!"))
    desk.work()
    assert f"{site.base}/a/2" in desk.ids()


def test_a_question_about_what_we_did_not_ask_for_has_no_answer(desk: Desk, client: TestClient) -> None:
    hub = hub_of(desk)
    right = {"hub.mode": "subscribe", "hub.topic": hub.topic, "hub.challenge": "c"}
    for wrong in ({"hub.topic": "http://other.example/"}, {"hub.mode": "unsubscribe"}, {"hub.challenge": ""}):
        assert client.get(f"/websub/{hub.path}", params={**right, **wrong}).status_code == 404
    assert client.get("/websub/unknown", params=right).status_code == 404
    assert client.post("/websub/unknown", content=b"x").status_code == 410
    assert hub_of(desk).state == "asked"


def test_a_feed_with_a_hub_is_asked_seldom_and_the_subscription_renewed(
    site: Outlet, desk: Desk, client: TestClient
) -> None:
    verified(desk, client, lease=10 * 86400)
    desk.work(HOUR)
    feed = followed(desk.record)[0]
    assert (feed.next_at or 0) - desk.clock() >= desk.settings.follow_max_interval_s - 60
    desk.work(8 * DAY)
    assert site.paths().count("/hub") == 2
    assert "its hub sends what is new" in desk.health().sentence


def test_a_refusal_is_told_and_polling_goes_on(site: Outlet, desk: Desk) -> None:
    hub = hub_of(desk)
    asked = {"hub.mode": "denied", "hub.topic": hub.topic, "hub.reason": "not for\nyou"}
    assert verify(desk.record, hub.path, asked, desk.clock()) == ""
    assert "the hub refuses: not for you" in desk.health().sentence
    site.answers["/feed"] = rss(item(2))
    desk.work(HOUR)
    assert f"{site.base}/a/2" in desk.ids()


def test_a_hub_that_is_down_is_tried_again(site: Outlet, desk: Desk) -> None:
    site.answers["/hub"] = Response(500)
    desk.work(2 * HOUR)
    assert "500" in (hub_of(desk).error or "")
    site.answers["/hub"] = Response(202)
    desk.work(DAY)
    assert hub_of(desk).error is None


def test_a_hub_on_a_private_address_is_not_called(site: Outlet, tmp_path: Path) -> None:
    with open_record(str(tmp_path / "p.db"), write=True) as record:
        desk = Desk(record, settings(public_url=PUBLIC))
        desk.add(site.base + "/feed")
        desk.work()
        strict = Desk(record, settings(public_url=PUBLIC, allow_private_addresses=False), desk.clock)
        before = site.paths().count("/hub")
        strict.work(2 * HOUR)
        assert site.paths().count("/hub") == before
        assert "an address of this machine" in (hub_of(strict).error or "")
