"""Bells in a real browser: a click, a report that is posted, a push that is sent to a push service on this machine,
opened with the subscription's key and delivered to the service worker through DevTools, and the notification shown.

Chromium without a network gets no subscription of its own: `pushManager` gives the test's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect, sync_playwright

from dragoman.store import devices
from dragoman.store.record import open_record
from dragoman.store.tokens import add_token
from dragoman.store.writing import add
from tests import made
from tests.live.push_service import Browser, Service, push_service
from tests.web.conftest import STAMP
from tests.web.test_browser import LIVE, Server, chromium, watched

WAIT_S = 60

STUB = """
(subscription) => {
  let held = null;
  window.asked = [];
  const made = (options) => ({
    endpoint: subscription.endpoint, options, toJSON: () => subscription,
    unsubscribe: async () => { held = null; window.asked.push("unsubscribed"); return true; },
  });
  PushManager.prototype.getSubscription = async () => held;
  PushManager.prototype.subscribe = async (options) => {
    window.asked.push(options.userVisibleOnly, options.applicationServerKey);
    const bytes = atob(options.applicationServerKey.replace(/-/g, "+").replace(/_/g, "/"));
    return held = made({ applicationServerKey: Uint8Array.from(bytes, (c) => c.charCodeAt(0)).buffer });
  };
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { window.asked.push("permission"); return ask(); };
}
"""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        monkeypatch.setenv("DRAGOMAN_ALLOW_PRIVATE_ADDRESSES", "1")
        monkeypatch.setenv("DRAGOMAN_PARSER", "fast")
        yield running


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with open_record(str(path), write=True) as record:
        add(record, made.answer("r1"), STAMP)
    return path


@pytest.fixture
def token(where: Path) -> str:
    with open_record(str(where), write=True) as record:
        return add_token(record, "post")


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser with a profile of its own: in a private window there are no pushes."""
    path = chromium()
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield context
        context.close()


def bring(server: Server, token: str, service: Service, page: Page) -> bytes:
    """Post a report, and wait for the push that tells of it."""
    service.got.clear()
    assert server.post(token, LIVE) == 201
    for _ in range(WAIT_S * 10):
        if service.received:
            return service.received[0].body
        page.wait_for_timeout(100)
    pytest.fail("no push came")


def registration(session: CDPSession, page: Page) -> str:
    """The id by which DevTools knows the service worker."""
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    for _ in range(100):
        if found:
            return found[0]
        page.wait_for_timeout(50)
    pytest.fail("DevTools names no service worker")


