from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import hypothesis
import pytest

from dragoman.facts import Report
from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings

# the first example loads the language model, and machines that test are busy: time is bounded elsewhere
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 6, 1)


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None)


@pytest.fixture
def read_page(settings: Settings) -> Callable[..., Report]:
    """A saved page as a Report, with the given fields of its Source."""

    def read(name: str, **given: object) -> Report:
        html = (PAGES / f"{name}.html").read_bytes()
        return make_report(Source(id=name, name=name, html=html, **given), settings, TODAY)  # type: ignore[arg-type]

    return read
