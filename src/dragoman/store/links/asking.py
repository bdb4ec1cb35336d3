"""Questions to a record about its links: stories with their reports, why two events are one, what an id has become."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dragoman.store.links.graph import pieces
from dragoman.store.payload import Json
from dragoman.store.record import Record
from dragoman.store.tables import (
    FACTS,
    HAPPENING_LINKS,
    LINK_CHANGES,
    REPORTS,
    STORIES,
    STORY_MEMBERS,
)

MOST_STEPS: Final = 50
"""Changes of an id that are followed."""


@dataclass(frozen=True, slots=True)
class StoryReport:
    """A report of a story."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """Reports that tell one story, by date; `sources` are those that repeat no other; `first`, `last` days."""

    id: str
    sources: int
    first: str | None
    last: str | None
    reports: tuple[StoryReport, ...]

    @property
    def title(self) -> str:
        """The title of the first report that has one, else the id."""
        return next((report.title for report in self.reports if report.title), self.id)

    def line(self) -> Json:
        """The object that `dragoman stories --json` prints."""
        names = ("id", "title", "outlet", "url", "published")
        return {
            "id": self.id,
            "first": self.first,
            "last": self.last,
            "n_reports": len(self.reports),
            "n_independent_sources": self.sources,
            "reports": [{name: getattr(report, name) for name in names} for report in self.reports],
        }


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """Why two facts, by id and report, are held for one happening; `points` as `linking/agreeing.py` gives them."""

    one: tuple[str, str]
    other: tuple[str, str]
    points: float
    reason: str


def stories(record: Record, least: int = 2, limit: int | None = None) -> Iterator[Story]:
    """Stories of at least LEAST reports, the one with the newest report first; at most LIMIT."""
    columns = (STORIES.c.key, STORIES.c.id, STORIES.c.sources, STORIES.c.first, STORIES.c.last)
    wanted = sa.select(*columns).where(STORIES.c.reports >= least)
    wanted = wanted.order_by(STORIES.c.last.desc(), STORIES.c.key.desc()).limit(limit)
    with record.reading() as connection:
        for some in pieces(connection.execute(wanted).all()):
            reports = _reports(connection, [row.key for row in some])
            for row in some:
                yield Story(row.id, row.sources, row.first, row.last, tuple(reports.get(row.key, ())))


def story(record: Record, ident: str) -> Story | None:
    """The story that is called IDENT, or was before it became part of another one; None where there is none."""
    columns = (STORIES.c.key, STORIES.c.id, STORIES.c.sources, STORIES.c.first, STORIES.c.last)
    wanted = sa.select(*columns).where(STORIES.c.id == became(record, ident))
    with record.reading() as connection:
        row = connection.execute(wanted).first()
        reports = _reports(connection, [row.key]) if row else {}
    return Story(row.id, row.sources, row.first, row.last, tuple(reports[row.key])) if row and reports else None


def stories_of(record: Record, reports: Collection[str]) -> dict[str, Story]:
    """The stories of several reports that REPORTS, which are ids, belong to, by the id of the report."""
    columns = (STORIES.c.key, STORIES.c.id, STORIES.c.sources, STORIES.c.first, STORIES.c.last)
    wanted = sa.select(REPORTS.c.id.label("report"), *columns).select_from(REPORTS)
    wanted = wanted.join(STORY_MEMBERS, STORY_MEMBERS.c.node == REPORTS.c.key)
    wanted = wanted.join(STORIES, STORIES.c.key == STORY_MEMBERS.c.cluster)
    wanted = wanted.where(REPORTS.c.id.in_(sorted(reports)), REPORTS.c.current, STORIES.c.reports > 1)
    with record.reading() as connection:
        rows = connection.execute(wanted).all()
        told = _reports(connection, sorted({row.key for row in rows}))
    made = {row.key: Story(row.id, row.sources, row.first, row.last, tuple(told[row.key])) for row in rows}
    return {row.report: made[row.key] for row in rows}


def _reports(connection: sa.Connection, keys: list[int]) -> dict[int, list[StoryReport]]:
    names = ("id", "title", "outlet", "url", "published_start")
    columns = [REPORTS.c[name] for name in names]
    statement = sa.select(STORY_MEMBERS.c.cluster, *columns).join(REPORTS, REPORTS.c.key == STORY_MEMBERS.c.node)
    statement = statement.where(STORY_MEMBERS.c.cluster.in_(keys)).order_by(REPORTS.c.published_start, REPORTS.c.id)
    found: dict[int, list[StoryReport]] = {}
    for cluster, *values in connection.execute(statement):
        found.setdefault(cluster, []).append(StoryReport(*values))
    return found


def links_of(record: Record, ident: str) -> list[LinkSaid]:
    """The links of the current fact with that id, the strongest first."""
    one, other = FACTS.alias("one"), FACTS.alias("other")
    first, second = REPORTS.alias("first"), REPORTS.alias("second")
    found: list[LinkSaid] = []
    with record.reading() as connection:
        for mine, theirs in (
            (HAPPENING_LINKS.c.low, HAPPENING_LINKS.c.high),
            (HAPPENING_LINKS.c.high, HAPPENING_LINKS.c.low),
        ):
            statement: sa.Select[Any] = (
                sa.select(
                    one.c.id.label("mine"), first.c.id, other.c.id, second.c.id,
                    HAPPENING_LINKS.c.points, HAPPENING_LINKS.c.reason,
                )
                .select_from(one)
                .join(HAPPENING_LINKS, mine == one.c.seq)
                .join(other, other.c.seq == theirs)
                .join(first, first.c.key == one.c.report_key)
                .join(second, second.c.key == other.c.report_key)
                .where(one.c.id == ident)
            )  # fmt: skip
            for fact, report, fact_2, report_2, points, reason in connection.execute(statement):
                found.append(LinkSaid((fact, report), (fact_2, report_2), points / 1000, reason))
    return sorted(found, key=lambda link: (-link.points, link.other))


def became(record: Record, ident: str) -> str:
    """What a happening or story that was called IDENT is called now: IDENT itself where it was never merged."""
    log = LINK_CHANGES.c
    with record.reading() as connection:
        after = 0
        for _ in range(MOST_STEPS):
            merged = sa.select(log.number, log.other).where(log.id == ident, log.change == "merged", log.number > after)
            row = connection.execute(merged.order_by(log.number.desc()).limit(1)).first()
            if row is None or row.other is None:
                return ident
            back = sa.select(log.number).where(log.id == ident, log.change == "split", log.number > row.number)
            if connection.execute(back.limit(1)).first() is not None:
                return ident
            ident, after = row.other, row.number
    return ident
