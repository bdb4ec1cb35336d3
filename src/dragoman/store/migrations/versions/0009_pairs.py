"""Pairs with what is counted of their facts, and indexes: those that a query walks along, none that no query does."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

UNUSED = {
    "ix_facts_kind_seq": "facts",
    "ix_facts_type_seq": "facts",
    "ix_facts_status_seq": "facts",
    "ix_fact_actors_country_seq": "fact_actors",
    "ix_fact_actors_name": "fact_actors",
}
"""The index of words answers for codes and names, since revision 0002."""

FOLLOWING = {
    "sqlite": (
        "CREATE TRIGGER pairs_follow AFTER UPDATE OF superseded ON facts WHEN OLD.superseded <> NEW.superseded "
        "BEGIN UPDATE pairs SET superseded = NEW.superseded WHERE seq = NEW.seq; END",
    ),
    "postgresql": (
        "CREATE FUNCTION pairs_follow() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN UPDATE pairs SET superseded = NEW.superseded WHERE seq = NEW.seq; RETURN NULL; END $$",
        "CREATE TRIGGER pairs_follow AFTER UPDATE OF superseded ON facts FOR EACH ROW "
        "WHEN (OLD.superseded <> NEW.superseded) EXECUTE FUNCTION pairs_follow()",
    ),
}


def upgrade() -> None:
    """Make the tables and indexes anew, and fill the columns from the facts."""
    dialect = op.get_bind().dialect.name
    op.drop_index("ix_pairs_seq", "pairs")
    op.rename_table("pairs", "pairs_before")
    _new_pairs()
    _fill()
    op.drop_table("pairs_before")
    op.create_index("ix_pairs_low_high_date_order_seq", "pairs", ["low", "high", "date_order", "seq"])
    op.create_index("ix_pairs_seq", "pairs", ["seq"])
    for statement in FOLLOWING[dialect]:
        op.execute(statement)
    for name, table in UNUSED.items():
        op.drop_index(name, table)
    op.create_index(
        "ix_facts_report_key_standing",
        "facts",
        ["report_key"],
        sqlite_where=sa.text("superseded = 0"),
        postgresql_where=sa.text("NOT superseded"),
    )
    op.create_index(
        "ix_reports_outlet_current",
        "reports",
        ["outlet", "published_start", "published_end", "read_at"],
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )


def _new_pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("low", sa.Text, primary_key=True),
        sa.Column("high", sa.Text, primary_key=True),
        sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("report_key", KEY, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("status", sa.Text),
        sa.Column("background", sa.Boolean, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("date_start", sa.Text),
        sa.Column("date_end", sa.Text),
        sa.Column("date_granularity", sa.Text, nullable=False),
        sa.Column("date_basis", sa.Text, nullable=False),
        sa.Column("date_order", sa.Text, nullable=False),
        sa.Column("mode", sa.Text),
        sa.Column("cameo", sa.Text),
        sa.Column("confidence", sa.Double),
        sa.CheckConstraint("direction IN ('>', '<', '=')", name="ck_pairs_direction"),
        sqlite_with_rowid=False,
    )


def _fill() -> None:
    copied = (
        "report_key", "kind", "type", "status", "background", "superseded",
        "date_start", "date_end", "date_granularity", "date_order",
    )  # fmt: skip
    before = sa.table("pairs_before", *map(sa.column, ("low", "high", "seq", "direction")))
    facts = sa.table("facts", sa.column("seq"), sa.column("payload", sa.JSON), *map(sa.column, copied))
    is_event = facts.c.kind == "event"
    dates = [facts.c.payload[name]["basis"].as_string() for name in ("date", "when", "as_of")]
    new = {
        **{column.name: column for column in before.c},
        **{name: facts.c[name] for name in copied},
        "date_basis": sa.func.coalesce(*dates, ""),
        "mode": sa.case((is_event, facts.c.payload["mode"].as_string())),
        "cameo": sa.case((is_event, facts.c.payload["cameo"].as_string())),
        "confidence": sa.case((is_event, facts.c.payload["confidence"].as_float())),
    }
    rows = sa.select(*new.values()).select_from(before.join(facts, facts.c.seq == before.c.seq))
    pairs = sa.table("pairs", *map(sa.column, new))
    op.execute(pairs.insert().from_select(list(new), rows.order_by(before.c.low, before.c.high, before.c.seq)))
