"""Sentences, and an index of words over them and over facts that both databases have."""

import sqlalchemy as sa
from alembic import op

from dragoman.store.search import index

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and index what the record holds. The index is no data: it is made by the program as it is."""
    op.create_table(
        "sentences",
        sa.Column("key", KEY, primary_key=True),
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.CheckConstraint('"start" >= 0 AND "start" < "end"', name="ck_sentences_span"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sentences_report_key_start", "sentences", ["report_key", "start"])
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE fact_words")
    index.create(connection)
    index.rebuild(connection)
