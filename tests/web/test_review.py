"""What pages and the stream show of facts that people have decided on."""

from __future__ import annotations

import asyncio

from fastapi.testclient import TestClient

from dragoman.live.hub import Hub
from dragoman.live.stream import stream
from dragoman.store.payload import stored_fields
from dragoman.store.query import latest_seq
from dragoman.store.record import Record
from dragoman.store.review.decisions import Verdict, decide
from dragoman.web import urls
from tests import made

MEETING = made.meeting().id
HOSTILE = "<script>alert(1)</script>"


def test_an_edited_fact_says_who_edited_it_and_why(filled: TestClient, record: Record) -> None:
    edited = stored_fields(made.meeting(status="denied"))
    decide(record, [Verdict(MEETING, "edit", 0, edited)], f"anna {HOSTILE}", f"so it says {HOSTILE}")
    page = filled.get(urls.fact_url(MEETING))
    assert page.status_code == 200 and HOSTILE not in page.text
    assert "anna &lt;script&gt;alert(1)&lt;/script&gt; edited it: so it says" in page.text
    assert "denied" in page.text and "reviewed by anna" in page.text
    found = filled.get(urls.json_url(urls.fact_url(MEETING))).json()
    assert found["fact"]["status"] == "denied"
    assert [(one["decision"], one["number"], one["carried"]) for one in found["decisions"]] == [("edit", 1, False)]
    assert "reviewed by anna" in filled.get("/reports/r1").text
    assert filled.get("/pairs/CAN/GHA").text.count(urls.fact_url(MEETING)) >= 1


def test_a_rejected_fact_is_on_its_own_page_alone(filled: TestClient, record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna", "a film")
    page = filled.get(urls.fact_url(MEETING))
    assert "anna rejected this fact: a film. It is kept, and not counted." in page.text
    for path in ("/", "/pairs/CAN/GHA", "/reports/r1", "/search?q=Accra"):
        assert urls.fact_url(MEETING) not in filled.get(path).text


def test_the_stream_sends_a_corrected_fact_anew(filled: TestClient, record: Record) -> None:
    last = latest_seq(record)
    decide(record, [Verdict(MEETING, "edit", 0, stored_fields(made.meeting(status="denied")))], "anna")

    async def first() -> bytes:
        hub = Hub(record, 0.01)
        events = stream(hub, 60.0, last)
        await anext(events)
        try:
            return await asyncio.wait_for(anext(events), 10)
        finally:
            await events.aclose()
            hub.close()

    sent = asyncio.run(first()).decode()
    assert f"id: {last + 1}\n" in sent
    assert f'"id":"{MEETING}"' in sent.replace('": "', '":"') and '"denied"' in sent and '"anna"' in sent
