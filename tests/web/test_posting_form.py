"""The form by which a person posts: previewed by the real parser's stand-in, posted by the API's own function."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from dragoman.facts import Answer
from dragoman.pipeline import batch, tools
from dragoman.reading.source import Source
from dragoman.store.query import facts
from dragoman.store.record import Record
from dragoman.store.reports import report
from dragoman.store.tokens import add_token
from tests import made
from tests.web.asking import HTTPS, asking, form_text, sign_in
from tests.web.reading import read

GIVEN = {"title": "A <b>title</b>", "outlet": "Night Desk", "url": "https://example.org/9", "body": made.TEXT}


@pytest.fixture
def poster(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser that is signed in and may post; what is read is made by hand, from what was sent."""

    def answer(source: Source, *_: object) -> Answer:
        given = made.report(source.id, title=source.title, outlet=source.outlet, url=source.url)
        return made.answer(source.id, report=given)

    monkeypatch.setattr(batch, "read_report", answer)
    monkeypatch.setattr(tools, "load_tools", lambda _: SimpleNamespace())
    with asking(record, max_post_bytes=2000) as client:
        assert sign_in(client, add_token(record, "post", "night desk")) == 303
        yield client


def send(client: TestClient, do: str, **fields: str) -> Response:
    data = {"csrf": form_text(client, "/post"), "do": do, **GIVEN, **fields}
    return client.post("/post", data=data, headers={"Origin": HTTPS})


def test_a_preview_shows_the_facts_and_stores_nothing(record: Record, poster: TestClient) -> None:
    answer = send(poster, "preview")
    page = read(answer.text)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert len(page.all("li", css="fact")) == made.FACTS
    assert "A <b>title</b>" in page.texts("h2")
    assert {"".join(mark.text) for mark in page.all("mark", css="proof")} >= {"signed the Elbe accord"}
    (body,) = page.all("textarea")
    assert "".join(body.text).strip() == made.TEXT
    assert [tag["value"] for tag in page.all("input") if tag.get("name") == "outlet"] == ["Night Desk"]
    assert not list(facts(record))


def test_a_post_leads_to_the_reports_page(record: Record, poster: TestClient) -> None:
    answer = send(poster, "post")
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports/https%3A%2F%2Fexample.org%2F9")
    assert poster.get(answer.headers["location"]).status_code == 200
    kept = report(record, "https://example.org/9").report
    assert (kept.title, kept.outlet) == ("A <b>title</b>", "Night Desk")
    assert 'dragoman_posts_total{outcome="new"} 1.0' in poster.get("/metrics").text


@pytest.mark.parametrize(
    ("fields", "ident"), [({"id": "wire/7"}, "wire/7"), ({"url": ""}, "post-"), ({"form": "html"}, "https://")]
)
def test_a_report_is_called_as_the_form_says(
    record: Record, poster: TestClient, fields: dict[str, str], ident: str
) -> None:
    assert send(poster, "post", **fields).status_code == 303
    assert next(facts(record)).report.startswith(ident)


def test_what_cant_be_read_is_told_and_what_was_typed_stays(record: Record, poster: TestClient) -> None:
    answer = send(poster, "post", published="tomorrow")
    assert answer.status_code == 422
    assert "is no date" in read(answer.text).text_of("main")
    assert "Night Desk" in answer.text and made.TEXT[:20] in answer.text
    assert not list(facts(record))


def test_a_form_that_is_too_large_is_refused(record: Record, poster: TestClient) -> None:
    answer = send(poster, "post", body="x" * 40_000)
    assert answer.status_code == 413 and "DRAGOMAN_MAX_POST_BYTES" in answer.text
    assert not list(facts(record))


def test_who_may_not_post_sees_no_form(record: Record) -> None:
    with asking(record) as client:
        assert sign_in(client, add_token(record, "review")) == 303
        assert client.get("/post").status_code == 403
        assert 'href="/post"' not in client.get("/").text


def test_a_report_under_embargo_is_held_and_shown_to_nobody(record: Record, poster: TestClient) -> None:
    answer = send(poster, "post", embargo="2999-01-01T06:00:00+01:00", id="wire/8")
    assert answer.status_code == 202
    assert "wire/8 is held until 2999-01-01 05:00 UTC" in read(answer.text).text_of("main")
    assert poster.get("/reports/wire%2F8").status_code == 404
    assert not list(facts(record))
    assert "is no time" in read(send(poster, "preview", embargo="soon").text).text_of("main")


def test_anothers_report_cant_be_changed_by_the_form(record: Record, poster: TestClient) -> None:
    assert send(poster, "post", id="a").status_code == 303
    poster.post("/sign-out", data={"csrf": form_text(poster, "/post")}, headers={"Origin": HTTPS})
    assert sign_in(poster, add_token(record, "post", "another desk")) == 303
    answer = send(poster, "post", id="a", title="Another title")
    assert answer.status_code == 422 and report(record, "a").report.title == "A <b>title</b>"
