"""Plans, what became of them, and the names of agreements."""

import sqlalchemy as sa
from alembic import op

from dragoman.store import planning

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and join what the record holds. Joins are no data: the program makes them as it is."""
    _plans_and_turns()
    op.create_table(
        "plan_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
        sa.Column("last", sa.Text, primary_key=True),
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("first", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_plan_keys_seq", "plan_keys", ["seq"])
    op.create_table(
        "outcomes",
        sa.Column("plan_seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("threshold", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outcomes_outcome_plan_seq", "outcomes", ["outcome", "plan_seq"])
    op.create_index("ix_outcomes_seq", "outcomes", ["seq"])
    op.create_table(
        "agreement_names",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_agreement_names_seq", "agreement_names", ["seq"])
    planning.rebuild(op.get_bind())


def _plans_and_turns() -> None:
    op.create_table(
        "plans",
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True, autoincrement=False),
        sa.Column("families", sa.Text, nullable=False),
        sa.Column("due_first", sa.Text, nullable=False),
        sa.Column("due_last", sa.Text, nullable=False),
        sa.Column("dated", sa.Boolean, nullable=False),
        sa.Column("approx", sa.Boolean, nullable=False),
        sa.Column("moved", sa.Boolean, nullable=False),
    )
    op.create_index("ix_plans_due_last_seq", "plans", ["due_last", "seq"])
    op.create_table(
        "turns",
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True, autoincrement=False),
        sa.Column("signal", sa.Text, nullable=False),
        sa.Column("families", sa.Text, nullable=False),
        sa.Column("as_planned", sa.Boolean, nullable=False),
        sa.Column("firm", sa.Boolean, nullable=False),
        sa.Column("meant_first", sa.Text),
        sa.Column("meant_last", sa.Text),
        sa.Column("new_first", sa.Text),
        sa.Column("new_last", sa.Text),
        sa.Column("cue", sa.Text, nullable=False),
    )