def shown(page: Page, titles: set[str]) -> list[dict[str, Any]]:
    """The notifications that are shown, as soon as they have these titles."""
    script = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
        .map(({title, body, tag, silent, data}) => ({title, body, tag, silent, data}))"""
    found: list[dict[str, Any]] = []
    for _ in range(100):
        found = list(page.evaluate(script))
        if {one["title"] for one in found} == titles:
            return found
        page.wait_for_timeout(50)
    pytest.fail(f"these are shown: {found}")


def test_from_a_click_to_a_notification(
    where: Path, token: str, service: Service, profile: BrowserContext, tmp_path: Path
) -> None:
    server, browser = Server(where), service.browser()
    try:
        profile.grant_permissions(["notifications"], origin=server.base)
        page = profile.pages[0]
        complaints = watched(page)
        page.add_init_script(f"({STUB})({json.dumps(browser.json())})")
        _save(page, server)
        _turn_on(page)
        body = bring(server, token, service, page)
        _delivered(profile, page, browser.opened(body), body, browser, server)
        _clicked(profile, page, server)
        _turn_off(page, server, where)
        assert complaints == []
    finally:
        code, out = server.end()
    assert (code, "Traceback" in out) == (0, False), out


def _save(page: Page, server: Server) -> None:
    """The small form of a search leads to its bell; nothing has been asked or registered yet."""
    page.goto(f"{server.base}/?q=AUT+HUN+kind:event")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Austria & Hungary")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".saved li:target h2")).to_have_text("Austria & Hungary")
    page.wait_for_timeout(300)
    assert page.evaluate("asked") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def _turn_on(page: Page) -> None:
    bell = page.get_by_role("button", name="Notify me of Austria & Hungary")
    expect(bell).to_have_attribute("aria-pressed", "false")
    bell.focus()
    page.keyboard.press("Enter")
    expect(bell).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#bell-said")).to_have_text("On, at once: Austria & Hungary")
    asked = page.evaluate("asked")
    assert asked[:2] == ["permission", True]
    assert asked[2] == page.locator("#bells").get_attribute("data-key")
    expect(page.get_by_role("heading", name="When this browser is told")).to_be_visible()
    assert page.locator("#zone").text_content() == page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")


def _delivered(
    profile: BrowserContext, page: Page, said: dict[str, Any], body: bytes, browser: Browser, server: Server
) -> None:
    """The push as the browser would get it, after it was opened with the subscription's key."""
    assert "VIENNA" not in body.decode("latin-1")
    assert said["url"].startswith("/facts/")
    assert "Austria" in said["title"]
    session = profile.new_cdp_session(page)
    ident = registration(session, page)
    send = {"origin": server.base, "registrationId": ident}
    session.send("ServiceWorker.deliverPushMessage", {**send, "data": json.dumps(said)})
    (one,) = shown(page, {said["title"]})
    assert one == {"title": said["title"], "body": said["body"], "tag": said["tag"], "silent": False,
                   "data": {"url": said["url"]}}  # fmt: skip
    quiet = {**said, "quiet": [0, 24 * 60 - 1], "title": "quiet"}
    session.send("ServiceWorker.deliverPushMessage", {**send, "data": json.dumps(quiet)})
    (one,) = shown(page, {"quiet"})  # the same tag: in the place of the other
    assert one["silent"]
    session.send("ServiceWorker.deliverPushMessage", {**send, "data": "no JSON at all"})
    assert {one["data"]["url"] for one in shown(page, {"quiet", "Dragoman"})} == {said["url"], "/saved"}


SPY = """async (address) => {
  const seen = [];
  self.clients.openWindow = async (url) => { seen.push(url); };
  const event = new ExtendableEvent("notificationclick");
  let work = Promise.resolve();
  event.waitUntil = (promise) => { work = promise; };
  event.notification = { data: { url: address }, close: () => seen.push("closed") };
  self.dispatchEvent(event);
  await work;
  return seen;
}"""


def _clicked(profile: BrowserContext, page: Page, server: Server) -> None:
    """A click closes the notification and opens the fact's page, never one of another site."""
    (worker,) = profile.service_workers
    assert worker.url == f"{server.base}/sw.js"
    assert worker.evaluate(SPY, "/facts/e-1") == ["closed", f"{server.base}/facts/e-1"]
    assert worker.evaluate(SPY, "https://evil.example/x") == ["closed", server.base]


def _turn_off(page: Page, server: Server, where: Path) -> None:
    page.get_by_label("Quiet hours").check()
    expect(page.locator("#bell-said")).to_have_text("Your hours are kept.")
    with open_record(str(where)) as record:
        (device,) = devices.devices(record)
    assert device.hours.quiet == (22 * 60, 7 * 60)
    bell = page.get_by_role("button", name="Notify me of Austria & Hungary")
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("asked").pop() == "unsubscribed"
    with open_record(str(where)) as record:
        assert devices.devices(record) == []


def test_a_reader_who_says_no_is_told_what_to_do(where: Path, profile: BrowserContext) -> None:
    server = Server(where)
    try:
        page = profile.pages[0]
        page.add_init_script("Notification.requestPermission = async () => 'denied'")
        page.goto(f"{server.base}/saved")
        page.get_by_label("Search", exact=True).fill("AUT")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Notify me").click()
        expect(page.locator("#bell-said")).to_contain_text("allow them in the browser's settings")
        expect(page.get_by_role("button", name="Notify me")).to_have_attribute("aria-pressed", "false")
    finally:
        server.end()
