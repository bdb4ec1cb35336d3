"""Plans, what tells their outcome, and names of agreements."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.tables.base import KEY, METADATA

PLANS: Final = sa.Table(
    "plans",
    METADATA,
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True, autoincrement=False),
    sa.Column("families", sa.Text, nullable=False),
    sa.Column("due_first", sa.Text, nullable=False),
    sa.Column("due_last", sa.Text, nullable=False),
    sa.Column("dated", sa.Boolean, nullable=False),
    sa.Column("approx", sa.Boolean, nullable=False),
    sa.Column("moved", sa.Boolean, nullable=False),
    sa.Index("ix_plans_due_last_seq", "due_last", "seq"),
)
"""Facts that are plans. Where not `dated` nothing is said of the day, and `due_last` is how long an outcome is looked
for; `moved`: the fact tells that a plan was put off or changed, and the days are those that it has now. `families`:
words for the act, parted by blanks (`linking/families.py`)."""

TURNS: Final = sa.Table(
    "turns",
    METADATA,
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
"""Facts that may be the outcome of a plan, with what their sentence says of it: the days `meant` for it and the `new`
ones."""

PLAN_KEYS: Final = sa.Table(
    "plan_keys",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("last", sa.Text, primary_key=True),
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("first", sa.Text, nullable=False),
    sa.Index("ix_plan_keys_seq", "seq"),
    sqlite_with_rowid=False,
)
"""By which plans and turns find one another: family and parties, and the days within which the other may lie."""

OUTCOMES: Final = sa.Table(
    "outcomes",
    METADATA,
    sa.Column("plan_seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("points", sa.Float, nullable=False),
    sa.Column("threshold", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index("ix_outcomes_outcome_plan_seq", "outcome", "plan_seq"),
    sa.Index("ix_outcomes_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Plans and the facts that tell what became of them, each by a decision on the two alone. `outcome` is what the later
fact says; `retold`: it tells the same plan."""

AGREEMENT_NAMES: Final = sa.Table(
    "agreement_names",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Index("ix_agreement_names_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Names by which an agreement of a fact is known: its own in a plain form, its acronym, the table's name for it."""
