"""Saved searches and bells, as a browser meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.settings import Settings
from dragoman.store import devices
from dragoman.store.record import Record
from dragoman.store.saved import MOST_SAVED, save_search, saved_searches
from dragoman.web.app import create_app
from dragoman.web.site import FOLDER
from tests.live.push_service import Browser
from tests.web.conftest import BASE
from tests.web.reading import read

HOURS = {"zone": "Europe/Paris", "quiet": ["22:00", "07:00"], "daily_at": "08:30"}
ENDPOINT = "https://127.0.0.1:9/push/a"
LONGEST_SCRIPTS = 100_000


@pytest.fixture
def local(record: Record) -> TestClient:
    """A browser on an empty record that may push to this machine."""
    return TestClient(create_app(record, Settings(allow_private_addresses=True)), base_url=BASE, follow_redirects=False)


def save(client: TestClient, query: str, name: str = "") -> str:
    answer = client.post("/saved", data={"q": query, "name": name}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].removeprefix("/saved#saved-"))


def test_a_search_is_saved_listed_found_again_and_removed(filled: TestClient) -> None:
    ident = save(filled, "FRA  DEU type:SUPPORT", "The <b>Elbe</b>")
    page = read(filled.get("/saved").text)
    assert "The <b>Elbe</b>" in page.texts("h2")
    assert page.links("/?q=FRA+DEU+type%3ASUPPORT")
    (listed,) = filled.get("/saved.json").json()["saved"]
    assert (listed["id"], listed["query"], listed["bells"]) == (ident, "FRA DEU type:SUPPORT", 0)
    there = filled.get(f"/saved/{ident}", follow_redirects=False)
    assert (there.status_code, there.headers["location"]) == (303, "/?q=FRA+DEU+type%3ASUPPORT")
    assert filled.post(f"/saved/{ident}/remove", data={"remove": "yes"}, follow_redirects=False).status_code == 303
    assert filled.get("/saved.json").json() == {"saved": []}
    assert filled.get(f"/saved/{ident}").status_code == 404


def test_a_search_saved_again_gets_the_new_name(filled: TestClient) -> None:
    first = save(filled, "FRA", "one")
    assert save(filled, " FRA ", "two") == first
    assert [one["name"] for one in filled.get("/saved.json").json()["saved"]] == ["two"]


@pytest.mark.parametrize(("path", "query"), [("/?q=FRA+kind%3Aevent", "FRA kind:event"), ("/pairs/DEU/FRA", "DEU FRA")])
def test_searches_and_pairs_have_the_form(filled: TestClient, path: str, query: str) -> None:
    page = read(filled.get(path).text)
    assert [tag["value"] for tag in page.all("input") if tag.get("name") == "q" and tag.get("type") == "hidden"] == [
        query
    ]


def test_the_latest_facts_and_sentences_have_no_form_to_save(filled: TestClient) -> None:
    for path in ("/", "/?q=trucks+in:sentences"):
        assert 'action="/saved"' not in filled.get(path).text


REFUSED = [
    ("type:NOSUCH", 400, "NOSUCH"),
    ("trucks in:sentences", 400, "only facts"),
    ("", 400, "nothing to look for"),
    ("a" * 500, 400, "too many"),
]


@pytest.mark.parametrize(("query", "status", "part"), REFUSED)
def test_what_cant_be_saved_says_why(filled: TestClient, query: str, status: int, part: str) -> None:
    answer = filled.post("/saved", data={"q": query})
    assert answer.status_code == status
    assert part in answer.text
    assert filled.get("/saved.json").json() == {"saved": []}


def test_so_many_are_kept_and_no_more(record: Record, client: TestClient) -> None:
    for number in range(MOST_SAVED):
        save_search(record, f"word{number}")
    answer = client.post("/saved", data={"q": "FRA"})
    assert answer.status_code == 400
    assert "remove some first" in answer.text


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": BASE},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_other_sites_can_neither_save_nor_ring(record: Record, local: TestClient, headers: dict[str, str]) -> None:
    ident = save_search(record, "FRA").id
    assert local.post("/saved", data={"q": "DEU"}, headers=headers).status_code == 403
    assert local.post(f"/saved/{ident}/remove", data={}, headers=headers).status_code == 403
    assert local.post("/api/push/bells", json={"endpoint": ENDPOINT}, headers=headers).status_code == 403
    assert [one.query for one in saved_searches(record)] == ["FRA"]


@pytest.mark.parametrize("headers", [{}, {"Origin": BASE}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}])
def test_our_own_pages_can(record: Record, local: TestClient, headers: dict[str, str]) -> None:
    assert local.post("/saved", data={"q": "DEU"}, headers=headers).status_code == 303
    assert len(saved_searches(record)) == 1


def test_a_form_is_bounded_and_must_be_one(record: Record, local: TestClient) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    for content, headers in ((b"q=" + b"a" * 20_000, form), (b"q=%ff", form), (b"q=a&" * 99, form), (b"{}", {})):
        assert local.post("/saved", content=content, headers=headers).status_code == 400
    text = {"content-type": "text/plain"}
    assert local.post("/api/push/bells", content=b'{"endpoint": "x"}', headers=text).status_code == 400
    assert (
        local.post("/api/push/bells", content=b"[" * 9999, headers={"content-type": "application/json"}).status_code
        == 400
    )
    assert saved_searches(record) == []


def hang(client: TestClient, saved: str | None, browser: Browser, more: dict[str, Any] | None = None) -> Any:
    given = {"subscription": browser.json(), "saved": saved, "digest": "daily", **HOURS, **(more or {})}
    return client.post("/api/push/bell", json=given)


def test_a_bell_is_hung_told_changed_and_taken(record: Record, local: TestClient) -> None:
    ident, browser = save(local, "FRA DEU"), Browser(ENDPOINT)
    state = {"bells": {ident: "daily"}, "trouble": None, **HOURS}
    assert hang(local, ident, browser).json() == state
    assert local.post("/api/push/bells", json={"endpoint": ENDPOINT}).json() == state
    assert hang(local, ident, browser, {"digest": "hourly", "quiet": None}).json() == {
        **state, "bells": {ident: "hourly"}, "quiet": None}  # fmt: skip
    assert hang(local, None, browser, {"zone": "Asia/Tokyo"}).json()["zone"] == "Asia/Tokyo"
    (device,) = devices.devices(record)
    assert device.subscription == browser.subscription
    assert local.get("/saved.json").json()["saved"][0]["bells"] == 1
    taken = local.post("/api/push/bell/remove", json={"endpoint": ENDPOINT, "saved": ident}).json()
    assert taken["bells"] == {}
    assert devices.devices(record) == []


def test_a_browser_that_moves_keeps_its_bells(record: Record, local: TestClient) -> None:
    ident, new = save(local, "FRA"), Browser(ENDPOINT + "2")
    hang(local, ident, Browser(ENDPOINT))
    moved = local.post("/api/push/moved", json={"old": ENDPOINT, "subscription": new.json()})
    assert moved.json()["bells"] == {ident: "daily"}
    assert [device.subscription for device in devices.devices(record)] == [new.subscription]
    again = local.post(
        "/api/push/moved",
        json={"old": "https://127.0.0.1/other", "subscription": Browser("https://127.0.0.1/x").json()},
    )
    assert again.status_code == 404


def test_a_trial_is_kept_once(record: Record, local: TestClient) -> None:
    assert local.post("/api/push/trial", json={"endpoint": ENDPOINT}).status_code == 404
    hang(local, save(local, "FRA"), Browser(ENDPOINT))
    assert local.post("/api/push/trial", json={"endpoint": ENDPOINT}).json() == {"sent": True}
    assert local.post("/api/push/trial", json={"endpoint": ENDPOINT}).status_code == 400


BAD = [
    ({"subscription": None}, "subscription"),
    ({"subscription": {"endpoint": ENDPOINT, "keys": {}}}, "p256dh"),
    ({"digest": "weekly"}, "digest"),
    ({"zone": "Mars/Olympus"}, "zone"),
    ({"quiet": ["22:00"]}, "quiet"),
    ({"quiet": ["22:00", "25:00"]}, "quiet hours, to"),
    ({"daily_at": 8}, "daily_at"),
    ({"saved": 7}, "saved"),
]


@pytest.mark.parametrize(("given", "part"), BAD)
def test_a_bell_that_cant_be_says_why(record: Record, local: TestClient, given: dict[str, Any], part: str) -> None:
    answer = hang(local, save(local, "FRA"), Browser(ENDPOINT), given)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(part)
    assert devices.devices(record) == []


def test_a_bell_for_no_search_leaves_no_device(record: Record, local: TestClient) -> None:
    assert hang(local, "nosuch", Browser(ENDPOINT)).status_code == 404
    assert hang(local, None, Browser(ENDPOINT)).status_code == 404
    assert devices.devices(record) == []


ENDPOINTS = [
    "http://push.example/a",
    "ftp://push.example/a",
    "https://127.0.0.1/a",
    "https://[::1]/a",
    "https://[::ffff:10.0.0.1]/a",
    "https://[64:ff9b::7f00:1]/a",
    "https://169.254.169.254/latest",
    "https://2130706433/a",
    "https://user:word@push.example/a",
    "https:///a",
    "https://localhost/a",
    "https://1.1.1.1/" + "a" * 3000,
    "nothing",
]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_endpoint_that_is_none_or_private_is_refused(record: Record, client: TestClient, endpoint: str) -> None:
    answer = hang(client, save_search(record, "FRA").id, Browser(endpoint))
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("endpoint")
    assert devices.devices(record) == []


def test_keys_that_fit_no_browser_are_refused(record: Record, local: TestClient) -> None:
    ident, browser = save(local, "FRA"), Browser(ENDPOINT)
    for name, value in (("auth", "AAAA"), ("auth", "é"), ("p256dh", "B" + "A" * 86), ("p256dh", "x" * 999)):
        given = browser.json()
        given["keys"][name] = value
        answer = hang(local, ident, browser, {"subscription": given})
        assert (answer.status_code, answer.json()["error"].partition(":")[0]) == (400, name)


def test_what_can_be_installed_is_all_there(client: TestClient) -> None:
    worker = client.get("/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"
    assert "manifest-src 'self'" in worker.headers["content-security-policy"]
    manifest = client.get("/manifest.webmanifest")
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    named = json.loads(manifest.text)
    assert (named["display"], named["scope"]) == ("standalone", "/")
    sizes = set()
    for icon in named["icons"]:
        answer = client.get(icon["src"])
        assert answer.headers["content-type"].startswith(icon["type"])
        if icon["type"] == "image/png":
            width, height = (int.from_bytes(answer.content[at : at + 4], "big") for at in (16, 20))
            assert icon["sizes"] == f"{width}x{height}"
            sizes.add(width)
    assert sizes == {192, 512}


def test_all_scripts_together_stay_small() -> None:
    assert sum(len(path.read_bytes()) for path in Path(FOLDER / "static").glob("*.js")) < LONGEST_SCRIPTS


def test_the_page_names_everything_that_can_be_used(record: Record, client: TestClient) -> None:
    save_search(record, "FRA", "France")
    page = read(client.get("/saved").text)
    labels = [tag for tag in page.tags if tag.name == "label"]
    for field in page.all("input", "select"):
        if field.get("type") in ("hidden", "search"):
            continue
        assert [label for label in labels if label in field.parents and "".join(label.text).strip()], field.attributes
    for button in page.all("button"):
        assert "".join(button.text).strip()
    assert "iPhone and iPad" in page.text_of("b")
    assert len(page.all("ul", css="saved")[0]["data-key"]) == 87
