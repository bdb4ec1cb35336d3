"""Feeds that are followed, with items, hosts and hubs; who posted a report, what is held, why there is a version."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _feeds()
    _items()
    _hosts()
    _hubs()
    _posts()
    _held()
    _changes()


def _feeds() -> None:
    op.create_table(
        "feeds",
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
        sa.UniqueConstraint("address", name="uq_feeds_address"),
        sa.CheckConstraint("kind IN ('feed', 'sitemap', 'page')", name="ck_feeds_kind"),
        sa.CheckConstraint("reads IN ('auto', 'page', 'feed')", name="ck_feeds_reads"),
        sa.CheckConstraint("state IN ('active', 'paused', 'gone')", name="ck_feeds_state"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_state_next_at", "feeds", ["state", "next_at"])


def _items() -> None:
    op.create_table(
        "feed_items",
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
        sa.UniqueConstraint("feed_key", "item", name="uq_feed_items_feed_key_item"),
        sa.CheckConstraint("state IN ('waiting', 'done', 'double', 'failed', 'withdrawn')", name="ck_feed_items_state"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_items_next_at", "feed_items", ["next_at"])
    op.create_index("ix_feed_items_report", "feed_items", ["report"])
    op.create_index("ix_feed_items_feed_key_next_at", "feed_items", ["feed_key", "next_at"])


def _hosts() -> None:
    op.create_table(
        "feed_hosts",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("not_before", sa.Text, nullable=False),
        sa.Column("robots_at", sa.Text),
        sa.Column("robots_status", sa.Integer),
        sa.Column("robots", sa.Text),
    )


def _hubs() -> None:
    op.create_table(
        "feed_hubs",
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
        sa.UniqueConstraint("path", name="uq_feed_hubs_path"),
        sa.CheckConstraint("state IN ('wanted', 'asked', 'verified', 'denied')", name="ck_feed_hubs_state"),
    )
    op.create_index("ix_feed_hubs_next_at", "feed_hubs", ["next_at"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("report", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("posted_at", sa.Text, nullable=False),
    )


def _held() -> None:
    op.create_table(
        "held_posts",
        sa.Column("report", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("posted_at", sa.Text, nullable=False),
        sa.Column("release_at", sa.Text, nullable=False),
        sa.Column("next_at", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_index("ix_held_posts_next_at", "held_posts", ["next_at"])


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("kind IN ('changed', 'withdrawn')", name="ck_changes_kind"),
    )
