"""The same at one address in every form, page by page, and only once."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.facts import Answer
from dragoman.store.query import facts
from dragoman.store.record import Record
from dragoman.store.writing import add
from dragoman.web.paging import begins, cursor_of
from dragoman.web.shown import FORMS
from tests import made
from tests.web.conftest import STAMP

LISTS = {
    "/": ("facts", made.FACTS),
    "/search": ("facts", made.FACTS),
    "/reports/r1": ("facts", made.FACTS),
    "/pairs": ("pairs", 3),
    "/pairs/DEU/FRA": ("facts", 1),
    "/sources": ("sources", 1),
}
ROWS = {"/plots/timeline?q=DEU+FRA": "rows", **{path: key for path, (key, _) in LISTS.items()}}


def suffixed(path: str, form: str) -> str:
    head, mark, query = path.partition("?")
    return f"{head}.{form}{mark}{query}"


@pytest.mark.parametrize("path", ROWS)
def test_all_forms_hold_the_same_rows(filled: TestClient, path: str) -> None:
    found = filled.get(suffixed(path, "json")).json()[ROWS[path]]
    lines = [json.loads(line) for line in filled.get(suffixed(path, "ndjson")).text.splitlines()]
    table = list(csv.DictReader(io.StringIO(filled.get(suffixed(path, "csv")).text)))
    columns = pyarrow.parquet.read_table(io.BytesIO(filled.get(suffixed(path, "parquet")).content)).to_pylist()
    assert len(found) == len(lines) == len(table) == len(columns) > 0
    if "id" in table[0]:
        assert [row["id"] for row in found] == [row["id"] for row in lines] == [row["id"] for row in table]
        assert [row["id"] for row in columns] == [row["id"] for row in lines]
    assert list(table[0]) == list(columns[0])


@pytest.mark.parametrize("path", [*LISTS, "/method"])
@pytest.mark.parametrize("form", FORMS)
def test_the_header_asks_as_the_suffix_does(filled: TestClient, path: str, form: str) -> None:
    by_suffix = filled.get(suffixed(path, form))
    by_header = filled.get(path, headers={"Accept": f"text/html;q=0.5, {FORMS[form]}"})
    assert by_suffix.content == by_header.content
    assert by_header.headers["content-type"].startswith(FORMS[form])
    assert by_header.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("application/json;q=0", "text/html"),
        ("application/json;q=nan", "text/html"),
        ("image/png", "text/html"),
        ("text/csv;q=0.9, application/json;q=0.1", "text/csv"),
        ("application/atom+xml", "application/atom+xml"),
        ("APPLICATION/JSON", "application/json"),
        ("", "text/html"),
    ],
)
def test_what_is_accepted_best_is_given(filled: TestClient, accept: str, kind: str) -> None:
    assert filled.get("/", headers={"Accept": accept}).headers["content-type"].startswith(kind)


@pytest.mark.parametrize("path", ["/.json", "/.ndjson", "/search.csv", "/api/facts", "/api/search", "/api/reports"])
def test_pages_of_a_list_are_linked_and_hold_each_item_once(record: Record, client: TestClient, path: str) -> None:
    for number in range(9):
        add(record, made.answer(f"r{number}"), STAMP)
    seen: list[str] = []
    following: str | None = f"{path}?limit=7"
    while following:
        answer = client.get(following)
        assert answer.status_code == 200
        seen += _ids(answer.text, answer.headers["content-type"])
        link = answer.links.get("next")
        following = link["url"] if link else None
        if answer.headers["content-type"].startswith("application/json"):
            assert answer.json()["next"] == following
    everything = [f"r{number}" for number in range(9)] if "reports" in path else [fact.id for fact in facts(record)]
    assert sorted(seen) == sorted(everything)


def _ids(text: str, kind: str) -> list[str]:
    if kind.startswith("text/csv"):
        return [row["id"] for row in csv.DictReader(io.StringIO(text))]
    if kind.startswith("application/x-ndjson"):
        return [json.loads(line)["id"] for line in text.splitlines()]
    value = json.loads(text)
    return [item["id"] for item in value.get("facts") or value.get("hits") or value.get("reports") or []]


@pytest.mark.parametrize("cursor", ["abc", "1", "LXNlcS4x~", "é", "LWRhdGUuMQ", "." * 64])
def test_a_cursor_of_elsewhere_is_refused(filled: TestClient, cursor: str) -> None:
    answer = filled.get("/api/facts", params={"cursor": cursor})
    assert answer.status_code == 400
    assert "is no page of this list" in answer.json()["detail"]


@given(st.sampled_from(["seq", "-seq", "-date", "reports"]), st.integers(0, 10**18 - 1))
def test_a_cursor_leads_back_to_its_place_and_to_no_other_list(order: str, last: int) -> None:
    cursor = cursor_of(order, last)
    assert begins(order, cursor) == last
    with pytest.raises(QueryError):
        begins("date", cursor)


def test_polling_gives_what_is_new_and_else_nothing(record: Record, filled: TestClient) -> None:
    first = filled.get("/api/facts?after=0").json()
    address = f"/api/facts?after={first['last']}"
    empty = filled.get(address)
    assert (empty.json()["facts"], empty.json()["last"]) == ([], first["last"])
    tag = {"If-None-Match": f'"other", W/{empty.headers["etag"]}'}
    assert filled.get(address, headers=tag).status_code == 304
    add(record, made.answer("r2"), STAMP)
    new = filled.get(address, headers=tag)
    assert (new.status_code, len(new.json()["facts"])) == (200, made.FACTS)


def test_no_cell_of_a_download_is_run_as_a_formula(record: Record, client: TestClient) -> None:
    for number, sign in enumerate("=+-@"):
        ident = f"{sign}cmd|' /C calc'!A{number}"
        report = made.report(ident, title=f"{sign}1+1", outlet=f" \t{sign}HYPERLINK(1)")
        add(record, Answer(report, events=(made.event(ident),)), STAMP)
    for path in ("/.csv", "/sources.csv", "/api/reports"):
        text = client.get(path, headers={"Accept": "text/csv"}).text
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert any(cell.startswith("'=") for cell in cells)


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/nope.json", ""), ("/facts/none.csv", ""), ("/facts/none", "application/json"), ("/api/none", "text/html")],
)
def test_programs_are_told_a_problem(filled: TestClient, path: str, accept: str) -> None:
    answer = filled.get(path, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert {"type", "title", "status", "detail"} <= set(answer.json())
