"""How long texts are kept, and which were dropped; hashes that can be checked on what is stored."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

REPLACED = "\ufffd"
"""Stands in stored text for what no database takes; hashes were made of the text before that."""


def upgrade() -> None:
    """Make the tables, and the hashes of texts in which something was replaced anew."""
    op.create_table(
        "retention",
        sa.Column("outlet", sa.Text, primary_key=True),
        sa.Column("days", sa.Integer),
        sa.Column("licence", sa.Text),
        sa.CheckConstraint("days >= 0", name="ck_retention_days"),
    )
    op.create_table(
        "dropped_texts",
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), primary_key=True, autoincrement=False),
        sa.Column("dropped_at", sa.Text, nullable=False),
        sa.Column("kept_hash", sa.Text, nullable=False),
    )
    _hash_what_is_stored()


def _hash_what_is_stored() -> None:
    names = ("text", "title", "published_start", "published_end", "published_granularity")
    reports = sa.table("reports", sa.column("key"), sa.column("content_hash"), *map(sa.column, names))
    replaced = sa.or_(reports.c.text.contains(REPLACED), reports.c.title.contains(REPLACED))
    connection = op.get_bind()
    for key in connection.scalars(sa.select(reports.c.key).where(replaced)).all():
        row = connection.execute(sa.select(*(reports.c[name] for name in names)).where(reports.c.key == key)).one()
        digest = hashlib.sha256("\x1f".join(value or "" for value in row).encode("utf-8")).hexdigest()
        connection.execute(reports.update().where(reports.c.key == key).values(content_hash=digest))
