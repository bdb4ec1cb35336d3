"""Health, figures and the log; and headers on every answer."""

from __future__ import annotations

import json
import logging
import re
import time

import pytest
from fastapi.testclient import TestClient
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from dragoman.settings import Settings
from dragoman.store.feeds import NewFeed, add_feeds
from dragoman.store.record import Record
from dragoman.store.tokens import add_token
from dragoman.store.writing import add
from dragoman.web.app import create_app
from dragoman.web.guard import CSP
from dragoman.web.logs import JsonLines, Lines, shown_path
from tests import made
from tests.web.asking import asking, bearer, routes
from tests.web.conftest import BASE, STAMP

EVERYWHERE = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


ASKED = ({}, {"Host": "evil.example"}, {"Authorization": "Bearer x"}, {"Origin": "https://evil.example"})


def test_every_answer_of_every_route_has_the_headers(record: Record) -> None:
    """Whatever is asked and however it ends."""
    add(record, made.answer("r1"), STAMP)
    seen = set()
    with asking(record, address_requests_per_minute=100_000) as client:
        for pattern, methods in routes(client):
            for method in (*methods, "PATCH"):
                path = re.sub(r"\{[^}]*\}", "r1", pattern)
                if path == "/stream":
                    path += "?last=wrong"
                for headers in ASKED:
                    answer = client.request(method, path, headers=headers)
                    seen.add(answer.status_code)
                    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE, (method, path)
                    assert "camera=()" in answer.headers["permissions-policy"]
                    assert answer.headers["strict-transport-security"] == "max-age=31536000"
                    assert "server" not in answer.headers and "Traceback" not in answer.text
    assert {200, 401, 403, 404, 405, 421} <= seen


def test_a_fault_is_told_in_a_sentence_and_logged_without_secrets(
    record: Record, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(record, Settings())

    @app.get("/websub/{secret}/broken")
    def broken(secret: str) -> None:
        raise ZeroDivisionError("a fault of ours")

    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        answer = client.get("/websub/s3cret/broken")
    assert answer.status_code == 500 and answer.headers["content-security-policy"] == CSP
    assert "ZeroDivision" not in answer.text and "Traceback" not in answer.text
    (fault,) = [line for line in caplog.records if line.name == "dragoman.web"]
    assert fault.exc_info and "s3cret" not in fault.getMessage()


def test_health_says_whether_the_record_can_be_read(record: Record) -> None:
    app = create_app(record, Settings())
    with TestClient(app, base_url=BASE) as client:
        assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (200, {"status": "ok"})
        app.state.site.closing.set()
        assert client.get("/healthz").status_code == 503


def test_health_fails_where_the_record_does(record: Record) -> None:
    with record.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE facts RENAME TO facts_gone")
    with TestClient(create_app(record, Settings()), base_url=BASE) as client:
        answer = client.get("/healthz")
    assert answer.status_code == 503 and "facts" not in answer.text


class Pushes(Collector):
    """As another part of the server adds its own."""

    def collect(self) -> list[GaugeMetricFamily]:
        return [GaugeMetricFamily("dragoman_pushes_waiting", "Notifications to be sent.", 3)]


def test_figures_are_what_prometheus_reads(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)
    app = create_app(record, Settings())
    app.state.site.metrics.registry.register(Pushes())
    add_feeds(record, [NewFeed("https://example.org/feed")], time.time() - 50, 300)
    with TestClient(app, base_url=BASE) as client:
        for path in ("/", "/reports/a", "/reports/b", "/nothing"):
            client.get(path)
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    found = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["dragoman_reports",] == 1 and found["dragoman_pushes_waiting",] == 3
    assert sum(value for (name, *_), value in found.items() if name == "dragoman_facts") == made.FACTS
    assert found["dragoman_feeds", ("condition", "new")] == 1 and 50 <= found["dragoman_feed_lag_seconds",] < 110
    route = ("method", "GET"), ("route", "/reports/{segment:path}"), ("status", "404")
    assert found["dragoman_http_requests_total", *route] == 2
    assert 0 <= found["dragoman_last_report_age_seconds",] < 600


def test_requests_are_logged_without_secrets(record: Record, caplog: pytest.LogCaptureFixture) -> None:
    token = add_token(record, "read", "night desk")
    with caplog.at_level("INFO", "dragoman.access"), asking(record, access_log=True) as client:
        client.get("/reports/a%0Ab?q=s3cret", headers={**bearer(token), "Cookie": "x=s3cret"})
    (line,) = [one for one in caplog.records if one.name == "dragoman.access"]
    told = json.loads(JsonLines().format(line))
    assert (told["caller"], told["method"], told["status"]) == ("night desk", "GET", 404)
    assert told["path"] == "/reports/a%0Ab" and told["ms"] > 0 and told["bytes"] > 0
    shown = Lines().format(line)
    assert "\n" not in shown and "night_desk GET /reports/a%0Ab 404" in shown
    for text in (json.dumps(told), shown):
        assert "s3cret" not in text and token not in text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/websub/abc", "/websub/…"),
        ("/a b\r\n\x1b[2J", "/a%20b%0D%0A%1B%5B2J"),
        ("/ü", "/%C3%BC"),
        ("/" * 999, "/" * 300),
    ],
)
def test_a_path_is_logged_on_one_line(path: str, shown: str) -> None:
    assert shown_path({"type": "http", "path": path}) == shown


def test_a_line_of_the_log_stays_one_line() -> None:
    record = logging.LogRecord("dragoman.web", logging.WARNING, "", 1, "a\nforged %s", ("\x1b[31m",), None)
    assert "\n" not in Lines().format(record) and "\x1b" not in Lines().format(record)
    assert json.loads(JsonLines().format(record))["message"] == "a\nforged \x1b[31m"
