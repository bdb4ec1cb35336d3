"""What people decide on facts, and samples that they look over."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.tables.base import KEY, METADATA

DECISIONS: Final = sa.Table(
    "decisions",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq")),
    sa.Column("result_seq", KEY, sa.ForeignKey("facts.seq")),
    sa.Column("carried_from", KEY, sa.ForeignKey("decisions.key")),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("decided_at", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.CheckConstraint("decision IN ('accept', 'reject', 'edit')", name="ck_decisions_decision"),
    sa.UniqueConstraint("report", "fact", "number", name="uq_decisions_report_fact_number"),
    sa.Index("ix_decisions_seq", "seq"),
    sa.Index("ix_decisions_result_seq", "result_seq"),
    sa.Index("ix_decisions_carried_from", "carried_from"),
    sqlite_autoincrement=True,
)
"""What people decided on facts. `number` counts the decisions on one fact from 1 and orders them, whatever the clock
says. `seq` is the row decided on, null where a newer reading has none; `result_seq` the one that stands since: the same
after an acceptance, null after a rejection. `carried_from` is the decision that was kept when the report was read
again."""

SAMPLES: Final = sa.Table(
    "samples",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("drawn_at", sa.Text, nullable=False),
    sa.Column("strata", sa.JSON, nullable=False),
    sa.UniqueConstraint("name"),
    sqlite_autoincrement=True,
)
"""Samples drawn for review. `strata` is a list of [name, facts in the record, facts drawn]."""

SAMPLED: Final = sa.Table(
    "sampled",
    METADATA,
    sa.Column("sample_key", KEY, sa.ForeignKey("samples.key"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), nullable=False),
    sa.Column("stratum", sa.Integer, nullable=False),
    sa.Index("ix_sampled_seq", "seq"),
)
"""The facts of a sample, numbered from 1 in the order in which they are asked; `stratum` counts in `strata` from 0."""

ANSWERS: Final = sa.Table(
    "answers",
    METADATA,
    sa.Column("sample_key", KEY, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reviewer", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("answered_at", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(
        ["sample_key", "number"], ["sampled.sample_key", "sampled.number"], name="fk_answers_sample_key_number"
    ),
    sa.CheckConstraint("answer IN ('right', 'wrong', 'unsure')", name="ck_answers_answer"),
)
"""What a reviewer said of a field of a sampled fact."""
