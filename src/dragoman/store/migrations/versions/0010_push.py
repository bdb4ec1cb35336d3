"""Saved searches, devices that are told of them, and what was pushed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _saved()
    _devices()
    _bells()
    _pushes()
    op.create_table(
        "push_keys",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("private", sa.Text, nullable=False),
        sa.CheckConstraint("number = 1", name="ck_push_keys_number"),
    )


def _saved() -> None:
    op.create_table(
        "saved",
        sa.Column("key", KEY, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "owner", "name", "query", "made_at")),
        sa.UniqueConstraint("id", name="uq_saved_id"),
        sa.UniqueConstraint("owner", "query", name="uq_saved_owner_query"),
        sqlite_autoincrement=True,
    )


def _devices() -> None:
    op.create_table(
        "devices",
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
        *(sa.Column(name, sa.Text, nullable=False) for name in ("p256dh", "auth", "endpoint")),
        sa.UniqueConstraint("id", name="uq_devices_id"),
        sqlite_autoincrement=True,
    )


def _bells() -> None:
    op.create_table(
        "bells",
        sa.Column("key", KEY, primary_key=True),
        sa.Column("saved_key", KEY, sa.ForeignKey("saved.key"), nullable=False),
        sa.Column("device_key", KEY, sa.ForeignKey("devices.key"), nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("after_seq", KEY, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("next_at", sa.Text, nullable=False),
        sa.CheckConstraint("digest IN ('at once', 'hourly', 'daily')", name="ck_bells_digest"),
        sa.UniqueConstraint("saved_key", "device_key", name="uq_bells_saved_key_device_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bells_device_key", "bells", ["device_key"])


def _pushes() -> None:
    op.create_table(
        "pushed",
        sa.Column("device_key", KEY, sa.ForeignKey("devices.key"), primary_key=True, autoincrement=False),
        sa.Column("fact_id", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pushes",
        sa.Column("key", KEY, primary_key=True),
        sa.Column("device_key", KEY, sa.ForeignKey("devices.key"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("topic", "urgency", "due_at", "expires_at")),
        sa.Column("claimed_at", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pushes_due_at", "pushes", ["due_at"])
    op.create_index("ix_pushes_device_key", "pushes", ["device_key"])
