"""axe-core over every page, full and empty, light and dark, wide and at phone width; and how much script there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from dragoman.store.record import open_record
from dragoman.web.site import FOLDER
from tests.web.test_browser import Server, chromium

PATHS = (
    "/", "/?q=EGY", "/?q=visit+in:sentences", "/reports/t6", "/pairs", "/pairs/EGY/ISR", "/actors/EGY",
    "/actors/Anwar%20Sadat", "/agreements", "/agreements/INF%20Treaty", "/outcomes", "/stories",
    "/figures?what=imports", "/plots/timeline", "/plots/map", "/sources", "/review", "/method", "/codebook",
    "/nothing-here",
)  # fmt: skip
EMPTY_PATHS = ("/", "/pairs", "/agreements", "/outcomes", "/stories", "/figures", "/sources", "/review")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
MOST_SCRIPT = 100_000
PHONE = 360


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def full(told_path: str) -> Iterator[str]:
    yield from _served(Path(told_path))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("empty") / "record.db"
    open_record(str(path), write=True).close()
    yield from _served(path)


def _served(record: Path) -> Iterator[str]:
    server = Server(record)
    yield server.base
    server.end()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", PHONE)])
def test_full_pages_break_no_rule(chrome: Browser, full: str, scheme: str, width: int) -> None:
    assert _broken(chrome, full, PATHS, scheme, width) == []


def test_empty_pages_break_no_rule(chrome: Browser, empty: str) -> None:
    assert _broken(chrome, empty, EMPTY_PATHS, "dark", PHONE) == []


def _broken(chrome: Browser, base: str, paths: tuple[str, ...], scheme: str, width: int) -> list[str]:
    """Rules that pages break, and pages that are wider than the screen."""
    context = chrome.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page, axe, found = context.new_page(), Axe(), []
    for path in paths:
        page.goto(base + path)
        for broken in axe.run(page, options=RULES).response["violations"]:
            found += [f"{path}: {broken['id']}: {node['html'][:160]}" for node in broken["nodes"][:3]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path}: wider than {width}")
    context.close()
    return found


def test_all_script_is_small() -> None:
    sizes = [path.stat().st_size for path in (FOLDER / "static").glob("*.js")]
    assert sizes and sum(sizes) < MOST_SCRIPT
