"""Feeds that are followed, posts and what changed between versions."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.tables.base import KEY, METADATA

FEEDS: Final = sa.Table(
    "feeds",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("fetched_from", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("reads", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("added_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text),
    sa.Column("interval_s", sa.Float, nullable=False),
    sa.Column("rhythm_s", sa.Float),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("tried_at", sa.Text),
    sa.Column("success_at", sa.Text),
    sa.Column("new_at", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("warning", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("body_hash", sa.Text),
    sa.UniqueConstraint("address"),
    sa.Index("ix_feeds_state_next_at", "state", "next_at"),
    sa.CheckConstraint("kind IN ('feed', 'sitemap', 'page')", name="ck_feeds_kind"),
    sa.CheckConstraint("reads IN ('auto', 'page', 'feed')", name="ck_feeds_reads"),
    sa.CheckConstraint("state IN ('active', 'paused', 'gone')", name="ck_feeds_state"),
    sqlite_autoincrement=True,
)
"""What is followed. `address` is as it was added, `fetched_from` where it has moved to. `next_at`: not before then.
`rhythm_s`: seconds that usually lie
between two new items, null while unknown. `reads`: what an article is read from. `body_hash`: of the last answer.
"""

FEED_ITEMS: Final = sa.Table(
    "feed_items",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("feed_key", KEY, sa.ForeignKey("feeds.key"), nullable=False),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("link", sa.Text),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Column("last_seen", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("visits", sa.Integer, nullable=False),
    sa.Column("missing", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("read_from", sa.Text),
    sa.Column("entry", sa.JSON(none_as_null=True)),
    sa.UniqueConstraint("feed_key", "item"),
    sa.Index("ix_feed_items_next_at", "next_at"),
    sa.Index("ix_feed_items_report", "report"),
    sa.Index("ix_feed_items_feed_key_next_at", "feed_key", "next_at"),
    sa.CheckConstraint("state IN ('waiting', 'done', 'double', 'failed', 'withdrawn')", name="ck_feed_items_state"),
    sqlite_autoincrement=True,
)
"""Items that were seen. `waiting`: not read yet, `entry` holds what the feed said of it; `double`: another feed's item
has the same report. `next_at`: when it is to be read, or looked at again for changes; null: never. `missing`: how often
in a row its page was not there. `read_from`: `page`, or `feed` where the feed's own words were read; null: not yet.
"""

FEED_HOSTS: Final = sa.Table(
    "feed_hosts",
    METADATA,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("not_before", sa.Text, nullable=False),
    sa.Column("robots_at", sa.Text),
    sa.Column("robots_status", sa.Integer),
    sa.Column("robots", sa.Text),
)
"""Hosts that are asked: when the next request may be sent, and what its robots.txt said at `robots_at`."""

FEED_HUBS: Final = sa.Table(
    "feed_hubs",
    METADATA,
    sa.Column("feed_key", KEY, sa.ForeignKey("feeds.key"), primary_key=True, autoincrement=False),
    sa.Column("hub", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text),
    sa.Column("expires_at", sa.Text),
    sa.Column("pushed_at", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.UniqueConstraint("path"),
    sa.Index("ix_feed_hubs_next_at", "next_at"),
    sa.CheckConstraint("state IN ('wanted', 'asked', 'verified', 'denied')", name="ck_feed_hubs_state"),
)
"""WebSub subscriptions. `path` is the secret end of the address that the hub calls, `secret` signs what it sends."""

POSTS: Final = sa.Table(
    "posts",
    METADATA,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("posted_at", sa.Text, nullable=False),
)
"""Who posted a report, by the digest of the token: only they may correct and withdraw it."""

HELD_POSTS: Final = sa.Table(
    "held_posts",
    METADATA,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("posted_at", sa.Text, nullable=False),
    sa.Column("release_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("line", sa.Text, nullable=False),
    sa.Index("ix_held_posts_next_at", "next_at"),
)
"""Posted reports under an embargo: nothing of them stands in any other table before `release_at`."""

CHANGES: Final = sa.Table(
    "changes",
    METADATA,
    sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.CheckConstraint("kind IN ('changed', 'withdrawn')", name="ck_changes_kind"),
)
"""Why there is a version of a report after the first: what was seen to have happened to it, in words."""
