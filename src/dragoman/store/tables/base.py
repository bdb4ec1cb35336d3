"""What all tables have alike: the metadata with names of constraints, keys, columns of dates."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column declared INTEGER."""


def only(column: str, value: bool) -> dict[str, Any]:
    """Only rows whose COLUMN has that VALUE: said as queries say it, else SQLite doesn't use the index."""
    plain = column if value else f"NOT {column}"
    return {"sqlite_where": sa.text(f"{column} = {int(value)}"), "postgresql_where": sa.text(plain)}


def interval(prefix: str) -> list[sa.Column[str]]:
    """Columns of a Date: first and last day, granularity; `approx` and `basis` where they are asked for by name."""
    return [
        sa.Column(f"{prefix}_start", sa.Text),
        sa.Column(f"{prefix}_end", sa.Text),
        sa.Column(f"{prefix}_granularity", sa.Text, nullable=False),
    ]
