"""Figures of a running server for Prometheus. Other parts add theirs: `site.metrics.registry.register(COLLECTOR)`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from starlette.types import Scope

from dragoman import __version__
from dragoman.live.following.health import Condition, health
from dragoman.store.query import counts, latest_seq
from dragoman.store.record import Record
from dragoman.store.reports import recent

STREAM = "/stream"


class Metrics:
    """What one server counts; `registry` gives all of it, the record's own figures as they are when it is asked."""

    def __init__(self, record: Record) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "dragoman_http_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "dragoman_http_seconds", "Time to a whole answer, streams left out.", ("route",), registry=self.registry,
            buckets=(0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
        )  # fmt: skip
        self.streams = Gauge("dragoman_streams_open", "Live streams that are open.", registry=self.registry)
        self.posts = Counter(
            "dragoman_posts", "Posted reports, by what became of them.", ("outcome",), registry=self.registry
        )
        self.post_seconds = Histogram(
            "dragoman_post_seconds", "Time from a posted report to its facts in the record.", registry=self.registry,
            buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
        )  # fmt: skip
        version = Gauge("dragoman_version", "1, with the version as a label.", ("version",), registry=self.registry)
        version.labels(__version__).set(1)
        self.registry.register(RecordCollector(record))
        self.registry.register(FeedCollector(record))
        ProcessCollector(registry=self.registry)

    def begun(self, scope: Scope) -> None:
        """Count a request that is under way: a stream may be so for hours."""
        if scope["path"] == STREAM:
            self.streams.inc()

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """Count an answer. Routes are told as they are written in the program: there are only so many."""
        route = str(getattr(scope.get("route"), "path", "none"))
        method = str(scope["method"])
        known = method if method in ("GET", "HEAD", "POST", "PUT", "DELETE") else "other"
        if scope["path"] == STREAM:
            self.streams.dec()
        self.requests.labels(route, known, str(status)).inc()
        if route != STREAM:
            self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures in Prometheus' text format. Raises RecordError where the record can't be read."""
        return bytes(generate_latest(self.registry))


class RecordCollector(Collector):
    """How much the record holds, and how old its news are."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: the record is read only when it is asked for."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures as they are now."""
        held = counts(self.record)
        yield GaugeMetricFamily("dragoman_reports", "Reports in the record.", held.reports)
        facts = GaugeMetricFamily("dragoman_facts", "Facts that are not superseded.", labels=["kind"])
        for kind, number in held.kinds.items():
            facts.add_metric([kind], number)
        yield facts
        yield GaugeMetricFamily("dragoman_newest_fact_seq", "Place of the newest fact.", latest_seq(self.record))
        newest = recent(self.record, 1)
        if newest:
            age = max(0.0, time.time() - datetime.fromisoformat(newest[0].read_at).timestamp())
            yield GaugeMetricFamily("dragoman_last_report_age_seconds", "Time since the last report was read.", age)


class FeedCollector(Collector):
    """How the feeds are that the record follows, whichever process follows them."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: the record is read only when it is asked for."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures as they are now."""
        now = time.time()
        feeds = health(self.record, now)
        by_condition = GaugeMetricFamily("dragoman_feeds", "Followed feeds by how they are.", labels=["condition"])
        for condition in get_args(Condition):
            by_condition.add_metric([condition], sum(one.condition == condition for one in feeds))
        yield by_condition
        failures = sum(one.feed.failures for one in feeds if one.feed.state == "active")
        yield GaugeMetricFamily(
            "dragoman_feed_failures", "Tries that failed in a row, over all active feeds.", failures
        )
        due = [now - one.feed.next_at for one in feeds if one.feed.state == "active" and one.feed.next_at is not None]
        lag = max(0.0, *due) if due else 0.0
        yield GaugeMetricFamily("dragoman_feed_lag_seconds", "How long the feed that waits longest is overdue.", lag)
