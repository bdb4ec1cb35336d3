"""What strangers write is shown and never runs: over every page, drawing and list, by a parser and by a browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from playwright.sync_api import Browser, Page, sync_playwright

from dragoman.settings import Settings
from dragoman.store.feeds import NewFeed, add_feeds
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record, open_record
from dragoman.store.rows import clean
from dragoman.store.writing import add
from dragoman.web import urls
from dragoman.web.app import create_app
from tests.web import hostile
from tests.web.asking import routes
from tests.web.conftest import BASE, STAMP
from tests.web.reading import read
from tests.web.serving import served
from tests.web.test_browser import chromium

EVERY = 13
"""In the browser every so many reports are looked at one by one; lists show all, and the parser reads all."""

FIXED = (
    "/?before=400",
    "/?q=kind:event",
    "/?q=alert+in:sentences",
    "/rows?after=0",
    "/plots/timeline?q=alert",
    "/marks/9.css",
)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which every field of everything is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "r.db"
    found = hostile.values()
    assert len(found) >= 200 and len(set(found)) == len(found)
    with open_record(str(path), write=True) as record:
        for number, value in enumerate(found[:-1]):
            add(record, hostile.answer(number, value), STAMP)
        add_feeds(record, [NewFeed(value, title=value, outlet=value) for value in map(clean, found)], 0.0, 300.0)
    return path


@pytest.fixture
def record(where: Path) -> Iterator[Record]:
    with open_record(str(where), write=True) as opened:
        yield opened


def addresses(record: Record, client: TestClient) -> list[str]:
    """Every route that is read, with what it may be asked for; of reports and facts all that there are."""
    found = [*FIXED]
    reports = sorted({fact.report for fact in facts(record, FactFilter(kinds=("event",)))})
    idents = [fact.id for fact in facts(record)]
    for pattern, methods in routes(client):
        if "GET" not in methods or pattern in ("/stream", "/static"):
            continue
        if "{" not in pattern:
            found.append(pattern)
        elif pattern.startswith("/reports/{"):
            found += [urls.report_url(ident) for ident in reports]
        elif pattern.startswith("/facts/{"):
            found += [urls.fact_url(ident) for ident in idents[::EVERY]]
        elif pattern.startswith("/pairs/{"):
            found += [f"/pairs/FRA/GHA{form}" for form in ("", ".json", ".svg")]
        elif pattern.startswith("/plots/{"):
            kinds = ("timeline", "series", "network", "matrix", "map", "agreement", "types")
            found += [f"/plots/{kind}{form}" for kind in kinds for form in ("", ".svg", ".json")]
        else:
            found.append(re.sub(r"\{[^}]*\}", "FRA", pattern))
    return list(dict.fromkeys(found))


def test_nothing_of_it_is_an_element_an_attribute_or_an_address(record: Record) -> None:
    plain, seen = shapes(), {"text/html": 0, "image/svg+xml": 0}
    with TestClient(create_app(record, Settings()), base_url=BASE) as client:
        for path in addresses(record, client):
            answer = client.get(path)
            assert answer.status_code in (200, 401, 404, 422, 400), (path, answer.text[:300])
            kind = answer.headers["content-type"].partition(";")[0]
            seen[kind] = seen.get(kind, 0) + 1
            if kind == "text/html":
                check_page(answer.text, path, plain)
            elif kind.endswith("xml"):
                check_xml(answer.content, path)
            elif kind == "text/csv":
                check_cells(answer.text, path)
            assert "set-cookie" not in answer.headers or path.startswith("/sign-in")
    assert seen["text/html"] > 220 and seen["image/svg+xml"] >= 5


def shapes() -> set[str]:
    """Elements that our own templates have."""
    found = {"mark", "b", "del", "ins", "time"}
    for path in (Path(urls.__file__).parent / "templates").glob("*.html"):
        found |= {name.lower() for name in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", path.read_text(encoding="utf-8"))}
    return found | {
        "svg",
        "g",
        "title",
        "desc",
        "text",
        "tspan",
        "line",
        "rect",
        "path",
        "circle",
        "polyline",
        "polygon",
        "use",
    }


def check_page(html: str, path: str, plain: set[str]) -> None:
    page = read(html)
    assert {tag.name for tag in page.tags} - {name.lower() for name in plain} == set(), path
    for tag in page.tags:
        assert not [name for name in tag.attributes if name.startswith("on") or name in ("style", "srcdoc")], path
        for name in ("href", "src", "action", "formaction", "data"):
            address = tag.get(name).strip()
            assert re.match(r"(?:https?://|/(?!/)|#|\?|$)", address), (path, name, address)
        assert tag.name != "script" or tag["src"].startswith("/static/")


def check_xml(body: bytes, path: str) -> None:
    """Drawings and feeds are well-formed, and hold neither script nor another's file."""
    assert b"<!DOCTYPE" not in body and b"<!ENTITY" not in body, path
    tree = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for element in tree.iter():
        if isinstance(element.tag, str):
            name = etree.QName(element).localname
            assert name.lower() not in ("script", "foreignobject", "iframe", "image", "set", "animate"), (path, name)
            for attribute, value in element.attrib.items():
                attribute = etree.QName(attribute).localname
                assert not attribute.startswith("on"), (path, attribute)
                assert attribute not in ("href", "src") or not re.match(r"\s*(?!https?:)[a-z]+:(?!uri)", value, re.I), (
                    path
                )


def check_cells(text: str, path: str) -> None:
    """No cell is a formula to a spreadsheet; numbers may begin with a sign."""
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not re.match(r"[=@\t\r]|[+-](?![\d.]+$)", cell), (path, cell[:80])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def watched(page: Page, base: str) -> list[str]:
    """Dialogs, messages of the console, and requests to anywhere else; a page on which nothing runs has none."""
    found: list[str] = []

    def dialog(opened: object) -> None:
        found.append("a dialog")
        opened.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: found.append(f"error {error}"))
    page.on("console", lambda said: found.append(said.text) if "status of 4" not in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith(base) else found.append(f"request {asked.url}"))
    page.on("popup", lambda _: found.append("a popup"))
    page.on("download", lambda _: found.append("a download"))
    return found


def test_nothing_runs_in_a_real_browser(where: Path, record: Record, browser: Browser) -> None:
    with TestClient(create_app(record, Settings()), base_url=BASE) as client:
        found = addresses(record, client)
    wanted = [path for n, path in enumerate(found) if not path.startswith(("/reports/", "/facts/")) or n % EVERY == 0]
    with served(where) as server:
        page = browser.new_context(accept_downloads=False).new_page()
        complaints = watched(page, server.base)
        for path in [*wanted, *(f"/?before={seq}" for seq in range(80, 1300, 80))]:
            if path in ("/metrics", "/post") or "pairs/FRA/FRA" in path:
                continue
            page.goto(server.base + path, wait_until="load")
            assert complaints == [], path
            assert page.url.startswith(server.base), path
        _arrives_in_an_open_page(server.base, page, where)
        assert complaints == []


def _arrives_in_an_open_page(base: str, page: Page, where: Path) -> None:
    """The last one comes while the page is open, by the stream and the script."""
    page.goto(base)
    page.wait_for_function("document.querySelector('#live-state')?.textContent === 'Live'")
    values = hostile.values()
    with open_record(str(where), write=True) as record:
        add(record, hostile.answer(len(values), values[-1]), STAMP)
    page.wait_for_selector(".arrived .group, #show:not([hidden])", state="attached", timeout=20_000)
    page.wait_for_timeout(200)
