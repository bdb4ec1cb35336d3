"""The first tables: reports in versions, facts in the order of the stream, and what they are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and for SQLite the word index."""
    _reports()
    _facts()
    _indexes_of_facts()
    _tallies()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE fact_words USING fts5("
            "words, content='facts', content_rowid='seq', tokenize='unicode61 remove_diacritics 2')"
        )


def _interval(prefix: str) -> list[sa.Column[str]]:
    return [
        sa.Column(f"{prefix}_start", sa.Text),
        sa.Column(f"{prefix}_end", sa.Text),
        sa.Column(f"{prefix}_granularity", sa.Text, nullable=False),
    ]


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("key", KEY, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("url", "outlet", "title", "author", "language")),
        sa.Column("kind", sa.Text, nullable=False),
        *_interval("published"),
        sa.Column("published_approx", sa.Boolean, nullable=False),
        sa.Column("published_basis", sa.Text, nullable=False),
        sa.Column("warnings", sa.JSON, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("read_at", "coder", "lexicon", "text")),
        sa.UniqueConstraint("id", "version", name="uq_reports_id_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_published_start_published_end", "reports", ["published_start", "published_end"])
    op.create_index("ix_reports_url", "reports", ["url"])
    op.create_table(
        "candidates",
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *_interval("date"),
        sa.Column("date_approx", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("date_basis", "source", "place", "text")),
        sa.Column("won", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("seq", KEY, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("act", "type", "status")),
        sa.Column("background", sa.Boolean, nullable=False),
        *_interval("date"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("date_order", "first_seen", "last_seen")),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.UniqueConstraint("report_key", "id", name="uq_facts_report_key_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "fact_actors",
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.Text),
        sa.Column("sector", sa.Text),
    )
    op.create_table(
        "evidence",
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.CheckConstraint('"start" >= 0 AND "start" < "end"', name="ck_evidence_span"),
    )
    op.create_table(
        "pairs",
        sa.Column("low", sa.Text, primary_key=True),
        sa.Column("high", sa.Text, primary_key=True),
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("direction", sa.Text, nullable=False),
        sa.CheckConstraint("direction IN ('>', '<', '=')", name="ck_pairs_direction"),
        sqlite_with_rowid=False,
    )


def _indexes_of_facts() -> None:
    op.create_index("ix_facts_id", "facts", ["id"])
    for name in ("kind", "type", "status", "date_order"):
        op.create_index(f"ix_facts_{name}_seq", "facts", [name, "seq"])
    op.create_index("ix_fact_actors_country_seq", "fact_actors", ["country", "seq"])
    op.create_index("ix_fact_actors_name", "fact_actors", ["name"])
    op.create_index("ix_pairs_seq", "pairs", ["seq"])


def _tallies() -> None:
    op.create_table(
        "tallies",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("kind", "type", "status")),
        sa.Column("background", sa.Boolean, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pair_tallies",
        sa.Column("low", sa.Text, primary_key=True),
        sa.Column("high", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("happened", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
    )
