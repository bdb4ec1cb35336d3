"""Saved searches, browsers that are told of new facts, and what they were told."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.tables.base import KEY, METADATA

SAVED: Final = sa.Table(
    "saved",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.UniqueConstraint("id"),
    sa.UniqueConstraint("owner", "query"),
    sqlite_autoincrement=True,
)
"""Searches that readers keep. `owner` is empty text for the one user of a local record."""

DEVICES: Final = sa.Table(
    "devices",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("quiet_from", sa.Integer),
    sa.Column("quiet_to", sa.Integer),
    sa.Column("daily_at", sa.Integer, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("retry_at", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("told_at", sa.Text),
    sa.Column("trouble", sa.Text),
    sa.Column("p256dh", sa.Text, nullable=False),
    sa.Column("auth", sa.Text, nullable=False),
    sa.Column("endpoint", sa.Text, nullable=False),
    sa.UniqueConstraint("id"),
    sqlite_autoincrement=True,
)
"""Browsers that take pushes: a subscription of the Push API, by the SHA-256 of its endpoint. `zone` is an IANA time
zone; `quiet_from`, `quiet_to` and `daily_at` are minutes after midnight there. `retry_at`: no push before it."""

BELLS: Final = sa.Table(
    "bells",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("saved_key", KEY, sa.ForeignKey("saved.key"), nullable=False),
    sa.Column("device_key", KEY, sa.ForeignKey("devices.key"), nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("after_seq", KEY, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text, nullable=False),
    sa.CheckConstraint("digest IN ('at once', 'hourly', 'daily')", name="ck_bells_digest"),
    sa.UniqueConstraint("saved_key", "device_key"),
    sa.Index("ix_bells_device_key", "device_key"),
    sqlite_autoincrement=True,
)
"""Which saved search is told to which device. Facts up to `after_seq` are dealt with; nothing is told before `next_at`.
"""

PUSHED: Final = sa.Table(
    "pushed",
    METADATA,
    sa.Column("device_key", KEY, sa.ForeignKey("devices.key"), primary_key=True, autoincrement=False),
    sa.Column("fact_id", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Facts that were put into a push to a device: none is put into a second one, whatever becomes of the first."""

PUSHES: Final = sa.Table(
    "pushes",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("device_key", KEY, sa.ForeignKey("devices.key"), nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("urgency", sa.Text, nullable=False),
    sa.Column("due_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
    sa.Column("claimed_at", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("ix_pushes_due_at", "due_at"),
    sa.Index("ix_pushes_device_key", "device_key"),
    sqlite_autoincrement=True,
)
"""Pushes that are made and not known to be delivered. One that was claimed and not given back is never sent again."""

PUSH_KEYS: Final = sa.Table(
    "push_keys",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("private", sa.Text, nullable=False),
    sa.CheckConstraint("number = 1", name="ck_push_keys_number"),
)
"""The key by which this record is known to push services, as PEM: one, to which all its devices are bound."""
