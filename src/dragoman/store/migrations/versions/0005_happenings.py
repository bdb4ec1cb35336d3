"""Happenings and stories: which facts and reports tell of one thing, by which links, and what became of identifiers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, empty: `dragoman link --record` fills them for the reports that are there."""
    _clusters("happenings")
    _members("happening_members", "facts.seq", "happenings", sa.Column("origin", sa.Text, nullable=False))
    _keys_and_links("happening")
    _clusters("stories", sa.Column("first", sa.Text), sa.Column("last", sa.Text))
    _members(
        "story_members",
        "reports.key",
        "stories",
        sa.Column("linker", sa.Text, nullable=False),
        sa.Column("print", sa.Text),
        sa.Column("terms", sa.JSON, nullable=False),
    )
    _keys_and_links("story")
    op.create_table(
        "link_changes",
        sa.Column("number", KEY, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("other", sa.Text),
        sa.CheckConstraint("kind IN ('happening', 'story')", name="ck_link_changes_kind"),
        sa.CheckConstraint("change IN ('merged', 'split', 'ended')", name="ck_link_changes_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_changes_id", "link_changes", ["id"])


def _clusters(name: str, *more: sa.Column[str]) -> None:
    op.create_table(
        name,
        sa.Column("key", KEY, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("sources", sa.Integer, nullable=False),
        *more,
        sa.UniqueConstraint("id", name=f"uq_{name}_id"),
        sqlite_autoincrement=True,
    )


def _members(name: str, of: str, clusters: str, *more: sa.Column[str]) -> None:
    op.create_table(
        name,
        sa.Column("node", KEY, sa.ForeignKey(of), primary_key=True, autoincrement=False),
        sa.Column("cluster", KEY, sa.ForeignKey(f"{clusters}.key")),
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("by_signature", sa.Boolean, nullable=False),
        *more,
    )
    for column in ("cluster", "report_key", "signature"):
        op.create_index(f"ix_{name}_{column}", name, [column])


def _keys_and_links(kind: str) -> None:
    members = f"{kind}_members.node"
    op.create_table(
        f"{kind}_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("last", sa.Text, primary_key=True),
        sa.Column("node", KEY, sa.ForeignKey(members), primary_key=True),
        sa.Column("first", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{kind}_keys_node", f"{kind}_keys", ["node"])
    op.create_table(
        f"{kind}_links",
        sa.Column("low", KEY, sa.ForeignKey(members), primary_key=True, autoincrement=False),
        sa.Column("high", KEY, sa.ForeignKey(members), primary_key=True, autoincrement=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("low < high", name=f"ck_{kind}_links_order"),
    )
    op.create_index(f"ix_{kind}_links_high", f"{kind}_links", ["high"])
