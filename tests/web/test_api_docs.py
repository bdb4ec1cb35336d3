"""docs/api.md: its requests answer as it says, and it knows every column, form and setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.web import citing, feeds, shown, tables
from dragoman.web.app import create_app
from tests.web.conftest import BASE

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
REQUESTS = re.findall(r"^```http\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def demo(sample_record: Record) -> Iterator[TestClient]:
    with TestClient(create_app(sample_record, Settings()), base_url=BASE) as client:
        yield client


def test_there_are_requests() -> None:
    assert len(REQUESTS) == 10


@pytest.mark.parametrize("block", REQUESTS)
def test_a_request_answers_as_the_page_says(demo: TestClient, block: str) -> None:
    request, answered = block.strip().split("\n\n")
    line, *headers = request.split("\n")
    status, media = answered.split(" ")
    method, address = line.split(" ")
    answer = demo.request(method, address, headers=dict(header.split(": ") for header in headers))
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (int(status), media)
    assert len(answer.content) > 100


def test_columns_of_facts_are_explained_in_their_order() -> None:
    table = PAGE.split("### Columns of facts", 1)[1].split("\n## ", 1)[0]
    named = [
        name for row in table.split("\n") if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])
    ]
    assert tuple(named) == tables.COLUMNS


def test_forms_and_settings_are_named() -> None:
    for form in (*shown.FORMS, *feeds.FEEDS, *citing.CITATIONS):
        assert f"`.{form}`" in PAGE
    for media in (*shown.FORMS.values(), *citing.CITATIONS.values()):
        assert f"`{media}`" in PAGE
    for name in re.findall(r"DRAGOMAN_([A-Z_]+)", PAGE):
        assert name.lower() in Settings.model_fields
