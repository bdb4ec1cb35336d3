"""Sources with their health, and what has changed in a report, as a reader sees them."""

from __future__ import annotations

import time

from fastapi.testclient import TestClient

from dragoman.store.changes import keep_change
from dragoman.store.feeds import NewFeed, add_feeds, feed_failed, followed
from dragoman.store.record import Record
from dragoman.store.writing import add
from tests import made
from tests.web.conftest import STAMP


def test_feeds_stand_on_the_sources_page_with_what_is_wrong_in_words(record: Record, client: TestClient) -> None:
    hostile = NewFeed("http://x.example/feed?a=<script>", title="<b>Courier</b>")
    add_feeds(record, [hostile, NewFeed("http://y.example/")], time.time(), 300)
    feed_failed(
        record, followed(record)[0].key, "the server answers 500: it is in disorder", time.time() + 60, time.time()
    )
    page = client.get("/sources").text
    assert "&lt;b&gt;Courier&lt;/b&gt;" in page and "<b>Courier" not in page and "<script>" not in page
    assert "failed once: the server answers 500: it is in disorder; never went well yet" in page
    assert "not looked at yet" in page
    first, second = client.get("/sources.json").json()["feeds"]
    assert (first["condition"], first["failures"], second["condition"]) == ("failing", 1, "new")


def test_a_report_shows_what_has_changed_since_the_version_before(record: Record, filled: TestClient) -> None:
    text = made.TEXT + " <b>More</b> was said."
    changed = made.answer("r1", report=made.report("r1", text=text, title="Another title"))
    add(record, changed, STAMP, lambda connection, added: keep_change(connection, added, "changed", "seen <today>"))
    page = filled.get("/reports/r1").text
    assert "What has changed since version 1" in page and "seen &lt;today&gt;" in page
    assert "&lt;b&gt;More&lt;/b&gt; was said.</ins>" in page and "<del>" in page
    assert "What has changed" not in filled.get("/reports/r1?version=1").text
    told = filled.get("/reports/r1.json").json()["change"]
    assert (told["kind"], told["version"], told["before"]) == ("changed", 2, 1)
    assert filled.get("/reports/r1.json?version=1").json()["change"] is None
