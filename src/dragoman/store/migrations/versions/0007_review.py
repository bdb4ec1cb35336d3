"""Facts in revisions; decisions of people on them; samples drawn for review, and the answers given."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; a fact may stand in its report once a revision, no longer once."""
    _revisions()
    _decisions()
    _samples()


def _revisions() -> None:
    """SQLite can't drop a constraint: there the table is made anew under its old name, which costs its size on disk."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    added = sa.Column("revision", sa.Integer, nullable=False, server_default="0")
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("facts", recreate="always" if sqlite else "never", table_kwargs=kept) as batch:
        batch.add_column(added, insert_after="superseded" if sqlite else None)
        batch.drop_constraint("uq_facts_report_key_id", type_="unique")
        batch.create_unique_constraint("uq_facts_report_key_id_revision", ["report_key", "id", "revision"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("key", KEY, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("report", "fact")),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        *(sa.Column(name, KEY, sa.ForeignKey("facts.seq")) for name in ("seq", "result_seq")),
        sa.Column("carried_from", KEY, sa.ForeignKey("decisions.key")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reviewer", "decided_at", "why")),
        sa.CheckConstraint("decision IN ('accept', 'reject', 'edit')", name="ck_decisions_decision"),
        sa.UniqueConstraint("report", "fact", "number", name="uq_decisions_report_fact_number"),
        sqlite_autoincrement=True,
    )
    for name in ("seq", "result_seq", "carried_from"):
        op.create_index(f"ix_decisions_{name}", "decisions", [name])


def _samples() -> None:
    op.create_table(
        "samples",
        sa.Column("key", KEY, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("drawn_at", sa.Text, nullable=False),
        sa.Column("strata", sa.JSON, nullable=False),
        sa.UniqueConstraint("name", name="uq_samples_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sampled",
        sa.Column("sample_key", KEY, sa.ForeignKey("samples.key"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), nullable=False),
        sa.Column("stratum", sa.Integer, nullable=False),
    )
    op.create_index("ix_sampled_seq", "sampled", ["seq"])
    op.create_table(
        "answers",
        sa.Column("sample_key", KEY, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("reviewer", "field")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("answer", "answered_at")),
        sa.ForeignKeyConstraint(
            ["sample_key", "number"], ["sampled.sample_key", "sampled.number"], name="fk_answers_sample_key_number"
        ),
        sa.CheckConstraint("answer IN ('right', 'wrong', 'unsure')", name="ck_answers_answer"),
    )
